import { daysBetween, type LocalDate } from '../group/business-time.ts';
import type { Resting } from './assessment.ts';
import { type FreshFacts, oldest } from './fresh-facts.ts';

interface Left {
  /** Until the cover ends; negative when it has. */
  readonly days: number;
  readonly by: 'date' | 'miles';
}

/**
 * How long the last cover lasts, factory or extended: a factory warranty that ends under an extended one is no news.
 * A cover ends by its date or its miles, whichever comes first, at the pace that the car's visits show.
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
  // The cover whose end nobody can tell may be the last.
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

/** Unknown where the miles end it too and nobody read the odometer: it may have ended already. */
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

/** Whole days until so many miles are driven; -1 when they are, nothing at an unknown pace. */
function daysOfMiles(left: number, milesPerYear: number | undefined): number | undefined {
  if (left <= 0) return -1;
  return milesPerYear ? Math.floor((left * 365) / milesPerYear) : undefined;
}
