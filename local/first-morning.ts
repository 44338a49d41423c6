import { Temporal } from 'temporal-polyfill';
import { calendarOf, formatDate, isOpen, localDate } from '../functions/group/business-time.ts';
import { departmentsOf, type Group } from '../functions/group/group.ts';
import { DEMO_GROUP, readGroupFile } from '../lib/group-file.ts';
import { hasClock, isoInstant } from './emulator/clock.ts';
import type { Journal } from './emulator/journal.ts';
import { type LocalOptions, OWN_APP } from './options.ts';

/** A whole year of closed days is a mistake in the group's file. */
const DAYS_AHEAD = 366;
const TEN = Temporal.PlainTime.from('10:00');
const STARTED = 'started';

type Options = Pick<LocalOptions, 'app' | 'group' | 'now'>;

/**
 * Where a run's clock starts; undefined for the machine's own time, and for a run that continues. A new run starts on
 * the stores' next working morning, so that the first minutes are the same at night, on a Sunday and on a holiday.
 */
export function startOf({ app, group, now }: Options, journal: Journal, realNow: number): number | undefined {
  if (now !== undefined || hasClock(journal)) return now;
  const morning = app === OWN_APP ? firstMorning(readGroupFile(group ?? DEMO_GROUP), realNow) : undefined;
  if (morning) journal.setMeta(STARTED, morning.says);
  return morning?.at;
}

/** A note for the terminal and the desk if the clock is not the machine's. */
export const startedWords = (journal: Journal): string | undefined => journal.getMeta(STARTED);

interface Morning {
  readonly at: number;
  readonly says: string;
}

/** Ten o'clock at the first store, on the next day when every store is open at that moment. */
export function firstMorning(group: Pick<Group, 'stores'>, now: number): Morning | undefined {
  const [store] = group.stores;
  if (!store) return undefined;
  const today = Temporal.PlainDate.from(localDate(store.timeZone, isoInstant(now)));
  for (let days = 0; days < DAYS_AHEAD; days += 1) {
    const date = today.add({ days });
    const at = date.toZonedDateTime({ timeZone: store.timeZone, plainTime: TEN }).epochMilliseconds;
    if (at < now || !isEverybodyIn(group, at)) continue;
    const day = formatDate(date.toString(), 'en');
    const says = `The clock started at 10:00 AM on ${day} at ${store.name}: the next time that every store was open. --now starts it elsewhere.`;
    return { at, says };
  }
  return undefined;
}

const isEverybodyIn = ({ stores }: Pick<Group, 'stores'>, at: number): boolean =>
  stores.every((store) =>
    departmentsOf(store).every((department) => isOpen(calendarOf(store, department), isoInstant(at))),
  );
