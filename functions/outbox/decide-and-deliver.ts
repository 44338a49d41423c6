import type { VehicleSold } from '../contracts/vehicle-sold.ts';
import type { Odd } from '../contracts/warnings.ts';
import type { Group } from '../group/group.ts';
import { findStore, hasService, serviceStoreIdOf } from '../group/group.ts';
import type { Context } from '../handoff/context.ts';
import type { Decision } from '../handoff/draft.ts';
import { MOST } from '../handoff/item-bounds.ts';
import { isAnotherUse, type UsedBy, usedBy } from '../handoff/number-reuse.ts';
import { isEnded, type LogEntry, type Task } from '../handoff/task.ts';
import { log } from '../handoff/task-changes.ts';
import { noticeUnknownStaff } from '../handoff/unknown-staff.ts';
import { kindOf } from '../handoffs/kinds.ts';
import type { EventIndex, TaskStore, UnknownNumbers } from '../ports.ts';
import { CONFLICT, untilWritten } from '../until-written.ts';
import { contextOf, contextOfTask, UnknownStoreError } from './context-of.ts';
import { type DeliveryServices, writeAndDeliver } from './deliver.ts';

export { contextOf, contextOfTask };

interface EventBehind {
  readonly id: string;
  readonly warnings?: readonly Odd[];
}

/** The services that every use case needs. */
export interface Services extends DeliveryServices {
  readonly eventIndex: EventIndex;
  readonly unknownNumbers: UnknownNumbers;
  /** The envelope id of the current event and what was odd about it, for the task's log. Undefined for a click or a tick. */
  readonly event?: EventBehind;
}

/** The store of the handoff about a sold car: the one that services it. */
export function placeOfSale(
  group: Group,
  { storeId, serviceAt, vehicle }: Pick<VehicleSold, 'storeId' | 'serviceAt' | 'vehicle'>,
): { readonly storeId: string; readonly soldAt?: string } {
  const selling = findStore(group, storeId);
  if (!selling) return { storeId };
  const id = serviceStoreIdOf(selling, { make: vehicle.make, serviceAt });
  const service = findStore(group, id);
  if (!service || !hasService(service)) {
    const expected = `a store of the group '${group.name}' with a service department`;
    throw new UnknownStoreError(`serviceAt: expected ${expected}, got '${id}'`);
  }
  return id === storeId ? { storeId } : { storeId: id, soldAt: storeId };
}

interface Moves<T extends Task> {
  readonly leave: (task: T, context: Context) => Decision<T>;
  /** Whether the task was ended because it moved to another store. */
  readonly hasLeft: (task: T) => boolean;
}

interface Question<T extends Task> {
  readonly storeId: string;
  /** The store that sold the car, if another store services it. */
  readonly soldAt?: string;
  /** The fact decides the store: a task that nobody has had yet moves there. */
  readonly places?: boolean;
  /** An empty task; its id determines the item. Each use of a reused number has an item of its own. */
  readonly blank: (now: string, use: number) => T;
  /** The fact, to find which use of a reused number it concerns. Undefined if `blank` has one item only. */
  readonly concerns?: UsedBy & { readonly occurredAt: string };
  /** The first attempt assumes a new task and skips the read; a wrong guess costs one failed write. */
  readonly expectNew?: boolean;
  /** Ends a task that somebody has at the previous store when the fact puts the handoff at another store. */
  readonly moves?: Moves<T>;
  readonly decide: (task: T, context: Context) => Decision<T> | Promise<Decision<T>>;
}

/** Reads, decides, writes and delivers; starts over with the read after a conflict. */
export function decideAndDeliver<T extends Task>(
  services: Services,
  question: Question<T>,
): Promise<Decision<T>> {
  return untilWritten(`A task of store ${question.storeId}`, async (attempt) => {
    const now = services.clock.now();
    const isGuess = question.expectNew === true && attempt === 1;
    const known = isGuess ? question.blank(now, 1) : await readTask(services, question, now);
    if (isElsewhere(known, question) && !(await leaveStore(services, question, known))) return CONFLICT;
    const before = placed(known, question);
    const context = await contextOfTask(services, before);
    const decision = await question.decide(before, context);
    if (!decision.changed) {
      // A fact that changes nothing on a new task may change an existing one, for example a sale that turns out to be
      // wholesale.
      if (isGuess) return CONFLICT;
      if (isMarked(before, services.event)) await noteEvent(services, before, context);
      return decision;
    }
    if (decision.isRepeat) {
      return (await writeAndDeliver(services, decision.task, context)) ? decision : CONFLICT;
    }
    const { task: noticed, unknown } = noticeUnknownStaff(decision.task, kindOf(decision.task), context);
    // Stored before the task is written: a retry after the write would find them in the log and take them as known.
    for (const number of unknown) await services.unknownNumbers.keep(number);
    const decided = { ...decision, task: noticed };
    const task = services.event ? marked(before, decided, services.event, context) : noticed;
    if (!(await writeAndDeliver(services, task, context))) return CONFLICT;
    await noteEvent(services, task, context);
    // This decision only freed the number; now decide the fact itself for the next use.
    const gaveUp = before.usedAgainSince === undefined && task.usedAgainSince !== undefined;
    return gaveUp ? decideAndDeliver(services, { ...question, expectNew: false }) : decision;
  });
}

