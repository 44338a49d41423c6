import type { Group } from '../group/group.ts';
import { findStore } from '../group/group.ts';
import { type Context, type Decision, log } from '../handoff/draft.ts';
import type { RosterReader } from '../handoff/ports.ts';
import type { LogEntry, Task, TaskKind, TaskOf } from '../handoff/task.ts';
import { type DeliveryServices, writeAndDeliver } from './deliver.ts';

/** What every use case needs: the policy, the people, and the way to deliver. */
export interface Services extends DeliveryServices {
  readonly group: Group;
  readonly roster: RosterReader;
  /** The event that is worked on, by its envelope: a task that it changes says so. None for a click or a tick. */
  readonly event?: { readonly id: string };
}

/** The event names a store that the group's file does not know. Retrying can't help, so it is kept as refused. */
export class UnknownStoreError extends Error {
  override readonly name = 'UnknownStoreError';
}

/** More conflicts in a row than many copies of one event make: each that loses finds it decided. */
const ATTEMPTS = 20;

/** The moment, the store and its people, read for one decision. */
export async function contextOf({ group, roster, clock }: Services, storeId: string): Promise<Context> {
  const store = findStore(group, storeId);
  if (!store)
    throw new UnknownStoreError(`storeId: expected a store of the group '${group.name}', got '${storeId}'`);
  return { now: clock.now(), group, store, roster: await roster.read(storeId) };
}

interface Question<Kind extends TaskKind> {
  /** The task as it is before anything is known: its id and store say which item is meant. */
  readonly blank: (now: string) => TaskOf<Kind>;
  readonly storeId: string;
  /** The first attempt takes it for new and spares the read; a wrong guess costs one refused write. */
  readonly expectNew?: boolean;
  readonly decide: (
    task: TaskOf<Kind>,
    context: Context,
  ) => Decision<TaskOf<Kind>> | Promise<Decision<TaskOf<Kind>>>;
}

/** Read, decide, write, deliver; where somebody else wrote in between, again from the read. */
export async function decideAndDeliver<Kind extends TaskKind>(
  services: Services,
  question: Question<Kind>,
): Promise<Decision<TaskOf<Kind>>> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const context = await contextOf(services, question.storeId);
    const blank = question.blank(context.now);
    const guess = question.expectNew === true && attempt === 0;
    const known = guess ? undefined : await services.tasks.read(blank.taskId);
    const before = known ? sameKind(blank, known) : blank;
    const decision = await question.decide(before, context);
    if (!decision.changed) {
      // What changes nothing about a new task may change one that is there: a sale that turns out to be wholesale.
      if (guess) continue;
      return decision;
    }
    const task = services.event ? marked(before, decision, services.event.id, context) : decision.task;
    if (await writeAndDeliver(services, task, context)) return decision;
  }
  throw new Error(`A task of store ${question.storeId} was written by others ${ATTEMPTS} times in a row`);
}

/** What the log says because of an event carries the event's id, so that `npm run trace` finds it. */
function marked(before: Task, { task, outcome }: Decision, eventId: string, { now }: Context): Task {
  const isNew = (entry: LogEntry) => !before.log.includes(entry);
  const told = task.log.some(isNew) ? task : log(task, now, 'dms', outcome);
  const first = told.log.find(isNew);
  return { ...told, log: told.log.map((entry) => (entry === first ? { ...entry, eventId } : entry)) };
}

function sameKind<Kind extends TaskKind>(blank: TaskOf<Kind>, known: Task): TaskOf<Kind> {
  const isSame = (task: Task): task is TaskOf<Kind> => task.kind === blank.kind;
  if (isSame(known)) return known;
  throw new Error(`Task ${known.taskId} is a ${known.kind}, expected a ${blank.kind}`);
}
