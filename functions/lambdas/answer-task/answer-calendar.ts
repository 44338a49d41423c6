import { visitCalendar } from '../../handoffs/letters.ts';
import { contextOfTask, type Services } from '../../outbox/decide-and-deliver.ts';
import { messageContext } from '../../outbox/write-email.ts';
import { notFoundToCustomer, openTaskOfCustomer } from './customer-link.ts';
import { type Answer, fileReply } from './reply.ts';
import type { Request } from './request.ts';

/**
 * The booked visit as a calendar file, behind the customer's own link; it can only be read. It has the time that is
 * booked now, so an older email never adds an outdated time. If nothing is booked, there is nothing to add.
 */
export async function answerCalendar(services: Services, request: Request): Promise<Answer> {
  const task = await openTaskOfCustomer(services, request);
  if (!task) return notFoundToCustomer;
  const file = visitCalendar(messageContext(task, await contextOfTask(services, task)));
  return file
    ? { reply: fileReply(file), outcome: 'calendar file', taskId: task.taskId }
    : notFoundToCustomer;
}
