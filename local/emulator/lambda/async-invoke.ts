import type { Clock } from '../clock.ts';
import { isoInstant } from '../clock.ts';
import type { EventLog } from '../eventbridge/event-log.ts';
import type { Journal } from '../journal.ts';
import { numberAttribute, textAttribute } from '../sqs/message.ts';
import type { Queues } from '../sqs/queues.ts';
import type { FunctionSpec } from '../stack/functions.ts';
import type { InvokeWork, WorkItem, WorkList } from '../work.ts';
import type { FunctionError } from './messages.ts';
import type { Runtime } from './runtime.ts';

/** Calls a function that nobody waits for; without an item, the first try has not been written down. */
export type InvokeAsync = (item: WorkItem | undefined, work: InvokeWork) => Promise<void>;

export interface AsyncSurroundings {
  journal: Journal;
  clock: Clock;
  log: EventLog;
  runtime: Runtime;
  queues: Queues;
  functions: FunctionSpec[];
  work: () => WorkList;
  complain: (line: string) => void;
}

/** Lambda waits one minute before the second try, two before the third. */
const retryDelayMs = (attempts: number): number => attempts * 60_000;

function invocationRecord(work: InvokeWork, spec: FunctionSpec, error: FunctionError, now: number): string {
  const byAge = work.attempts <= spec.async.retries;
  return JSON.stringify({
    version: '1.0',
    timestamp: isoInstant(now),
    requestContext: {
      requestId: work.requestId,
      functionArn: `${spec.arn}:$LATEST`,
      condition: byAge ? 'EventAgeExceeded' : 'RetriesExhausted',
      approximateInvokeCount: work.attempts,
    },
    requestPayload: work.payload,
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: error,
  });
}

export function createAsyncInvoke(surroundings: AsyncSurroundings): InvokeAsync {
  const { journal, clock, log, runtime, queues, functions, complain } = surroundings;

  function sendToQueues(work: InvokeWork, spec: FunctionSpec, error: FunctionError): boolean {
    const { onFailureQueueArn, deadLetterQueueArn } = spec.async;
    if (onFailureQueueArn) {
      queues.send(onFailureQueueArn, invocationRecord(work, spec, error, clock.now()), {});
    }
    if (deadLetterQueueArn) {
      queues.send(deadLetterQueueArn, JSON.stringify(work.payload), {
        RequestID: textAttribute(work.requestId),
        ErrorCode: numberAttribute(200),
        ErrorMessage: textAttribute(error.errorMessage.slice(0, 1024)),
      });
    }
    return Boolean(onFailureQueueArn ?? deadLetterQueueArn);
  }

  function giveUp(
    item: WorkItem | undefined,
    work: InvokeWork,
    spec: FunctionSpec,
    error: FunctionError,
  ): void {
    journal.durably(() => {
      const kept = sendToQueues(work, spec, error);
      if (item) surroundings.work().done(item);
      log.note(work.origin, kept ? 'dead' : 'dropped', work.attempts, error.errorMessage);
    });
  }

  function afterFailure(
    item: WorkItem | undefined,
    work: InvokeWork,
    spec: FunctionSpec,
    error: FunctionError,
  ) {
    const tried = { ...work, attempts: work.attempts + 1 };
    const of = `try ${tried.attempts} of ${spec.async.retries + 1}`;
    complain(`${spec.id} failed (${of}): ${error.errorType}: ${error.errorMessage}`.replaceAll('\n', ' '));
    const due = clock.now() + retryDelayMs(tried.attempts);
    const tooOld = due > work.firstAt + spec.async.maxAgeSeconds * 1000;
    if (tooOld || tried.attempts > spec.async.retries) return giveUp(item, tried, spec, error);
    if (item) surroundings.work().postpone(item, tried, due);
    else journal.durably(() => surroundings.work().add(tried, due));
    log.note(work.origin, 'retrying', tried.attempts, error.errorMessage);
  }

  return async (item, work) => {
    const spec = functions.find(({ name }) => name === work.functionName);
    if (!spec) {
      if (item) surroundings.work().done(item);
      return log.note(
        work.origin,
        'dropped',
        work.attempts,
        `${work.functionName} is no longer in the template`,
      );
    }
    const outcome = await runtime.invoke(spec.name, work.requestId, work.payload);
    if (!outcome.ok) return afterFailure(item, work, spec, outcome.error);
    if (item) surroundings.work().done(item);
    log.note(work.origin, 'done', work.attempts + 1);
  };
}
