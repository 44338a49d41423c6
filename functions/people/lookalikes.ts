import type { LocalDate } from '../group/business-time.ts';
import { columnOf } from './roster-fields.ts';
import type { StaffMember } from './staff.ts';
import { looksLike } from './unknown-numbers.ts';

/** What two roster rows of one store have in common if they may be the same person. */
const traits: readonly (readonly [string, (one: StaffMember, other: StaffMember) => boolean])[] = [
  ['the same email address', (one, other) => one.email === other.email],
  [
    'the same name and phone',
    (one, other) => folded(one.name) === folded(other.name) && samePhone(one.phone, other.phone),
  ],
  [
    'numbers that differ in zeros or punctuation only',
    (one, other) => looksLike(one.employeeNumber, other.employeeNumber),
  ],
];

/**
 * Finds rows of one store that look like the same person twice, whose handoffs would be split between two numbers. People who
 * left are not counted, because a person who comes back gets a new number.
 */
export function lookalikes(
  roster: readonly StaffMember[],
  todayAt: (storeId: string) => LocalDate,
): string[] {
  const staying = roster.filter(({ storeId, endsOn }) => endsOn === undefined || endsOn >= todayAt(storeId));
  return staying.flatMap((other, at) => {
    const pairs = staying
      .slice(0, at)
      .filter(({ storeId }) => storeId === other.storeId)
      .map((one) => ({ one, shared: traits.find(([, both]) => both(one, other))?.[0] }));
    // One question for each person: a mailbox shared by a whole department would otherwise raise hundreds.
    const [first] = pairs.filter(({ shared }) => shared !== undefined);
    return first?.shared === undefined ? [] : [question(first.one, other, first.shared)];
  });
}

const question = (one: StaffMember, other: StaffMember, shared: string) =>
  `${one.storeId}: ${one.employeeNumber} ${one.name} and ${other.employeeNumber} ${other.name} have ${shared}: ` +
  `if they are one person, keep one row and put the other number into '${columnOf('otherNumbers')}'`;

const folded = (text: string) =>
  text
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();

function samePhone(one: string | undefined, other: string | undefined): boolean {
  const [left = '', right = ''] = [one, other].map((text) => text?.replace(/\D/g, ''));
  return left !== '' && left === right;
}
