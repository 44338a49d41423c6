import type { VehicleSold } from '../../contracts/vehicle-sold.ts';
import { deliveryDate } from '../../customers/deal.ts';
import {
  calendarOf,
  hoursOn,
  type Instant,
  localDate,
  openingOn,
  plusMinutes,
  startOfDay,
} from '../../group/business-time.ts';
import type { Context } from '../../handoff/context.ts';
import { earliest } from '../../handoff/outbox.ts';

/** When the customer takes the car. The checklist, the deadlines and the wording depend on it. */
export type Delivery = Pick<VehicleSold, 'deliveryAt' | 'deliveryOn' | 'occurredAt'>;
type Places = Pick<Context, 'group' | 'store'>;

/** If the time is unknown, the escalation comes this long before Service closes, while its manager can still act on it. */
const BEFORE_CLOSING_MINUTES = 15;
/** A customer who took delivery longer ago than this has left, so nobody can walk them over. */
const STAYS_MINUTES = 60;

/**
 * The handoff begins on the morning of the delivery, when Sales opens; earlier if the car is handed over before that. It is in
 * the past for a sale that is reported late.
 */
export function beginsAt(sold: Delivery, context: Pick<Context, 'group' | 'soldAt' | 'calendar'>): Instant {
  const { soldAt, calendar } = context;
  const day = deliveryDate(sold, soldAt.timeZone);
  const morning = openingOn(calendar('sales'), day) ?? startOfDay(soldAt.timeZone, day);
  return earliest([morning, checklistAt(sold, context)]) ?? morning;
}

/**
 * When the salesperson gets the checklist. Undefined if the time of the delivery is unknown: then they get it when the handoff
 * begins.
 */
export const checklistAt = (
  { deliveryAt }: Delivery,
  { group }: Pick<Context, 'group'>,
): Instant | undefined =>
  deliveryAt === undefined ? undefined : plusMinutes(deliveryAt, -group.walkOverMinutesBefore);

/**
 * When the limits for accepting and signing start to count. If only the day is known, the escalation, and with it the letter to
 * the customer, falls at the end of that day. Undefined if the sale names neither time nor day: they start at once.
 */
export function limitsFrom(
  { deliveryAt, deliveryOn }: Delivery,
  { group, store }: Places,
): Instant | undefined {
  if (deliveryAt !== undefined || deliveryOn === undefined) return deliveryAt;
  const closes = hoursOn(calendarOf(store, 'service'), deliveryOn)?.closes;
  if (closes === undefined) return startOfDay(store.timeZone, deliveryOn);
  const { acceptMinutes } = group.handoffs['service-introduction'];
  return plusMinutes(closes, -2 * acceptMinutes - BEFORE_CLOSING_MINUTES);
}

/** Whether the customer has left with the car. */
export function isOver(
  { deliveryAt, deliveryOn }: Delivery,
  { soldAt, now }: Pick<Context, 'soldAt' | 'now'>,
): boolean {
  if (deliveryAt !== undefined) return plusMinutes(deliveryAt, STAYS_MINUTES) < now;
  return deliveryOn !== undefined && deliveryOn < localDate(soldAt.timeZone, now);
}

/** Whether the delivery was moved. A correction without a delivery moves nothing. */
export const isMoved = (before: Delivery, after: Delivery): boolean =>
  isKnown(after) && (before.deliveryAt !== after.deliveryAt || before.deliveryOn !== after.deliveryOn);

const isKnown = ({ deliveryAt, deliveryOn }: Delivery) =>
  deliveryAt !== undefined || deliveryOn !== undefined;

/** Whether the customer has not taken the car yet, or takes it today at an unknown time. */
export function isToCome(
  { deliveryAt, deliveryOn }: Delivery,
  { soldAt, now }: Pick<Context, 'soldAt' | 'now'>,
): boolean {
  if (deliveryAt !== undefined) return deliveryAt > now;
  return deliveryOn !== undefined && deliveryOn >= localDate(soldAt.timeZone, now);
}
