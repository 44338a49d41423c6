import { oweRemark } from '../customers/statements.ts';
import { plusMinutes } from '../group/business-time.ts';
import { decideAppointment, overslept } from '../handoffs/first-service/appointments.ts';
import { orderClosed, untellChoice } from '../handoffs/repair-options/decide.ts';
import { findPerson } from '../people/staff.ts';
import { adviceOf, type Choice, findChoice, type Move, type Reader } from './choices.ts';
import { clockDeadlines } from './deadlines.ts';
import { type Context, end, log, numberOf, oweEmail, oweEvent, setDeadline } from './draft.ts';
import { type EmailRecord, emailRecords } from './item-bounds.ts';
import { move } from './lifecycle.ts';
import { isEmail } from './outbox.ts';
import type { OutboxEntry } from './outbox-entry.ts';
import { handOn } from './reassign.ts';
import { type DeadlineName, isOpen, type Task, type TaskState, type Undo } from './task.ts';

/**
 * A choice can be taken back for a while, by the person who made it, as long as the task stands as that choice left
 * it. Everything is as before then, the clock included, and whoever heard of the choice hears of this.
 */
const UNDO_MINUTES = 120;

/** The staff's own word on when the visit is: one appointment, whoever of them says it. */
export const BOOKED_BY_STAFF = 'staff';

/** What a choice of this kind did, so that the task stands as it left it; and how to go back. A note stays a note. */
const ways: Readonly<Partial<Record<Move, Way>>> = {
  accept: { stands: (task) => task.state === 'accepted', back: unaccept, onBus: true },
  progress: { stands: (task) => task.state === 'accepted', back: unaccept, onBus: true },
  complete: { stands: endedBy, back: reopen, onBus: true },
  advise: { stands: stillAdvised, back: unadvise, onBus: true },
  decline: { stands: stillMoved, back: moveBack, onBus: true },
  'hand over': { stands: stillMoved, back: moveBack },
  snooze: { stands: (task) => task.state === 'waiting', back: wake },
  book: { stands: stillBooked, back: unbook },
};

interface Way {
  readonly stands: (task: Task, undo: KnownUndo) => boolean;
  readonly back: (task: Task, undo: KnownUndo, context: Context) => Task;
  /** The choice was told on the bus. */
  readonly onBus?: boolean;
}

interface KnownUndo extends Undo {
  readonly before: NonNullable<Undo['before']>;
}

/** Keeps how it stood before the choice. A note is no move: what can be taken back stays what it was. */
export function remember(
  after: Task,
  made: { readonly before: Task; readonly choice: Choice; readonly by: string; readonly now: string },
): Task {
  const { before, choice, by, now } = made;
  if (choice.does === 'note') return after;
  const { undo: _older, ...rest } = after;
  if (ways[choice.does] === undefined) return rest;
  const { state, assignee, deadlines, entriesMade } = before;
  const undo = { state, choice: choice.name, by, until: plusMinutes(now, UNDO_MINUTES) };
  const gate =
    before.kind === 'repair-options' ? { advisorSays: before.advisorSays, toldSales: before.toldSales } : {};
  return { ...rest, undo: { ...undo, before: { at: now, assignee, deadlines, entriesMade, ...gate } } };
}

/** What this person can take back now. */
export function undoableBy(task: Task, reader: Reader, now: string): KnownUndo | undefined {
  const { undo } = task;
  if (!undo?.before || undo.by !== reader.employeeNumber || undo.until <= now) return undefined;
  const known = { ...undo, before: undo.before };
  return wayOf(known)?.stands(task, known) ? known : undefined;
}

export function takeBack(task: Task, reader: Reader, context: Context): Task | undefined {
  const { now } = context;
  const known = undoableBy(task, reader, now);
  const way = known && wayOf(known);
  if (!known || !way) return undefined;
  const restored = oweRemark(way.back(task, known, context), known.choice, now, true);
  const back = tellThoseWhoHeard(task, restored, known, context);
  const { undo: _undone, ...rest } = log(back, now, known.by, 'undone', known.choice);
  const changed =
    rest.state !== task.state || rest.assignee?.employeeNumber !== task.assignee?.employeeNumber;
  // Whoever follows along on the bus hears that it is open, and with whom.
  return way.onBus && changed
    ? oweEvent(rest, now, 'handoff-task-created', `taken back: ${known.choice}`)
    : rest;
}

const wayOf = (undo: Undo): Way | undefined => {
  const does = findChoice(undo.choice)?.does;
  return does && ways[does];
};

function endedBy({ state, ended }: Task, { by, choice }: Undo): boolean {
  return state === 'completed' && ended?.by === by && ended.outcome === choice;
}

function stillMoved({ state, assignee }: Task, { before }: KnownUndo): boolean {
  return state === 'open' && before.assignee !== undefined && assignee?.since === before.at;
}

function stillBooked(task: Task, { before }: KnownUndo): boolean {
  if (task.kind !== 'first-service-visit' || !isOpen(task)) return false;
  const ours = task.facts.appointments.find((one) => one.appointmentNumber === BOOKED_BY_STAFF);
  return ours?.status === 'booked' && ours.occurredAt === before.at;
}

function unaccept(task: Task, undo: KnownUndo): Task {
  if (undo.state !== 'open') return task;
  return restore(move(task, 'undo of acceptance'), undo, clockDeadlines);
}

