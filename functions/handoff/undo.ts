import { plusMinutes } from '../group/business-time.ts';
import { type Choice, findChoice, type Reader } from './choices.ts';
import type { Context } from './context.ts';
import { limitDeadlines } from './deadlines.ts';
import { type EmailRecord, emailRecords } from './item-bounds.ts';
import type { Kind, Undoable, WayBack, WaysBack } from './kind.ts';
import { move } from './lifecycle.ts';
import { isEmail, lapse, owedAgain } from './outbox.ts';
import type { OutboxEntry } from './outbox-entry.ts';
import { numberOf, queueEmail, queueEvent } from './queue.ts';
import { reassign } from './reassign.ts';
import { queueStatement } from './statement.ts';
import type { DeadlineName, Task, TaskState, Undo } from './task.ts';
import { log, setDeadline } from './task-changes.ts';

/**
 * A choice can be taken back for a while, by the person who made it, as long as the task still is as that choice left
 * it. Everything is restored, deadlines included, and everybody who was told of the choice is told of this.
 */
const UNDO_MINUTES = 120;

/** How the moves of every kind are taken back; a kind's own come before these. A note cannot be taken back. */
const sharedWays: WaysBack = {
  accept: { stands: ({ state }) => state === 'accepted', back: unaccept, onBus: true },
  progress: { stands: ({ state }) => state === 'accepted', back: unaccept, onBus: true },
  complete: { stands: endedBy, back: reopen, onBus: true },
  decline: { stands: stillMoved, back: (task) => task, onBus: true },
  'hand over': { stands: stillMoved, back: (task) => task },
  snooze: { stands: ({ state }) => state === 'waiting', back: unsnooze },
};

/** Keeps how the task was before the choice. After a note, the choice before it can still be taken back. */
export function remember(
  after: Task,
  kind: Kind,
  made: { readonly before: Task; readonly choice: Choice; readonly by: string; readonly now: string },
): Task {
  const { before, choice, by, now } = made;
  if (choice.does === 'note') return after;
  const { undo: _older, ...rest } = after;
  if (wayOf(kind, choice) === undefined) return rest;
  const { state, assignee, deadlines, entriesMade } = before;
  const own = kind.undoKeeps(before);
  const kept = { at: now, assignee, deadlines, entriesMade, ...(own ? { own: { ...own } } : {}) };
  return {
    ...rest,
    undo: { state, choice: choice.name, by, until: plusMinutes(now, UNDO_MINUTES), before: kept },
  };
}

/** What this person can take back now. */
export function undoableBy(task: Task, kind: Kind, reader: Reader, now: string): Undoable | undefined {
  const { undo } = task;
  if (!undo?.before || undo.by !== reader.employeeNumber || undo.until <= now) return undefined;
  const known = { ...undo, before: undo.before };
  return wayOfUndo(kind, known)?.stands(task, known) ? known : undefined;
}

export function takeBack(task: Task, kind: Kind, reader: Reader, context: Context): Task | undefined {
  const { now } = context;
  const known = undoableBy(task, kind, reader, now);
  const choice = known && findChoice(kind, known.choice);
  const way = choice && wayOf(kind, choice);
  if (!known || !choice || !way) return undefined;
  const isMoved = choice.does === 'decline' || choice.does === 'hand over';
  const back = isMoved ? moveBack(task, kind, known, context) : restored(task, kind, known, way, context);
  const told = tellThoseWhoHeard(task, queueStatement(back, choice, now, true), known, context);
  const { undo: _undone, ...rest } = log(told, {
    what: 'undone',
    at: now,
    by: known.by,
    choice: known.choice,
  });
  const hasChanged =
    rest.state !== task.state || rest.assignee?.employeeNumber !== task.assignee?.employeeNumber;
  // Whoever follows along on the bus is told that it is open again, and with whom.
  return way.onBus && hasChanged
    ? queueEvent(rest, now, 'handoff-task-created', { code: 'taken-back', choice: known.choice })
    : rest;
}

function restored(task: Task, kind: Kind, undo: Undoable, way: WayBack, context: Context): Task {
  const back = way.back(task, undo, context);
  return task.state === 'completed' ? kind.reopened(back, undo, context) : back;
}

const wayOf = (kind: Kind, { does }: Choice): WayBack | undefined => kind.waysBack[does] ?? sharedWays[does];

function wayOfUndo(kind: Kind, undo: Undo): WayBack | undefined {
  const choice = findChoice(kind, undo.choice);
  return choice && wayOf(kind, choice);
}

