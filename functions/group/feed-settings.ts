import * as z from 'zod';
import { storeId } from '../contracts/fields.ts';
import { feedTransport } from './feed-transport.ts';

const table = z.record(z.string(), z.string());

/**
 * A file that a dealer's system writes again and again: where it is in the bucket, what kind it is, and for which
 * store.
 */
export const feedSettings = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,39}$/, "expected a short lower-case name such as 'honda-orders'")
    .describe('Its folder in the bucket: `drop/<name>/`. Never changed: what was sent is known under it'),
  source: z
    .string()
    .describe(
      'What its files look like: a name of `npm run feed -- sources`, or of a file in `groups/<name>/sources/`',
    ),
  store: storeId.optional().describe('The store of all its files, whatever dealer they name'),
  dealers: z
    .record(z.string().min(1), storeId)
    .optional()
    .describe(
      'The store of each dealer that its files name: `{ "DVD46315": "my-store" }`. A file with another dealer is not read. Instead of `store`',
    ),
  posted: z
    .boolean()
    .default(false)
    .describe(
      'True: its vendor posts it, to an address and with a key of its own (`npm run feed -- secret`). Only where the source says how',
    ),
  codes: z
    .record(z.string(), table)
    .default({})
    .describe(
      'The words of this dealer beside those of the source: `{ "status": { "INVOICED": "closed" }, "ownCustomers": { "1": "used cars" } }`',
    ),
  ...feedTransport,
  expectBy: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "expected a time such as '06:00'")
    .optional()
    .describe(
      'By when the file of the night has come, on the clock of the store and on days on which it is open. Later, an alarm rings and the managers read of it in the morning. Left out: nobody waits for it',
    ),
  minRows: z
    .number()
    .int()
    .min(1)
    .optional()
    .describe('A file with fewer rows is not read, because it is cut or another one. Left out: any number'),
});
export type FeedSettings = z.infer<typeof feedSettings>;

/** Stands for the store of a file that names no dealer. */
export const ANY_DEALER = '*';

/** Store ids by the name that the file uses for the dealer. */
export const storesOfFeed = ({
  store,
  dealers,
}: Pick<FeedSettings, 'store' | 'dealers'>): Readonly<Record<string, string>> => ({
  ...dealers,
  ...(store === undefined ? {} : { [ANY_DEALER]: store }),
});

/** The `source` that its events have on the bus. */
export const sourceOnBus = (sourceName: string): string => `feed.${sourceName}`;

/** Whether a feed of the group sends events of this source about the store. */
export const isOfFeed = (feeds: readonly FeedSettings[], source: string, storeId: string): boolean =>
  feeds.some(
    (feed) => sourceOnBus(feed.source) === source && Object.values(storesOfFeed(feed)).includes(storeId),
  );

/** In opening hours; 1,000 of them are a quarter of a year. */
export const silentAfterHours = z.number().int().min(2).max(1_000);
