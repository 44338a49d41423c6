import { localDate, timeOn } from '../../functions/group/business-time.ts';
import { findStore, type Group } from '../../functions/group/group.ts';

/** From the moment that an email is leased until SES takes it: the longest invocation, by a clock that may be wrong. */
const SLACK = 6 * 60_000;

/** Whether a letter left at a time at which customers get no email, by the clock of their store. */
export function isOutOfHours(group: Group, storeId: string, at: number): boolean {
  const { timeZone = 'UTC' } = findStore(group, storeId) ?? {};
  const { opens, closes } = group.customerEmailHours;
  const today = localDate(timeZone, new Date(at).toISOString());
  const [first, last] = [opens, closes].map((time) => Date.parse(timeOn(timeZone, today, time)));
  return at < (first ?? 0) - SLACK || at > (last ?? 0) + SLACK;
}
