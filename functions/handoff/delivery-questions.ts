import { localDate } from '../group/business-time.ts';
import { findManager } from '../people/routing.ts';
import { findPerson, isActive } from '../people/staff.ts';
import { departmentOf } from './deadlines.ts';
import type { Context } from './draft.ts';
import { oweEmail } from './draft.ts';
import { isEmail, isToCustomer, NOT_ACCEPTED } from './outbox.ts';
import type { EmailEntry, OutboxEntry } from './outbox-entry.ts';
import { isOpen, type Task } from './task.ts';

/**
 * An email to the customer that could not be sent, or of which nobody can say whether it was, is a question of a
 * named person: the one who has the task, else the manager. What was given up that staff should have read, a manager
 * is told. Each is said once, and said to the next one where it does not arrive: somebody has to know.
 */
export function askAboutUnsent<T extends Task>(task: T, context: Context): T {
  if (task.state === 'cancelled') return forgetQuestions(task);
  const asked = task.outbox.filter(isToCustomer).reduce<T>((one, entry) => {
    const problem = problemOf(entry);
    return problem === undefined ? one : ask(one, entry, problem, context);
  }, task);
  if (!isOpen(asked)) return asked;
  return asked.outbox
    .filter(isGivenUpForStaff)
    .reduce<T>((one, entry) => tellManager(one, entry, context), asked);
}

/** What was cancelled needs no answer: the sale that the email was about is no more. */
function forgetQuestions<T extends Task>(task: T): T {
  if (!task.outbox.some((entry) => entry.state === 'asked')) return task;
  const outbox = task.outbox.map(
    (entry): OutboxEntry =>
      entry.state === 'asked' ? { ...entry, state: 'lapsed', reason: 'the task was cancelled' } : entry,
  );
  return { ...task, outbox };
}

/** Why an email was withheld: mail to the address bounced, for this task or for another one. */
export const BOUNCED_BEFORE = 'mail to the address bounced before';
export const NO_ADDRESS = 'the customer has no email address';

function problemOf({ reported, state, reason }: EmailEntry): string | undefined {
  if (reported === 'bounced' || (state === 'withheld' && reason === BOUNCED_BEFORE)) return 'bounced';
  if (state === 'asked') return 'unknown';
  if (state !== 'given-up') return undefined;
  return reason?.startsWith(NOT_ACCEPTED) ? 'not accepted' : 'refused';
}

const QUESTION = 'customer-email-problem';

function ask<T extends Task>(task: T, about: EmailEntry, problem: string, context: Context): T {
  const asked = task.outbox
    .filter(isEmail)
    .filter(({ message, note }) => message === QUESTION && note?.['entry'] === about.id)
    .filter(({ note }) => note?.['problem'] === problem);
  if (!asked.every(isLost)) return task;
  const staff = whoToAsk(task, staffOf(asked), context);
  if (staff === undefined) return task;
  const note = { problem, entry: about.id };
  return oweEmail(task, context.now, { message: QUESTION, to: { staff }, note, again: true });
}

const isGivenUpForStaff = (entry: OutboxEntry): entry is EmailEntry =>
  isEmail(entry) &&
  entry.to !== 'customer' &&
  entry.state === 'given-up' &&
  entry.message !== QUESTION &&
  entry.note?.['instead'] === undefined;

/**
 * The person who should have read it may not know that the handoff is theirs. An email about a lost email ends here:
 * when that one is lost as well, the next manager is told of the first, and nobody is told of the second. Otherwise
 * two managers whose mailboxes refuse everything would be told of each other's emails without end.
 */
function tellManager<T extends Task>(task: T, about: EmailEntry, context: Context): T {
  const told = task.outbox.filter(isEmail).filter(({ note }) => note?.['instead'] === about.id);
  if (!told.every(isLost)) return task;
  const staff = managerBut([...staffOf([about]), ...staffOf(told)], task, context);
  if (staff === undefined) return task;
  const [unread = ''] = staffOf([about]);
  const name = findPerson(context.roster, unread)?.name ?? 'a colleague';
  const why = `Our email about this to ${name} was refused: please see that it is taken up.`;
  const late = task.state === 'accepted' ? 'complete' : 'accept';
  const note = { late, why, instead: about.id };
  return oweEmail(task, context.now, { message: 'escalation', to: { staff }, note, again: true });
}

/** It will not be read: SES refused it, the person left, or the mailbox does not exist. */
const isLost = ({ state, reported }: EmailEntry) =>
  ['given-up', 'withheld', 'lapsed'].includes(state) || reported === 'bounced';

const staffOf = (entries: readonly EmailEntry[]): string[] =>
  entries.flatMap(({ to }) => (to === 'customer' ? [] : [to.staff]));

function whoToAsk(task: Task, not: readonly string[], context: Context): string | undefined {
  const on = localDate(context.store.timeZone, context.now);
  const has = task.assignee && findPerson(context.roster, task.assignee.employeeNumber);
  if (has && isActive(has, on) && !not.includes(has.employeeNumber)) return has.employeeNumber;
  return managerBut(not, task, context);
}

function managerBut(not: readonly string[], task: Task, { roster, store, now }: Context): string | undefined {
  const on = localDate(store.timeZone, now);
  return findManager({ department: departmentOf(task), roster, on, not })?.employeeNumber;
}
