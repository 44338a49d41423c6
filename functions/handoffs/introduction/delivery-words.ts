import type { VehicleSold } from '../../contracts/vehicle-sold.ts';
import { formatDate, localDate } from '../../group/business-time.ts';
import type { Store } from '../../group/group.ts';
import { momentOf } from '../../mail/format.ts';
import { type Words, words } from '../../mail/words.ts';
import { firstVisitOf } from './first-visit.ts';
import type { ServiceIntroduction } from './task.ts';

interface Moment {
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

/** When the customer comes for the first service, where that is booked. */
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

export const cameBy = ({ dealType }: Pick<VehicleSold, 'dealType'>): 'bought' | 'leased' =>
  dealType === 'lease' ? 'leased' : 'bought';
