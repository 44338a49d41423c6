import { nearest } from '../contracts/nearest.ts';
import { type FeedSettings, storesOfFeed } from '../group/feed-settings.ts';
import type { Source } from './source.ts';

/** A feed ready for reading: its source, extended by the dealer's own code words. */
export interface FileFeed {
  readonly name: string;
  /** Has `webhook` only if this feed's vendor posts to us. */
  readonly source: Source;
  /** Store ids by the name that the files use for the dealer. */
  readonly stores: Readonly<Record<string, string>>;
  readonly minRows?: number | undefined;
}

/** Whether the vendor posts each change as it happens; other feeds send a file a night. */
export const isPosted = ({ source }: FileFeed): boolean => source.webhook !== undefined;

/** A setting of a feed that contradicts its source: the path below the feed, and what was expected. */
export class FeedMismatch extends Error {
  readonly path: string;
  constructor(path: string, message: string) {
    super(message);
    this.path = path;
  }
}

/** Throws {@link FeedMismatch} if the feed asks for something that its source does not have. */
export function fileFeed(feed: FeedSettings, source: Source): FileFeed {
  if (source.dealer === undefined && feed.dealers !== undefined)
    throw new FeedMismatch(
      'dealers',
      `expected store instead: a file of ${source.name} does not name its dealer`,
    );
  if (feed.posted && !source.webhook)
    throw new FeedMismatch('posted', `expected false: ${source.name} does not say how it is posted`);
  const { name, codes, minRows, posted } = feed;
  const { webhook, absence, ...others } = withCodes(source, codes);
  // A single post never lists everything that is open, so absence means nothing.
  const read = posted ? { ...others, webhook } : { ...others, absence };
  return { name, source: read, stores: storesOfFeed(feed), minRows };
}

/** Adds a dealer's own words to the source's code tables. Throws {@link FeedMismatch} for a table that the source lacks. */
export function withCodes(source: Source, codes: Source['codes']): Source {
  const tables = Object.keys(source.codes);
  const unknown = Object.keys(codes).find((table) => !tables.includes(table));
  if (unknown !== undefined)
    throw new FeedMismatch(
      `codes.${unknown}`,
      `${source.name} has no codes '${unknown}'${oneOf(unknown, tables)}`,
    );
  const merged = tables.map((table) => [table, { ...source.codes[table], ...codes[table] }]);
  return { ...source, codes: Object.fromEntries(merged) };
}

/** The end of a message about an unknown name. */
export function oneOf(name: string, names: readonly string[]): string {
  const meant = nearest(name, names);
  const hint = meant === undefined ? '' : `. Did you mean '${meant}'?`;
  return names.length === 0 ? '' : `: expected one of ${names.join(', ')}${hint}`;
}
