import type { Task } from '../../handoff/task.ts';
import type { TaskStore } from '../../ports.ts';

/**
 * The first handoff about a customer that was not over when something was said: one that was over before is not what it
 * is about, so the next one begins.
 */
export async function openUse(
  tasks: Pick<TaskStore, 'read'>,
  idOf: (use: number) => string,
  isOverBefore: (known: Task) => boolean,
): Promise<number> {
  for (let use = 1; ; use += 1) {
    const known = await tasks.read(idOf(use));
    if (known === undefined || !isOverBefore(known)) return use;
  }
}
