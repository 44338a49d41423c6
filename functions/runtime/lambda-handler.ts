import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { logger, telemetry } from './telemetry.ts';

type Handle<Result> = (event: unknown, context: Context) => Promise<Result>;

/**
 * A function as AWS calls it. Each log line carries the request id and says whether this is a cold start. An error is
 * logged under the given words and thrown on, because an error means that AWS repeats the invocation.
 */
export const lambdaHandler = <Result>(failure: string, handle: Handle<Result>) =>
  middy(handle)
    .use(injectLambdaContext(logger))
    .onError(({ error }) => telemetry.error(failure, error));
