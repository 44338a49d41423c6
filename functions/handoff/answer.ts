import { nextOpen, startOfDay } from '../group/business-time.ts';
import { problemOf, readField } from './answer-fields.ts';
import type { ChoiceField } from './choice-fields.ts';
import {
  type Choice,
  choicesFor,
  findChoice,
  type Move,
  questionOf,
  type Reader,
  saysItStands,
} from './choices.ts';
import type { Context } from './context.ts';
import { decideDispute, disputeCredit } from './credit.ts';
import { stopDeadlines } from './deadlines.ts';
import { draft } from './draft.ts';
import { end } from './ending.ts';
import { MOST } from './item-bounds.ts';
import type { Chosen, Kind } from './kind.ts';
import { isEmail, lapse, sameRecipient } from './outbox.ts';
import type { MoveReason, OutboxEntry } from './outbox-entry.ts';
import { numberOf, queueEmail } from './queue.ts';
import { notifyFormerAssignee, reassign, routeOn } from './reassign.ts';
import { queueStatement } from './statement.ts';
import type { Task } from './task.ts';
import { log, setDeadline, step } from './task-changes.ts';
import { remember, takeBack } from './undo.ts';

/** A submitted form: the choice and the typed value. */
export interface Submitted extends Readonly<Partial<Record<ChoiceField, string | undefined>>> {
  readonly choice: string;
  /** When the page was rendered. */
  readonly seen?: string | undefined;
}

export type Answered =
  | { readonly is: 'done'; readonly task: Task; readonly choice: Choice }
  /** Duplicate submission from the same page: changes nothing. */
  | { readonly is: 'already done'; readonly choice: Choice }
  /** The task has changed since the page was rendered, or was never this person's. */
  | { readonly is: 'moved on'; readonly choice: Choice }
  | { readonly is: 'wrong'; readonly choice: Choice; readonly message: string }
  | { readonly is: 'unknown choice' };

export const UNDO = 'undo';

/** Applies a submitted choice to a task. */
export function answerTask(
  task: Task,
  kind: Kind,
  reader: Reader,
  submitted: Submitted,
  context: Context,
): Answered {
  if (submitted.choice === UNDO) return undoChoice(task, kind, reader, submitted.seen, context);
  const choice = findChoice(kind, submitted.choice);
  if (!choice) return { is: 'unknown choice' };
  const read = readField(choice.asks, choice.asks && submitted[choice.asks], context);
  const value = 'wrong' in read ? undefined : read.value;
  const by = reader.employeeNumber;
  if (!('wrong' in read) && isDuplicate(task, by, { choice: choice.name, value, seen: submitted.seen })) {
    return { is: 'already done', choice };
  }
  if (!choicesFor(task, kind, reader).includes(choice)) return { is: 'moved on', choice };
  const message = 'wrong' in read ? read.wrong : problemOf({ choice, value, task, kind, context });
  if (message !== undefined) return { is: 'wrong', choice, message };
  const chosen = { task, kind, choice, value, by, context };
  const performed = performMove[choice.does](chosen);
  const done = queueStatement(kind.after({ ...chosen, task: performed }), choice, context.now);
  const said = recordChoice(done, { by, at: context.now, choice: choice.name, value });
  return { is: 'done', choice, task: remember(said, kind, { before: task, choice, by, now: context.now }) };
}

const undoMove: Choice = {
  name: UNDO,
  label: 'Take it back',
  next: '',
  from: [],
  who: 'named',
  does: 'note',
};

function undoChoice(
  task: Task,
  kind: Kind,
  reader: Reader,
  seen: string | undefined,
  context: Context,
): Answered {
  const by = reader.employeeNumber;
  if (isDuplicate(task, by, { choice: UNDO, value: undefined, seen })) {
    return { is: 'already done', choice: undoMove };
  }
  const back = takeBack(task, kind, reader, context);
  if (!back) return { is: 'moved on', choice: undoMove };
  const said = { by, at: context.now, choice: UNDO, value: undefined };
  return { is: 'done', choice: undoMove, task: withRecordedChoice(back, said) };
}

interface MadeChoice {
  readonly by: string;
  readonly at: string;
  readonly choice: string;
  readonly value: string | undefined;
}

export function withRecordedChoice<T extends Task>(task: T, { by, at, choice, value }: MadeChoice): T {
  const entry = { by, at, choice, ...(value === undefined ? {} : { value }) };
  return { ...task, said: [...(task.said ?? []), entry].slice(-MOST.said) };
}

function recordChoice(task: Task, made: MadeChoice): Task {
  const { by, at, choice, value } = made;
  const entry = { what: 'choice', at, by, choice, ...(value === undefined ? {} : { value }) } as const;
  return withRecordedChoice(log(task, entry), made);
}

/**
 * A duplicate submission (double click, reload, back button): the same person made the same choice on the same page. On
 * a later page it is a new choice, such as a second call the next day; so is a choice that was undone in between.
 */
export function isDuplicate(
  { said = [] }: Task,
  by: string,
  { choice, value, seen }: Pick<MadeChoice, 'choice' | 'value'> & { readonly seen: string | undefined },
): boolean {
  const mine = said.filter((entry) => entry.by === by);
  if (mine.at(-1)?.choice === UNDO && choice !== UNDO) return false;
  const since = seen === undefined ? mine.slice(-1) : mine.filter(({ at }) => at >= seen);
  return since.some((entry) => entry.choice === choice && (choice === UNDO || entry.value === value));
}

