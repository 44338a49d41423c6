import { oweRemark } from '../customers/statements.ts';
import { calendarOf, localDate, nextOpen, startOfDay } from '../group/business-time.ts';
import { decideAppointment, wake } from '../handoffs/first-service/appointments.ts';
import { visitMessage } from '../handoffs/first-service/visit.ts';
import { heedAdvisor, tellChoice } from '../handoffs/repair-options/decide.ts';
import { findPerson } from '../people/staff.ts';
import { problemOf, readField } from './answer-fields.ts';
import {
  adviceOf,
  type Choice,
  type ChoiceField,
  choicesFor,
  findChoice,
  type Move,
  questionOf,
  type Reader,
} from './choices.ts';
import { departmentOf, startClock, stopClocks } from './deadlines.ts';
import { type Context, end, log, numberOf, oweEmail, oweEvent, setDeadline, step } from './draft.ts';
import { isEmail, sameRecipient } from './outbox.ts';
import type { OutboxEntry } from './outbox-entry.ts';
import { givingMessage, handOn, routeOn, tellWhoHadIt } from './reassign.ts';
import type { Task } from './task.ts';
import { BOOKED_BY_STAFF, remember, takeBack } from './undo.ts';

/** What a person chose, with what they typed. */
export interface Answer extends Readonly<Partial<Record<ChoiceField, string | undefined>>> {
  readonly choice: string;
  /** When the page was made that it was chosen on: the same words from the same page are a double click. */
  readonly seen?: string | undefined;
}

export type Answered =
  | { readonly is: 'done'; readonly task: Task; readonly choice: Choice }
  /** The same was said before, from the same page: nothing more changes. */
  | { readonly is: 'already done'; readonly choice: Choice }
  /** The task moved on since the page was made, or was never this person's. */
  | { readonly is: 'moved on'; readonly choice: Choice }
  | { readonly is: 'wrong'; readonly choice: Choice; readonly message: string }
  | { readonly is: 'unknown choice' };

export const UNDO = 'undo';

export function answerTask(task: Task, reader: Reader, answer: Answer, context: Context): Answered {
  if (answer.choice === UNDO) return undoChoice(task, reader, answer.seen, context);
  const choice = findChoice(answer.choice);
  if (!choice) return { is: 'unknown choice' };
  const read = readField(choice.asks, choice.asks && answer[choice.asks], context);
  const value = 'wrong' in read ? undefined : read.value;
  if (!('wrong' in read) && saidBefore(task, reader, { what: choice.name, value, seen: answer.seen })) {
    return { is: 'already done', choice };
  }
  if (!choicesFor(task, reader).some(({ name }) => name === choice.name)) return { is: 'moved on', choice };
  const message = 'wrong' in read ? read.wrong : problemOf(choice, value, task, context);
  if (message !== undefined) return { is: 'wrong', choice, message };
  const by = reader.employeeNumber;
  const done = performs[choice.does]({ task, choice, value, by, context });
  const said = log(oweRemark(done, choice.name, context.now), context.now, by, choice.name, value);
  return { is: 'done', choice, task: remember(said, { before: task, choice, by, now: context.now }) };
}

const undoing = {
  name: UNDO,
  label: 'Take it back',
  next: '',
  kinds: [],
  from: [],
  who: 'named',
  does: 'note',
} as const;

function undoChoice(task: Task, reader: Reader, seen: string | undefined, context: Context): Answered {
  if (saidBefore(task, reader, { what: 'undone', value: undefined, seen })) {
    return { is: 'already done', choice: undoing };
  }
  const back = takeBack(task, reader, context);
  return back ? { is: 'done', choice: undoing, task: back } : { is: 'moved on', choice: undoing };
}

interface Said {
  readonly what: string;
  readonly value: string | undefined;
  readonly seen: string | undefined;
}

/**
 * A double click, a reload, the back button: the same words by the same person from the same page. From a page made
 * later they are said anew, such as a second call on the next day; and so is what was taken back in between.
 */
function saidBefore(task: Task, reader: Reader, { what, value, seen }: Said): boolean {
  const mine = task.log.filter((entry) => entry.by === reader.employeeNumber);
  const last = mine.at(-1);
  if (last?.what === 'undone' && what !== 'undone') return false;
  const since = seen === undefined ? mine.slice(-1) : mine.filter((entry) => entry.at >= seen);
  return since.some((entry) => entry.what === what && (what === 'undone' || entry.detail === value));
}

interface Chosen {
  readonly task: Task;
  readonly choice: Choice;
  readonly value: string | undefined;
  readonly by: string;
  readonly context: Context;
}

