import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from './emulator/problem.ts';
import type { FeedDesk } from './feeds.ts';

const LOOK_EVERY_MS = 1_000;

/**
 * Watches a local folder with a subfolder for each feed, and drops files that appear in these into the bucket. A file
 * is taken once it is the same in two consecutive checks, so that a half-copied file is never read. After a restart
 * the files still there are dropped again, and their receipts show that they were read.
 */
export class DropFolder {
  readonly #desk: FeedDesk;
  readonly #say: (line: string) => void;
  /** Size and time of each file at the last check, and of those already dropped. */
  #seen = new Map<string, string>();
  readonly #dropped = new Map<string, string>();

  constructor(desk: FeedDesk, say: (line: string) => void) {
    this.#desk = desk;
    this.#say = say;
    for (const { name } of desk.feeds) mkdirSync(join(desk.folder, name), { recursive: true });
  }

  /** Checks until stopped. A check that takes longer than the interval delays the next one. */
  watch(): { readonly stop: () => void } {
    let isLooking = false;
    const timer = setInterval(() => {
      if (isLooking) return;
      isLooking = true;
      this.look()
        .catch((error: unknown) => this.#say(`${this.#desk.folder} cannot be read: ${messageOf(error)}`))
        .finally(() => {
          isLooking = false;
        });
    }, LOOK_EVERY_MS);
    return { stop: () => clearInterval(timer) };
  }

  async look(): Promise<void> {
    const before = this.#seen;
    const files = this.#files();
    this.#seen = new Map(files.map(({ file, state }) => [file, state]));
    for (const { feedName, name, file, state } of files) {
      if (before.get(file) !== state || this.#dropped.get(file) === state) continue;
      this.#dropped.set(file, state);
      await this.#drop(feedName, name, file);
    }
  }

  async #drop(feedName: string, name: string, file: string): Promise<void> {
    try {
      await this.#desk.drop(feedName, { name, bytes: readFileSync(file) });
      this.#say(`${file} is dropped into the feed ${feedName}`);
    } catch (error) {
      this.#say(`${file} could not be dropped: ${messageOf(error)}`);
    }
  }

  #files(): { feedName: string; name: string; file: string; state: string }[] {
    return this.#desk.feeds.flatMap(({ name: feedName }) =>
      readdirSync(join(this.#desk.folder, feedName), { withFileTypes: true })
        .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
        .map(({ name }) => {
          const file = join(this.#desk.folder, feedName, name);
          const { size, mtimeMs } = statSync(file);
          return { feedName, name, file, state: `${size} ${mtimeMs}` };
        }),
    );
  }
}
