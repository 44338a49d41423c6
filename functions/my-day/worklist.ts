import { type Instant, lastOpeningBefore, localDate, startOfDay } from '../group/business-time.ts';
import type { HeardFeed, RefusedEvents } from '../group/feeds.ts';
import type { Department } from '../group/group.ts';
import type { LateFeed } from '../group/late-feeds.ts';
import { readerOf } from '../handoff/choices.ts';
import type { Context } from '../handoff/context.ts';
import { emailRecords } from '../handoff/item-bounds.ts';
import type { Silence } from '../handoff/kind.ts';
import { isStaff } from '../handoff/outbox-entry.ts';
import { isOpen, type Task } from '../handoff/task.ts';
import { isLost, kindOf } from '../handoffs/kinds.ts';
import type { Campaign } from '../leavers/campaign.ts';
import { numberAt } from '../people/across-stores.ts';
import { isActive, isManager, type StaffMember, worksFor } from '../people/staff.ts';

/** A person's worklist at one store: read from the tasks, never stored. */
export interface Worklist {
  readonly person: StaffMember;
  /** Tasks to accept or finish: late ones first, then by due time. */
  readonly open: readonly Task[];
  /** The person's nudges that wait for a day with room under the cap. */
  readonly capped: readonly Task[];
  /** Snoozed until a day of their choice. */
  readonly snoozed: readonly Task[];
  /** On the person's page: customers who did not come back. */
  readonly lost?: readonly Task[];
  /** For a manager: the store's open and completed tasks. */
  readonly store?: StoreToday;
}

/** What a manager reads about their store: the work of the departments that they manage. */
export interface StoreToday {
  readonly open: readonly Task[];
  readonly done: readonly Task[];
  /** Tasks whose customer did not come back. */
  readonly lost: readonly Task[];
  /** For whoever manages Sales: open handoffs of cars that this store sold and another store services. */
  readonly soldHere: readonly Task[];
  /** Start of the period for completed tasks: the last open day, so that Monday's list includes Saturday. */
  readonly doneSince: string;
  readonly feeds: FeedTroubles;
  /** For whoever manages Service: letters to the customers of advisors who left. */
  readonly letters: readonly LetterNews[];
  /** Their people who did not answer a sheet in time in that period. */
  readonly silent: readonly Silence[];
  /** Their people who did not sign a walk-over in that period; the handoff itself is the other department's. */
  readonly unsigned: readonly Silence[];
}

export interface LetterNews {
  readonly campaign: Campaign;
  /** The name of the person who left. */
  readonly leaver: string;
}

/** The store's feed problems that a manager is notified of. */
export interface FeedTroubles {
  readonly silent: readonly HeardFeed[];
  /** Nightly files that have not arrived. */
  readonly late: readonly LateFeed[];
  /** Since {@link StoreToday.doneSince}. */
  readonly refusing: readonly RefusedEvents[];
}

export function worklistOf(person: StaffMember, tasks: readonly Task[], now: string): Worklist {
  const theirs = tasks.filter(
    ({ assignee, storeId }) => assignee?.employeeNumber === numberAt(storeId, person),
  );
  const waiting = theirs.filter(({ state }) => state === 'waiting').toSorted(byRelease);
  return {
    person,
    open: lateFirst(theirs.filter(isOpen), now),
    capped: waiting.filter(isCapped),
    snoozed: waiting.filter((task) => !isCapped(task)),
  };
}

export function storeToday(
  {
    tasks,
    done,
    soldHere,
    letters,
  }: Record<'tasks' | 'done' | 'soldHere', readonly Task[]> & Pick<StoreToday, 'letters'>,
  feeds: FeedTroubles,
  manager: StaffMember,
  context: Context,
): StoreToday {
  const doneSince = doneSinceOf(context);
  const departments = lookedAfterBy(manager, context);
  const isTheirs = isLookedAfterBy(manager, context);
  const open = tasks.filter(isOpen);
  const finished = done.filter(({ state, ended }) => state === 'completed' && ended && ended.at >= doneSince);
  const missed = (by: (task: Task) => Silence | undefined) =>
    [...open, ...finished]
      .flatMap((task) => by(task) ?? [])
      .filter(({ at, employeeNumber }) => at >= doneSince && isOfTheirs(employeeNumber));
  const isOfTheirs = (employeeNumber: string) => {
    const person = context.person(employeeNumber);
    return person === undefined || departments.some((one) => worksFor(person, one));
  };
  return {
    open: lateFirst(open.filter(isTheirs), context.now),
    done: finished.filter(isTheirs).toSorted((a, b) => (b.ended?.at ?? '').localeCompare(a.ended?.at ?? '')),
    lost: done.filter((task) => isLost(task) && isTheirs(task) && (task.ended?.at ?? '') >= doneSince),
    soldHere: departments.includes('sales') ? lateFirst(soldHere.filter(isOpen), context.now) : [],
    doneSince,
    feeds,
    letters,
    silent: missed((task) => kindOf(task).silenceOf(task)),
    unsigned: missed((task) => kindOf(task).unsignedBy(task)),
  };
}

