import type { ContactBook } from '../customers/ports.ts';
import { plusDays } from '../group/business-time.ts';
import { isRefusing, silentFeeds } from '../group/feeds.ts';
import { type Group, servicedElsewhere } from '../group/group.ts';
import { isAnyExpected, type LateFeed, lateFeeds } from '../group/late-feeds.ts';
import { NOTE, readerOf } from '../handoff/choices.ts';
import type { Context } from '../handoff/context.ts';
import type { Task } from '../handoff/task.ts';
import { asKnown, isLost, reachedOf, UnreadableTaskError } from '../handoffs/kinds.ts';
import type { CampaignBook } from '../leavers/ports.ts';
import type { StaffMember } from '../people/staff.ts';
import type { Feeds, TaskStore } from '../ports.ts';
import { mayWriteLetters, readLetterNews } from './read-letters.ts';
import { doneSinceOf, type FeedTroubles, storeToday, type Worklist, worklistOf } from './worklist.ts';

/** Tasks read in parallel: enough for a fast page, few enough for one connection pool. */
const AT_ONCE = 20;

export interface WorklistServices {
  readonly tasks: Pick<TaskStore, 'read' | 'findOfPerson' | 'findOfStore' | 'findDone' | 'findLost'>;
  readonly feeds: Pick<Feeds, 'heard' | 'filesRead' | 'refusedSince'>;
  readonly contacts: Pick<ContactBook, 'read'>;
  readonly campaigns: Pick<CampaignBook, 'read'>;
}

/** A person's tasks, and for a manager the whole store's. The index returns ids, and each task is read. */
export async function readWorklist(
  { tasks, feeds, contacts, campaigns }: WorklistServices,
  person: StaffMember,
  context: Context,
): Promise<Worklist> {
  const { storeId, employeeNumber } = person;
  if (!readerOf(person).isManager) {
    const ids = await tasks.findOfPerson(storeId, employeeNumber);
    return ownKnown(contacts, worklistOf(person, await readTasks(tasks, ids), context.now));
  }
  const all = await readTasks(tasks, await tasks.findOfStore(storeId));
  const done = await readTasks(tasks, await tasks.findDone(storeId, doneSinceOf(context)));
  const troubles = await readFeedTroubles(feeds, context);
  const own = await ownKnown(contacts, worklistOf(person, all, context.now));
  const soldHere = await readSoldHere(tasks, context);
  const letters = mayWriteLetters(person) ? await readLetterNews(campaigns, context) : [];
  return { ...own, store: storeToday({ tasks: all, done, soldHere, letters }, troubles, person, context) };
}

/** For this long a customer may still remember our last letter, so a call is worthwhile. */
const LOST_DAYS = 30;

/**
 * A person's customers who did not come back for their first service and about whom the person has noted nothing since. For the
 * person's page: their list names each customer only once.
 */
export async function readLost(
  { tasks, contacts }: Pick<WorklistServices, 'tasks' | 'contacts'>,
  { storeId, employeeNumber }: StaffMember,
  { now }: Pick<Context, 'now'>,
): Promise<Task[]> {
  const ids = await tasks.findLost(storeId, employeeNumber, plusDays(now, -LOST_DAYS));
  return readKnown(contacts, (await readTasks(tasks, ids)).filter(isToSave));
}

/** Whether the customer is lost and nobody has noted anything about it since. */
export const isToSave = (task: Task): boolean => isLost(task) && !wasNotedSince(task, task.ended?.at ?? '');
const wasNotedSince = ({ said = [], assignee }: Task, since: string): boolean =>
  said.some(({ by, at, choice }) => choice === NOTE && by === assignee?.employeeNumber && at >= since);

/** Handoffs of cars sold by this store that another store services: the selling store's managers follow them. */
export async function readSoldHere(
  tasks: Pick<TaskStore, 'read' | 'findOfStore'>,
  { store }: Pick<Context, 'store'>,
): Promise<Task[]> {
  const ids = await Promise.all(servicedElsewhere(store).map((id) => tasks.findOfStore(id)));
  const there = await readTasks(tasks, ids.flat());
  return there.filter(({ soldAt }) => soldAt === store.id);
}

/** A person's own tasks show a number to call, so each is read with its customer's contact data. */
async function ownKnown(contacts: WorklistServices['contacts'], worklist: Worklist): Promise<Worklist> {
  return { ...worklist, open: await readKnown(contacts, worklist.open) };
}

/** The tasks, each with its customer's contact data. */
export async function readKnown(
  contacts: WorklistServices['contacts'],
  tasks: readonly Task[],
): Promise<Task[]> {
  const read: Task[] = [];
  for (let at = 0; at < tasks.length; at += AT_ONCE) {
    const some = tasks.slice(at, at + AT_ONCE).map(async (task) => {
      const reached = reachedOf(task);
      return reached ? asKnown(task, await contacts.read(reached)) : task;
    });
    read.push(...(await Promise.all(some)));
  }
  return read;
}

export async function readFeedTroubles(
  feeds: WorklistServices['feeds'],
  context: Context,
): Promise<FeedTroubles> {
  const { group, store, now } = context;
  const refused = await feeds.refusedSince(store.id, doneSinceOf(context));
  return {
    silent: silentFeeds(group, await feeds.heard(store.id), now),
    late: (await readLateFeeds(feeds, group, now)).filter(({ storeId }) => storeId === store.id),
    refusing: refused.filter(isRefusing),
  };
}

/** Reads nothing if no file is due by a certain time. */
export async function readLateFeeds(
  feeds: Pick<Feeds, 'filesRead'>,
  group: Pick<Group, 'feeds' | 'stores'>,
  now: string,
): Promise<LateFeed[]> {
  return isAnyExpected(group) ? lateFeeds(group, await feeds.filesRead(), now) : [];
}

export async function readTasks(tasks: Pick<TaskStore, 'read'>, ids: readonly string[]): Promise<Task[]> {
  const read: Task[] = [];
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const some = await Promise.all(ids.slice(at, at + AT_ONCE).map((id) => readReadable(tasks, id)));
    read.push(...some.filter((task) => task !== undefined));
  }
  return read;
}

/**
 * Undefined if this release cannot read the task, so that it does not block a list of other tasks. The task's own sweep still
 * fails and raises an alarm.
 */
export const readReadable = (tasks: Pick<TaskStore, 'read'>, id: string): Promise<Task | undefined> =>
  tasks.read(id).catch((error: unknown) => {
    if (error instanceof UnreadableTaskError) return undefined;
    throw error;
  });
