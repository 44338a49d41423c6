import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';

/** Loose, because faulty samples are sent too: refusing them is up to the bus. */
export const sampleSchema = z.object({
  source: z.string().optional(),
  'detail-type': z.string().optional(),
  detail: z.unknown(),
  resources: z.array(z.string()).optional(),
});

/** An event as stored in a file in `samples/`. */
export type Sample = z.infer<typeof sampleSchema>;

const dated = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

function shiftText(text: string, days: number): string {
  const [, date, time = ''] = dated.exec(text) ?? [];
  if (!date) return text;
  try {
    return Temporal.PlainDate.from(date, { overflow: 'reject' }).add({ days }).toString() + time;
  } catch {
    return text;
  }
}

function shiftValue(value: unknown, days: number): unknown {
  if (typeof value === 'string') return shiftText(value, days);
  if (Array.isArray(value)) return value.map((inner) => shiftValue(inner, days));
  if (typeof value !== 'object' || value === null) return value;
  return shiftRecord({ ...value }, days);
}

function shiftRecord(record: Record<string, unknown>, days: number): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).map(([key, inner]) => [key, shiftValue(inner, days)]));
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The date of an instant in the time zone offset of the sample. */
function dayAt(now: number, offset: string | undefined): Temporal.PlainDate {
  const zone = offset && offset !== 'Z' ? offset : 'UTC';
  return Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate();
}

/**
 * Keeps samples current: the date of `occurredAt` becomes today, and every date and instant in the detail moves by
 * the same number of days. Times of day and offsets do not change.
 */
export function shiftSample(sample: Sample, now: number): Sample {
  // Not parsed by a schema: a hostile sample's `__proto__` is a field that must arrive unchanged.
  const detail = isRecord(sample.detail) ? sample.detail : undefined;
  const occurredAt = detail?.['occurredAt'];
  const [, day, , offset] = (typeof occurredAt === 'string' && dated.exec(occurredAt)) || [];
  if (!detail || !day) return sample;
  try {
    const { days } = Temporal.PlainDate.from(day, { overflow: 'reject' }).until(dayAt(now, offset), {
      largestUnit: 'days',
    });
    return { ...sample, detail: shiftRecord(detail, days) };
  } catch {
    return sample;
  }
}

/** The sample as PutEvents accepts it. */
export const toEntry = (sample: Sample, busName: string) => ({
  EventBusName: busName,
  Source: sample.source,
  DetailType: sample['detail-type'],
  Detail: typeof sample.detail === 'string' ? sample.detail : JSON.stringify(sample.detail),
  Resources: sample.resources,
});
