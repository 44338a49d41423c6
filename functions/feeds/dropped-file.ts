import * as z from 'zod';
import { hash } from '../group/hash.ts';

/** The bucket's folder for files to read, with one folder in it for each feed. */
export const DROP = 'drop/';
/** The subfolder of a feed for files of past years, whatever the feed has read before. */
const HISTORY = 'history';

/** The part of S3's `Object Created` event that we use. If a file is put again under the same name, its `etag` differs. */
export const droppedFile = z.object({ object: z.object({ key: z.string(), etag: z.string() }) });

/** The sweep's event about a file whose reading stopped partway. */
export const unfinishedFile = z.object({ feed: z.string(), modifiedAt: z.string(), file: z.string() });
export type UnfinishedFile = z.infer<typeof unfinishedFile>;
/** The detail type of that event, which our own source puts on the group's bus. */
export const FILE_UNFINISHED = 'feed-file-unfinished';

export interface DroppedFile {
  readonly key: string;
  readonly etag: string;
}

/** Identifies a file in its receipt and in the known versions of its records. */
export const fileIdOf = ({ key, etag }: DroppedFile, modifiedAt: string): string =>
  hash([key, etag, modifiedAt]).slice(0, 32);

/** Reads the id of a file in the index of due work. */
export function unfinishedIn(id: string): UnfinishedFile {
  const [feed = '', modifiedAt = '', file = ''] = id.split('#');
  return { feed, modifiedAt, file };
}

/** The feed that a file belongs to and its name, from its key in the bucket. */
export interface FilePlace {
  readonly feedName: string;
  readonly fileName: string;
  readonly isOfPastYears: boolean;
}

/**
 * Undefined if the key is not a file: the S3 console makes a folder by putting an empty object whose key ends with a
 * slash.
 */
export function placeOf(key: string): FilePlace | undefined {
  if (!key.startsWith(DROP) || key.endsWith('/')) return undefined;
  const [feedName = '', ...rest] = key.slice(DROP.length).split('/');
  const fileName = rest.at(-1);
  if (fileName === undefined) return { feedName: '', fileName: feedName, isOfPastYears: false };
  return { feedName, fileName, isOfPastYears: rest.length > 1 && rest[0] === HISTORY };
}
