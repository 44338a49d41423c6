import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { logger, telemetry } from './telemetry.ts';

type Handle<Result> = (event: unknown, context: Context) => Promise<Result>;

/**
 * Wraps a function's handler. Each log line has the request id and whether it is a cold start. An error is logged with
 * the given message and rethrown, because AWS retries an invocation that throws.
 */
export const lambdaHandler = <Result>(failure: string, handle: Handle<Result>) =>
  middy(handle)
    .use(injectLambdaContext(logger))
    .onError(({ error }) => telemetry.error(failure, error));