function reopen(task: Task, undo: KnownUndo, { now }: Context): Task {
  const { ended, ...rest } = move(task, 'undo');
  const outbox = rest.outbox.map((entry) => (isLapsedBy(entry, ended?.outcome) ? owedAgain(entry) : entry));
  const open = restore({ ...rest, outbox }, undo, [...clockDeadlines, 'release', 'day-before', 'unfinished']);
  const back = untell(returnTo(open, undo.state), undo, now);
  // Sales unlearns what it was told, but the car has left meanwhile: there is nothing open about it.
  return back.kind === 'repair-options' && back.facts.closed ? end(back, now, 'outcome', orderClosed) : back;
}

/** Sales hears what is to be unlearned, and stands as told as it was before. */
function untell(task: Task, { choice, before }: KnownUndo, now: string): Task {
  if (task.kind !== 'repair-options') return task;
  const {
    advisorSays: _said,
    toldSales: _told,
    ...rest
  } = untellChoice({ ...task, toldSales: task.toldSales || before.toldSales }, choice, now);
  const { advisorSays, toldSales } = before;
  return { ...rest, ...(advisorSays ? { advisorSays } : {}), ...(toldSales ? { toldSales } : {}) };
}

const isLapsedBy = (entry: OutboxEntry, outcome: string | undefined) =>
  entry.state === 'lapsed' && outcome !== undefined && entry.reason === `the task ended: ${outcome}`;

function owedAgain(entry: OutboxEntry): OutboxEntry {
  const { reason: _lapsed, ...rest } = entry;
  return { ...rest, state: 'owed' };
}

function wake(task: Task, undo: KnownUndo): Task {
  return restore(returnTo(move(task, 'release'), undo.state), undo, [...clockDeadlines, 'release']);
}

/** It is with the one who had it, who may be told; the one who has it by now is told below. */
function moveBack(task: Task, undo: KnownUndo, context: Context): Task {
  const { by, before } = undo;
  if (!before.assignee) return task;
  const why = `${nameOf(by, context)} took it back: it is with ${nameOf(before.assignee.employeeNumber, context)} again.`;
  const given = handOn(task, before.assignee, { why, by }, context);
  const declinedBy = given.declinedBy?.filter((number) => number !== before.assignee?.employeeNumber);
  // Nobody needs an email about what they just did themselves.
  const outbox = given.outbox.filter((entry) => !isNewTo(entry, by, task));
  const moved = { ...given, outbox, ...(declinedBy ? { declinedBy } : {}) };
  return restore(returnTo(moved, undo.state), undo, clockDeadlines);
}

function stillAdvised(task: Task, { choice }: Undo): boolean {
  return task.kind === 'repair-options' && isOpen(task) && task.advisorSays === adviceOf[choice];
}

function unadvise(task: Task, undo: KnownUndo, { now }: Context): Task {
  return untell(undo.state === 'open' && task.state === 'accepted' ? unaccept(task, undo) : task, undo, now);
}

function unbook(task: Task, undo: KnownUndo, context: Context): Task {
  if (task.kind !== 'first-service-visit') return task;
  const word = { appointmentNumber: BOOKED_BY_STAFF, occurredAt: context.now, status: 'cancelled' } as const;
  const outbox = task.outbox.map((entry) => (entry.reason === overslept.reason ? owedAgain(entry) : entry));
  const cancelled = decideAppointment({ ...task, outbox }, word, context).task;
  const back =
    undo.state === 'open' && cancelled.state === 'accepted'
      ? move(cancelled, 'undo of acceptance')
      : cancelled;
  return restore(returnTo(back, undo.state), undo, [...clockDeadlines, 'release']);
}

/** From open to what it was, along the table of its life. */
function returnTo(task: Task, state: TaskState): Task {
  if (task.state === state || task.state !== 'open') return task;
  if (state === 'accepted') return move(task, 'accept');
  return state === 'waiting' ? move(task, 'snooze') : task;
}

function restore(task: Task, { before }: KnownUndo, names: readonly DeadlineName[]): Task {
  return names.reduce<Task>((one, name) => setDeadline(one, name, before.deadlines[name]), task);
}

/** What has not left stays; who got the rest is told, unless what was done to go back tells them already. */
function tellThoseWhoHeard(before: Task, back: Task, undo: KnownUndo, context: Context): Task {
  const ofChoice = emailRecords(before).filter((entry) => isOfChoice(entry, undo));
  const unsent = ofChoice.filter((entry) => entry.state === 'owed' && entry.to !== 'customer');
  const outbox = back.outbox.map(
    (entry): OutboxEntry =>
      unsent.some(({ id }) => id === entry.id)
        ? { ...entry, state: 'lapsed', reason: 'taken back before it was sent' }
        : entry,
  );
  const label = findChoice(undo.choice)?.label ?? undo.choice;
  const why = `${nameOf(undo.by, context)} took back \u201c${label}\u201d.`;
  const heard = ofChoice
    .filter((entry) => !unsent.includes(entry))
    .flatMap(({ to }) => (to === 'customer' ? [] : [to.staff]));
  return [...new Set(heard)]
    .filter((staff) => staff !== undo.by && !back.outbox.some((entry) => isNewTo(entry, staff, before)))
    .reduce<Task>(
      (one, staff) =>
        oweEmail(one, context.now, { message: 'handoff-moved', to: { staff }, note: { why }, again: true }),
      { ...back, outbox },
    );
}

const isOfChoice = (entry: EmailRecord, { before }: KnownUndo) =>
  numberOf(entry.id) > before.entriesMade && entry.owedAt === before.at;

const isNewTo = (entry: OutboxEntry, staff: string, before: Task) =>
  isEmail(entry) &&
  numberOf(entry.id) > before.entriesMade &&
  entry.to !== 'customer' &&
  entry.to.staff === staff;

const nameOf = (number: string, { roster }: Context) => findPerson(roster, number)?.name ?? 'A colleague';
