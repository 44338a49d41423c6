import { findManager } from '../people/routing.ts';
import type { Context } from './context.ts';
import { aboutEntry } from './item-bounds.ts';
import { isEmail, isToCustomer, lapse } from './outbox.ts';
import type { EmailEntry, EmailProblem, OutboxEntry } from './outbox-entry.ts';
import { queueEmail } from './queue.ts';
import { isOpen, type Task } from './task.ts';
import type { KindTraits } from './traits.ts';

const QUESTION = 'customer-email-problem';

/**
 * An email to the customer that could not be sent, or of which nobody can say whether it was, becomes a question to a
 * named person: the one who has the task, else the manager. When an email to staff was given up, a manager is told.
 * Each is asked once, and asked of the next person when the question itself does not arrive.
 */
export function askAboutUnsent(task: Task, kind: KindTraits, context: Context): Task {
  if (task.state === 'cancelled') return lapseQuestions(task);
  const asked = task.outbox.filter(isToCustomer).reduce<Task>((one, entry) => {
    const problem = problemOf(entry);
    return problem === undefined ? one : ask(one, entry, problem, kind, context);
  }, task);
  if (!isOpen(asked)) return asked;
  return asked.outbox
    .filter(isGivenUpForStaff)
    .reduce<Task>((one, entry) => tellManager(one, entry, kind, context), asked);
}

/** A cancelled task needs no answer: the sale that the email was about is gone. */
function lapseQuestions(task: Task): Task {
  if (!task.outbox.some((entry) => entry.state === 'asked')) return task;
  const outbox = task.outbox.map(
    (entry): OutboxEntry => (entry.state === 'asked' ? lapse(entry, { code: 'task-cancelled' }) : entry),
  );
  return { ...task, outbox };
}

function problemOf({ reported, state, reason }: EmailEntry): EmailProblem | undefined {
  if (reported === 'bounced' || (state === 'withheld' && reason?.code === 'bounced-before')) return 'bounced';
  if (state === 'asked') return 'unknown';
  if (state !== 'given-up') return undefined;
  return reason?.code === 'not-accepted-for-days' ? 'not accepted' : 'refused';
}

function ask(task: Task, about: EmailEntry, problem: EmailProblem, kind: KindTraits, context: Context): Task {
  const asked = task.outbox
    .filter(isEmail)
    .filter(({ message, note }) => message === QUESTION && note?.code === 'problem')
    .filter((entry) => aboutEntry(entry) === about.id)
    .filter(({ note }) => note?.code === 'problem' && note.problem === problem);
  if (!asked.every(isLost)) return task;
  const staff = whoToAsk(task, staffOf(asked), kind, context);
  if (staff === undefined) return task;
  const note = { code: 'problem', problem, entry: about.id } as const;
  return queueEmail(task, context.now, { message: QUESTION, to: { staff }, note, again: true });
}

const isGivenUpForStaff = (entry: OutboxEntry): entry is EmailEntry =>
  isEmail(entry) &&
  entry.to !== 'customer' &&
  entry.state === 'given-up' &&
  entry.message !== QUESTION &&
  entry.note?.code !== 'unread';

/**
 * The person who should have read it may not know that the handoff is theirs. An email about a lost email ends here:
 * when that one is lost as well, the next manager is told of the first, and nobody is told of the second. Otherwise
 * two managers whose mailboxes refuse everything would be told of each other's emails without end.
 */
function tellManager(task: Task, about: EmailEntry, kind: KindTraits, context: Context): Task {
  const told = task.outbox
    .filter(isEmail)
    .filter((entry) => entry.note?.code === 'unread' && entry.note.entry === about.id);
  if (!told.every(isLost)) return task;
  const staff = managerBut([...staffOf([about]), ...staffOf(told)], kind, context);
  if (staff === undefined) return task;
  const [reader = ''] = staffOf([about]);
  const deadline = task.state === 'accepted' ? 'complete' : 'accept';
  const note = { code: 'unread', deadline, entry: about.id, reader } as const;
  return queueEmail(task, context.now, { message: 'escalation', to: { staff }, note, again: true });
}

/** It will not be read: SES refused it, the person left, or the mailbox does not exist. */
const isLost = ({ state, reported }: EmailEntry) =>
  ['given-up', 'withheld', 'lapsed'].includes(state) || reported === 'bounced';

const staffOf = (entries: readonly EmailEntry[]): string[] =>
  entries.flatMap(({ to }) => (to === 'customer' ? [] : [to.staff]));

function whoToAsk(
  task: Task,
  not: readonly string[],
  kind: KindTraits,
  context: Context,
): string | undefined {
  const has = context.employed(task.assignee?.employeeNumber);
  if (has && !not.includes(has.employeeNumber)) return has.employeeNumber;
  return managerBut(not, kind, context);
}

const managerBut = (not: readonly string[], { department }: KindTraits, context: Context) =>
  findManager({ department, roster: context.roster, on: context.today, not })?.employeeNumber;
