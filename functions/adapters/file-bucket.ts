import { Readable } from 'node:stream';
import { GetObjectCommand, NoSuchKey, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { DroppedFile } from '../feeds/dropped-file.ts';
import type { DroppedFiles, OpenedFile } from '../feeds/ports.ts';

/** S3's status if the object has changed since the version that was asked for. */
const PRECONDITION_FAILED = 412;
/** S3's status for a range that starts past the end of the object. */
const RANGE_NOT_SATISFIABLE = 416;

export class FileBucket implements DroppedFiles {
  readonly #client: Pick<S3Client, 'send'>;
  readonly #bucket: string;

  constructor(client: Pick<S3Client, 'send'>, bucket: string) {
    this.#client = client;
    this.#bucket = bucket;
  }

  async open(file: DroppedFile): Promise<OpenedFile | undefined> {
    const found = await this.#get(file);
    if (!found) return undefined;
    const { Body, LastModified } = found;
    if (!(Body instanceof Readable) || !LastModified) throw new Error('S3 answered without the file');
    return { modifiedAt: LastModified.toISOString(), bytes: Body, close: () => void Body.destroy() };
  }

  async openFrom(file: DroppedFile, offset: number): Promise<AsyncIterable<Uint8Array> | undefined> {
    try {
      const found = await this.#get(file, `bytes=${offset}-`);
      if (!found) return undefined;
      if (!(found.Body instanceof Readable)) throw new Error('S3 answered without the file');
      return found.Body;
    } catch (error) {
      // An earlier run was killed after its last row and before it recorded the end.
      if (hasStatus(error, RANGE_NOT_SATISFIABLE)) return Readable.from([]);
      throw error;
    }
  }

  async #get({ key, etag }: DroppedFile, Range?: string) {
    const of = { Bucket: this.#bucket, Key: key, IfMatch: `"${etag}"` };
    const request = new GetObjectCommand({ ...of, ...(Range === undefined ? {} : { Range }) });
    return this.#client.send(request).catch((error: unknown) => {
      if (isGone(error)) return undefined;
      throw error;
    });
  }
}

const isGone = (error: unknown): boolean =>
  error instanceof NoSuchKey || hasStatus(error, PRECONDITION_FAILED);

const hasStatus = (error: unknown, status: number): boolean =>
  error instanceof S3ServiceException && error.$metadata.httpStatusCode === status;
