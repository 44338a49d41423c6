import { UnroutableError } from '../people/routing.ts';
import type { StaffMember } from '../people/staff.ts';
import { answerTask, isDuplicate, withRecordedChoice } from './answer.ts';
import { readerOf } from './choices.ts';
import type { Context } from './context.ts';
import type { Kind } from './kind.ts';
import type { MoveReason } from './outbox-entry.ts';
import { notifyFormerAssignee, routeOn } from './reassign.ts';
import { isOpen, type Task } from './task.ts';

/** Stands for a colleague chosen by the routing rules. Employee numbers have no spaces, so it cannot clash. */
export const BY_THE_RULES = 'by the rules';
const HAND_OVER = 'hand-over';

/** A manager's request to move one task away from somebody, such as a person who is sick today. */
export interface ReassignRequest {
  readonly from: string;
  /** An employee number, or {@link BY_THE_RULES}. */
  readonly to: string;
  /** When the page was rendered: tasks assigned later are not part of the request. */
  readonly seen: string;
}

export type Reassigned =
  | { readonly is: 'moved'; readonly task: Task }
  /** That person no longer has the task, so nothing changes. */
  | { readonly is: 'gone' }
  | { readonly is: 'wrong'; readonly message: string };

/** Whether the manager already made this request from this page: a double click gets the first one's reply. */
export const wasReassigned = (
  task: Task,
  { employeeNumber }: StaffMember,
  { to, seen }: ReassignRequest,
): boolean => isDuplicate(task, employeeNumber, { choice: HAND_OVER, value: to, seen });

export function reassignByManager(
  task: Task,
  kind: Kind,
  manager: StaffMember,
  { from, to, seen }: ReassignRequest,
  context: Context,
): Reassigned {
  const { assignee } = task;
  const isMeant = isOpen(task) && assignee?.employeeNumber === from && assignee.since <= seen;
  if (!isMeant || task.storeId !== manager.storeId) return { is: 'gone' };
  if (to === BY_THE_RULES) return byTheRules(task, kind, manager, from, context);
  const submitted = { choice: HAND_OVER, colleague: to, seen };
  const answered = answerTask(task, kind, readerOf(manager), submitted, context);
  if (answered.is === 'done') return { is: 'moved', task: answered.task };
  return answered.is === 'wrong' ? { is: 'wrong', message: answered.message } : { is: 'gone' };
}

function byTheRules(
  task: Task,
  kind: Kind,
  manager: StaffMember,
  from: string,
  context: Context,
): Reassigned {
  const by = manager.employeeNumber;
  const why: MoveReason = { code: 'handed-over', by };
  try {
    const moved = routeOn(task, kind, { why, by }, context);
    if (moved.assignee?.employeeNumber === from) return nobodyElse;
    const notified = notifyFormerAssignee(moved, from, { by, why }, context);
    const made = { by, at: context.now, choice: HAND_OVER, value: BY_THE_RULES };
    return { is: 'moved', task: withRecordedChoice(notified, made) };
  } catch (error) {
    if (error instanceof UnroutableError) return nobodyElse;
    throw error;
  }
}

const nobodyElse: Reassigned = { is: 'wrong', message: 'Nobody else is here today who could take it.' };
