import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import {
  type NumbersStore,
  numbersFileOf,
  numbersInText,
  type StoreNumbers,
  textOfNumbers,
} from '../numbers/store-numbers.ts';

/** The computed numbers, in the ledger's bucket. They contain no customers and no pseudonyms. */
export class NumbersBucket implements NumbersStore {
  readonly #client: Pick<S3Client, 'send'>;
  readonly #bucket: string;

  constructor(client: Pick<S3Client, 'send'>, bucket: string) {
    this.#client = client;
    this.#bucket = bucket;
  }

  async read(storeId?: string): Promise<StoreNumbers | undefined> {
    const request = new GetObjectCommand({ Bucket: this.#bucket, Key: numbersFileOf(storeId) });
    const found = await this.#client.send(request).catch((error: unknown) => {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    });
    if (!found) return undefined;
    if (!found.Body) throw new Error('S3 answered without the file');
    return numbersInText(await found.Body.transformToString());
  }

  async write(numbers: StoreNumbers): Promise<void> {
    await this.#client.send(
      new PutObjectCommand({
        Bucket: this.#bucket,
        Key: numbersFileOf(numbers.storeId),
        Body: textOfNumbers(numbers),
        ContentType: 'application/json',
      }),
    );
  }
}
