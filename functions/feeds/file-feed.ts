import { nearest } from '../contracts/nearest.ts';
import { type FeedSettings, storesOfFeed } from '../group/feed-settings.ts';
import type { Source } from './source.ts';

/** A feed as it is read: its source with the words of its dealer. */
export interface FileFeed {
  readonly name: string;
  /** Its `webhook` is here only where the vendor of this feed posts it. */
  readonly source: Source;
  /** Ids of stores by what the files call their dealer. */
  readonly stores: Readonly<Record<string, string>>;
  readonly minRows?: number | undefined;
}

/** Its vendor posts each change as it happens; other files tell of a night. */
export const isPosted = ({ source }: FileFeed): boolean => source.webhook !== undefined;

/** The settings of a feed that its source contradicts: the path below the feed, and what was expected. */
export class FeedMismatch extends Error {
  readonly path: string;
  constructor(path: string, message: string) {
    super(message);
    this.path = path;
  }
}

/** Throws {@link FeedMismatch} where the feed asks for something that its source does not have. */
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
  // One post is no list of all that is open.
  const read = posted ? { ...others, webhook } : { ...others, absence };
  return { name, source: read, stores: storesOfFeed(feed), minRows };
}

/** A dealer's own words beside those of the source. Throws {@link FeedMismatch} for a table that the source lacks. */
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

/** Ends the message about a name that is none of those there are. */
export function oneOf(name: string, names: readonly string[]): string {
  const meant = nearest(name, names);
  const hint = meant === undefined ? '' : `. Did you mean '${meant}'?`;
  return names.length === 0 ? '' : `: expected one of ${names.join(', ')}${hint}`;
}
