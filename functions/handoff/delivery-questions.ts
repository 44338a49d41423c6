import { findManager } from '../people/routing.ts';
import { isMistake } from './choices.ts';
import type { Context } from './context.ts';
import { addressOf } from './customer-address.ts';
import { cameBack, isTo } from './delivery-reports.ts';
import { aboutEntry } from './item-bounds.ts';
import type { Kind } from './kind.ts';
import { isEmail, isQuestion, isToCustomer, lapse, QUESTION } from './outbox.ts';
import { type EmailEntry, type EmailProblem, isStaff, type OutboxEntry, staffIn } from './outbox-entry.ts';
import { isOfThisHandoff, queueEmail } from './queue.ts';
import { isOpen, type Task } from './task.ts';
import type { KindTraits } from './traits.ts';

/**
 * An email to the customer that was not sent, or may not have been, becomes a question to the assignee, or to the
 * manager if nobody has the task. A manager is notified when an email to staff was given up. Each question is asked
 * once, and goes to the next person if the question itself is not delivered.
 */
export function askAboutUnsent(task: Task, kind: Kind, context: Context): Task {
  if (task.state === 'cancelled') return lapseQuestions(task);
  if (isMistake(task)) return task;
  const address = addressOf(task, kind.customerOf(task));
  const asked = task.outbox.filter(isToCustomer).reduce<Task>((current, entry) => {
    const problem = problemOf(entry, address);
    return problem === undefined ? current : ask(current, entry, problem, kind, context);
  }, task);
  const entered = asked.outbox.some(isLostLead) ? kind.leadLost(asked, context) : asked;
  if (!isOpen(entered)) return entered;
  // Staff of an earlier handoff in this item have nothing to do in this one, which has sent emails of its own.
  return entered.outbox
    .filter(isOfThisHandoff(entered))
    .filter(isGivenUpForStaff)
    .reduce<Task>((current, entry) => notifyManager(current, entry, kind, context), entered);
}

const isLostLead = (entry: OutboxEntry): boolean =>
  isEmail(entry) && entry.to === 'crm' && (entry.state === 'given-up' || cameBack(entry));

/** A cancelled task needs no answer: its sale no longer exists. */
function lapseQuestions(task: Task): Task {
  if (!task.outbox.some((entry) => entry.state === 'asked')) return task;
  const outbox = task.outbox.map(
    (entry): OutboxEntry => (entry.state === 'asked' ? lapse(entry, { code: 'task-cancelled' }) : entry),
  );
  return { ...task, outbox };
}

function problemOf(entry: EmailEntry, address: string | undefined): EmailProblem | undefined {
  const { reported, state, reason } = entry;
  // The email bounced, but the address has been corrected since: nobody needs to be asked for another one.
  if (cameBack(entry) && !isTo(entry, address)) return undefined;
  if (reported === 'bounced' || (state === 'withheld' && reason?.code === 'bounced-before')) return 'bounced';
  if (reported === 'suppressed') return 'suppressed';
  if (reported === 'undelivered') return 'not delivered';
  if (state === 'asked') return 'unknown';
  if (state !== 'given-up') return undefined;
  return reason?.code === 'not-accepted-for-days' ? 'not accepted' : 'refused';
}

function ask(task: Task, about: EmailEntry, problem: EmailProblem, kind: KindTraits, context: Context): Task {
  const asked = task.outbox
    .filter(isEmail)
    .filter(isQuestion)
    .filter((entry) => aboutEntry(entry) === about.id)
    .filter(({ note }) => note?.code === 'problem' && note.problem === problem);
  if (!asked.every(isLost)) return task;
  const staff = personToAsk(task, staffOf(asked), kind, context);
  if (staff === undefined) return task;
  const note = { code: 'problem', problem, entry: about.id } as const;
  return queueEmail(task, context.now, { message: QUESTION, to: { staff }, note, again: true });
}

const isGivenUpForStaff = (entry: OutboxEntry): entry is EmailEntry =>
  isEmail(entry) &&
  isStaff(entry.to) &&
  (entry.state === 'given-up' || entry.reported === 'undelivered') &&
  entry.message !== QUESTION &&
  entry.note?.code !== 'unread';

/**
 * The recipient of a lost email may not know about the handoff, so a manager is notified. If that email is lost too,
 * the next manager is notified of the first one only; otherwise two managers with dead mailboxes would cause emails
 * about each other without end.
 */
function notifyManager(task: Task, about: EmailEntry, kind: KindTraits, context: Context): Task {
  const notified = task.outbox
    .filter(isEmail)
    .filter((entry) => entry.note?.code === 'unread' && entry.note.entry === about.id);
  if (!notified.every(isLost)) return task;
  const staff = managerExcept([...staffOf([about]), ...staffOf(notified)], kind, context);
  if (staff === undefined) return task;
  const [reader = ''] = staffOf([about]);
  const deadline = task.state === 'accepted' ? 'complete' : 'accept';
  const note = { code: 'unread', deadline, entry: about.id, reader } as const;
  return queueEmail(task, context.now, { message: 'escalation', to: { staff }, note, again: true });
}

/** Whether nobody will read this email: SES refused it, its recipient left, or it bounced. */
const isLost = (entry: EmailEntry) =>
  ['given-up', 'withheld', 'lapsed'].includes(entry.state) || cameBack(entry);

const staffOf = (entries: readonly EmailEntry[]): string[] => entries.flatMap(({ to }) => staffIn(to));

function personToAsk(
  task: Task,
  not: readonly string[],
  kind: KindTraits,
  context: Context,
): string | undefined {
  const has = context.employed(task.assignee?.employeeNumber);
  if (has && !not.includes(has.employeeNumber)) return has.employeeNumber;
  return managerExcept(not, kind, context);
}

const managerExcept = (not: readonly string[], { department }: KindTraits, context: Context) =>
  findManager({ department, roster: context.roster, on: context.today, not })?.employeeNumber;
