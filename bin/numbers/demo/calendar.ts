import type { LocalDate } from '../../../functions/group/business-time.ts';

/** The relative sales of each month, from January: spring and December are strong. */
export const seasons = [0.8, 0.85, 1.1, 1.05, 1.1, 1.05, 1, 1.05, 0.95, 0.95, 0.95, 1.2];

/** The time zone of the demo group's stores. */
export const TIME_ZONE = 'America/Chicago';

/** An instant on a day, with the hour in UTC: noon in the stores' zone is about 18. */
export const clock = (on: LocalDate, hour: number, minute = 0): string =>
  `${on}T${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00Z`;
