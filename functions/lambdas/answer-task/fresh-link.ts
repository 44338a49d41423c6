import { plusDays } from '../../group/business-time.ts';
import type { Context } from '../../handoff/context.ts';
import { emailRecords } from '../../handoff/item-bounds.ts';
import { grantLinkRequest } from '../../handoff/link-requests.ts';
import { isStaff } from '../../handoff/outbox-entry.ts';
import { type QueuedEmail, queueEmail } from '../../handoff/queue.ts';
import { isEnded, type Task } from '../../handoff/task.ts';
import { log } from '../../handoff/task-changes.ts';
import { kindOf } from '../../handoffs/kinds.ts';
import { staffOf } from '../../links/link.ts';
import { contextOfTask, type Services } from '../../outbox/decide-and-deliver.ts';
import { writeAndDeliver } from '../../outbox/deliver.ts';
import { freshLinkPage } from '../../pages/plain-pages.ts';
import { CONFLICT, untilWritten } from '../../until-written.ts';
import { openLink } from './open-link.ts';
import { type Answer, pageReply } from './reply.ts';
import type { Request } from './request.ts';

export const FRESH_LINK = 'fresh-link';

/**
 * Answers an expired link with an email to its owner, at the address in the roster. Everybody sees the same page,
 * whether the link was known or not.
 */
export function sendFreshLink(services: Services, request: Request): Promise<Answer> {
  const reply = pageReply(200, freshLinkPage());
  return untilWritten(`Task ${request.taskId}`, async () => {
    const opened = await openLink(services, request);
    const staff = opened?.isExpired ? staffOf(opened.link) : undefined;
    if (!opened || staff === undefined) return { reply, outcome: 'not found' };
    const context = await contextOfTask(services, opened.task);
    const next = withFreshLink(opened.task, staff, context);
    if (!next) return { reply, outcome: 'no fresh link', taskId: opened.task.taskId };
    if (!(await writeAndDeliver(services, next, context))) return CONFLICT;
    return { reply, outcome: 'fresh link', taskId: next.taskId };
  });
}

function withFreshLink(task: Task, staff: string, { now, employed }: Context): Task | undefined {
  const requests = task.linkRequests ?? [];
  const earlier = requests.filter(({ by }) => by === staff).map(({ at }) => at);
  const granted = grantLinkRequest(earlier, now);
  if (!employed(staff) || !granted) return undefined;
  const again = { to: { staff }, freshLink: true, again: true };
  const asked = queueEmail<Task>(task, now, { ...whatTheyHad(task, staff), ...again });
  const others = requests.filter(({ by, at }) => by !== staff && at > plusDays(now, -1));
  const linkRequests = [...others, ...granted.requests.map((at) => ({ by: staff, at }))];
  return log({ ...asked, linkRequests }, { what: 'fresh link', at: now, by: staff });
}

/**
 * The email to send again: the assignment to the assignee, to others their last email about the task, and to
 * everybody the closing email if the task has ended.
 */
function whatTheyHad(task: Task, staff: string): Pick<QueuedEmail<Task>, 'message' | 'note' | 'own'> {
  const assignmentMessage = kindOf(task).assignmentMessage(task);
  if (isEnded(task)) return { message: 'handoff-closed' };
  if (task.assignee?.employeeNumber === staff) return { message: assignmentMessage };
  const first = emailRecords(task).find(({ to }) => isStaff(to) && to.staff === staff);
  if (!first) return { message: assignmentMessage };
  return {
    message: first.message,
    ...('note' in first && first.note ? { note: first.note } : {}),
    ...('own' in first && first.own ? { own: first.own } : {}),
  };
}
