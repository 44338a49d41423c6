import { createHash, type Hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { S3Error } from './error.ts';

/** A checksum that a client sent, as S3 keeps it with the object. */
export interface Checksum {
  /** `crc32`, `crc32c`, `crc64nvme`, `sha1` or `sha256`. */
  algorithm: string;
  value: string;
}

const prefix = 'x-amz-checksum-';
const algorithms = ['crc32', 'crc32c', 'crc64nvme', 'sha1', 'sha256'];

export function checksumIn(named: (header: string) => string | undefined): Checksum | undefined {
  for (const algorithm of algorithms) {
    const value = named(`${prefix}${algorithm}`);
    if (value !== undefined) return { algorithm, value };
  }
  return undefined;
}

export const checksumHeader = ({ algorithm, value }: Checksum): Record<string, string> => ({
  [`${prefix}${algorithm}`]: value,
});

/** Digests that may be needed at the end of a body, computed while it streams. */
export class Digests {
  readonly #md5: Hash = createHash('md5');
  readonly #sha1: Hash = createHash('sha1');
  readonly #sha256: Hash = createHash('sha256');
  #crc32 = 0;
  size = 0;

  update(bytes: Buffer): void {
    this.#md5.update(bytes);
    this.#sha1.update(bytes);
    this.#sha256.update(bytes);
    this.#crc32 = crc32(bytes, this.#crc32);
    this.size += bytes.length;
  }

  finish(): Finished {
    const crc = Buffer.alloc(4);
    crc.writeUInt32BE(this.#crc32);
    return {
      size: this.size,
      md5: this.#md5.digest(),
      known: new Map([
        ['crc32', crc.toString('base64')],
        ['sha1', this.#sha1.digest('base64')],
        ['sha256', this.#sha256.digest('base64')],
      ]),
    };
  }
}

export interface Finished {
  size: number;
  md5: Buffer;
  /** By algorithm. Node has neither CRC-32C nor CRC-64, so those are stored as sent. */
  known: Map<string, string>;
}

export function requireChecksum(
  sent: Checksum | undefined,
  contentMd5: string | undefined,
  body: Finished,
): void {
  if (contentMd5 !== undefined && contentMd5 !== body.md5.toString('base64')) {
    throw new S3Error(400, 'BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
  const found = sent && body.known.get(sent.algorithm);
  if (!sent || found === undefined || found === sent.value) return;
  const name = sent.algorithm.toUpperCase();
  throw new S3Error(400, 'BadDigest', `The ${name} you specified did not match the calculated checksum.`);
}
