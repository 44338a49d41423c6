import { Temporal } from 'temporal-polyfill';

export interface SampleFile {
  readonly name: string;
  readonly text: string;
}

const stamp = /_(\d{8})_(\d{4})_/;
const date = /(?<![\d/])(\d{1,2})\/(\d{1,2})\/(\d{4})(?![\d/])/g;

/** The date in the name of a DealerVault file. */
export function dayIn(name: string): Temporal.PlainDate | undefined {
  const [, day] = stamp.exec(name) ?? [];
  return day === undefined ? undefined : Temporal.PlainDate.from(day);
}

const plain = (day: Temporal.PlainDate) => day.toString().replaceAll('-', '');

/** Moves a DealerVault sample by some days: the date in its name, and every date in it. */
export function shiftFile({ name, text }: SampleFile, days: number): SampleFile {
  const later = (day: Temporal.PlainDate) => day.add({ days });
  return {
    name: name.replace(stamp, (_, day: string, time: string) => {
      return `_${plain(later(Temporal.PlainDate.from(day)))}_${time}_`;
    }),
    text: text.replace(date, (_, month: string, day: string, year: string) => {
      const moved = later(
        Temporal.PlainDate.from({ year: Number(year), month: Number(month), day: Number(day) }),
      );
      return `${moved.month}/${moved.day}/${moved.year}`;
    }),
  };
}

/** The name of a file made at this minute. */
export function stampedAt(name: string, here: Temporal.ZonedDateTime): string {
  const digits = (value: number) => String(value).padStart(2, '0');
  return name.replace(stamp, `_${plain(here.toPlainDate())}_${digits(here.hour)}${digits(here.minute)}_`);
}
