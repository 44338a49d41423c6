import { UnroutableError } from '../people/routing.ts';
import type { StaffMember } from '../people/staff.ts';
import { answerTask } from './answer.ts';
import { readerOf } from './choices.ts';
import type { Context } from './draft.ts';
import { routeOn, tellWhoHadIt } from './reassign.ts';
import { isOpen, type Task } from './task.ts';

/** In place of a colleague: whoever the routing rules choose. No employee number has spaces. */
export const BY_THE_RULES = 'by the rules';

/** What a manager wants of one task of a person, such as somebody who is sick today. */
export interface HandOver {
  readonly from: string;
  /** An employee number, or {@link BY_THE_RULES}. */
  readonly to: string;
  /** When the page was made: what came to the person later was not meant. */
  readonly seen: string;
}

export type HandedOver =
  | { readonly is: 'moved'; readonly task: Task }
  /** It is not with that person any more, by this press or another: nothing changes. */
  | { readonly is: 'gone' }
  | { readonly is: 'wrong'; readonly message: string };

/** The same manager did the same with it from the same page: a double click, which is told what the first one was. */
export function wasHandedOver(task: Task, { employeeNumber }: StaffMember, { to, seen }: HandOver): boolean {
  const since = task.log.filter(({ by, at }) => by === employeeNumber && at >= seen);
  const named = since.filter(({ what }) => what === 'hand-over');
  if (to !== BY_THE_RULES) return named.some(({ detail }) => detail === to);
  return named.length === 0 && since.some(({ what }) => what === 'moved');
}

export function handOverFor(
  task: Task,
  manager: StaffMember,
  { from, to, seen }: HandOver,
  context: Context,
): HandedOver {
  const { assignee } = task;
  const isMeant = isOpen(task) && assignee?.employeeNumber === from && assignee.since <= seen;
  if (!isMeant || task.storeId !== manager.storeId) return { is: 'gone' };
  if (to === BY_THE_RULES) return byTheRules(task, manager, from, context);
  const choice = { choice: 'hand-over', colleague: to, seen };
  const answered = answerTask(task, readerOf(manager), choice, context);
  if (answered.is === 'done') return { is: 'moved', task: answered.task };
  return answered.is === 'wrong' ? { is: 'wrong', message: answered.message } : { is: 'gone' };
}

function byTheRules(task: Task, manager: StaffMember, from: string, context: Context): HandedOver {
  const why = `Handed over by ${manager.name}.`;
  const by = manager.employeeNumber;
  try {
    const moved = routeOn(task, { why, by, declined: false }, context);
    if (moved.assignee?.employeeNumber === from) return nobodyElse;
    return { is: 'moved', task: tellWhoHadIt(moved, from, { by, why }, context) };
  } catch (error) {
    if (error instanceof UnroutableError) return nobodyElse;
    throw error;
  }
}

const nobodyElse: HandedOver = { is: 'wrong', message: 'Nobody else is here today who could take it.' };
