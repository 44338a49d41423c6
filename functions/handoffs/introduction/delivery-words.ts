import type { VehicleSold } from '../../contracts/vehicle-sold.ts';
import { deliveryDate } from '../../customers/deal.ts';
import { daysBetween, formatDate, localDate } from '../../group/business-time.ts';
import type { Store } from '../../group/group.ts';
import { momentOf, shortDateOf, timeOf, weekdayOf } from '../../mail/format.ts';
import { type Words, words } from '../../mail/words.ts';
import { firstVisitOf } from './first-visit.ts';
import type { ServiceIntroduction } from './task.ts';

export interface Moment {
  readonly soldAt: Store;
  readonly now: string;
}

/** When customer and advisor can meet: at delivery, or now if delivery is past or unknown. */
export const meetingAt = ({ deliveryAt }: VehicleSold, now: string): string =>
  deliveryAt !== undefined && deliveryAt > now ? deliveryAt : now;

export function deliveryRow(
  { soldAt, now }: Moment,
  { deliveryAt, deliveryOn }: VehicleSold,
): readonly [label: string, value: Words | undefined] {
  const { timeZone } = soldAt;
  if (deliveryAt === undefined) {
    if (deliveryOn === undefined) return ['Delivery', undefined];
    const isOver = deliveryOn < localDate(timeZone, now);
    return [isOver ? 'Delivered' : 'Delivery', words`${formatDate(deliveryOn, 'en')}`];
  }
  return [deliveryAt <= now ? 'Delivered' : 'Delivery', words`${momentOf(timeZone, deliveryAt, 'en')}`];
}

/** When the customer comes for the first service, if it is booked. */
export function firstVisitRow({
  task,
  store,
  now,
}: Pick<Moment, 'now'> & { readonly task: ServiceIntroduction; readonly store: Store }): readonly [
  label: string,
  value: Words | undefined,
] {
  const visit = firstVisitOf(task, now);
  return ['First visit', visit && words`${momentOf(store.timeZone, visit.startsAt, 'en')}`];
}

/** When a customer who has left took the car, in everyday words: `today at 9:30 AM`, `yesterday`, `Tuesday`, `on Nov 12`. */
export function deliveredWhen({ soldAt, now }: Moment, sold: VehicleSold): Words {
  const { timeZone } = soldAt;
  const day = deliveryDate(sold, timeZone);
  const ago = daysBetween(day, localDate(timeZone, now));
  if (ago <= 0)
    return sold.deliveryAt === undefined
      ? words`today`
      : words`today at ${timeOf(timeZone, sold.deliveryAt, 'en')}`;
  if (ago === 1) return words`yesterday`;
  return ago < DAYS_BY_NAME ? words`${weekdayOf(day)}` : words`on ${shortDateOf(day)}`;
}

/** From a week ago on, `Tuesday` would be taken for the latest one. */
const DAYS_BY_NAME = 7;

/** The introduction is late because we learned of it, or nobody signed it, only after the customer had left. */
export const notIntroducedYet = (moment: Moment, sold: VehicleSold): Words =>
  words`Delivered ${deliveredWhen(moment, sold)}, not introduced yet`;

export const cameBy = ({ dealType }: Pick<VehicleSold, 'dealType'>): 'bought' | 'leased' =>
  dealType === 'lease' ? 'leased' : 'bought';
