import type { Routed } from '../people/routing.ts';
import type { Context } from './context.ts';
import { startDeadline } from './deadlines.ts';
import type { Kind } from './kind.ts';
import { move } from './lifecycle.ts';
import type { MoveReason } from './outbox-entry.ts';
import { emailsOf, queueEmail, queueEvent } from './queue.ts';
import type { Task } from './task.ts';
import { assign, log } from './task-changes.ts';
import type { KindTraits } from './traits.ts';

/** Whether the handoff was assigned before: a snoozed task returns to its assignee. */
export const wasAssignedBefore = <T extends Task>(
  task: T,
  { assignmentMessage }: Pick<KindTraits<T>, 'assignmentMessage'>,
) => emailsOf(task, assignmentMessage(task)).length > 0;

interface Moving {
  readonly why: MoveReason;
  /** An employee number, or `roster`. */
  readonly by: string;
}

/** Moves an open task to another person and notifies the new assignee, the senders and, if needed, the customer. */
export function reassign(task: Task, kind: Kind, to: Routed, { why, by }: Moving, context: Context): Task {
  const { now } = context;
  const from = task.assignee?.employeeNumber;
  const note = { code: 'moved', why } as const;
  const moved = log(move(task, 'route on'), { what: 'moved', at: now, by, why });
  const assigned = startDeadline(assign(moved, to, now), 'accept', kind, context);
  const given = queueEmail<Task>(assigned, now, {
    message: kind.assignmentMessage(task),
    to: { staff: to.employeeNumber },
    note,
    again: true,
  });
  const withSenders = kind
    .sendersOf(task)
    .filter((staff) => staff !== from && staff !== to.employeeNumber && staff !== by)
    .reduce<Task>(
      (current, staff) =>
        queueEmail(current, now, { message: 'handoff-moved', to: { staff }, note, again: true }),
      given,
    );
  return from === to.employeeNumber ? withSenders : kind.moved(withSenders, from, context);
}

/** Notifies the former assignee that the task has moved, unless they moved it themselves. */
export function notifyFormerAssignee(
  task: Task,
  from: string | undefined,
  { by, why }: Moving,
  { now }: Context,
): Task {
  if (from === undefined || from === by) return task;
  const note = { code: 'moved', why } as const;
  return queueEmail(task, now, { message: 'handoff-moved', to: { staff: from }, note, again: true });
}

/** Reassigns by the routing rules, skipping everyone who declined the task. */
export function routeOn(task: Task, kind: Kind, moving: Moving, context: Context): Task {
  const from = task.assignee?.employeeNumber;
  const not = [...new Set([...(task.declinedBy ?? []), ...(from === undefined ? [] : [from])])];
  const to = kind.routeOn(task, not, context);
  const moved = reassign({ ...task, declinedBy: not }, kind, to, moving, context);
  const { why } = moving;
  return why.code === 'declined'
    ? queueEvent(moved, context.now, 'handoff-task-declined', { code: 'declined', reason: why.reason })
    : moved;
}
