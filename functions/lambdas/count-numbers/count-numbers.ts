import * as z from 'zod';
import { type NumbersCounted, numbersCounted } from '../../contracts/numbers-counted.ts';
import { localDate } from '../../group/business-time.ts';
import type { Group } from '../../group/group.ts';
import { gather } from '../../numbers/gather.ts';
import { lastWeekBefore } from '../../numbers/periods.ts';
import type { QueryEngine } from '../../numbers/ports.ts';
import { numbersQueries } from '../../numbers/queries.ts';
import type { NumbersStore } from '../../numbers/store-numbers.ts';
import type { EventBus, Wait } from '../../ports.ts';
import { askEngine } from './ask-engine.ts';

export interface CountingServices {
  readonly group: Pick<Group, 'stores'>;
  readonly engine: QueryEngine;
  readonly numbers: Pick<NumbersStore, 'write'>;
  readonly bus: EventBus;
  readonly wait: Wait;
}

/** The scheduled event. It is the same when it is delivered twice, retried or put back. */
export const tick = z.looseObject({ time: z.string() });

/** The event's time, and the id of the Lambda request, which all its retries share. */
interface Monday {
  readonly id: string;
  readonly time: string;
}

/**
 * Counts up to the event's day, on the clock of the group's first store. Writes the numbers of each store and of the
 * group, and publishes them on the bus when all are written. A retry finds the queries that were already started. If
 * an operator puts the event back, the queries start anew, because a failed query stays failed. Both write and
 * publish the same numbers.
 */
export async function countNumbers(
  { group, engine, numbers, bus, wait }: CountingServices,
  { id, time }: Monday,
  timeIsUp: () => boolean,
): Promise<{ week: string; stores: number }> {
  const countedAt = new Date(time).toISOString();
  const today = localDate(group.stores[0]?.timeZone ?? 'UTC', countedAt);
  const asking = { engine, wait, token: id, timeIsUp };
  const answers = await askEngine(numbersQueries(today), asking);
  const week = lastWeekBefore(today);
  const details: NumbersCounted[] = [];
  const storeIds = group.stores.map((store) => store.id);
  for await (const each of gather(answers, { countedAt, today, storeIds })) {
    await numbers.write(each);
    const { storeId } = each;
    details.push({ version: 1, ...(storeId === undefined ? {} : { storeId }), week, occurredAt: countedAt });
  }
  const results = await bus.put(details.map((detail) => ({ detailType: numbersCounted.detailType, detail })));
  const missing = results.filter(({ result }) => result !== 'sent').length;
  if (missing > 0) throw new Error(`${missing} of ${details.length} events did not reach the bus`);
  return { week, stores: storeIds.length };
}
