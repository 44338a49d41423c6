import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from './clock.ts';
import { messageOf } from './problem.ts';

/** Something that has work to do at known instants. Where two are due at once, the first source goes first. */
export interface Source {
  nextDue(): number | undefined;
  /** Takes the work that is due next; it counts as under way until it settles. */
  take(): (() => Promise<void>) | undefined;
}

export interface Engine {
  add(source: Source): void;
  start(): void;
  /** Work has become due, or due earlier: look again. */
  poke(): void;
  /** Counts work that no source brought, such as an HTTP request. */
  track<T>(work: () => Promise<T>): Promise<T>;
  /** Moves the clock to an instant, doing all that is due on the way, one thing at a time, in order. */
  advanceTo(instant: number): Promise<void>;
  inFlight(): number;
  stop(): Promise<void>;
}

const liveLimit = 16;
const longestTimer = 2 ** 31 - 1;
/** The page and other requests get a turn this often during a long advance. */
const breathMs = 50;
/** What is under way at the end gets this long; the rest is done at the next start. */
const farewellMs = 3000;

export function createEngine(clock: Clock, complain: (line: string) => void): Engine {
  const sources: Source[] = [];
  const underWay = new Set<Promise<unknown>>();
  let timer: NodeJS.Timeout | undefined;
  let state: 'waiting' | 'live' | 'advancing' | 'stopped' = 'waiting';
  let poked = false;
  let advances: Promise<void> = Promise.resolve();

  function earliest(): { source: Source; due: number } | undefined {
    let best: { source: Source; due: number } | undefined;
    for (const source of sources) {
      const due = source.nextDue();
      if (due !== undefined && (!best || due < best.due)) best = { source, due };
    }
    return best;
  }

  function track<T>(work: () => Promise<T>): Promise<T> {
    const promise = work();
    const settled = promise.then(
      () => {},
      () => {},
    );
    underWay.add(settled);
    void settled.then(() => {
      underWay.delete(settled);
      poke();
    });
    return promise;
  }

  async function perform(work: () => Promise<void>): Promise<void> {
    try {
      await track(work);
    } catch (error) {
      complain(messageOf(error));
    }
  }

  /** Later, because whoever pokes may be in the middle of a transaction. */
  function poke(): void {
    if (poked) return;
    poked = true;
    setImmediate(() => {
      poked = false;
      pump();
    });
  }

  function pump(): void {
    if (state !== 'live') return;
    clearTimeout(timer);
    while (underWay.size < liveLimit) {
      const next = earliest();
      if (!next) return;
      const wait = next.due - clock.now();
      if (wait > 0) {
        timer = setTimeout(pump, Math.min(wait, longestTimer));
        return;
      }
      const work = next.source.take();
      if (work) void perform(work);
    }
  }

  async function quiet(): Promise<void> {
    while (underWay.size > 0) await Promise.all(underWay);
  }

  async function playUntil(instant: number): Promise<void> {
    let breath = performance.now();
    for (let next = earliest(); next && state !== 'stopped'; next = earliest()) {
      if (next.due > Math.max(instant, clock.now())) return;
      if (next.due > clock.now()) {
        await quiet();
        clock.moveTo(next.due);
      }
      const work = next.source.take();
      if (work) await perform(work);
      if (performance.now() - breath < breathMs) continue;
      await new Promise(setImmediate);
      breath = performance.now();
    }
  }

  async function advance(instant: number): Promise<void> {
    if (state === 'stopped') return;
    clearTimeout(timer);
    state = 'advancing';
    await quiet();
    await playUntil(instant);
    clock.moveTo(instant);
    // The clock ticked while things were done: some may have become due since.
    await playUntil(clock.now());
    await quiet();
    clock.save();
    resume();
  }

  function resume(): void {
    if (state !== 'advancing') return;
    state = 'live';
    poke();
  }

  return {
    add: (source) => {
      sources.push(source);
    },
    start: () => {
      state = 'live';
      poke();
    },
    poke,
    track,
    advanceTo: (instant) => {
      const mine = advances.then(() => advance(instant));
      advances = mine.catch(() => {});
      return mine;
    },
    inFlight: () => underWay.size,
    stop: async () => {
      state = 'stopped';
      clearTimeout(timer);
      await Promise.race([quiet(), sleep(farewellMs, undefined, { ref: false })]);
    },
  };
}
