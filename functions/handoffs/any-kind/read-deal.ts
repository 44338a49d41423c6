import { type Deal, deal } from '../../customers/deal.ts';
import { taskIdOf } from '../../handoff/traits.ts';
import type { Services } from '../../outbox/decide-and-deliver.ts';

interface DealNumber {
  readonly storeId: string;
  readonly dealNumber: string;
  readonly use?: number | undefined;
}

/** The deal with this number, in one of the number's uses; undefined if nothing is known of it. */
export async function readDeal(
  { tasks }: Pick<Services, 'tasks'>,
  { storeId, dealNumber, use }: DealNumber,
): Promise<Deal | undefined> {
  const item = await tasks.read(taskIdOf('service-introduction', storeId, [dealNumber], use));
  return deal.safeParse(item).data;
}
