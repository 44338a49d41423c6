import * as z from 'zod';

const counts = z.record(z.string(), z.number()).default({});
const stop = z.object({ reason: z.string(), says: z.string() });
export type Stop = z.infer<typeof stop>;

/** The result of the first reading of a file: read = events + skipped + waiting + refused. */
const judged = z.object({
  read: z.number(),
  events: counts,
  skipped: counts,
  waiting: counts,
  refused: z.number(),
  /** In cents, by who pays. */
  cents: counts,
  /** The latest day of a visit or sale in the file. */
  newestOn: z.string().optional(),
  /** When the file was made, as it says itself, on the store's clock. */
  stamp: z.object({ date: z.string(), time: z.string() }).optional(),
  /** The stores that its records belong to. */
  stores: z.array(z.string()).default([]),
});
export type JudgedFile = z.infer<typeof judged>;

/** How far the second reading is. When it is finished, events = sent + unchanged + passed over. */
const progress = z.object({
  /** All rows up to this one are done. */
  row: z.number().default(0),
  /** The last finished row whose end is known as a byte offset: reading resumes there. */
  upTo: z.object({ row: z.number(), offset: z.number() }).optional(),
  sent: counts,
  unchanged: z.number().default(0),
  passedOver: counts,
  /**
   * Records missing from this file and the one before, counted by the event that ends them. They are not rows of any
   * file.
   */
  ended: counts,
  /** Refused rows that were stored one by one. If a whole file is broken, the first few hundred are enough. */
  refusalsKept: z.number().default(0),
});
export type Progress = z.infer<typeof progress>;

/** The receipt of one file: what was done with it, or why nothing was. */
export const fileReceipt = z.object({
  feed: z.string(),
  fileName: z.string(),
  key: z.string(),
  etag: z.string(),
  /** The file's id in the known versions of its records. */
  file: z.string(),
  /** When it was dropped. */
  modifiedAt: z.string(),
  state: z.enum(['reading', 'read', 'stopped']),
  /** Whether it is the first file of its feed, or one of past years. */
  isHistory: z.boolean(),
  judged: judged.optional(),
  progress: progress.prefault({}),
  stops: z.array(stop).default([]),
  startedAt: z.string(),
  endedAt: z.string().optional(),
  /** Until then, one invocation reads the file and no other may. */
  leasedUntil: z.string().optional(),
  /**
   * The id of that invocation. Without it, two that start in the same millisecond would write the same item and both
   * would go on.
   */
  leasedBy: z.string().optional(),
  /** Invocations since the last one that made progress. */
  tries: z.number().default(0),
});
export type FileReceipt = z.infer<typeof fileReceipt>;

/** read = sent + unchanged + skipped + waiting + refused. */
export interface FileCounts {
  readonly read: number;
  readonly sent: Readonly<Record<string, number>>;
  readonly unchanged: number;
  readonly skipped: Readonly<Record<string, number>>;
  readonly waiting: Readonly<Record<string, number>>;
  readonly refused: number;
}

export function countsOf({ judged, progress }: FileReceipt): FileCounts {
  const { read = 0, skipped = {}, waiting = {}, refused = 0 } = judged ?? {};
  const { sent, unchanged, passedOver } = progress;
  return { read, sent, unchanged, skipped: added(skipped, passedOver), waiting, refused };
}

function added(
  one: Readonly<Record<string, number>>,
  other: Readonly<Record<string, number>>,
): Record<string, number> {
  const sums = new Map(Object.entries(one));
  for (const [name, count] of Object.entries(other)) sums.set(name, (sums.get(name) ?? 0) + count);
  return Object.fromEntries(sums);
}
