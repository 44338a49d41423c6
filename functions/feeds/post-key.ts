import { createHash } from 'node:crypto';
import { DROP } from './dropped-file.ts';
import { headerOf, type Post } from './post.ts';
import type { Source } from './source.ts';

/** The file name that the sender gave. A name that could lead out of the feed's folder is not accepted. */
const FILE_NAME = /^[A-Za-z0-9_][A-Za-z0-9_. -]{0,119}$/;

const endings = { json: 'json', xml: 'xml', delimited: 'txt' } as const;

interface Posted {
  readonly post: Post;
  /** The signed time, exactly as sent. */
  readonly signed: string | undefined;
  readonly now: string;
}

/**
 * The key under which a post is put into the bucket. Posts with the same content and time get the same key, so
 * repeats are recognized. If the source signs no time, the same content may legitimately be posted again later;
 * within an hour it counts as a repeat. Undefined if the source does not name the field of its stamp.
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
