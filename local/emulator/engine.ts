import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from './clock.ts';
import { messageOf } from './problem.ts';

/** A source of work that is due at known instants. If two are due at once, the source added first goes first. */
export interface Source {
  nextDue(): number | undefined;
  /** Takes the next due work. It counts as running until its promise settles. */
  take(): (() => Promise<void>) | undefined;
}

const liveLimit = 16;
const longestTimer = 2 ** 31 - 1;
/** How often during a long advance the page and other requests get a turn. */
const breathMs = 50;
/** How long running work may take when the run stops; the rest is done at the next start. */
const farewellMs = 3000;

/** Does the work of all sources when it is due, in real time or while the clock is moved forward. */
export class Engine {
  readonly #clock: Clock;
  readonly #complain: (line: string) => void;
  readonly #sources: Source[] = [];
  readonly #underWay = new Set<Promise<unknown>>();
  #timer: NodeJS.Timeout | undefined;
  #state: 'waiting' | 'live' | 'advancing' | 'stopped' = 'waiting';
  #poked = false;
  #advances: Promise<void> = Promise.resolve();

  constructor(clock: Clock, complain: (line: string) => void) {
    this.#clock = clock;
    this.#complain = complain;
  }

  add(source: Source): void {
    this.#sources.push(source);
  }

  start(): void {
    this.#state = 'live';
    this.poke();
  }

  /** Call when work was added or moved earlier. The check is deferred, because the caller may be in a transaction. */
  poke(): void {
    if (this.#poked) return;
    this.#poked = true;
    setImmediate(() => {
      this.#poked = false;
      this.#pump();
    });
  }

  /** Counts work that comes from no source, such as an HTTP request. */
  track<T>(work: () => Promise<T>): Promise<T> {
    const promise = work();
    const settled = promise.then(
      () => {},
      () => {},
    );
    this.#underWay.add(settled);
    void settled.then(() => {
      this.#underWay.delete(settled);
      this.poke();
    });
    return promise;
  }

  /** Moves the clock to an instant and does everything that falls due on the way, one thing at a time, in order. */
  advanceTo(instant: number): Promise<void> {
    const mine = this.#advances.then(() => this.#advance(instant));
    this.#advances = mine.catch(() => {});
    return mine;
  }

  inFlight(): number {
    return this.#underWay.size;
  }

  async stop(): Promise<void> {
    this.#state = 'stopped';
    clearTimeout(this.#timer);
    await Promise.race([this.#quiet(), sleep(farewellMs, undefined, { ref: false })]);
  }

  #earliest(): { source: Source; due: number } | undefined {
    let best: { source: Source; due: number } | undefined;
    for (const source of this.#sources) {
      const due = source.nextDue();
      if (due !== undefined && (!best || due < best.due)) best = { source, due };
    }
    return best;
  }

  async #perform(work: () => Promise<void>): Promise<void> {
    try {
      await this.track(work);
    } catch (error) {
      this.#complain(messageOf(error));
    }
  }

  #pump(): void {
    if (this.#state !== 'live') return;
    clearTimeout(this.#timer);
    while (this.#underWay.size < liveLimit) {
      const next = this.#earliest();
      if (!next) return;
      const wait = next.due - this.#clock.now();
      if (wait > 0) {
        this.#timer = setTimeout(() => this.#pump(), Math.min(wait, longestTimer));
        return;
      }
      const work = next.source.take();
      if (work) void this.#perform(work);
    }
  }

  async #quiet(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  #isStopped(): boolean {
    return this.#state === 'stopped';
  }

  async #playUntil(instant: number): Promise<void> {
    let breath = performance.now();
    for (let next = this.#earliest(); next && !this.#isStopped(); next = this.#earliest()) {
      if (next.due > Math.max(instant, this.#clock.now())) return;
      if (next.due > this.#clock.now()) {
        await this.#quiet();
        this.#clock.moveTo(next.due);
      }
      const work = next.source.take();
      if (work) await this.#perform(work);
      if (performance.now() - breath < breathMs) continue;
      await new Promise(setImmediate);
      breath = performance.now();
    }
  }

  async #advance(instant: number): Promise<void> {
    if (this.#isStopped()) return;
    clearTimeout(this.#timer);
    this.#state = 'advancing';
    await this.#quiet();
    await this.#playUntil(instant);
    this.#clock.moveTo(instant);
    // The clock has moved on in the meantime, so more work may be due.
    await this.#playUntil(this.#clock.now());
    await this.#quiet();
    this.#clock.save();
    this.#resume();
  }

  #resume(): void {
    if (this.#state !== 'advancing') return;
    this.#state = 'live';
    this.poke();
  }
}
