import { isRefusing, silentFeeds } from '../group/feeds.ts';
import { readerOf } from '../handoff/choices.ts';
import type { Context } from '../handoff/context.ts';
import type { Task } from '../handoff/task.ts';
import type { StaffMember } from '../people/staff.ts';
import type { Feeds, TaskStore } from '../ports.ts';
import { doneSinceOf, type FeedTroubles, storeToday, type Worklist, worklistOf } from './worklist.ts';

/** Tasks read in parallel: enough for a fast page, few enough for one connection pool. */
const AT_ONCE = 20;

export interface WorklistServices {
  readonly tasks: Pick<TaskStore, 'read' | 'findOfPerson' | 'findOfStore' | 'findDone'>;
  readonly feeds: Pick<Feeds, 'heard' | 'refusedSince'>;
}

/** A person's tasks, and for a manager the whole store's. The index returns ids, and each task is read. */
export async function readWorklist(
  { tasks, feeds }: WorklistServices,
  person: StaffMember,
  context: Context,
): Promise<Worklist> {
  const { storeId, employeeNumber } = person;
  if (!readerOf(person).isManager) {
    const ids = await tasks.findOfPerson(storeId, employeeNumber);
    return worklistOf(person, await readTasks(tasks, ids), context.now);
  }
  const all = await readTasks(tasks, await tasks.findOfStore(storeId));
  const done = await readTasks(tasks, await tasks.findDone(storeId, doneSinceOf(context)));
  const troubles = await readFeedTroubles(feeds, context);
  return { ...worklistOf(person, all, context.now), store: storeToday(all, done, troubles, context) };
}

export async function readFeedTroubles(
  feeds: WorklistServices['feeds'],
  context: Context,
): Promise<FeedTroubles> {
  const { group, store, now } = context;
  const refused = await feeds.refusedSince(store.id, doneSinceOf(context));
  return {
    silent: silentFeeds(group, await feeds.heard(store.id), now),
    refusing: refused.filter(isRefusing),
  };
}

export async function readTasks(tasks: Pick<TaskStore, 'read'>, ids: readonly string[]): Promise<Task[]> {
  const read: Task[] = [];
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const some = await Promise.all(ids.slice(at, at + AT_ONCE).map((id) => tasks.read(id)));
    read.push(...some.filter((task) => task !== undefined));
  }
  return read;
}
