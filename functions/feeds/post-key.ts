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
 * Where a post lies in the bucket: what says the same of the same moment lies in the same place, so that a repeat is
 * known by it. A source that signs no time may say the same again later, when it is so again; within an hour that is a
 * repeat. Undefined without the name that the source's stamp stands in.
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
