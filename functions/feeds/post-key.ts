import { createHash } from 'node:crypto';
import { DROP } from './dropped-file.ts';
import { headerOf, type Post } from './post.ts';
import type { Source } from './source.ts';

/** A file's name as its sender wrote it; what could leave the feed's folder is no name. */
const FILE_NAME = /^[A-Za-z0-9_][A-Za-z0-9_. -]{0,119}$/;

const endings = { json: 'json', xml: 'xml', delimited: 'txt' } as const;

interface Posted {
  readonly post: Post;
  /** The time that was signed, as it was written. */
  readonly signed: string | undefined;
  readonly now: string;
}

/**
 * The key of a post in the bucket. Posts with the same content and moment have the same key, so a repeat is recognized.
 * Where the source signs no time, the same content may rightly come again later; within an hour it counts as a repeat.
 * Undefined if the source does not name the field of its stamp.
 */
export function postKey(feed: string, { format, webhook }: Source, posted: Posted): string | undefined {
  const { post, signed, now } = posted;
  const hour = now.slice(0, 13);
  const hash = createHash('sha256')
    .update(JSON.stringify([signed ?? hour]))
    .update(post.body)
    .digest('hex')
    .slice(0, 32);
  if (!webhook?.fileName) return `${DROP}${feed}/${hash}.${endings[format.type]}`;
  const name = headerOf(post, webhook.fileName.header) ?? '';
  return FILE_NAME.test(name) ? `${DROP}${feed}/${hash}/${name}` : undefined;
}
