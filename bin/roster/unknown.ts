/** Employee numbers that events name but the roster lacks, each with the person it resembles. */

import type { StoredNumber } from '../../functions/adapters/unknown-number-table.ts';
import { localDate } from '../../functions/group/business-time.ts';
import type { Store } from '../../functions/group/group.ts';
import { columnOf } from '../../functions/people/roster-fields.ts';
import { findPerson, type Roster, type StaffMember } from '../../functions/people/staff.ts';
import { likelyPerson } from '../../functions/people/unknown-numbers.ts';

export interface UnknownRow extends StoredNumber {
  /** The person of the store whose number resembles it, if there is only one. */
  readonly likely?: Pick<StaffMember, 'employeeNumber' | 'name'>;
}

/** Leaves out numbers that were added to the roster since. */
export const stillUnknown = (stored: readonly StoredNumber[], roster: Roster): readonly UnknownRow[] =>
  stored
    .filter(({ number }) => findPerson(roster, number) === undefined)
    .map((one) => {
      const likely = likelyPerson(roster, one.number);
      return likely
        ? { ...one, likely: { employeeNumber: likely.employeeNumber, name: likely.name } }
        : { ...one };
    });

export const cellsOf = (
  { number, role, times, seenAt, example, likely }: UnknownRow,
  { timeZone }: Store,
): string[] => [
  number,
  role,
  times === 1 ? 'once' : `${times} times`,
  `last ${localDate(timeZone, seenAt)}, ${example}`,
  likely
    ? `${likely.employeeNumber} ${likely.name}? Add ${number} to the column '${columnOf('otherNumbers')}'`
    : '',
];
