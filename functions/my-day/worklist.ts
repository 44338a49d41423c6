import { lastOpeningBefore, localDate, startOfDay } from '../group/business-time.ts';
import type { Department } from '../group/group.ts';
import { readerOf } from '../handoff/choices.ts';
import type { Context } from '../handoff/context.ts';
import { emailRecords } from '../handoff/item-bounds.ts';
import { isOpen, type Task } from '../handoff/task.ts';
import type { StaffMember } from '../people/staff.ts';

/** A person's worklist at one store: read from the tasks, never stored. */
export interface Worklist {
  readonly person: StaffMember;
  /** Theirs to accept or to finish: late ones first, then by when they are due. */
  readonly open: readonly Task[];
  /** Nudges that are theirs and wait for a day with room under the cap. */
  readonly capped: readonly Task[];
  /** Snoozed until a day of their choice. */
  readonly snoozed: readonly Task[];
  /** A manager's: what is open in the whole store, and what was done. */
  readonly store?: StoreToday;
}

export interface StoreToday {
  readonly open: readonly Task[];
  readonly done: readonly Task[];
  /** Since when "done" counts: the last day on which the store was open, so that Monday tells of Saturday. */
  readonly doneSince: string;
}

export function worklistOf(person: StaffMember, tasks: readonly Task[], now: string): Worklist {
  const theirs = tasks.filter(({ assignee }) => assignee?.employeeNumber === person.employeeNumber);
  const waiting = theirs.filter(({ state }) => state === 'waiting').toSorted(byRelease);
  return {
    person,
    open: lateFirst(theirs.filter(isOpen), now),
    capped: waiting.filter(isCapped),
    snoozed: waiting.filter((task) => !isCapped(task)),
  };
}

export function storeToday(tasks: readonly Task[], done: readonly Task[], context: Context): StoreToday {
  const doneSince = doneSinceOf(context);
  return {
    open: lateFirst(tasks.filter(isOpen), context.now),
    done: done
      .filter(({ state, ended }) => state === 'completed' && ended && ended.at >= doneSince)
      .toSorted((one, other) => (other.ended?.at ?? '').localeCompare(one.ended?.at ?? '')),
    doneSince,
  };
}

export function doneSinceOf({ store, today, calendar }: Context): string {
  const last = (['service', 'sales'] as const)
    .map((department) => lastOpeningBefore(calendar(department), today))
    .toSorted()
    .at(-1);
  return startOfDay(store.timeZone, last === undefined ? today : localDate(store.timeZone, last));
}

/** Whether there is anything to summarise; snoozed tasks don't count. */
export const hasSomething = ({ open, capped, store }: Worklist): boolean =>
  open.length > 0 || capped.length > 0 || (store !== undefined && store.open.length > 0);

/** Which limit runs, and whether it has passed: the sweep removes a deadline once it has fired. */
const limitOf = (task: Task) =>
  task.deadlines[task.state === 'open' ? 'accept-reminder' : 'complete-reminder'];
const escalationOf = (task: Task) =>
  task.deadlines[task.state === 'open' ? 'accept-escalation' : 'complete-escalation'];
const hasPassed = (at: string | undefined, now: string) => at === undefined || at <= now;

export const isLate = (task: Task, now: string): boolean => isOpen(task) && hasPassed(limitOf(task), now);
export const isEscalated = (task: Task, now: string): boolean =>
  isLate(task, now) && hasPassed(escalationOf(task), now);
/** By when the next step is expected; nothing where that has passed. */
export const dueBy = (task: Task, now: string): string | undefined =>
  isLate(task, now) ? undefined : limitOf(task);

export const departmentOfPerson = ({ role }: StaffMember): Department =>
  role === 'service advisor' || role === 'service manager' ? 'service' : 'sales';

/** Who may open a task from their own page: the person who has or had it, its readers, and the store's managers. */
export function mayOpen(task: Task, person: StaffMember): boolean {
  if (task.storeId !== person.storeId) return false;
  const { employeeNumber } = person;
  return (
    readerOf(person).isManager ||
    task.assignee?.employeeNumber === employeeNumber ||
    task.heldBy?.includes(employeeNumber) === true ||
    task.said?.some(({ by }) => by === employeeNumber) === true ||
    emailRecords(task).some(({ to }) => to !== 'customer' && to.staff === employeeNumber)
  );
}

/** It waits because of the cap on a person's nudges: a waiting task that nobody snoozed. */
const isCapped = ({ snoozed }: Task): boolean => snoozed === undefined;

const byRelease = (one: Task, other: Task) =>
  (one.deadlines.release ?? '').localeCompare(other.deadlines.release ?? '');

/** Late tasks first, those longest with their person leading; then by when they are due. */
function lateFirst(tasks: readonly Task[], now: string): Task[] {
  const rank = (task: Task) => {
    const by = dueBy(task, now);
    return by === undefined ? `0${task.assignee?.since ?? task.createdAt}` : `1${by}`;
  };
  return tasks.toSorted((one, other) => rank(one).localeCompare(rank(other)));
}
