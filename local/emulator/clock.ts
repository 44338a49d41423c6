import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';
import type { Journal } from './journal.ts';
import { messageOf, Problem } from './problem.ts';

/** The clock of the local run. It ticks like the real one, ahead of it by an offset that only grows. */
export interface Clock {
  now(): number;
  /** Shared with the threads of functions, which adjust their `Date` by it. */
  readonly offsetMs: BigInt64Array<SharedArrayBuffer>;
  /** Moves forward to an instant; one in the past changes nothing. */
  moveTo(instant: number): void;
  save(): void;
}

/** Whether an earlier run used this directory, so that its clock continues. */
export const hasClock = (journal: Journal): boolean => journal.getMeta('clock') !== undefined;

export function openClock(journal: Journal, startAt: number | undefined, say: (line: string) => void): Clock {
  const offsetMs = new BigInt64Array(new SharedArrayBuffer(8));
  const now = (): number => Date.now() + Number(Atomics.load(offsetMs, 0));
  const set = (instant: number): void => {
    Atomics.store(offsetMs, 0, BigInt(Math.round(instant - Date.now())));
  };
  const save = (): void => {
    journal.setMeta('clock', JSON.stringify({ offset: now() - Date.now(), last: now() }));
  };
  const kept = journal.getMeta('clock');
  if (kept === undefined) set(startAt ?? Date.now());
  else set(continued(kept));
  if (kept !== undefined && startAt !== undefined && startAt < now()) {
    say(`the clock goes on from ${isoInstant(now())}: --now is earlier (--fresh starts over)`);
  }
  save();
  return {
    now,
    offsetMs,
    save,
    moveTo: (instant) => {
      if (instant <= now()) return;
      set(instant);
      save();
    },
  };
}

const keptSchema = z.object({ offset: z.number(), last: z.number() });

/** The local clock goes on while the run is stopped. It never goes back, even if the machine's clock did. */
function continued(kept: string): number {
  const { offset, last } = keptSchema.parse(JSON.parse(kept));
  return Math.max(Date.now() + offset, last);
}

/** The instant after an ISO 8601 duration, by the calendar: P1M is a month. */
export function later(now: number, duration: string): number {
  try {
    const span = Temporal.Duration.from(duration);
    if (span.sign < 0) throw new Problem('the clock moves forward only');
    return Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO('UTC').add(span).epochMilliseconds;
  } catch (error) {
    throw new Problem(
      `"${duration}" is not an ISO 8601 duration such as P2D or PT1H30M: ${messageOf(error)}`,
    );
  }
}

export const isoInstant = (at: number): string => new Date(at).toISOString();
