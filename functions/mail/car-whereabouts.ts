import type { RepairQuoted } from '../contracts/repair-quoted.ts';
import { localDate } from '../group/business-time.ts';
import type { Store } from '../group/group.ts';
import { timeOf } from './format.ts';
import { type Words, words } from './words.ts';

/** Where the customer and the car are now; undefined once the promised time has passed or the order is closed. */
export function whereNow(
  { store, now }: { readonly store: Store; readonly now: string },
  { customerIs, promisedAt }: RepairQuoted,
  isOver: boolean,
): Words | undefined {
  if (isOver || customerIs === undefined || promisedAt === undefined || promisedAt <= now) return undefined;
  const isToday = localDate(store.timeZone, promisedAt) === localDate(store.timeZone, now);
  const time = timeOf(store.timeZone, promisedAt, 'en');
  const promised = isToday ? words`promised at ${time}` : words`promised for another day`;
  switch (customerIs) {
    case 'waiting':
      return isToday ? words`Waiting in the lane, ${promised}` : undefined;
    case 'dropped-off':
      return words`The car is in the shop and was dropped off, ${promised}`;
    case 'in a loaner':
      return words`The car is in the shop, the customer drives a loaner, ${promised}`;
  }
}