/**
 * Reads the task of the number's use that the fact concerns: found by customer and car if the fact names them, else by its
 * time.
 */
async function readTask<T extends Task>({ tasks }: Services, question: Question<T>, now: string): Promise<T> {
  const { concerns } = question;
  const uses: T[] = [];
  let last = await readUse(tasks, question.blank(now, 1));
  while (concerns && last.usedAgainSince !== undefined) {
    uses.push(last);
    last = await readUse(tasks, question.blank(now, uses.length + 1));
  }
  if (!concerns || uses.length === 0) return last;
  const isNamed = concerns.customerNumber !== undefined && concerns.vin !== undefined;
  const isMeant = (task: T, at: number) =>
    isNamed
      ? isKnownUse(task) && !isAnotherUse(concerns, usedByTask(task))
      : (uses[at - 1]?.usedAgainSince ?? '') <= concerns.occurredAt;
  return [...uses, last].findLast(isMeant) ?? last;
}

async function readUse<T extends Task>(tasks: TaskStore, blank: T): Promise<T> {
  const known = await tasks.read(blank.taskId);
  return known ? sameKind(blank, known) : blank;
}

const usedByTask = (task: Task) => {
  const kind = kindOf(task);
  return usedBy({ customer: kind.customerOf(task), vehicle: kind.vehicleOf(task) });
};
const isKnownUse = (task: Task) => kindOf(task).customerOf(task) !== undefined;

/** The event is delivered again because an earlier invocation stopped after its write: finish the work that it left. */
const isMarked = ({ log }: Task, event: Services['event']) =>
  event !== undefined && log.some(({ eventId }) => eventId === event.id);

/** Called only after the task was written: an event whose write lost to another one changed nothing. */
async function noteEvent({ event, eventIndex }: Services, { taskId }: Task, { now }: Context): Promise<void> {
  if (event) await eventIndex.note(event.id, taskId, now);
}

const isElsewhere = (task: Task, { storeId, places }: Pick<Question<Task>, 'storeId' | 'places'>): boolean =>
  places === true && task.storeId !== storeId && task.assignee !== undefined && !isEnded(task);

/**
 * Ends the task at its previous store, with that store's roster to notify its people. False if the task has to be read again.
 */
async function leaveStore<T extends Task>(
  services: Services,
  { moves }: Question<T>,
  task: T,
): Promise<boolean> {
  if (!moves) return true;
  const context = await contextOfTask(services, task);
  const { changed, task: left } = moves.leave(task, context);
  if (!changed) return true;
  await writeAndDeliver(services, left, context);
  return false;
}

/** Once somebody has had the task, it stays at their store, unless it was ended in order to begin at another one. */
function placed<T extends Task>(task: T, { storeId, soldAt, places, moves }: Question<T>): T {
  if (places !== true || (wasGiven(task) && moves?.hasLeft(task) !== true)) return task;
  return { ...task, storeId, soldAt };
}

const wasGiven = ({ assignee, heldBy, ended }: Task): boolean =>
  assignee !== undefined || heldBy !== undefined || ended !== undefined;

/** Adds the event's id to the first log entry it caused, so that the story names its cause, and logs what was odd about it. */
function marked(
  before: Task,
  { task, outcome }: Decision,
  { id: eventId, warnings = [] }: EventBehind,
  { now }: Context,
): Task {
  const isNew = (entry: LogEntry) => !before.log.includes(entry);
  const logged = task.log.some(isNew) ? task : log(task, { what: 'decided', at: now, by: 'dms', outcome });
  const first = logged.log.find(isNew);
  const found = {
    ...logged,
    log: logged.log.map((entry) => (entry === first ? { ...entry, eventId } : entry)),
  };
  return warnings.length === 0 ? found : withOdd(found, warnings, { eventId, now });
}

function withOdd(
  task: Task,
  warnings: readonly Odd[],
  { eventId, now }: { eventId: string; now: string },
): Task {
  const fields = warnings.slice(0, MOST.oddFields).map(({ path, code }) => ({ path, code }));
  return log(task, { what: 'odd fields', at: now, by: 'dms', eventId, fields });
}

function sameKind<T extends Task>(blank: T, known: Task): T {
  const isSame = (task: Task): task is T => task.kind === blank.kind;
  if (isSame(known)) return known;
  throw new Error(`Task ${known.taskId} is a ${known.kind}, expected a ${blank.kind}`);
}
