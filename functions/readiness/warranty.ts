import { daysBetween, type LocalDate } from '../group/business-time.ts';
import type { Resting } from './assessment.ts';
import { type FreshFacts, oldest } from './fresh-facts.ts';

interface Left {
  /** Days until the cover ends; negative if it has ended. */
  readonly days: number;
  readonly by: 'date' | 'miles';
}

/**
 * The end of the last cover, factory or extended: a factory warranty that ends before an extended one does not matter. A cover
 * ends by date or miles, whichever comes first, at the pace shown by the car's visits.
 */
export function coverLeft(
  { warranty, odometer, history }: FreshFacts,
  today: LocalDate,
): (Left & { readonly resting: Resting }) | undefined {
  if (!warranty) return undefined;
  const drive = { today, odometer: odometer?.miles, milesPerYear: history?.milesPerYear };
  const covers = [
    leftOf(warranty.factoryEndsOn, warranty.factoryEndsMiles, drive),
    leftOf(warranty.extendedEndsOn, warranty.extendedEndsMiles, drive),
  ].filter((left) => left !== 'none');
  // The cover with the unknown end may be the last one.
  if (covers.includes('unknown')) return undefined;
  const last = covers.filter((left) => left !== 'unknown').sort((left, right) => right.days - left.days)[0];
  if (!last) return undefined;
  const driven = last.by === 'miles' ? [odometer, history].filter((one) => one !== undefined) : [];
  return { ...last, resting: oldest(warranty, ...driven) };
}

interface Drive {
  readonly today: LocalDate;
  readonly odometer: number | undefined;
  readonly milesPerYear: number | undefined;
}

/** Unknown if miles can end it and the odometer was not read: it may have ended already. */
function leftOf(
  endsOn: LocalDate | undefined,
  endsMiles: number | undefined,
  drive: Drive,
): Left | 'unknown' | 'none' {
  const byDate: Left | undefined =
    endsOn === undefined ? undefined : { days: daysBetween(drive.today, endsOn), by: 'date' };
  if (endsMiles === undefined) return byDate ?? 'none';
  if (drive.odometer === undefined) return 'unknown';
  const byMiles = daysOfMiles(endsMiles - drive.odometer, drive.milesPerYear);
  if (byMiles !== undefined && (byDate === undefined || byMiles < byDate.days)) {
    return { days: byMiles, by: 'miles' };
  }
  return byDate ?? 'unknown';
}

/** Whole days until the mileage is reached; -1 if it has been, undefined if the pace is unknown. */
function daysOfMiles(left: number, milesPerYear: number | undefined): number | undefined {
  if (left <= 0) return -1;
  return milesPerYear ? Math.floor((left * 365) / milesPerYear) : undefined;
}
