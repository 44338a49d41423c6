import type { Task } from '../../handoff/task.ts';
import type { TaskWords } from '../../mail/message.ts';
import { type Words, words } from '../../mail/words.ts';

/** The reason from the DMS, phrased to follow the outcome. */
export function reasonGiven(
  task: Task,
  { closingReason }: Pick<TaskWords, 'closingReason'>,
  outcome = task.ended?.outcome,
): Words {
  const given = outcome === undefined ? undefined : closingReason(task, outcome);
  return given === undefined ? words`` : words`: ${given.replace(/[\s.]+$/u, '')}`;
}
