import { boundsNear } from '../handoff/item-bounds.ts';
import { isEmail } from '../handoff/outbox.ts';
import { type Item, isDay, isLetter, isReport, itemIdOf } from '../my-day/outbox-owner.ts';
import type { StoreSchedule } from '../my-day/store-schedule.ts';
import type { TaskStore } from '../ports.ts';
import { EMAILS_GIVEN_UP_METRIC, ITEMS_NEAR_BOUND_METRIC } from './environment.ts';
import { logLines } from './log-lines.ts';
import { telemetry } from './telemetry.ts';

/** Items that are remembered: more than one invocation handles at a time, and few enough for a warm function. */
const REMEMBERED = 100;

/**
 * Counts emails that were given up, and items that grow close to a limit. Every item is read before it is written, so
 * what a write gave up is known without another call. Only successful writes count: after a conflict the item is
 * decided again.
 */
export class CountedTasks implements TaskStore {
  readonly #tasks: TaskStore;
  /** The emails that had been given up when each item was last read or written, by item. */
  readonly #givenUp = new Map<string, ReadonlySet<string>>();

  constructor(tasks: TaskStore) {
    this.#tasks = tasks;
  }

  async read(taskId: string) {
    return this.#remember(await this.#tasks.read(taskId));
  }

  async readDay(dayId: string) {
    return this.#remember(await this.#tasks.readDay(dayId));
  }

  async readReport(reportId: string) {
    return this.#remember(await this.#tasks.readReport(reportId));
  }

  async readLetter(letterId: string) {
    return this.#remember(await this.#tasks.readLetter(letterId));
  }

  async write(item: Item): Promise<boolean> {
    const isWritten = await this.#tasks.write(item);
    if (isWritten) {
      this.#countGivenUp(item);
      countNearBound(item);
    }
    return isWritten;
  }

  #remember<Found extends Item>(item: Found | undefined): Found | undefined {
    if (item) this.#keep(itemIdOf(item), givenUpIn(item));
    return item;
  }

  #countGivenUp(item: Item): void {
    const id = itemIdOf(item);
    const [before, after] = [this.#givenUp.get(id), givenUpIn(item)];
    const emails = [...after].filter((entry) => !before?.has(entry));
    if (emails.length > 0) {
      telemetry.measure(EMAILS_GIVEN_UP_METRIC, emails.length);
      telemetry.warn(logLines.emailsGivenUp.message, { ...idOf(item), emails });
    }
    this.#keep(id, after);
  }

  #keep(id: string, givenUp: ReadonlySet<string>): void {
    this.#givenUp.delete(id);
    this.#givenUp.set(id, givenUp);
    const [oldest] = this.#givenUp.keys();
    if (oldest !== undefined && this.#givenUp.size > REMEMBERED) this.#givenUp.delete(oldest);
  }

  readSchedule(storeId: string) {
    return this.#tasks.readSchedule(storeId);
  }

  writeSchedule(schedule: StoreSchedule) {
    return this.#tasks.writeSchedule(schedule);
  }

  findDue(now: string, page?: string) {
    return this.#tasks.findDue(now, page);
  }

  findOfPerson(storeId: string, employeeNumber: string) {
    return this.#tasks.findOfPerson(storeId, employeeNumber);
  }

  findOfStore(storeId: string) {
    return this.#tasks.findOfStore(storeId);
  }

  findLost(storeId: string, employeeNumber: string, since: string) {
    return this.#tasks.findLost(storeId, employeeNumber, since);
  }

  findDone(storeId: string, since: string) {
    return this.#tasks.findDone(storeId, since);
  }
}

function idOf(item: Item) {
  if (isDay(item)) return { dayId: item.dayId };
  if (isReport(item)) return { reportId: item.reportId };
  return isLetter(item) ? { letterId: item.letterId } : { taskId: item.taskId };
}

const givenUpIn = ({ outbox }: Item): ReadonlySet<string> =>
  new Set(
    outbox
      .filter(isEmail)
      .filter(({ state }) => state === 'given-up')
      .map(({ id }) => id),
  );

function countNearBound(item: Item): void {
  const bounds = boundsNear(item);
  if (bounds.length === 0) return;
  telemetry.measure(ITEMS_NEAR_BOUND_METRIC, 1);
  telemetry.warn(logLines.itemNearBound.message, { ...idOf(item), bounds });
}
