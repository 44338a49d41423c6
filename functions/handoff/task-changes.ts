import type { Routed } from '../people/routing.ts';
import { MOST } from './item-bounds.ts';
import { move } from './lifecycle.ts';
import type { DeadlineName, LogEntry, NoteOf, OutcomeOf, Task, Trigger } from './task.ts';
import { taskIdOf } from './traits.ts';

/** Changes to a task that all kinds share. Each returns a new task. */

/** A new task before any fact is known. */
export function blank<Kind extends string>(
  kind: Kind,
  storeId: string,
  numbers: readonly string[],
  now: string,
  use = 1,
) {
  return {
    schema: 2 as const,
    kind,
    taskId: taskIdOf(kind, storeId, numbers, use),
    ...(use === 1 ? {} : { use }),
    version: 0,
    storeId,
    state: 'awaited' as const,
    createdAt: now,
    updatedAt: now,
    deadlines: {},
    outbox: [],
    entriesMade: 0,
    links: [],
    log: [],
  };
}

/** Keeps the newest entries; older ones are in CloudWatch Logs. */
export function log<T extends Task>(task: T, entry: LogEntry): T {
  return { ...task, updatedAt: entry.at, log: [...task.log, entry].slice(-MOST.logEntries) };
}

/** Adds a log entry that only this kind of handoff has. */
export const logFact = <T extends Task>(task: T, now: string, by: string, own: NoteOf<T>): T =>
  log(task, { what: 'fact', at: now, by, own });

interface Step<T extends Task> {
  readonly trigger: Trigger;
  readonly now: string;
  readonly by: string;
  readonly own?: NoteOf<T> | undefined;
  readonly outcome?: OutcomeOf<T> | undefined;
}

/** Applies a transition and logs it. */
export function step<T extends Task>(task: T, { trigger, now, by, own, outcome }: Step<T>): T {
  const moved = { ...move(task, trigger), ...timesOf(trigger, now, by) };
  return log(moved, {
    what: 'step',
    at: now,
    by,
    trigger,
    ...(own === undefined ? {} : { own }),
    ...(outcome === undefined ? {} : { outcome }),
  });
}

/** The times from which lateness is measured. */
function timesOf(
  trigger: Trigger,
  now: string,
  by: string,
): Partial<Pick<Task, 'acceptedAt' | 'acceptedBy' | 'releasedAt' | 'snoozed'>> {
  if (trigger === 'accept') return { acceptedAt: now, acceptedBy: by };
  return trigger === 'release' ? { releasedAt: now, snoozed: undefined } : {};
}

export function assign<T extends Task>(task: T, to: Routed, now: string): T {
  const { employeeNumber, reason } = to;
  const before = task.assignee?.employeeNumber;
  const heldBy =
    before === undefined || before === employeeNumber
      ? task.heldBy
      : [...(task.heldBy ?? []).filter((number) => number !== before), before];
  const assigned = {
    ...task,
    assignee: { employeeNumber, reason, since: now },
    ...(heldBy === undefined ? {} : { heldBy }),
  };
  return log(assigned, { what: 'assigned', at: now, by: 'routing', employeeNumber, reason });
}

export function setDeadline<T extends Task>(task: T, name: DeadlineName, at: string | undefined): T {
  const { [name]: _was, ...others } = task.deadlines;
  return { ...task, deadlines: at === undefined ? others : { ...others, [name]: at } };
}

export function clearDeadlines<T extends Task>(task: T, ...exceptions: readonly DeadlineName[]): T {
  const kept = Object.entries(task.deadlines).filter(([name]) =>
    exceptions.some((exception) => exception === name),
  );
  return { ...task, deadlines: Object.fromEntries(kept) };
}

/** Makes the last choices final, because a fact has confirmed them. */
export const lockUndo = <T extends Task>(task: T): T => ({
  ...task,
  undo: undefined,
  undoBeside: undefined,
});
