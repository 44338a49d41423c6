import { addressOf } from '../../functions/handoff/customer-address.ts';
import { cameBack, isTo } from '../../functions/handoff/delivery-reports.ts';
import { isToCustomer } from '../../functions/handoff/outbox.ts';
import { isOfThisHandoff } from '../../functions/handoff/queue.ts';
import { isOpen } from '../../functions/handoff/task.ts';
import { type AnyTask, kindOf } from '../../functions/handoffs/kinds.ts';
import { emailsIn } from '../support/emails-in.ts';

/** No email is lost at an address that was corrected. */
export const brokenLettersOf = (tasks: Iterable<AnyTask>): string[] =>
  [...tasks].filter(isOpen).flatMap(brokenLetters);

/** Nobody expects a customer who is not coming, or at another time, from the write on that knows of it. */
export function brokenVisit(task: AnyTask, now: number): string[] {
  if (task.kind !== 'first-service-visit' || !isOpen(task)) return [];
  const { announced, appointments } = task.facts;
  const told = appointments.find((one) => one.appointmentNumber === announced?.appointmentNumber);
  if (!announced?.stands || !told) return [];
  if (told.status !== 'booked')
    return [`people expect the visit of ${task.taskId}, which was ${told.status}`];
  // Nobody waits any more for a time that has passed before its move was known.
  return told.startsAt === announced.startsAt || Date.parse(announced.startsAt) <= now
    ? []
    : [`people expect the visit of ${task.taskId} at a time from which it was moved`];
}

function brokenLetters(task: AnyTask): string[] {
  const kind = kindOf(task);
  const address = addressOf(task, kind.customerOf(task));
  // A handoff that was restarted sends a letter of its own in due course.
  const letters = emailsIn(task).filter(isToCustomer).filter(isOfThisHandoff(task));
  const isLost =
    letters.some((entry) => cameBack(entry) && !isTo(entry, address)) &&
    letters.every((entry) => cameBack(entry) && !isTo(entry, address));
  return isLost && address !== undefined
    ? [`the email of ${task.taskId} came back, and nothing went to the corrected address`]
    : [];
}
