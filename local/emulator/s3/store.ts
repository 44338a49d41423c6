import { createHash, randomUUID } from 'node:crypto';
import {
  createReadStream,
  createWriteStream,
  mkdirSync,
  type ReadStream,
  readdirSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import * as z from 'zod';
import type { Journal } from '../journal.ts';
import { parse } from '../problem.ts';
import { type Checksum, Digests, type Finished } from './checksum.ts';
import { invalid, noSuchUpload, S3Error } from './error.ts';

/** The headers stored with an object: its type, its encoding, and the client's own metadata. */
export type Metadata = Record<string, string>;

const checksumSchema = z.object({ algorithm: z.string(), value: z.string() });

const objectRow = z.object({
  bucket: z.string(),
  key: z.string(),
  file: z.string(),
  size: z.number(),
  etag: z.string(),
  modified_at: z.number(),
  metadata: z.string().transform((text) => z.record(z.string(), z.string()).parse(JSON.parse(text))),
  checksum: z.string().transform((text) => checksumSchema.nullable().parse(JSON.parse(text)) ?? undefined),
});

/** An object; its bytes are in a separate file. */
export type StoredObject = z.infer<typeof objectRow>;

const uploadRow = z.object({
  id: z.string(),
  bucket: z.string(),
  key: z.string(),
  started_at: z.number(),
  metadata: z.string(),
});
export type Upload = z.infer<typeof uploadRow>;

const partRow = z.object({ number: z.number(), file: z.string(), size: z.number(), etag: z.string() });
export type Part = z.infer<typeof partRow>;

/** Sorts after every key that begins with the prefix. */
export const afterPrefix = (prefix: string): string => `${prefix}\u{10ffff}`;

const oldestRow = z.object({ at: z.number().nullable() });
const fileRow = z.object({ file: z.string() });

/** Bytes that are on disk but belong to no object yet. */
export interface Received extends Finished {
  file: string;
}

const schema = `
  CREATE TABLE IF NOT EXISTS s3_objects (
    bucket TEXT NOT NULL, key TEXT NOT NULL, file TEXT NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL,
    modified_at INTEGER NOT NULL, metadata TEXT NOT NULL, checksum TEXT NOT NULL, PRIMARY KEY (bucket, key)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS s3_uploads (
    id TEXT PRIMARY KEY, bucket TEXT NOT NULL, key TEXT NOT NULL, started_at INTEGER NOT NULL,
    metadata TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS s3_parts (
    upload TEXT NOT NULL, number INTEGER NOT NULL, file TEXT NOT NULL, size INTEGER NOT NULL,
    etag TEXT NOT NULL, PRIMARY KEY (upload, number)
  ) STRICT;
`;

/** Every part of a multipart upload but the last has at least this size. */
const smallestPart = 5 * 1024 * 1024;

/** The objects of all buckets: their metadata in the journal, and their bytes as files next to it. */
export class ObjectStore {
  readonly #journal: Journal;
  readonly #directory: string;
  readonly #sql;

  constructor(journal: Journal, directory: string) {
    this.#journal = journal;
    this.#directory = directory;
    journal.run(schema);
    this.#sql = {
      find: journal.prepare('SELECT * FROM s3_objects WHERE bucket = ? AND key = ?'),
      put: journal.prepare('INSERT OR REPLACE INTO s3_objects VALUES (?, ?, ?, ?, ?, ?, ?, ?)'),
      remove: journal.prepare('DELETE FROM s3_objects WHERE bucket = ? AND key = ?'),
      list: journal.prepare('SELECT * FROM s3_objects WHERE bucket = ? AND key >= ? ORDER BY key'),
      oldest: journal.prepare(
        'SELECT min(modified_at) AS at FROM s3_objects WHERE bucket = ? AND key >= ? AND key < ?',
      ),
      oldestUpload: journal.prepare(
        'SELECT min(started_at) AS at FROM s3_uploads WHERE bucket = ? AND key >= ? AND key < ?',
      ),
      begin: journal.prepare('INSERT INTO s3_uploads VALUES (?, ?, ?, ?, ?)'),
      upload: journal.prepare('SELECT * FROM s3_uploads WHERE id = ?'),
      uploads: journal.prepare('SELECT * FROM s3_uploads WHERE bucket = ? ORDER BY started_at'),
      end: journal.prepare('DELETE FROM s3_uploads WHERE id = ?'),
      addPart: journal.prepare('INSERT OR REPLACE INTO s3_parts VALUES (?, ?, ?, ?, ?)'),
      parts: journal.prepare(
        'SELECT number, file, size, etag FROM s3_parts WHERE upload = ? ORDER BY number',
      ),
      removeParts: journal.prepare('DELETE FROM s3_parts WHERE upload = ?'),
      files: journal.prepare('SELECT file FROM s3_objects UNION SELECT file FROM s3_parts'),
    };
    mkdirSync(directory, { recursive: true });
    this.#removeOrphans();
  }

  find(bucket: string, key: string): StoredObject | undefined {
    const row = this.#sql.find.get(bucket, key);
    return row && parse(objectRow, row, 'journal');
  }

  /** In the order of the keys' UTF-8, in which S3 lists them. */
  *from(bucket: string, key: string): Iterable<StoredObject> {
    for (const row of this.#sql.list.iterate(bucket, key)) yield parse(objectRow, row, 'journal');
  }

  /** When the oldest object below a prefix was created. */
  oldest(bucket: string, prefix: string): number | undefined {
    return (
      parse(oldestRow, this.#sql.oldest.get(bucket, prefix, afterPrefix(prefix)), 'journal').at ?? undefined
    );
  }

  /** When the oldest upload below a prefix was started. */
  oldestUpload(bucket: string, prefix: string): number | undefined {
    const row = this.#sql.oldestUpload.get(bucket, prefix, afterPrefix(prefix));
    return parse(oldestRow, row, 'journal').at ?? undefined;
  }

  /** Streams bytes to a new file on disk. If the client disconnects, nothing is left behind. */
  async receive(source: AsyncIterable<Buffer>): Promise<Received> {
    const file = randomUUID();
    const digests = new Digests();
    async function* counted(): AsyncGenerator<Buffer> {
      for await (const bytes of source) {
        digests.update(bytes);
        yield bytes;
      }
    }
    try {
      await pipeline(Readable.from(counted()), createWriteStream(this.#path(file), { flush: true }));
    } catch (error) {
      this.discard(file);
      throw error;
    }
    return { file, ...digests.finish() };
  }

  discard(file: string): void {
    rmSync(this.#path(file), { force: true });
  }

  open({ file }: StoredObject, range?: { start: number; end: number }): ReadStream {
    return createReadStream(this.#path(file), range);
  }

  /** The path of the object's file, for code that reads files. */
  pathOf({ file }: StoredObject): string {
    return this.#path(file);
  }

  /** Replaces an object by received bytes; `also` runs in the same transaction. */
  put(object: StoredObject, also: () => void): void {
    const before = this.find(object.bucket, object.key);
    this.#journal.durably(() => {
      const { bucket, key, file, size, etag, modified_at: at } = object;
      const [metadata, checksum] = [object.metadata, object.checksum ?? null].map((each) =>
        JSON.stringify(each),
      );
      this.#sql.put.run(bucket, key, file, size, etag, at, metadata ?? '', checksum ?? 'null');
      also();
    });
    if (before) this.discard(before.file);
  }

  remove(object: StoredObject, also: () => void): void {
    this.#journal.durably(() => {
      this.#sql.remove.run(object.bucket, object.key);
      also();
    });
    this.discard(object.file);
  }

  beginUpload(bucket: string, key: string, metadata: Metadata, at: number): string {
    const id = randomUUID().replaceAll('-', '');
    this.#sql.begin.run(id, bucket, key, at, JSON.stringify(metadata));
    return id;
  }

  upload(bucket: string, key: string, id: string): Upload {
    const row = this.#sql.upload.get(id);
    const upload = row && parse(uploadRow, row, 'journal');
    if (!upload || upload.bucket !== bucket || upload.key !== key) throw noSuchUpload();
    return upload;
  }

  uploads(bucket: string): Upload[] {
    return parse(z.array(uploadRow), this.#sql.uploads.all(bucket), 'journal');
  }

  addPart(upload: Upload, number: number, { file, size, md5 }: Received): string {
    const before = this.#parts(upload).find((part) => part.number === number);
    const etag = md5.toString('hex');
    this.#journal.durably(() => this.#sql.addPart.run(upload.id, number, file, size, etag));
    if (before) this.discard(before.file);
    return etag;
  }

  /** Joins the named parts into one file. The upload stays until `endUpload`. */
  async join(
    upload: Upload,
    named: { number: number; etag: string }[],
  ): Promise<{ received: Received; etag: string }> {
    const parts = this.#chosen(this.#parts(upload), named);
    const files = parts.map(({ file }) => this.#path(file));
    async function* bytes(): AsyncGenerator<Buffer> {
      for (const file of files) for await (const chunk of createReadStream(file)) yield Buffer.from(chunk);
    }
    const received = await this.receive(bytes());
    const ofParts = Buffer.concat(parts.map(({ etag }) => Buffer.from(etag, 'hex')));
    return { received, etag: `${createHash('md5').update(ofParts).digest('hex')}-${parts.length}` };
  }

  endUpload(upload: Upload): void {
    const parts = this.#parts(upload);
    this.#journal.durably(() => {
      this.#sql.removeParts.run(upload.id);
      this.#sql.end.run(upload.id);
    });
    for (const { file } of parts) this.discard(file);
  }

  #parts({ id }: Upload): Part[] {
    return parse(z.array(partRow), this.#sql.parts.all(id), 'journal');
  }

  #chosen(parts: Part[], named: { number: number; etag: string }[]): Part[] {
    if (named.length === 0) throw invalid('You must specify at least one part');
    const chosen = named.map(({ number, etag }, at) => {
      if (number <= (named[at - 1]?.number ?? 0)) {
        throw new S3Error(400, 'InvalidPartOrder', 'The list of parts was not in ascending order.');
      }
      const part = parts.find((each) => each.number === number && each.etag === etag);
      if (!part)
        throw new S3Error(
          400,
          'InvalidPart',
          `Part ${number} could not be found, or its entity tag differs.`,
        );
      return part;
    });
    if (chosen.slice(0, -1).some(({ size }) => size < smallestPart)) {
      throw new S3Error(
        400,
        'EntityTooSmall',
        'Your proposed upload is smaller than the minimum allowed size',
      );
    }
    return chosen;
  }

  #path(file: string): string {
    return join(this.#directory, file);
  }

  /** Removes files of requests that were running when the process ended. */
  #removeOrphans(): void {
    const known = new Set(parse(z.array(fileRow), this.#sql.files.all(), 'journal').map(({ file }) => file));
    for (const file of readdirSync(this.#directory)) if (!known.has(file)) this.discard(file);
  }
}

export const objectOf = (
  place: { bucket: string; key: string },
  received: Received,
  kept: { etag?: string; metadata: Metadata; checksum?: Checksum | undefined; at: number },
): StoredObject => ({
  ...place,
  file: received.file,
  size: received.size,
  etag: kept.etag ?? received.md5.toString('hex'),
  modified_at: Math.round(kept.at),
  metadata: kept.metadata,
  checksum: kept.checksum,
});
