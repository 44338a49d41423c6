import { plusMinutes } from '../group/business-time.ts';
import { type Choice, findChoice, type Reader } from './choices.ts';
import type { Context } from './context.ts';
import { runningDeadlines } from './deadlines.ts';
import { type EmailRecord, emailRecords } from './item-bounds.ts';
import type { Kind, Undoable, UndoRule, UndoRules } from './kind.ts';
import { move } from './lifecycle.ts';
import { isEmail, lapse, requeue } from './outbox.ts';
import { isStaff, type OutboxEntry, staffIn } from './outbox-entry.ts';
import { numberOf, queueEmail, queueEvent } from './queue.ts';
import { reassign } from './reassign.ts';
import { queueStatement } from './statement.ts';
import type { DeadlineName, Task, TaskState, Undo } from './task.ts';
import { log, setDeadline } from './task-changes.ts';

/**
 * The person who made a choice can undo it for a while, as long as nothing else has changed the task. Everything is
 * restored, including deadlines, and everybody who got an email about the choice gets a correction.
 */
const UNDO_MINUTES = 120;

/** Undo rules that all kinds share; a kind's own take precedence. A note cannot be undone. */
const sharedRules: UndoRules = {
  accept: { canUndo: ({ state }) => state === 'accepted', undo: unaccept, onBus: true },
  progress: { canUndo: ({ state }) => state === 'accepted', undo: unaccept, onBus: true },
  complete: { canUndo: endedBy, undo: reopen, onBus: true },
  decline: { canUndo: stillMoved, undo: (task) => task, onBus: true },
  'hand over': { canUndo: stillMoved, undo: (task) => task },
  'met instead': { canUndo: stillMoved, undo: (task) => task },
  email: {
    canUndo: (task, undo) => task.customerEmail !== undefined && !hasWritten(task, undo),
    undo: (task, { before }) => ({ ...task, customerEmail: before.customerEmail }),
  },
  snooze: { canUndo: ({ state }) => state === 'waiting', undo: unsnooze },
};

/** Stores the task's state before the choice. After a note, the previous choice can still be undone. */
export function remember(
  after: Task,
  kind: Kind,
  made: { readonly before: Task; readonly choice: Choice; readonly by: string; readonly now: string },
): Task {
  const { before, choice, by, now } = made;
  if (keptForGood.has(choice.does)) return after;
  const isBeside = beside.has(choice.does) && after.state === before.state;
  const { [isBeside ? 'undoBeside' : 'undo']: _older, ...current } = after;
  if (ruleOf(kind, choice) === undefined) return current;
  const { state, assignee, deadlines, entriesMade, customerEmail } = before;
  const own = kind.undoKeeps(before);
  const kept = {
    ...{ at: now, assignee, deadlines, entriesMade },
    ...(customerEmail === undefined ? {} : { customerEmail }),
    ...(own ? { own: { ...own } } : {}),
  };
  const undo = { state, choice: choice.name, by, until: plusMinutes(now, UNDO_MINUTES), before: kept };
  return isBeside ? { ...current, undoBeside: undo } : { ...current, undo };
}

/** These choices cannot be undone, and leave an earlier choice undoable. */
const keptForGood: ReadonlySet<Choice['does']> = new Set(['note', 'dispute', 'settle']);

/** If they leave the task in its state, an earlier choice can still be undone. */
const beside: ReadonlySet<Choice['does']> = new Set(['sign over', 'book', 'email']);

/** A letter that was sent to the entered address cannot be called back. */
const hasWritten = (task: Task, undo: Undoable): boolean =>
  emailRecords(task).some(
    ({ id, to, state }) =>
      to === 'customer' && numberOf(id) > undo.before.entriesMade && !['owed', 'lapsed'].includes(state),
  );

/** The choice that this person can undo now. */
export function undoableBy(task: Task, kind: Kind, reader: Reader, now: string): Undoable | undefined {
  return [task.undoBeside, task.undo]
    .map((undo) => undo && stillUndoable(undo, task, kind, reader, now))
    .find((undo) => undo !== undefined);
}

function stillUndoable(
  undo: Undo,
  task: Task,
  kind: Kind,
  reader: Reader,
  now: string,
): Undoable | undefined {
  if (!undo.before || undo.by !== reader.employeeNumber || undo.until <= now) return undefined;
  const known = { ...undo, before: undo.before };
  return ruleOfUndo(kind, known)?.canUndo(task, known) ? known : undefined;
}

