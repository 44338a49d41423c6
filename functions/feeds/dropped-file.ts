import * as z from 'zod';
import { hash } from '../group/hash.ts';

/** The folder of the bucket that is read, with one folder a feed in it. */
export const DROP = 'drop/';
/** Below the folder of a feed: files of past years, whatever it has read before. */
const HISTORY = 'history';

/** What `Object Created` says of a file. A file that is put again under the same name has another `etag`. */
export const droppedFile = z.object({ object: z.object({ key: z.string(), etag: z.string() }) });

/** What the sweep says of a file that nobody has read on for a while. */
export const unfinishedFile = z.object({ feed: z.string(), modifiedAt: z.string(), file: z.string() });
export type UnfinishedFile = z.infer<typeof unfinishedFile>;
/** The event that announces it, from our own source, on the group's bus. */
export const FILE_UNFINISHED = 'feed-file-unfinished';

export interface DroppedFile {
  readonly key: string;
  readonly etag: string;
}

/** Names a file in its receipt, and in what is known of its facts. */
export const fileIdOf = ({ key, etag }: DroppedFile, modifiedAt: string): string =>
  hash([key, etag, modifiedAt]).slice(0, 32);

/** As the index of due work has it. */
export function unfinishedIn(id: string): UnfinishedFile {
  const [feed = '', modifiedAt = '', file = ''] = id.split('#');
  return { feed, modifiedAt, file };
}

/** Whose a file is and what it is called, by its key in the bucket. */
export interface FilePlace {
  readonly feedName: string;
  readonly fileName: string;
  readonly isOfPastYears: boolean;
}

/** Undefined for what is no file: the S3 console makes a folder by putting an empty object with a slash at its end. */
export function placeOf(key: string): FilePlace | undefined {
  if (!key.startsWith(DROP) || key.endsWith('/')) return undefined;
  const [feedName = '', ...rest] = key.slice(DROP.length).split('/');
  const fileName = rest.at(-1);
  if (fileName === undefined) return { feedName: '', fileName: feedName, isOfPastYears: false };
  return { feedName, fileName, isOfPastYears: rest.length > 1 && rest[0] === HISTORY };
}
