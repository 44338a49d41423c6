import type { DistanceUnit } from '../contracts/odometer.ts';
import type { LocalDate } from '../group/business-time.ts';
import { distanceText } from '../group/distance.ts';
import type { Question } from './assessment.ts';
import { dayText } from './day-text.ts';
import type { FreshFacts } from './fresh-facts.ts';
import { type Cell, cell, cells, type SheetRow } from './sheet-cell.ts';

/** Warranty, lease and loan of the car that is here; the payments of another one. */
export function endings(facts: FreshFacts, { today, distanceUnit: unit = 'miles' }: Question): SheetRow {
  const { warranty, lease, loan, replacement, odometer } = facts;
  const drive = { today, unit, odometer: odometer?.miles };
  const cover = (name: string, endsOn: LocalDate | undefined, endsMiles: number | undefined) =>
    warranty && coverCell(name, { endsOn, endsMiles, asOf: warranty.asOf }, drive);
  return {
    about: 'endings',
    repair: cells(
      cover('Factory warranty', warranty?.factoryEndsOn, warranty?.factoryEndsMiles),
      cover('Extended warranty', warranty?.extendedEndsOn, warranty?.extendedEndsMiles),
      lease && cell('Lease', leaseText(lease, unit), lease.asOf),
      loan && cell('Loan', `ends ${dayText(loan.endsOn)}`, loan.asOf),
    ),
    replace: cells(
      replacement?.termMonths === undefined
        ? undefined
        : cell('Payments', `end after ${replacement.termMonths} months`, replacement.asOf),
    ),
  };
}

interface Cover {
  readonly endsOn: LocalDate | undefined;
  readonly endsMiles: number | undefined;
  readonly asOf: LocalDate;
}

interface Drive {
  readonly today: LocalDate;
  readonly unit: DistanceUnit;
  readonly odometer: number | undefined;
}

/** By date or miles, whichever comes first. One that is over is said to have ended: nobody should count on it. */
function coverCell(name: string, { endsOn, endsMiles, asOf }: Cover, drive: Drive): Cell | undefined {
  if (endsOn !== undefined && endsOn < drive.today) return cell(name, `ended ${dayText(endsOn)}`, asOf);
  const miles = endsMiles === undefined ? undefined : distanceText(endsMiles, drive.unit);
  if (miles !== undefined && endsMiles !== undefined && drive.odometer !== undefined) {
    if (drive.odometer >= endsMiles) return cell(name, `ended at ${miles}`, asOf);
  }
  const until = [endsOn === undefined ? undefined : dayText(endsOn), miles].filter(
    (one) => one !== undefined,
  );
  return until.length === 0 ? undefined : cell(name, `until ${until.join(' or ')}`, asOf);
}

function leaseText(
  { maturesOn, allowedMiles }: NonNullable<FreshFacts['lease']>,
  unit: DistanceUnit,
): string {
  const allowed = allowedMiles === undefined ? '' : `, ${distanceText(allowedMiles, unit)} allowed`;
  return `ends ${dayText(maturesOn)}${allowed}`;
}
