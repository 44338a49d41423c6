import { daysBetween, type LocalDate } from './business-time.ts';

/** A date may be one day ahead if it comes from a store in another time zone; more is a mistake. */
const DAYS_AHEAD = 1;

/** Why a fact of that date does not count; undefined if it does. */
export function ageFault(
  asOf: LocalDate,
  { today, factMaxAgeDays }: { readonly today: LocalDate; readonly factMaxAgeDays: number },
): 'old' | 'ahead' | undefined {
  const days = daysBetween(asOf, today);
  if (days < -DAYS_AHEAD) return 'ahead';
  return days > factMaxAgeDays ? 'old' : undefined;
}

/** Whether a figure that was given with an expiry date still holds. */
export const holdsOn = (
  today: LocalDate,
  { goodThrough }: { readonly goodThrough?: LocalDate | undefined },
): boolean => goodThrough === undefined || goodThrough >= today;
