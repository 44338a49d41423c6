import { Temporal } from 'temporal-polyfill';

export interface SampleFile {
  readonly name: string;
  readonly text: string;
}

const stamp = /_(\d{8})_(\d{4})_/;
const date = /(?<![\d/])(\d{1,2})\/(\d{1,2})\/(\d{4})(?![\d/])/g;

/**
 * A sample of DealerVault stays true: the stamp in its name becomes this minute at the store, and every date in it moves
 * by as many days.
 */
export function shiftFile({ name, text }: SampleFile, now: number, timeZone: string): SampleFile {
  const [, written] = stamp.exec(name) ?? [];
  if (written === undefined) return { name, text };
  const here = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone);
  const { days } = Temporal.PlainDate.from(written).until(here.toPlainDate(), { largestUnit: 'days' });
  const digits = (value: number) => String(value).padStart(2, '0');
  const today = here.toPlainDate().toString().replaceAll('-', '');
  return {
    name: name.replace(stamp, `_${today}_${digits(here.hour)}${digits(here.minute)}_`),
    text: text.replace(date, (_, month: string, day: string, year: string) => {
      const moved = Temporal.PlainDate.from({
        year: Number(year),
        month: Number(month),
        day: Number(day),
      }).add({ days });
      return `${moved.month}/${moved.day}/${moved.year}`;
    }),
  };
}
