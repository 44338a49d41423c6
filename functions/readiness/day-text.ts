import { formatDateWithoutWeekday, type LocalDate } from '../group/business-time.ts';

/** A day that may be years away is written without its weekday: `March 1, 2027`. */
export const dayText = (date: LocalDate): string => formatDateWithoutWeekday(date, 'en');