const performs: Record<Move, (chosen: Chosen) => Task> = {
  accept: accepted,
  progress: accepted,
  complete: completed,
  advise: advised,
  decline: ({ task, value, by, context }) =>
    routeOn(task, { why: `A colleague can't take it: ${value ?? ''}`, by, declined: true }, context),
  'hand over': handedOver,
  snooze: snoozed,
  book: booked,
  email: ({ task, value, context }) => writeToNewAddress({ ...task, customerEmail: value }, context),
  'send again': ({ task, context }) =>
    decideQuestion(task, { state: 'owed', owedAt: context.now, attempts: 0 }),
  'leave it': ({ task }) => decideQuestion(task, { state: 'lapsed', reason: 'left, as a person decided' }),
  note: ({ task }) => task,
};

/** Whoever says how far it came has taken it: nobody is reminded to accept what they work on. */
function accepted({ task, by, context }: Chosen): Task {
  if (task.state !== 'open') return task;
  const mine = startClock(step(task, 'accept', context.now, by), 'complete', context);
  return oweEvent(mine, context.now, 'handoff-task-accepted');
}

function completed({ task, choice, by, context }: Chosen): Task {
  const { now } = context;
  const ended = end(task, now, 'outcome', { outcome: choice.name, who: by });
  return ended.kind === 'repair-options' ? tellChoice(ended, choice.name, now) : ended;
}

/** Who says whether Sales may be told has taken the sheet. */
function advised(chosen: Chosen): Task {
  const task = accepted(chosen);
  const said = adviceOf[chosen.choice.name];
  return task.kind === 'repair-options' && said ? heedAdvisor(task, said, chosen.context.now) : task;
}

function handedOver(chosen: Chosen): Task {
  const { task, value, by, context } = chosen;
  if (value === by) return tookOver(chosen);
  const giver = findPerson(context.roster, by);
  const why = `Handed over by ${giver?.name ?? 'a colleague'}.`;
  const from = task.assignee?.employeeNumber;
  const moved = handOn(task, { employeeNumber: value ?? by, reason: 'handed over' }, { why, by }, context);
  return tellWhoHadIt(moved, from, { by, why }, context);
}

/** A manager takes it: whoever takes has accepted, and needs no email about it. */
function tookOver(chosen: Chosen): Task {
  const { task, by, context } = chosen;
  const why = `${findPerson(context.roster, by)?.name ?? 'A manager'} took it over.`;
  const from = task.assignee?.employeeNumber;
  const moved = handOn(task, { employeeNumber: by, reason: 'handed over' }, { why, by }, context);
  const outbox = moved.outbox.filter((entry) => !isGivingTo(entry, by, task));
  return tellWhoHadIt(accepted({ ...chosen, task: { ...moved, outbox } }), from, { by, why }, context);
}

const isGivingTo = (entry: OutboxEntry, staff: string, { kind, entriesMade }: Task) =>
  isEmail(entry) &&
  numberOf(entry.id) > entriesMade &&
  entry.message === givingMessage[kind] &&
  sameRecipient(entry.to, { staff });

/** It rests until that morning; then the email that gave it comes again, and the clock starts anew. */
function snoozed({ task, value, by, context }: Chosen): Task {
  const { now, store } = context;
  const day = startOfDay(store.timeZone, value ?? localDate(store.timeZone, now));
  const opening = nextOpen(calendarOf(store, departmentOf(task)), day);
  const resting = setDeadline(stopClocks(step(task, 'snooze', now, by)), 'release', opening);
  return oweEmail(resting, now, {
    message: givingMessage[task.kind],
    to: { staff: by },
    note: { why: 'You asked to be reminded of this today.' },
    notBefore: opening,
    again: true,
  });
}

function booked(chosen: Chosen): Task {
  const { task: before, value, context } = chosen;
  const awake = before.kind === 'first-service-visit' ? wake(before, context) : before;
  const task = accepted({ ...chosen, task: awake });
  if (task.kind !== 'first-service-visit' || value === undefined) return task;
  const word = {
    appointmentNumber: BOOKED_BY_STAFF,
    occurredAt: context.now,
    startsAt: value,
    status: 'booked',
  } as const;
  return decideAppointment(task, word, context).task;
}

/** The email that found no mailbox goes to the new one; nothing that reached the customer is sent again. */
function writeToNewAddress(task: Task, { now }: Context): Task {
  return oweEmail(task, now, { message: messageToCustomer(task, now), to: 'customer', again: true });
}

function messageToCustomer(task: Task, now: string): string {
  return task.kind === 'first-service-visit' ? visitMessage(task, now) : 'introduction-to-customer';
}

/** Sent again, it is owed anew: what is late about it begins now. */
type Decided = { state: 'owed'; owedAt: string; attempts: number } | { state: 'lapsed'; reason: string };

function decideQuestion(task: Task, decided: Decided): Task {
  const question = questionOf(task);
  if (!question) return task;
  const { reason: _why, ...rest } = question;
  const next = { ...rest, ...decided };
  return { ...task, outbox: task.outbox.map((entry) => (entry === question ? next : entry)) };
}
