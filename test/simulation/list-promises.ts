import type { EmailEntry } from '../../functions/handoff/outbox-entry.ts';
import type { Task } from '../../functions/handoff/task.ts';
import { leavesOf } from '../../functions/handoffs/letters.ts';
import type { ListLine, MyDay } from '../../functions/my-day/my-day.ts';
import { emailsIn } from '../support/emails-in.ts';

/** A line of somebody's list, and the email of their own that took it. */
export interface Listed {
  readonly dayId: string;
  readonly takenBy: string | undefined;
}

/** An email of a handoff that is delivered by being put into a list: SES never takes it. */
export const isLine = (task: Task, entry: EmailEntry): boolean =>
  entry.state === 'sent' && entry.messageId === undefined && leavesOf(task, entry) !== 'now';

/**
 * A line waits for a list to come, also where the one before left without it because its sweep crashed; no department is
 * closed for longer than that. What SES refused is no line: it keeps its place in the queue.
 */
export const waitsForList = (task: Task, entry: EmailEntry, now: number): boolean => {
  const { state, dueSince, notBefore } = entry;
  if (state !== 'owed' || dueSince !== undefined || notBefore === undefined) return false;
  const wait = Date.parse(notBefore) - now;
  return wait > 0 && wait < LONGEST_CLOSED && leavesOf(task, entry) === 'next list';
};
const LONGEST_CLOSED = 4 * 24 * 3_600_000;

/** Every line that was ever put into a list, from what was written to people's own items. */
export class ListWatch {
  readonly #lines = new Map<string, Listed>();
  /** Lists that had nothing left to say, or that SES refused: a person's item forgets them in time. */
  readonly #neverLeft = new Set<string>();
  /** Lists of which their owner's item says that they left: what SES took and never told of may come twice. */
  readonly #left = new Set<string>();
  readonly #wasAccepted: (dayId: string, entry: string) => boolean;
  readonly #violated: (what: string) => void;

  constructor(wasAccepted: (dayId: string, entry: string) => boolean, violated: (what: string) => void) {
    this.#wasAccepted = wasAccepted;
    this.#violated = violated;
  }

  wrote(day: MyDay): void {
    const { dayId, lines = [] } = day;
    for (const line of lines) this.#noteLine(dayId, line);
    for (const { id, state } of emailsIn(day)) {
      if (['withheld', 'given-up'].includes(state)) this.#neverLeft.add(`${dayId} ${id}`);
      if (state === 'sent') this.#left.add(`${dayId} ${id}`);
    }
  }

  #noteLine(dayId: string, { task, entry, takenBy }: ListLine): void {
    const id = `${task} ${entry}`;
    const before = this.#lines.get(id)?.takenBy;
    if (before !== undefined && before !== takenBy && this.#left.has(`${dayId} ${before}`)) {
      this.#violated(`the line ${id} left with the list ${before}, and once more with ${takenBy ?? 'none'}`);
    }
    this.#lines.set(id, { dayId, takenBy });
  }

  lineOf(task: string, entry: string): Listed | undefined {
    return this.#lines.get(`${task} ${entry}`);
  }

  /** What is wrong with a line when everything has come to its end: its list left, or it waits for one that is to come. */
  broken(task: Task, entry: EmailEntry, days: Iterable<MyDay>): string | undefined {
    const id = `${task.taskId} ${entry.id} (${entry.message})`;
    const line = this.lineOf(task.taskId, entry.id);
    if (!line) return `${id} counts as told, but is in nobody's list`;
    const { dayId, takenBy } = line;
    if (takenBy !== undefined && this.#wasAccepted(dayId, takenBy)) return undefined;
    const day = [...days].find((one) => one.dayId === dayId);
    const lists = day ? emailsIn(day) : [];
    const isSettled = takenBy !== undefined && this.#neverLeft.has(`${dayId} ${takenBy}`);
    const isToCome = lists.some(({ state }) => state === 'owed');
    const isForgotten =
      day !== undefined && !day.lines?.some((one) => one.task === task.taskId && one.entry === entry.id);
    return isSettled || isToCome || isForgotten ? undefined : `${id} is in a list that never left`;
  }
}