/** Whether a task belongs in this manager's lists. If two managers had it in theirs, each would leave it to the other. */
export function isLookedAfterBy(manager: StaffMember, at: Staffing): (task: Task) => boolean {
  const departments = lookedAfterBy(manager, at);
  return (task) => departments.includes(kindOf(task).department);
}

type Staffing = Pick<Context, 'roster' | 'today'>;

/** Their own department, and the other if nobody else manages it: its late tasks escalate to them, too. */
function lookedAfterBy(manager: StaffMember, { roster, today }: Staffing): readonly Department[] {
  const isManaged = (department: Department) =>
    roster.some((one) => isManager(one) && worksFor(one, department) && isActive(one, today));
  return (['service', 'sales'] as const).filter((one) => worksFor(manager, one) || !isManaged(one));
}

export function doneSinceOf({ store, today, calendar }: Context): string {
  const last = (['service', 'sales'] as const)
    .map((department) => lastOpeningBefore(calendar(department), today))
    .toSorted()
    .at(-1);
  return startOfDay(store.timeZone, last === undefined ? today : localDate(store.timeZone, last));
}

/**
 * Whether there is anything to summarize; snoozed tasks don't count. A feed that stopped creates no tasks, so the manager is
 * notified of it even if nothing is open.
 */
export const hasSomething = ({ open, capped, store }: Worklist): boolean =>
  open.length > 0 || capped.length > 0 || (store !== undefined && hasSomethingAt(store));

const hasSomethingAt = ({ open, soldHere, unsigned, feeds, letters }: StoreToday): boolean =>
  open.length + soldHere.length + unsigned.length > 0 || hasTrouble(feeds) || letters.some(asksForManager);

/** The letter is offered, or stopped by itself: the manager is notified even if nothing else is open. */
export const asksForManager = ({ campaign: { step } }: LetterNews): boolean =>
  step.is === 'offered' || (step.is === 'stopped' && step.why !== 'manager');

export const hasTrouble = ({ silent, late, refusing }: FeedTroubles): boolean =>
  silent.length > 0 || late.length > 0 || refusing.length > 0;

/** The current limit and whether it has passed: the sweep removes a deadline once it has fired. */
const limitOf = (task: Task) =>
  task.deadlines[task.state === 'open' ? 'accept-reminder' : 'complete-reminder'];
const escalationOf = (task: Task) =>
  task.deadlines[task.state === 'open' ? 'accept-escalation' : 'complete-escalation'];
const hasPassed = (at: string | undefined, now: string) => at === undefined || at <= now;

/** Nobody waits for an answer to some tasks, so they are never late. */
const hasLimits = (task: Task): boolean => kindOf(task).hasLimits?.(task) !== false;

export const isLate = (task: Task, now: string): boolean =>
  isOpen(task) && hasLimits(task) && hasPassed(limitOf(task), now);
export const isEscalated = (task: Task, now: string): boolean =>
  isLate(task, now) && hasPassed(escalationOf(task), now);
/** Since when it is late; unknown if something other than the clock made it late. */
export const lateSince = ({ state, passed }: Task): Instant | undefined =>
  passed?.[state === 'open' ? 'accept-reminder' : 'complete-reminder'];
/** When the next step is due; undefined if that time has passed, or nothing is due. */
export const dueBy = (task: Task, now: string): string | undefined =>
  isLate(task, now) ? undefined : limitOf(task);

/**
 * Whether a person may open a task from their own page: they have or had it, started it, acted on it, got an email about it, or
 * manage the store.
 */
export function mayOpen(task: Task, person: StaffMember): boolean {
  if (task.storeId !== person.storeId && task.soldAt !== person.storeId) return false;
  const employeeNumber = numberAt(task.storeId, person);
  return (
    readerOf(person).isManager ||
    task.assignee?.employeeNumber === employeeNumber ||
    task.started?.by === employeeNumber ||
    task.heldBy?.includes(employeeNumber) === true ||
    task.said?.some(({ by }) => by === employeeNumber) === true ||
    emailRecords(task).some(({ to }) => isStaff(to) && to.staff === employeeNumber)
  );
}

/** Whether it waits because of the salesperson's cap: a waiting task that nobody snoozed. */
const isCapped = ({ snoozed }: Task): boolean => snoozed === undefined;

const byRelease = (a: Task, b: Task) => (a.deadlines.release ?? '').localeCompare(b.deadlines.release ?? '');

/** Late tasks first, longest-assigned leading; then by due time. */
export function lateFirst(tasks: readonly Task[], now: string): Task[] {
  const rank = (task: Task) => {
    const since = task.assignee?.since ?? task.createdAt;
    return isLate(task, now) ? `0${since}` : `1${dueBy(task, now) ?? since}`;
  };
  return tasks.toSorted((a, b) => rank(a).localeCompare(rank(b)));
}
