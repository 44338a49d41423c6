import { identifier } from '../contracts/fields.ts';
import { readBy } from '../contracts/problems.ts';
import { type Instant, localDate } from '../group/business-time.ts';
import { departmentsOf, type Group, type Store } from '../group/group.ts';
import { lookalikes } from './lookalikes.ts';
import { cellOf, columnOf, type RosterField, rosterFields } from './roster-fields.ts';
import { findPerson, isActive, managersOf, type Role, type StaffMember, staffMember } from './staff.ts';

/** Plans a roster import without writing anything: valid rows are applied, invalid ones reported. */
export interface RosterPlan {
  readonly added: readonly StaffMember[];
  readonly changed: readonly StaffChange[];
  readonly unchanged: readonly StaffMember[];
  readonly rejected: readonly RejectedRow[];
  /** Problems of a store's roster that the import leaves in place. */
  readonly warnings: readonly string[];
}

export interface StaffChange {
  readonly before: StaffMember;
  readonly after: StaffMember;
  readonly fields: readonly RosterField[];
}

interface RejectedRow {
  readonly line: number;
  readonly reason: string;
}

/**
 * A row of the file. A field without a column is absent and stays unchanged; an empty cell is undefined and clears the
 * field.
 */
export interface RosterRow {
  readonly line: number;
  readonly values: Readonly<Partial<Record<RosterField, string | readonly string[] | undefined>>>;
  /** Why the row cannot be read. */
  readonly fault?: string;
}

export interface RosterQuestion {
  readonly current: readonly StaffMember[];
  readonly rows: readonly RosterRow[];
  readonly group: Group;
  readonly now: Instant;
}

interface Candidate {
  readonly line: number;
  readonly before: StaffMember | undefined;
  readonly after: StaffMember;
}

type Judged = { readonly candidate: Candidate } | { readonly rejected: RejectedRow };

/** Somebody missing from the file has not left; only an end date says so. */
export function planRosterChange(question: RosterQuestion): RosterPlan {
  const judged = question.rows.map((row) => judgeAlone(row, question));
  const alone = judged.flatMap((one) => ('candidate' in one ? [one.candidate] : []));
  const { kept, rejected } = judgeTogether(withoutDuplicates(alone), question);
  const compared = kept.map((one) => ({ ...one, fields: changedFields(one) }));
  return {
    added: kept.flatMap(({ before, after }) => (before ? [] : [after])),
    changed: compared.flatMap(({ before, after, fields }) =>
      before && fields.length > 0 ? [{ before, after, fields }] : [],
    ),
    unchanged: compared.flatMap(({ before, fields }) => (before && fields.length === 0 ? [before] : [])),
    rejected: [...judged.flatMap((one) => ('rejected' in one ? [one.rejected] : [])), ...rejected].sort(
      (left, right) => left.line - right.line,
    ),
    warnings: warningsOf(question, rosterAfter(question, kept)),
  };
}

function judgeAlone({ line, values, fault }: RosterRow, { current, group }: RosterQuestion): Judged {
  const reject = (reason: string): Judged => ({ rejected: { line, reason } });
  if (fault !== undefined) return reject(fault);
  const store = storeNamed(group, values.storeId);
  if (!store) return reject(`store: ${storeExpected(group)}`);
  const before = current.find(
    (one) => one.storeId === store.id && one.employeeNumber === numberOf(values.employeeNumber),
  );
  const read = readBy(staffMember, { ...before, ...values, storeId: store.id });
  if (!read.ok) {
    return reject(read.problems.map(({ path, message }) => `${columnOf(path)}: ${message}`).join('; '));
  }
  const after = tidied(read.value, before);
  if (after.endsOn !== undefined && after.endsOn < after.startsOn) {
    return reject(`end date: expected a date not before the start date ${after.startsOn}`);
  }
  return { candidate: { line, before, after } };
}

function storeNamed(group: Group, text: RosterRow['values'][RosterField]): Store | undefined {
  const asked = String(text ?? '').toLowerCase();
  return group.stores.find((one) => one.id === asked || one.name.toLowerCase() === asked);
}

function storeExpected(group: Group): string {
  return `expected a store of the group '${group.name}': ${group.stores.map(({ id }) => id).join(', ')}`;
}

function numberOf(value: unknown): string | undefined {
  const read = identifier.safeParse(value);
  return read.success ? read.data : undefined;
}

/** Sorted and without duplicates, so that equal days off compare as equal. */
function tidied(person: StaffMember, before: StaffMember | undefined): StaffMember {
  const { emailBouncedAt, otherNumbers = [], ...rest } = person;
  const stillBounces = emailBouncedAt !== undefined && before?.email === person.email;
  return {
    ...rest,
    daysOff: listed(person.daysOff),
    ...(otherNumbers.length > 0 && { otherNumbers: listed(otherNumbers) }),
    ...(stillBounces && { emailBouncedAt }),
  };
}

const listed = (texts: readonly string[]) => [...new Set(texts)].sort();

interface Sifted {
  readonly kept: readonly Candidate[];
  readonly rejected: readonly RejectedRow[];
}

