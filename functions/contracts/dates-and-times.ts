import * as z from 'zod';
import type { EdgeReading } from './edge.ts';

const fieldsByName = z.record(z.string(), z.unknown());

/** A date alone, or the midnight without an offset that spreadsheets and databases make of one. */
const day = /^\s*(\d{4}-\d{2}-\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?\s*$/;

/** A date with a time on the store's clock, with or without that clock's offset. In UTC it may be the next day. */
const dayWithTime =
  /^\s*(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:[+-](?!00:?00)\d{2}:?\d{2})?\s*$/;

/** Reads the date from an instant where a date is expected: `closedOn: 2026-11-20T16:30:00-06:00`. */
export function readDay(written: unknown): EdgeReading {
  const [, date] = (typeof written === 'string' && dayWithTime.exec(written)) || [];
  return { value: date ?? written };
}

/** Moves a plain date that was sent as an instant to the field for dates: `deliveryAt: 2026-11-21` becomes `deliveryOn`. */
export const readDays =
  (dateOf: Readonly<Record<string, string>>) =>
  (written: unknown): EdgeReading => {
    const { data: fields } = fieldsByName.safeParse(written);
    if (!fields) return { value: written };
    const read = Object.entries(fields).map(([name, value]): [string, unknown] => {
      const [, date] = (typeof value === 'string' && day.exec(value)) || [];
      const instead = dateOf[name];
      return date === undefined || instead === undefined ? [name, value] : [instead, fields[instead] ?? date];
    });
    return { value: Object.fromEntries(read) };
  };
