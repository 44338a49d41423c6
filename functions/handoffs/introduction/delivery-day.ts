import { openingOn, startOfDay } from '../../group/business-time.ts';
import type { Context } from '../../handoff/context.ts';

/** When Sales opens on that day, or the start of the day if Sales is closed. */
export const dayBegins = (date: string, { soldAt, calendar }: Context): string =>
  openingOn(calendar('sales'), date) ?? startOfDay(soldAt.timeZone, date);
