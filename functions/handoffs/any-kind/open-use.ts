import type { Task } from '../../handoff/task.ts';
import type { TaskStore } from '../../ports.ts';

/**
 * Finds the handoff that a statement about a customer belongs to: the first one that had not ended when it was made. If all had
 * ended by then, the number of the next one. One whose end can still be taken back comes first: over-before.ts makes it final.
 */
export async function openUse(
  tasks: Pick<TaskStore, 'read'>,
  idOf: (use: number) => string,
  isOverBefore: (known: Task) => boolean,
): Promise<number> {
  for (let use = 1; ; use += 1) {
    const known = await tasks.read(idOf(use));
    if (known === undefined || !isOverBefore(known) || known.undo !== undefined) return use;
  }
}
