import type { Group } from '../group/group.ts';
import { findStore } from '../group/group.ts';
import { type Context, contextAt } from '../handoff/context.ts';
import type { Decision } from '../handoff/draft.ts';
import type { LogEntry, Task } from '../handoff/task.ts';
import { log } from '../handoff/task-changes.ts';
import type { RosterReader } from '../ports.ts';
import { CONFLICT, untilWritten } from '../until-written.ts';
import { type DeliveryServices, writeAndDeliver } from './deliver.ts';

/** What every use case needs: the policy, the people, and a way to deliver. */
export interface Services extends DeliveryServices {
  readonly group: Group;
  readonly roster: RosterReader;
  /** The event that is being worked on, by its envelope: the log of a task names it. None for a click or a tick. */
  readonly event?: { readonly id: string };
}

/** The event names a store that the group's file does not know. Retrying can't help, so it is kept as refused. */
export class UnknownStoreError extends Error {
  override readonly name = 'UnknownStoreError';
}

/** The time, the store and its people, read for one decision. */
export async function contextOf({ group, roster, clock }: Services, storeId: string): Promise<Context> {
  const store = findStore(group, storeId);
  if (!store)
    throw new UnknownStoreError(`storeId: expected a store of the group '${group.name}', got '${storeId}'`);
  return contextAt({ now: clock.now(), group, store, roster: await roster.read(storeId) });
}

interface Question<T extends Task> {
  readonly storeId: string;
  /** The task as it is before anything is known: its id says which item is meant. */
  readonly blank: (now: string) => T;
  /** The first attempt takes it for new and saves the read; a wrong guess costs one refused write. */
  readonly expectNew?: boolean;
  readonly decide: (task: T, context: Context) => Decision<T> | Promise<Decision<T>>;
}

/** Reads, decides, writes and delivers; after a conflict again from the read. */
export function decideAndDeliver<T extends Task>(
  services: Services,
  question: Question<T>,
): Promise<Decision<T>> {
  return untilWritten(`A task of store ${question.storeId}`, async (attempt) => {
    const context = await contextOf(services, question.storeId);
    const blank = question.blank(context.now);
    const isGuess = question.expectNew === true && attempt === 1;
    const known = isGuess ? undefined : await services.tasks.read(blank.taskId);
    const before = known ? sameKind(blank, known) : blank;
    const decision = await question.decide(before, context);
    if (!decision.changed) {
      // A fact that changes nothing about a new task may change one that is there: a sale that turns out wholesale.
      return isGuess ? CONFLICT : decision;
    }
    const task = services.event ? marked(before, decision, services.event.id, context) : decision.task;
    return (await writeAndDeliver(services, task, context)) ? decision : CONFLICT;
  });
}

/** The first log entry because of an event carries the event's id, so that `npm run trace` finds it. */
function marked(before: Task, { task, outcome }: Decision, eventId: string, { now }: Context): Task {
  const isNew = (entry: LogEntry) => !before.log.includes(entry);
  const logged = task.log.some(isNew) ? task : log(task, { what: 'decided', at: now, by: 'dms', outcome });
  const first = logged.log.find(isNew);
  return { ...logged, log: logged.log.map((entry) => (entry === first ? { ...entry, eventId } : entry)) };
}

function sameKind<T extends Task>(blank: T, known: Task): T {
  const isSame = (task: Task): task is T => task.kind === blank.kind;
  if (isSame(known)) return known;
  throw new Error(`Task ${known.taskId} is a ${known.kind}, expected a ${blank.kind}`);
}
