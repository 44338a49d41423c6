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

/** Invokes a function asynchronously. Without an item, the first attempt has not been stored yet. */
export type InvokeAsync = (item: WorkItem | undefined, work: InvokeWork) => Promise<void>;

/** One asynchronous invocation of a function in the template. */
interface Invocation {
  item: WorkItem | undefined;
  work: InvokeWork;
  spec: FunctionSpec;
}

interface AsyncSurroundings {
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

/** Lambda's part in an asynchronous invocation: the retries, and the destination for an event that failed every time. */
export class AsyncInvoker {
  readonly #aws: AsyncSurroundings;

  constructor(surroundings: AsyncSurroundings) {
    this.#aws = surroundings;
  }

  async invoke(item: WorkItem | undefined, work: InvokeWork): Promise<void> {
    const spec = this.#aws.functions.find(({ name }) => name === work.functionName);
    if (!spec) {
      this.#done(item);
      const note = `${work.functionName} is no longer in the template`;
      return this.#aws.log.note(work.origin, 'dropped', work.attempts, note);
    }
    const outcome = await this.#aws.runtime.invoke(spec.name, work.requestId, work.payload);
    if (!outcome.ok) return this.#afterFailure({ item, work, spec }, outcome.error);
    this.#done(item);
    this.#aws.log.note(work.origin, 'done', work.attempts + 1);
  }

  #done(item: WorkItem | undefined): void {
    if (item) this.#aws.work().done(item);
  }

  #afterFailure({ item, work, spec }: Invocation, error: FunctionError): void {
    const { clock, journal, log, complain } = this.#aws;
    const tried = { ...work, attempts: work.attempts + 1 };
    const tries = `try ${tried.attempts} of ${spec.async.retries + 1}`;
    complain(`${spec.id} failed (${tries}): ${error.errorType}: ${error.errorMessage}`.replaceAll('\n', ' '));
    const due = clock.now() + retryDelayMs(tried.attempts);
    const tooOld = due > work.firstAt + spec.async.maxAgeSeconds * 1000;
    if (tooOld || tried.attempts > spec.async.retries) {
      this.#giveUp({ item, work: tried, spec }, error);
      return;
    }
    if (item) this.#aws.work().postpone(item, tried, due);
    else journal.durably(() => this.#aws.work().add(tried, due));
    log.note(work.origin, 'retrying', tried.attempts, error.errorMessage);
  }

  #giveUp({ item, work, spec }: Invocation, error: FunctionError): void {
    this.#aws.journal.durably(() => {
      const kept = this.#sendToQueues(work, spec, error);
      this.#done(item);
      this.#aws.log.note(work.origin, kept ? 'dead' : 'dropped', work.attempts, error.errorMessage);
    });
  }

  #sendToQueues(work: InvokeWork, spec: FunctionSpec, error: FunctionError): boolean {
    const { queues, clock } = this.#aws;
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
}
