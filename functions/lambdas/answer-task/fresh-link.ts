import { localDate, plusDays } from '../../group/business-time.ts';
import { type Context, log, oweEmail } from '../../handoff/draft.ts';
import { emailRecords } from '../../handoff/item-bounds.ts';
import { grantLinkRequest } from '../../handoff/link-requests.ts';
import { givingMessage } from '../../handoff/reassign.ts';
import { isEnded, type Task } from '../../handoff/task.ts';
import { contextOf, type Services } from '../../outbox/decide-and-deliver.ts';
import { writeAndDeliver } from '../../outbox/deliver.ts';
import { freshLinkPage } from '../../pages/plain-pages.ts';
import { findPerson, isActive } from '../../people/staff.ts';
import type { Answer } from './answer-request.ts';
import { openLink, staffOf } from './open-link.ts';
import { pageReply } from './reply.ts';
import type { Request } from './request.ts';

export const FRESH_LINK = 'fresh-link';
const ATTEMPTS = 20;

/**
 * An expired link is answered by an email to its person, at the address on the roster. Whoever asks sees the same
 * page, whether the link was known or not.
 */
export async function sendFreshLink(services: Services, request: Request): Promise<Answer> {
  const reply = pageReply(200, freshLinkPage());
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const opened = await openLink(services, request);
    const staff = opened?.isExpired ? staffOf(opened.link) : undefined;
    if (!opened || staff === undefined) return { reply, outcome: 'not found' };
    const context = await contextOf(services, opened.task.storeId);
    const next = withFreshLink(opened.task, staff, context);
    if (!next) return { reply, outcome: 'no fresh link', taskId: opened.task.taskId };
    if (await writeAndDeliver(services, next, context))
      return { reply, outcome: 'fresh link', taskId: next.taskId };
  }
  throw new Error(`Task ${request.taskId} was written by others ${ATTEMPTS} times in a row`);
}

function withFreshLink(task: Task, staff: string, context: Context): Task | undefined {
  const { now, store, roster } = context;
  const person = findPerson(roster, staff);
  const requests = task.linkRequests ?? [];
  const ofPerson = requests.filter(({ by }) => by === staff).map(({ at }) => at);
  const granted = grantLinkRequest(ofPerson, now);
  if (!person || !isActive(person, localDate(store.timeZone, now)) || !granted) return undefined;
  const { message, note } = whatTheyHad(task, staff);
  const asked = oweEmail(task, now, {
    message,
    to: { staff },
    note: { ...note, why: 'A fresh link, as you asked.' },
    again: true,
  });
  const others = requests.filter(({ by, at }) => by !== staff && at > plusDays(now, -1));
  const linkRequests = [...others, ...granted.requests.map((at) => ({ by: staff, at }))];
  return log({ ...asked, linkRequests }, now, staff, 'fresh link');
}

/** The email that gives it, to the one who has it; to others what they had of it; of what is over, that it is. */
function whatTheyHad(
  task: Task,
  staff: string,
): { readonly message: string; readonly note: Record<string, string> } {
  if (isEnded(task)) return { message: 'handoff-closed', note: {} };
  if (task.assignee?.employeeNumber === staff) return { message: givingMessage[task.kind], note: {} };
  const first = emailRecords(task).find(({ to }) => to !== 'customer' && to.staff === staff);
  const note = first && 'note' in first ? first.note : undefined;
  return { message: first?.message ?? givingMessage[task.kind], note: note ?? {} };
}
