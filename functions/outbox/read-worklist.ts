import { readerOf } from '../handoff/choices.ts';
import type { Context } from '../handoff/draft.ts';
import type { TaskStore } from '../handoff/ports.ts';
import type { Task } from '../handoff/task.ts';
import { type Desk, deskOf, doneSinceOf, storeToday } from '../my-day/my-day.ts';
import type { StaffMember } from '../people/staff.ts';

/** So many tasks are read at a time: enough for a page that opens at once, little enough for one connection pool. */
const AT_ONCE = 20;

/** What lies before a person: theirs, and for a manager the whole store's. The index names the tasks, each is read. */
export async function readDesk(tasks: TaskStore, person: StaffMember, context: Context): Promise<Desk> {
  const { storeId, employeeNumber } = person;
  if (!readerOf(person).isManager) {
    const ids = await tasks.findOfPerson(storeId, employeeNumber);
    return deskOf(person, await readTasks(tasks, ids), context.now);
  }
  const all = await readTasks(tasks, await tasks.findOfStore(storeId));
  const done = await readTasks(tasks, await tasks.findDone(storeId, doneSinceOf(context)));
  return { ...deskOf(person, all, context.now), store: storeToday(all, done, context) };
}

export async function readTasks(tasks: TaskStore, ids: readonly string[]): Promise<Task[]> {
  const read: Task[] = [];
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const some = await Promise.all(ids.slice(at, at + AT_ONCE).map((id) => tasks.read(id)));
    read.push(...some.filter((task) => task !== undefined));
  }
  return read;
}