type Making = Chosen & { readonly kind: Kind };

const performMove: Record<Move, (chosen: Making) => Task> = {
  accept,
  progress: accept,
  complete,
  advise: acceptAndApply,
  ask: acceptAndApply,
  decide: (chosen) => chosen.kind.chosen(chosen),
  decline: ({ task, kind, value, by, context }) =>
    routeOn(task, kind, { why: { code: 'declined', reason: value ?? '' }, by }, context),
  'hand over': handOver,
  'sign over': (chosen) => chosen.kind.chosen(chosen),
  'met instead': (chosen) => chosen.kind.chosen({ ...chosen, task: handOver(chosen) }),
  snooze,
  book: (chosen) => chosen.kind.chosen(chosen),
  email: writeToNewAddress,
  'send again': ({ task, context }) => decideQuestion(task, (entry) => sentAgain(entry, context.now)),
  'leave it': ({ task }) => decideQuestion(task, (entry) => lapse(entry, { code: 'left-by-a-person' })),
  dispute: ({ task, kind, value = '', by, context }) =>
    disputeCredit(task, { by, because: value }, kind, context),
  settle: ({ task, kind, choice, by, context }) =>
    decideDispute(task, { by, stands: saysItStands(choice) }, kind, context),
  note: ({ task }) => task,
};

/** Reporting progress also accepts the task: nobody needs a reminder to accept work in progress. */
function accept({ task, kind, by, context }: Pick<Making, 'task' | 'kind' | 'by' | 'context'>): Task {
  if (task.state !== 'open') return task;
  return kind.accepted(draft(task, kind, context).accept(by).task, context);
}

/** The kind records the answer. Answering also accepts the task. */
function acceptAndApply(chosen: Making): Task {
  return chosen.kind.chosen({ ...chosen, task: accept(chosen) });
}

function complete(chosen: Making): Task {
  const { task, choice, by, context } = chosen;
  const ended = end(task, context.now, { trigger: 'outcome', outcome: choice.name, by });
  return chosen.kind.ended({ ...chosen, task: ended });
}

function handOver(chosen: Making): Task {
  const { task, kind, value, by, context } = chosen;
  if (value === by) return takeOver(chosen);
  const why: MoveReason = { code: chosen.choice.does === 'met instead' ? 'met' : 'handed-over', by };
  const from = task.assignee?.employeeNumber;
  const to = { employeeNumber: value ?? by, reason: 'handed over' } as const;
  return notifyFormerAssignee(reassign(task, kind, to, { why, by }, context), from, { by, why }, context);
}

/** A manager takes the task over, which accepts it and needs no assignment email. */
function takeOver(chosen: Making): Task {
  const { task, kind, by, context } = chosen;
  const why: MoveReason = { code: 'taken-over', by };
  const from = task.assignee?.employeeNumber;
  const moved = reassign(task, kind, { employeeNumber: by, reason: 'handed over' }, { why, by }, context);
  const outbox = moved.outbox.filter((entry) => !isAssignmentTo(entry, by, task, kind));
  return notifyFormerAssignee(accept({ ...chosen, task: { ...moved, outbox } }), from, { by, why }, context);
}

const isAssignmentTo = (entry: OutboxEntry, staff: string, task: Task, kind: Kind) =>
  isEmail(entry) &&
  numberOf(entry.id) > task.entriesMade &&
  entry.message === kind.assignmentMessage(task) &&
  sameRecipient(entry.to, { staff });

/** Snoozes until the morning of the chosen day; then the assignment email is sent again and the deadline restarts. */
function snooze({ task, kind, value, by, context }: Making): Task {
  const { now, store } = context;
  const day = startOfDay(store.timeZone, value ?? context.today);
  const opening = nextOpen(context.calendar(kind.department), day);
  const stepped = { ...step(task, { trigger: 'snooze', now, by }), snoozed: { by, at: now } };
  return queueEmail<Task>(setDeadline(stopDeadlines(stepped), 'release', opening), now, {
    message: kind.assignmentMessage(task),
    to: { staff: by },
    note: { code: 'snoozed-until-today' },
    notBefore: opening,
    again: true,
  });
}

/** Sends the undelivered email to the new address; emails that reached the customer are not repeated. */
function writeToNewAddress({ task: before, kind, value, context }: Making): Task {
  const task = { ...before, customerEmail: value };
  const message = kind.messageToCustomer(task, context);
  return message === undefined
    ? task
    : queueEmail<Task>(task, context.now, { message, to: 'customer', again: true });
}

/** Queues the email again; its waiting time counts from now. */
const sentAgain = (entry: OutboxEntry, now: string): OutboxEntry => ({
  ...entry,
  state: 'owed',
  owedAt: now,
  attempts: 0,
  reason: undefined,
});

function decideQuestion(task: Task, decide: (entry: OutboxEntry) => OutboxEntry): Task {
  const question = questionOf(task);
  if (!question) return task;
  return { ...task, outbox: task.outbox.map((entry) => (entry === question ? decide(entry) : entry)) };
}
