import * as z from 'zod';

/** The folder of the bucket that is read, with one folder a feed in it. */
export const DROP = 'drop/';

/** What `Object Created` says of a file. A file that is put again under the same name has another `etag`. */
export const droppedFile = z.object({
  bucket: z.object({ name: z.string() }),
  object: z.object({ key: z.string(), etag: z.string() }),
});

export interface DroppedFile {
  readonly key: string;
  readonly etag: string;
}

/** Whose a file is and what it is called, by its key in the bucket. */
export interface FilePlace {
  readonly feedName: string;
  readonly fileName: string;
}

/** Undefined for what is no file: the S3 console makes a folder by putting an empty object with a slash at its end. */
export function placeOf(key: string): FilePlace | undefined {
  if (!key.startsWith(DROP) || key.endsWith('/')) return undefined;
  const [feedName = '', ...rest] = key.slice(DROP.length).split('/');
  const fileName = rest.at(-1);
  return fileName === undefined ? { feedName: '', fileName: feedName } : { feedName, fileName };
}
