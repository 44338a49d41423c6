import type { VehicleSold } from '../../contracts/vehicle-sold.ts';
import { localDate, openingOn, startOfDay } from '../../group/business-time.ts';
import type { Context } from '../../handoff/context.ts';

export const deliveryDate = ({ deliveryAt, deliveryOn, occurredAt }: VehicleSold, timeZone: string) =>
  deliveryAt === undefined && deliveryOn !== undefined
    ? deliveryOn
    : localDate(timeZone, deliveryAt ?? occurredAt);

/** When Sales opens on that day, or the start of the day if Sales is closed. */
export const dayBegins = (date: string, { soldAt, calendar }: Context): string =>
  openingOn(calendar('sales'), date) ?? startOfDay(soldAt.timeZone, date);