export function takeBack(task: Task, kind: Kind, reader: Reader, context: Context): Task | undefined {
  const { now } = context;
  const known = undoableBy(task, kind, reader, now);
  const choice = known && findChoice(kind, known.choice);
  const rule = choice && ruleOf(kind, choice);
  if (!known || !choice || !rule) return undefined;
  const isMoved = ['decline', 'hand over', 'met instead'].includes(choice.does);
  const back = isMoved ? moveBack(task, kind, known, context) : restored(task, kind, known, rule, context);
  const corrected = kind.undone(
    sendCorrections(task, queueStatement(back, choice, now, true), known, context),
    known,
  );
  const isBeside = task.undoBeside?.choice === known.choice && task.undoBeside.by === known.by;
  const { [isBeside ? 'undoBeside' : 'undo']: _undone, ...undone } = log(corrected, {
    what: 'undone',
    at: now,
    by: known.by,
    choice: known.choice,
  });
  const hasChanged =
    undone.state !== task.state || undone.assignee?.employeeNumber !== task.assignee?.employeeNumber;
  // Subscribers on the bus need to know that it is open again, and with whom.
  return rule.onBus && hasChanged
    ? queueEvent(undone, now, 'handoff-task-reopened', { code: 'taken-back', choice: known.choice })
    : undone;
}

function restored(task: Task, kind: Kind, undo: Undoable, rule: UndoRule, context: Context): Task {
  const back = rule.undo(task, undo, context);
  const isReopened = task.state === 'completed' && back.state !== 'completed';
  return isReopened ? kind.reopened(back, undo, context) : back;
}

const ruleOf = (kind: Kind, { does }: Choice): UndoRule | undefined =>
  kind.undoRules[does] ?? sharedRules[does];

function ruleOfUndo(kind: Kind, undo: Undo): UndoRule | undefined {
  const choice = findChoice(kind, undo.choice);
  return choice && ruleOf(kind, choice);
}

function endedBy({ state, ended }: Task, { by, choice }: Undo): boolean {
  return state === 'completed' && ended?.by === by && ended.outcome === choice;
}

function stillMoved({ state, assignee }: Task, { before }: Undoable): boolean {
  return state === 'open' && before.assignee !== undefined && assignee?.since === before.at;
}

export function unaccept<T extends Task>(task: T, undo: Undoable): T {
  if (undo.state !== 'open') return task;
  return restoreDeadlines(move(task, 'undo of acceptance'), undo, runningDeadlines);
}

function reopen(task: Task, undo: Undoable): Task {
  const { ended, ...reopened } = move(task, 'undo');
  const outbox = reopened.outbox.map((entry) => (isLapsedBy(entry, ended?.outcome) ? requeue(entry) : entry));
  const open = restoreDeadlines({ ...reopened, outbox }, undo, [
    ...runningDeadlines,
    'head-start',
    'release',
    'day-before',
    'follow-up',
    'unfinished',
  ]);
  return returnTo(open, undo.state);
}

const isLapsedBy = ({ state, reason }: OutboxEntry, outcome: string | undefined) =>
  state === 'lapsed' && reason?.code === 'ended' && reason.outcome === outcome;

export function unsnooze<T extends Task>(task: T, undo: Undoable): T {
  const awake = { ...returnTo(move(task, 'release'), undo.state), snoozed: undefined };
  return restoreDeadlines(awake, undo, [...runningDeadlines, 'release']);
}

/** Returns the task to its former assignee. {@link sendCorrections} notifies the current one. */
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
  return restoreDeadlines(returnTo(moved, undo.state), undo, runningDeadlines);
}

/** Moves an open task back to its former state along the lifecycle. */
export function returnTo<T extends Task>(task: T, state: TaskState): T {
  if (task.state === state || task.state !== 'open') return task;
  if (state === 'accepted') return move(task, 'accept');
  return state === 'waiting' ? move(task, 'snooze') : task;
}

export const restoreDeadlines = <T extends Task>(
  task: T,
  { before }: Undoable,
  names: readonly DeadlineName[],
): T => names.reduce<T>((changed, name) => setDeadline(changed, name, before.deadlines[name]), task);

/** Drops unsent emails and sends recipients of sent ones a correction, unless the undo already queued one. */
function sendCorrections(before: Task, back: Task, undo: Undoable, context: Context): Task {
  const ofChoice = emailRecords(before).filter((record) => isOfChoice(record, undo));
  const unsent = ofChoice.filter(({ state }) => state === 'owed');
  const outbox = back.outbox.map((entry) =>
    unsent.some(({ id }) => id === entry.id) ? lapse(entry, { code: 'choice-taken-back' }) : entry,
  );
  const note = { code: 'choice-taken-back', by: undo.by, choice: undo.choice } as const;
  const notified = ofChoice.filter((record) => !unsent.includes(record)).flatMap(({ to }) => staffIn(to));
  return [...new Set(notified)]
    .filter((staff) => staff !== undo.by && !back.outbox.some((entry) => isNewTo(entry, staff, before)))
    .reduce<Task>(
      (current, staff) =>
        queueEmail(current, context.now, { message: 'handoff-moved', to: { staff }, note, again: true }),
      { ...back, outbox },
    );
}

const isOfChoice = (record: EmailRecord, { before }: Undoable) =>
  numberOf(record.id) > before.entriesMade && record.owedAt === before.at;

const isNewTo = (entry: OutboxEntry, staff: string, before: Task) =>
  isEmail(entry) && numberOf(entry.id) > before.entriesMade && isStaff(entry.to) && entry.to.staff === staff;
