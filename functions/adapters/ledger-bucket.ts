import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { createGunzip, gzipSync } from 'node:zlib';
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { type LedgerFact, ledgerFact, monthFileOf } from '../ledger/facts.ts';
import type { MonthFiles } from '../ledger/ports.ts';

/** Limits how much a reader holds in memory, and how much one write sends. */
const MOST_FACTS = 200_000;

/** Lines that are compressed together. Concatenated gzip streams are one valid gzip file. */
const AT_ONCE = 5_000;

/** Gzipped JSON lines: one file for each month, and a further one for every 200,000 facts. */
export class LedgerBucket implements MonthFiles {
  readonly #client: Pick<S3Client, 'send'>;
  readonly #bucket: string;
  readonly #mostFacts: number;

  constructor(client: Pick<S3Client, 'send'>, bucket: string, mostFacts = MOST_FACTS) {
    this.#client = client;
    this.#bucket = bucket;
    this.#mostFacts = mostFacts;
  }

  async *read(month: string, parts: number): AsyncGenerator<LedgerFact> {
    for (let part = 1; part <= parts; part += 1) {
      const request = new GetObjectCommand({ Bucket: this.#bucket, Key: monthFileOf(month, part) });
      const { Body } = await this.#client.send(request);
      if (!(Body instanceof Readable)) throw new Error('S3 answered without the file');
      const lines = createInterface({
        input: Body.pipe(createGunzip()),
        crlfDelay: Number.POSITIVE_INFINITY,
      });
      for await (const line of lines) yield ledgerFact.parse(JSON.parse(line));
    }
  }

  async write(month: string, facts: AsyncIterable<LedgerFact>): Promise<{ parts: number; facts: number }> {
    let file = new CompressedLines();
    let parts = 0;
    let written = 0;
    for await (const fact of facts) {
      file.add(JSON.stringify(fact));
      written += 1;
      if (file.lines < this.#mostFacts) continue;
      parts += 1;
      await this.#put(month, parts, file);
      file = new CompressedLines();
    }
    if (file.lines > 0 || parts === 0) {
      parts += 1;
      await this.#put(month, parts, file);
    }
    return { parts, facts: written };
  }

  async #put(month: string, part: number, file: CompressedLines): Promise<void> {
    await this.#client.send(
      new PutObjectCommand({
        Bucket: this.#bucket,
        Key: monthFileOf(month, part),
        Body: file.end(),
        ContentType: 'application/gzip',
      }),
    );
  }
}

class CompressedLines {
  lines = 0;
  readonly #done: Buffer[] = [];
  #open: string[] = [];

  add(line: string): void {
    this.#open.push(line);
    this.lines += 1;
    if (this.#open.length >= AT_ONCE) this.#compress();
  }

  end(): Buffer {
    this.#compress();
    return Buffer.concat(this.#done);
  }

  #compress(): void {
    this.#done.push(gzipSync(this.#open.map((line) => `${line}\n`).join('')));
    this.#open = [];
  }
}
