import * as z from 'zod';

const counts = z.record(z.string(), z.number()).default({});
const stop = z.object({ reason: z.string(), says: z.string() });
export type Stop = z.infer<typeof stop>;

/** What the first reading of a file found: read = events + skipped + waiting + refused. */
const judged = z.object({
  read: z.number(),
  events: counts,
  skipped: counts,
  waiting: counts,
  refused: z.number(),
  /** In cents, by who pays. */
  cents: counts,
  /** The newest day of a visit or a sale in it. */
  newestOn: z.string().optional(),
  /** When the file says that it was made, by the clock of the store. */
  stamp: z.object({ date: z.string(), time: z.string() }).optional(),
  /** The stores that its records are of. */
  stores: z.array(z.string()).default([]),
});
export type JudgedFile = z.infer<typeof judged>;

/** How far the second reading has come: events = sent + unchanged + passed over, once it is through. */
const progress = z.object({
  /** Everything up to this row is done. */
  row: z.number().default(0),
  /** The last of them that says at which byte it ends: reading goes on there. */
  upTo: z.object({ row: z.number(), offset: z.number() }).optional(),
  sent: counts,
  unchanged: z.number().default(0),
  passedOver: counts,
  /** What this file and the one before have no more, by the event that says so. They are rows of no file. */
  ended: counts,
  /** Refused rows that are kept one by one. Of a file that is broken as a whole the first few hundred are enough. */
  refusalsKept: z.number().default(0),
});
export type Progress = z.infer<typeof progress>;

/** The receipt of one file: what was made of it, or why nothing was. */
export const fileReceipt = z.object({
  feed: z.string(),
  fileName: z.string(),
  key: z.string(),
  etag: z.string(),
  /** Names the file in what is known of its facts. */
  file: z.string(),
  /** When it was dropped. */
  modifiedAt: z.string(),
  state: z.enum(['reading', 'read', 'stopped']),
  /** The first file of its feed, or one of past years. */
  isHistory: z.boolean(),
  judged: judged.optional(),
  progress: progress.prefault({}),
  stops: z.array(stop).default([]),
  startedAt: z.string(),
  endedAt: z.string().optional(),
  /** Until when an invocation reads it, and no other does. */
  leasedUntil: z.string().optional(),
  /** Names that invocation: two that begin in the same millisecond would write the same otherwise, and both go on. */
  leasedBy: z.string().optional(),
  /** Invocations that began since the last that got on. */
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
