import { plusMinutes } from '../../group/business-time.ts';
import { type Context, contextAt } from '../../handoff/context.ts';
import type { Task } from '../../handoff/task.ts';
import { readTasks } from '../../my-day/read-worklist.ts';
import type { Services } from '../../outbox/decide-and-deliver.ts';

/** Somebody whose last answer is older may have gone home. */
const LATELY_MINUTES = 4 * 60;

/**
 * Adds when people last answered, for a task whose customer waits for the next person on the floor. It comes from the
 * answers stored in the store's handoffs, so no extra write is needed. Opening a link does not count: reading writes
 * nothing, and mail scanners open every link.
 */
export async function withLastSeen(
  { tasks }: Pick<Services, 'tasks'>,
  { storeId, deadlines }: Task,
  context: Context,
): Promise<Context> {
  const at = deadlines['pass-on'];
  if (at === undefined || at > context.now) return context;
  const since = plusMinutes(context.now, -LATELY_MINUTES);
  const ids = [...(await tasks.findOfStore(storeId)), ...(await tasks.findDone(storeId, since))];
  const answers = (await readTasks(tasks, [...new Set(ids)])).flatMap(({ said = [] }) => said);
  const last = new Map<string, string>();
  for (const { by, at } of answers) if (at >= since && at > (last.get(by) ?? '')) last.set(by, at);
  return contextAt({ ...context, lastSeen: (employeeNumber) => last.get(employeeNumber) });
}
