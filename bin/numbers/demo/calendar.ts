import type { LocalDate } from '../../../functions/group/business-time.ts';

/** Of a month, from January: the spring and December are strong. */
export const seasons = [0.8, 0.85, 1.1, 1.05, 1.1, 1.05, 1, 1.05, 0.95, 0.95, 0.95, 1.2];

/** Where the demo group's stores are. */
export const TIME_ZONE = 'America/Chicago';

/** An instant of a day, in UTC: noon in the stores' zones is about 18 o'clock. */
export const clock = (on: LocalDate, hour: number, minute = 0): string =>
  `${on}T${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00Z`;
