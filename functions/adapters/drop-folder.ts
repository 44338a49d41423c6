import { PutObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { Drop } from '../feeds/post-ports.ts';

/** S3's status codes when the object exists already, and when another put of it is in progress. */
const THERE_ALREADY = [412, 409];

export class DropFolder implements Drop {
  readonly #client: Pick<S3Client, 'send'>;
  readonly #bucket: string;

  constructor(client: Pick<S3Client, 'send'>, bucket: string) {
    this.#client = client;
    this.#bucket = bucket;
  }

  async put(key: string, body: Uint8Array): Promise<boolean> {
    const request = new PutObjectCommand({ Bucket: this.#bucket, Key: key, Body: body, IfNoneMatch: '*' });
    try {
      await this.#client.send(request);
      return true;
    } catch (error) {
      if (isThereAlready(error)) return false;
      throw error;
    }
  }
}

const isThereAlready = (error: unknown): boolean =>
  error instanceof S3ServiceException && THERE_ALREADY.includes(error.$metadata.httpStatusCode ?? 0);