function endedBy({ state, ended }: Task, { by, choice }: Undo): boolean {
  return state === 'completed' && ended?.by === by && ended.outcome === choice;
}

function stillMoved({ state, assignee }: Task, { before }: Undoable): boolean {
  return state === 'open' && before.assignee !== undefined && assignee?.since === before.at;
}

export function unaccept<T extends Task>(task: T, undo: Undoable): T {
  if (undo.state !== 'open') return task;
  return restoreDeadlines(move(task, 'undo of acceptance'), undo, limitDeadlines);
}

function reopen(task: Task, undo: Undoable): Task {
  const { ended, ...rest } = move(task, 'undo');
  const outbox = rest.outbox.map((entry) => (isLapsedBy(entry, ended?.outcome) ? owedAgain(entry) : entry));
  const open = restoreDeadlines({ ...rest, outbox }, undo, [
    ...limitDeadlines,
    'release',
    'day-before',
    'unfinished',
  ]);
  return returnTo(open, undo.state);
}

const isLapsedBy = ({ state, reason }: OutboxEntry, outcome: string | undefined) =>
  state === 'lapsed' && reason?.code === 'ended' && reason.outcome === outcome;

function unsnooze(task: Task, undo: Undoable): Task {
  const awake = { ...returnTo(move(task, 'release'), undo.state), snoozed: undefined };
  return restoreDeadlines(awake, undo, [...limitDeadlines, 'release']);
}

/** Back with the person who had it, who may be told; the one who has it now is told by {@link tellThoseWhoHeard}. */
function moveBack(task: Task, kind: Kind, undo: Undoable, context: Context): Task {
  const { by, before } = undo;
  if (!before.assignee) return task;
  const to = before.assignee.employeeNumber;
  const why = { code: 'choice-taken-back', by, to } as const;
  const given = reassign(task, kind, before.assignee, { why, by }, context);
  const declinedBy = given.declinedBy?.filter((number) => number !== to);
  // Nobody needs an email about what they just did themselves.
  const outbox = given.outbox.filter((entry) => !isNewTo(entry, by, task));
  const moved = { ...given, outbox, ...(declinedBy ? { declinedBy } : {}) };
  return restoreDeadlines(returnTo(moved, undo.state), undo, limitDeadlines);
}

/** From open to what it was, along the lifecycle. */
export function returnTo<T extends Task>(task: T, state: TaskState): T {
  if (task.state === state || task.state !== 'open') return task;
  if (state === 'accepted') return move(task, 'accept');
  return state === 'waiting' ? move(task, 'snooze') : task;
}

export const restoreDeadlines = <T extends Task>(
  task: T,
  { before }: Undoable,
  names: readonly DeadlineName[],
): T => names.reduce<T>((one, name) => setDeadline(one, name, before.deadlines[name]), task);

/** Unsent emails are dropped; recipients of sent ones get a correction, unless undoing already sent one. */
function tellThoseWhoHeard(before: Task, back: Task, undo: Undoable, context: Context): Task {
  const ofChoice = emailRecords(before).filter((record) => isOfChoice(record, undo));
  const unsent = ofChoice.filter((record) => record.state === 'owed' && record.to !== 'customer');
  const outbox = back.outbox.map((entry) =>
    unsent.some(({ id }) => id === entry.id) ? lapse(entry, { code: 'choice-taken-back' }) : entry,
  );
  const note = { code: 'choice-taken-back', by: undo.by, choice: undo.choice } as const;
  const heard = ofChoice
    .filter((record) => !unsent.includes(record))
    .flatMap(({ to }) => (to === 'customer' ? [] : [to.staff]));
  return [...new Set(heard)]
    .filter((staff) => staff !== undo.by && !back.outbox.some((entry) => isNewTo(entry, staff, before)))
    .reduce<Task>(
      (one, staff) =>
        queueEmail(one, context.now, { message: 'handoff-moved', to: { staff }, note, again: true }),
      { ...back, outbox },
    );
}

const isOfChoice = (record: EmailRecord, { before }: Undoable) =>
  numberOf(record.id) > before.entriesMade && record.owedAt === before.at;

const isNewTo = (entry: OutboxEntry, staff: string, before: Task) =>
  isEmail(entry) &&
  numberOf(entry.id) > before.entriesMade &&
  entry.to !== 'customer' &&
  entry.to.staff === staff;