/** If two rows name one person, the first counts and the second is reported. */
function withoutDuplicates(candidates: readonly Candidate[]): Sifted {
  const first = new Map<string, number>();
  for (const { line, after } of candidates.toReversed()) first.set(placeOf(after), line);
  return sift(candidates, ({ line, after }) => {
    const firstLine = first.get(placeOf(after));
    return firstLine === line
      ? undefined
      : `employee number: ${after.employeeNumber} of ${after.storeId} stands in line ${firstLine} already`;
  });
}

function placeOf(person: StaffMember): string {
  return `${person.storeId} ${person.employeeNumber}`;
}

function sift(candidates: readonly Candidate[], fault: (one: Candidate) => string | undefined): Sifted {
  const judged = candidates.map((one) => ({ one, reason: fault(one) }));
  return {
    kept: judged.flatMap(({ one, reason }) => (reason === undefined ? [one] : [])),
    rejected: judged.flatMap(({ one, reason }) => (reason === undefined ? [] : [{ line: one.line, reason }])),
  };
}

/** Checks that rows depend on. Refusing one row can invalidate another, so this repeats until nothing changes. */
function judgeTogether(sifted: Sifted, question: RosterQuestion): Sifted {
  const roster = rosterAfter(question, sifted.kept);
  const { kept, rejected } = sift(
    sifted.kept,
    (one) =>
      otherNumberFault(one, roster) ?? partnerFault(one, roster) ?? managerFault(one, roster, question),
  );
  const all = { kept, rejected: [...sifted.rejected, ...rejected] };
  return rejected.length === 0 ? all : judgeTogether(all, question);
}

function rosterAfter({ current }: RosterQuestion, kept: readonly Candidate[]): readonly StaffMember[] {
  const people = [...current, ...kept.map(({ after }) => after)];
  return [...new Map(people.map((person) => [placeOf(person), person])).values()];
}

/** An employee number names one person at a store; events carry nothing else about staff. */
function otherNumberFault({ after }: Candidate, roster: readonly StaffMember[]): string | undefined {
  const others = roster.filter(
    (one) => one.storeId === after.storeId && one.employeeNumber !== after.employeeNumber,
  );
  const taken = after.otherNumbers?.find((number) => findPerson(others, number));
  if (taken !== undefined) return `other numbers: ${taken} is ${nameWithNumber(findPerson(others, taken))}`;
  const holder = others.find(({ otherNumbers }) => otherNumbers?.includes(after.employeeNumber));
  return holder && `employee number: ${after.employeeNumber} is another number of ${nameWithNumber(holder)}`;
}

const nameWithNumber = (person: StaffMember | undefined) => `${person?.employeeNumber} ${person?.name}`;

function partnerFault({ after }: Candidate, roster: readonly StaffMember[]): string | undefined {
  const { partnerNumber, storeId } = after;
  if (partnerNumber === undefined) return undefined;
  const partner = findPerson(
    roster.filter((one) => one.storeId === storeId),
    partnerNumber,
  );
  if (!partner) return `partner: ${partnerNumber} is not in the roster of ${storeId}`;
  return partner.role === 'salesperson' ? undefined : `partner: ${partnerNumber} is no salesperson`;
}

const departments = ['service', 'sales'] as const satisfies readonly (keyof typeof managersOf)[];

/** Overdue handoffs escalate to these managers, so a file must not end a store's last one. */
function managerFault(
  { before, after }: Candidate,
  roster: readonly StaffMember[],
  { group, now }: RosterQuestion,
): string | undefined {
  const today = todayAt(group, after.storeId, now);
  if (!before || !isActive(before, today)) return undefined;
  const left = departments
    .map((department): readonly Role[] => managersOf[department])
    .find((chain) => chain.includes(before.role) && !hasActive(roster, after.storeId, chain, today));
  return left && `${after.storeId} would be left without a ${left[0]}: name another one first`;
}

function hasActive(
  roster: readonly StaffMember[],
  storeId: string,
  chain: readonly Role[],
  today: string,
): boolean {
  return roster.some((one) => one.storeId === storeId && chain.includes(one.role) && isActive(one, today));
}

function todayAt(group: Group, storeId: string, now: Instant): string {
  const store = group.stores.find(({ id }) => id === storeId);
  return localDate(store?.timeZone ?? 'UTC', now);
}

const warningsOf = (question: RosterQuestion, roster: readonly StaffMember[]): string[] => [
  ...missingManagers(question, roster),
  ...lookalikes(roster, (storeId) => todayAt(question.group, storeId, question.now)),
];

function missingManagers({ group, now }: RosterQuestion, roster: readonly StaffMember[]): string[] {
  return group.stores.flatMap((store) => {
    const { id: storeId } = store;
    const today = todayAt(group, storeId, now);
    return departmentsOf(store)
      .filter((department) => !hasActive(roster, storeId, managersOf[department], today))
      .map((department) => {
        const [role] = managersOf[department];
        return `${storeId} has no active ${role}: what is overdue there has nobody to go to`;
      });
  });
}

function changedFields({ before, after }: Candidate): RosterField[] {
  if (!before) return [];
  return rosterFields.filter((field) => cellOf(before, field) !== cellOf(after, field));
}
