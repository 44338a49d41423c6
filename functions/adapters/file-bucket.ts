import { Readable } from 'node:stream';
import { GetObjectCommand, NoSuchKey, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { DroppedFile } from '../feeds/dropped-file.ts';
import type { DroppedFiles, OpenedFile } from '../feeds/ports.ts';

/** The answer to a request for another version of an object than the one there is. */
const PRECONDITION_FAILED = 412;

export class FileBucket implements DroppedFiles {
  readonly #client: Pick<S3Client, 'send'>;
  readonly #bucket: string;

  constructor(client: Pick<S3Client, 'send'>, bucket: string) {
    this.#client = client;
    this.#bucket = bucket;
  }

  async open({ key, etag }: DroppedFile): Promise<OpenedFile | undefined> {
    const request = new GetObjectCommand({ Bucket: this.#bucket, Key: key, IfMatch: `"${etag}"` });
    const found = await this.#client.send(request).catch((error: unknown) => {
      if (isGone(error)) return undefined;
      throw error;
    });
    if (!found) return undefined;
    const { Body, LastModified } = found;
    if (!(Body instanceof Readable) || !LastModified) throw new Error('S3 answered without the file');
    return { modifiedAt: LastModified.toISOString(), bytes: Body, close: () => void Body.destroy() };
  }
}

const isGone = (error: unknown): boolean =>
  error instanceof NoSuchKey ||
  (error instanceof S3ServiceException && error.$metadata.httpStatusCode === PRECONDITION_FAILED);
