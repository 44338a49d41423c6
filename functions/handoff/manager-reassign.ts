import { UnroutableError } from '../people/routing.ts';
import type { StaffMember } from '../people/staff.ts';
import { answerTask, isDuplicate, withSaid } from './answer.ts';
import { readerOf } from './choices.ts';
import type { Context } from './context.ts';
import type { Kind } from './kind.ts';
import type { MoveReason } from './outbox-entry.ts';
import { routeOn, tellFormerHolder } from './reassign.ts';
import { isOpen, type Task } from './task.ts';

/** In place of a colleague: the routing rules choose. No employee number has spaces. */
export const BY_THE_RULES = 'by the rules';
const HAND_OVER = 'hand-over';

/** What a manager wants done with one task of a person, such as somebody who is sick today. */
export interface ReassignRequest {
  readonly from: string;
  /** An employee number, or {@link BY_THE_RULES}. */
  readonly to: string;
  /** When the page was made: a task that came to the person later was not meant. */
  readonly seen: string;
}

export type Reassigned =
  | { readonly is: 'moved'; readonly task: Task }
  /** It is not with that person any more, by this press or another: nothing changes. */
  | { readonly is: 'gone' }
  | { readonly is: 'wrong'; readonly message: string };

/** The same manager did the same with it from the same page: a double click, which is told what the first one was. */
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
    const told = tellFormerHolder(moved, from, { by, why }, context);
    const said = { by, at: context.now, choice: HAND_OVER, value: BY_THE_RULES };
    return { is: 'moved', task: withSaid(told, said) };
  } catch (error) {
    if (error instanceof UnroutableError) return nobodyElse;
    throw error;
  }
}

const nobodyElse: Reassigned = { is: 'wrong', message: 'Nobody else is here today who could take it.' };
