import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { region } from '../aws.ts';
import type { Source } from '../engine.ts';
import type { Runtime } from '../lambda/runtime.ts';
import type { Outcome } from '../lambda/thread.ts';
import type { MappingSpec } from '../stack/queues.ts';
import { lambdaRecord, type Message } from './message.ts';
import type { Queues } from './queues.ts';

const reportSchema = z.object({
  batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).nullish(),
});

/** The messages that the function did not finish. A malformed response counts as all of them. */
function unfinished(batch: Message[], outcome: Outcome, spec: MappingSpec): Message[] {
  if (!outcome.ok) return batch;
  if (!spec.reportsItemFailures || outcome.payload === null) return [];
  const report = reportSchema.safeParse(outcome.payload);
  if (!report.success) return batch;
  const failed = new Set((report.data.batchItemFailures ?? []).map((item) => item.itemIdentifier));
  const known = batch.filter((message) => failed.has(message.id));
  return known.length === failed.size ? known : batch;
}

interface MappingSurroundings {
  queues: Queues;
  runtime: Runtime;
  complain: (line: string) => void;
}

/** A queue that invokes a function, one batch at a time. */
export function createMapping(spec: MappingSpec, { queues, runtime, complain }: MappingSurroundings): Source {
  let busy = false;

  async function perform(batch: Message[]): Promise<void> {
    const records = batch.map((message) => lambdaRecord(message, region));
    const outcome = await runtime.invoke(spec.functionName, randomUUID(), { Records: records });
    if (!outcome.ok)
      complain(`${spec.functionName} failed on a batch of its queue: ${outcome.error.errorMessage}`);
    const failed = new Set(unfinished(batch, outcome, spec).map(({ id }) => id));
    for (const message of batch) {
      if (failed.has(message.id)) queues.giveBack(message);
      else queues.remove(message);
    }
  }

  return {
    nextDue: () => (busy ? undefined : queues.nextVisible(spec.queueArn)),
    take: () => {
      const batch = queues.receive(spec.queueArn, spec.batchSize);
      if (batch.length === 0) return undefined;
      busy = true;
      return () =>
        perform(batch).finally(() => {
          busy = false;
        });
    },
  };
}
