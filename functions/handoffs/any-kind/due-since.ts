import { addBusinessMinutes, calendarOf, formatInstant, nextOpen } from '../../group/business-time.ts';
import { type Clock, departmentOf } from '../../handoff/deadlines.ts';
import type { Task } from '../../handoff/task.ts';
import type { MessageContext } from '../../mail/message.ts';
import { type Words, words } from '../../mail/words.ts';
import { assigneeOf } from './staff-letter.ts';

/**
 * By when it was due. The sweep takes a limit away when it rings, so it is counted again from where its clock began;
 * where a clock was set back since, it is the hour at which the limit was found passed.
 */
export function wasDue(context: MessageContext, clock: Clock): Words {
  const { task, store, now } = context;
  const rang = task.log.findLast(({ what }) => what === `${clock}-reminder`)?.at ?? now;
  const counted = countedLimit(context, clock);
  const limit = counted !== undefined && counted <= rang ? counted : rang;
  return words`${formatInstant(store.timeZone, limit, 'en')}`;
}

function countedLimit(context: MessageContext, clock: Clock): string | undefined {
  const { task, group, store } = context;
  const began = clock === 'accept' ? givenAt(task) : loggedAt(task, 'accept');
  if (began === undefined) return undefined;
  const calendar = calendarOf(store, departmentOf(task), assigneeOf(context)?.daysOff ?? []);
  const { acceptMinutes, completeMinutes } = group.handoffs[task.kind];
  const minutes = clock === 'accept' ? acceptMinutes : completeMinutes;
  return nextOpen(calendar, addBusinessMinutes(calendar, began, minutes));
}

/** What rested begins anew when it comes back. */
function givenAt(task: Task): string | undefined {
  const [since, back] = [task.assignee?.since, loggedAt(task, 'release')];
  return since !== undefined && back !== undefined && back > since ? back : since;
}

const loggedAt = (task: Task, step: string) => task.log.findLast(({ what }) => what === step)?.at;
