import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { arnOf, nameInArn } from '../aws.ts';
import type { Clock } from '../clock.ts';
import { type AwsAnswer, awsError } from '../http/aws-answer.ts';
import { decodedPart } from '../http/body.ts';
import type { DenialOf } from '../iam/ask.ts';
import type { Journal } from '../journal.ts';
import type { FunctionSpec } from '../stack/functions.ts';
import type { WorkList } from '../work.ts';

interface LambdaSurroundings {
  journal: Journal;
  clock: Clock;
  functions: FunctionSpec[];
  work: () => WorkList;
  /** Call when work was added. */
  poke: () => void;
}

const invocationPath = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;

export const isLambdaCall = (path: string): boolean => path.startsWith('/2015-03-31/functions/');

/** The part of the Lambda API with which an operator invokes a function again. */
export function createLambda({ journal, clock, functions, work, poke }: LambdaSurroundings) {
  return (path: string, headers: IncomingHttpHeaders, payload: unknown, denialOf: DenialOf): AwsAnswer => {
    const [, encoded] = invocationPath.exec(path) ?? [];
    if (encoded === undefined || headers['x-amz-invocation-type'] !== 'Event') {
      return awsError(400, 'InvalidParameterValueException', 'The local run plays asynchronous invokes only');
    }
    const functionName = nameInArn(decodedPart(encoded));
    const denial = denialOf({ action: 'lambda:InvokeFunction', resource: arnOf.lambda(functionName) });
    if (denial !== undefined) return awsError(403, 'AccessDeniedException', denial);
    if (!functions.some(({ name }) => name === functionName)) {
      return awsError(404, 'ResourceNotFoundException', `Function not found: ${functionName}`);
    }
    const now = clock.now();
    const invocation = { kind: 'invoke', functionName, requestId: randomUUID(), payload } as const;
    journal.durably(() => work().add({ ...invocation, attempts: 0, firstAt: now }, now));
    poke();
    return { status: 202, body: null };
  };
}
