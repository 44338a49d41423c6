import { addDays } from '../group/business-time.ts';
import type { Department } from '../group/group.ts';
import { hash } from '../group/hash.ts';
import {
  findPerson,
  isActive,
  isAtWork,
  isReachable,
  managersOf,
  type Role,
  type Roster,
  type StaffMember,
  speaks,
} from './staff.ts';

/** Why a handoff was assigned to a person. */
export const routingReasons = ['own', 'partner', 'fair choice', 'manager', 'handed over'] as const;

export interface Routed {
  readonly employeeNumber: string;
  readonly reason: (typeof routingReasons)[number];
}

export interface RoutingQuestion {
  readonly department: Department;
  /** The store's current roster. */
  readonly roster: Roster;
  /** The store's date, for days off and leavers. */
  readonly on: string;
  /** The role that takes the handoff, if not everybody in the department who meets customers. */
  readonly role?: Role | undefined;
  /** The employee number of the customer's own person, if known. */
  readonly ownNumber?: string | undefined;
  /** Who hands the customer over; their partner in the department is the second choice. */
  readonly partnerOf?: string | undefined;
  /** The input of the fair choice: the same customer always gets the same person. */
  readonly customer: string;
  /** The language that the customer prefers to English, if any. */
  readonly language?: string | undefined;
  /** Advisors who started on or before this date count as established and go first. */
  readonly establishedBy?: string | undefined;
  /** Employee numbers to skip: people who declined or left. */
  readonly not?: readonly string[] | undefined;
}

type WhoCould = Pick<RoutingQuestion, 'department' | 'role' | 'roster' | 'on' | 'not'>;

/** Nobody at the store can take a handoff. The event is kept as refused rather than assigned by guesswork. */
export class UnroutableError extends Error {
  override readonly name = 'UnroutableError';
}

const takers = { service: 'service advisor', sales: 'salesperson' } as const satisfies Readonly<
  Record<Department, Role>
>;

/**
 * Picks the assignee of a handoff: the customer's own person if at work, else a partner of the person who hands the customer
 * over, else a fair choice among those at work, else the manager. Never a leaver. If somebody at work speaks the customer's
 * language, the partner and the fair choice are picked among those who do: see docs/decisions/people-languages.md. Throws
 * {@link UnroutableError} if the store has no active manager either.
 */
export function route(question: RoutingQuestion): Routed {
  const inRole = takersOf(question);

  const candidate = (number: string | undefined) => {
    const person = number === undefined ? undefined : findPerson(question.roster, number);
    return person && inRole.find((one) => one === person);
  };
  const own = candidate(question.ownNumber);
  if (own) return { employeeNumber: own.employeeNumber, reason: 'own' };

  const understood = speakersAmong(inRole, question.language);
  const partner = fairChoice(partnersAmong(understood, question), question.customer);
  if (partner) return { employeeNumber: partner.employeeNumber, reason: 'partner' };

  const { establishedBy } = question;
  const established = understood.filter(
    (person) => establishedBy === undefined || person.startsOn <= establishedBy,
  );
  const fair = fairChoice(established.length > 0 ? established : understood, question.customer);
  if (fair) return { employeeNumber: fair.employeeNumber, reason: 'fair choice' };

  return { employeeNumber: managerOf(question).employeeNumber, reason: 'manager' };
}

/** Those who speak the language; everybody if nobody does, or if it is English. */
function speakersAmong(people: readonly StaffMember[], language: string | undefined): readonly StaffMember[] {
  const speakers = language === undefined ? [] : people.filter((person) => speaks(person, language));
  return speakers.length > 0 ? speakers : people;
}

/** Partners, whichever of the two roster rows names the other. */
function partnersAmong(
  candidates: readonly StaffMember[],
  { partnerOf, roster }: Pick<RoutingQuestion, 'partnerOf' | 'roster'>,
): StaffMember[] {
  const sender = partnerOf === undefined ? undefined : findPerson(roster, partnerOf);
  if (!sender) return [];
  const named = candidates.filter((person) => findPerson([person], sender.partnerNumber ?? '') === person);
  if (named.length > 0) return named;
  return candidates.filter(({ partnerNumber }) => findPerson([sender], partnerNumber ?? '') === sender);
}

/** Those who take the department's handoffs, are at work, and can be reached. */
function takersOf({ department, role = takers[department], roster, on, not }: WhoCould): StaffMember[] {
  return roster.filter(
    (person) =>
      person.role === role &&
      isAtWork(person, on) &&
      isReachable(person) &&
      !not?.includes(person.employeeNumber),
  );
}

/** For a customer who is waiting: the person at work who answered a handoff last; undefined if nobody did recently. */
export function lastSeenOnTheFloor(
  question: WhoCould,
  lastSeen: (employeeNumber: string) => string | undefined,
): Routed | undefined {
  const seenAt = ({ employeeNumber }: StaffMember) => lastSeen(employeeNumber) ?? '';
  const [latest] = takersOf(question)
    .filter((person) => seenAt(person) !== '')
    .toSorted((a, b) => seenAt(b).localeCompare(seenAt(a)));
  return latest && { employeeNumber: latest.employeeNumber, reason: 'fair choice' };
}

/**
 * The department's manager on that day: one at work before one who is away, else the general manager, else the other
 * department's manager.
 */
export function findManager(question: WhoCould): StaffMember | undefined {
  const other = question.department === 'service' ? 'sales' : 'service';
  const active = question.roster.filter(
    (person) => isActive(person, question.on) && !question.not?.includes(person.employeeNumber),
  );
  return [...managersOf[question.department], ...managersOf[other]]
    .flatMap((role) => [
      active.find((person) => person.role === role && isAtWork(person, question.on) && isReachable(person)),
      active.find((person) => person.role === role),
    ])
    .find((person) => person !== undefined);
}

function managerOf(question: RoutingQuestion): StaffMember {
  const found = findManager(question) ?? findManager({ ...question, not: [] });
  if (!found) {
    throw new UnroutableError(
      `No active ${managersOf[question.department][0]} in the roster on ${question.on}: nobody can take this handoff`,
    );
  }
  return found;
}

/**
 * Weighted rendezvous hashing: the candidate with the highest hash for this customer wins. It needs no counter, every
 * redelivery gets the same result, and when somebody leaves only their customers move.
 */
function fairChoice(candidates: readonly StaffMember[], customer: string): StaffMember | undefined {
  const lot = (person: StaffMember) => hash([customer, person.storeId, person.employeeNumber]);
  return candidates.reduce<StaffMember | undefined>(
    (best, person) => (best === undefined || lot(person) > lot(best) ? person : best),
    undefined,
  );
}

export const establishedBy = (on: string, afterDays: number) => addDays(on, -afterDays);
