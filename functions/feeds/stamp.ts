import { timeOn } from '../group/business-time.ts';
import type { DateForm } from './dates.ts';
import { plainDate, timeOfDay } from './dates.ts';
import type { Source } from './source.ts';
import { unpackedName } from './unpack.ts';

/**
 * When a file was made, as it says itself, on the store's clock. A date without a time stands for the end of that
 * day: nothing in the file can be later.
 */
export interface WrittenStamp {
  readonly date: string;
  readonly time: string;
}

/** The instant up to which a file's contents are current. Without a stamp, it is the time when the file was written. */
export const saidAt = (
  stamp: WrittenStamp | undefined,
  { timeZone, modifiedAt }: { readonly timeZone: string; readonly modifiedAt: string },
): string => new Date(stamp ? instantOfStamp(stamp, timeZone) : modifiedAt).toISOString();

const END_OF_DAY = '23:59';

export const stampOfFile = (name: string, { stamp, dates }: Source): WrittenStamp | undefined =>
  stampIn(unpackedName(name), stamp.fileName, dates);

export const stampOfTitle = (title: string, { stamp, dates }: Source): WrittenStamp | undefined =>
  stampIn(title, stamp.title, dates);

function stampIn(
  text: string,
  pattern: string | undefined,
  dates: readonly DateForm[],
): WrittenStamp | undefined {
  if (pattern === undefined) return undefined;
  const { date = '', time } = new RegExp(pattern, 'i').exec(text)?.groups ?? {};
  const on = plainDate(date, [...dates, 'YYYYMMDD', 'YYYY-MM-DD'], THIS_CENTURY);
  if (on === undefined) return undefined;
  return { date: on, time: (time === undefined ? undefined : timeOfDay(time)) ?? END_OF_DAY };
}

/** A two-digit year in a file's stamp is always of this century. */
const THIS_CENTURY = 2099;

export const instantOfStamp = ({ date, time }: WrittenStamp, timeZone: string): string =>
  timeOn(timeZone, date, time);
