import { type Decision, repeated, unchanged } from '../../handoff/draft.ts';
import type { Task } from '../../handoff/task.ts';
import { lockUndo } from '../../handoff/task-changes.ts';

/** The outcome where a handoff had ended when something was said: it begins the customer's next one. */
export const OVER = 'over-before';

/**
 * The next handoff is about to begin, so the end of this one is final: opened again beside the next, the customer would have
 * two, and the statement that began the next would belong to both.
 */
export const decideOver = <T extends Task>(task: T): Decision<T> =>
  task.undo === undefined ? unchanged(task, OVER) : { ...repeated(lockUndo(task)), outcome: OVER };
