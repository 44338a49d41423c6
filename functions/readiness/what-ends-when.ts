import type { LocalDate } from '../group/business-time.ts';
import type { Question } from './assessment.ts';
import type { FreshFacts } from './fresh-facts.ts';
import { type Cell, type CoverEnd, cell, cells, type Limit, type SheetRow } from './sheet-cell.ts';

/** Warranty, lease and loan of the customer's car, and the payments for another one. */
export function endings(facts: FreshFacts, { today }: Question): SheetRow {
  const { lease, loan, replacement } = facts;
  return {
    about: 'endings',
    repair: cells(
      coverCell('factory', facts, today),
      coverCell('extended', facts, today),
      lease &&
        cell({ is: 'lease', maturesOn: lease.maturesOn, allowedMiles: lease.allowedMiles }, lease.asOf),
      loan && cell({ is: 'loan', endsOn: loan.endsOn }, loan.asOf),
    ),
    replace: cells(
      replacement?.termMonths === undefined
        ? undefined
        : cell({ is: 'payments end', termMonths: replacement.termMonths }, replacement.asOf),
    ),
  };
}

type Cover = 'factory' | 'extended';

function coverCell(cover: Cover, { warranty, odometer }: FreshFacts, today: LocalDate): Cell | undefined {
  if (!warranty) return undefined;
  const [on, miles] =
    cover === 'factory'
      ? [warranty.factoryEndsOn, warranty.factoryEndsMiles]
      : [warranty.extendedEndsOn, warranty.extendedEndsMiles];
  const byDate: Limit | undefined = on === undefined ? undefined : { by: 'date', on };
  const byMiles: Limit | undefined = miles === undefined ? undefined : { by: 'miles', miles };
  const isOver = (limit: Limit) =>
    limit.by === 'date' ? limit.on < today : odometer !== undefined && odometer.miles >= limit.miles;
  const ends = coverEnd(
    [byDate, byMiles].filter((limit) => limit !== undefined),
    isOver,
  );
  return ends && cell({ is: 'warranty', cover, ends }, warranty.asOf);
}

function coverEnd(limits: readonly Limit[], isOver: (limit: Limit) => boolean): CoverEnd | undefined {
  const [first, ...rest] = limits;
  if (first === undefined) return undefined;
  const passed = limits.find(isOver);
  return passed === undefined ? { isOver: false, at: [first, ...rest] } : { isOver: true, at: passed };
}
