import { type Deal, deal } from '../../customers/deal.ts';
import { taskIdOf } from '../../handoff/traits.ts';
import type { Services } from '../../outbox/decide-and-deliver.ts';

/** The deal that a number named in one of its uses; undefined where nothing is known of it. */
export async function readDeal(
  { tasks }: Pick<Services, 'tasks'>,
  { storeId, dealNumber, use }: Pick<Deal, 'storeId'> & Deal['subject'] & { readonly use: number | undefined },
): Promise<Deal | undefined> {
  const item = await tasks.read(taskIdOf('service-introduction', storeId, [dealNumber], use));
  return deal.safeParse(item).data;
}
