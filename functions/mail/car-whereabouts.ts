import { formatDate, localDate } from '../group/business-time.ts';
import type { Store } from '../group/group.ts';
import type { Occasion } from '../readiness/occasion.ts';
import { hereUntil } from '../readiness/waiting.ts';
import { momentOf, timeOf } from './format.ts';
import { type Words, words } from './words.ts';

interface Moment {
  readonly store: Store;
  readonly now: string;
}

/** Where the customer and the car are now; undefined once the promised time has passed or the order is closed. */
export function whereNow({ store, now }: Moment, quote: Occasion, isOver: boolean): Words | undefined {
  const { customerIs, promisedAt } = quote;
  const by = hereUntil({ store, now }, quote, isOver);
  if (customerIs === undefined || by === undefined) return undefined;
  const isToday = localDate(store.timeZone, by) === localDate(store.timeZone, now);
  switch (customerIs) {
    case 'waiting':
      return isToday ? words`Waiting in the lounge, ${promise(store, promisedAt)}` : undefined;
    case 'dropped-off':
      return words`The car is in the shop and was dropped off, ${isToday ? promise(store, promisedAt) : anotherDay}`;
    case 'in a loaner':
      return words`The car is in the shop, the customer drives a loaner, ${isToday ? promise(store, promisedAt) : anotherDay}`;
  }
}

const anotherDay = words`promised for another day`;

/** A source without times promises only the day, so no time is shown. */
const promise = ({ timeZone }: Store, promisedAt: string | undefined) =>
  promisedAt === undefined
    ? words`promised for today`
    : words`promised at ${timeOf(timeZone, promisedAt, 'en')}`;

/** Since when the car is here. */
export function openedWhen({ store, now }: Moment, { openedAt, openedOn }: Occasion): Words | undefined {
  if (openedAt === undefined)
    return openedOn === undefined ? undefined : words`${formatDate(openedOn, 'en')}`;
  const isToday = localDate(store.timeZone, openedAt) === localDate(store.timeZone, now);
  return isToday
    ? words`Today at ${timeOf(store.timeZone, openedAt, 'en')}`
    : words`${momentOf(store.timeZone, openedAt, 'en')}`;
}
