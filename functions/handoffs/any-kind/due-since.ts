import { calendarOf, formatInstant, type Instant } from '../../group/business-time.ts';
import { countedFrom, type Limit, limitFrom } from '../../handoff/deadlines.ts';
import type { Task } from '../../handoff/task.ts';
import { howLong } from '../../mail/format.ts';
import type { MessageContext } from '../../mail/message.ts';
import { type Words, words } from '../../mail/words.ts';
import { kindOf } from '../kinds.ts';
import { assigneeOf } from './people-words.ts';

/**
 * When the task became due. The sweep removes a limit when it fires, so it is recalculated from its start. If a clock has been
 * set back since then, it is the time at which the limit fired.
 */
function dueAt(context: MessageContext, limit: Limit): Instant {
  const { task, now } = context;
  const fired = task.passed?.[`${limit}-reminder`] ?? now;
  const counted = countedLimit(context, limit);
  return counted !== undefined && counted <= fired ? counted : fired;
}

/** `Overdue 1 h` */
export const overdueBy = (context: MessageContext, limit: Limit): Words =>
  words`Overdue ${howLong(dueAt(context, limit), context.now)}`;

/** The row that says when it was due. */
export const wasDueRow = (context: MessageContext, limit: Limit): readonly [string, Words] => [
  'Was due',
  words`${formatInstant(context.store.timeZone, dueAt(context, limit), 'en')}`,
];

function countedLimit(context: MessageContext, limit: Limit): string | undefined {
  const { task, group, store } = context;
  const began = limit === 'accept' ? givenAt(task) : task.acceptedAt;
  if (began === undefined) return undefined;
  const kind = kindOf(task);
  const calendar = calendarOf(store, kind.department, assigneeOf(context)?.daysOff ?? []);
  return limitFrom(countedFrom(task, began, kind, context), task, limit, calendar, { group });
}

/** The limit restarts after a snooze. */
function givenAt({ assignee, releasedAt }: Task): string | undefined {
  const since = assignee?.since;
  return since !== undefined && releasedAt !== undefined && releasedAt > since ? releasedAt : since;
}
