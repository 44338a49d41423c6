import { pipeline, Readable } from 'node:stream';
import { constants, createGunzip } from 'node:zlib';
import { FileStopped } from './record.ts';

const SUFFIX = /\.gz$/i;
/** Files of dealer systems compress to a tenth, XML to a thirtieth. A file that expands more than this is an attack. */
const MOST_TIMES = 100;
const ALWAYS_ALLOWED = 10 * 1024 * 1024;

export const isPacked = (name: string): boolean => SUFFIX.test(name);

/** The file's name before it was compressed. */
export const unpackedName = (name: string): string => name.replace(SUFFIX, '');

/** Streams the bytes of a file, unpacking gzip if necessary. Little is held in memory, however long the file is. */
export async function* unpacked(name: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (!isPacked(name)) {
    yield* bytes;
    return;
  }
  const packed = new Measured();
  const gunzip = createGunzip();
  pipeline(Readable.from(packed.of(bytes)), gunzip, () => undefined);
  let length = 0;
  try {
    for await (const chunk of gunzip) {
      length += chunk.length;
      if (length > ALWAYS_ALLOWED + MOST_TIMES * packed.length)
        throw new FileStopped('unreadable', `it unpacks to more than ${MOST_TIMES} times its length`);
      yield chunk;
    }
  } catch (error) {
    throw isOfGzip(error) ? stopped(error) : error;
  }
}

class Measured {
  length = 0;

  async *of(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytes) {
      this.length += chunk.length;
      yield chunk;
    }
  }
}

interface GzipError extends Error {
  readonly errno: number;
}

const isOfGzip = (error: unknown): error is GzipError =>
  error instanceof Error && 'errno' in error && 'code' in error && String(error.code).startsWith('Z_');

const stopped = ({ errno }: GzipError): FileStopped =>
  errno === constants.Z_BUF_ERROR
    ? new FileStopped('truncated', 'the packed file breaks off: have it sent again')
    : new FileStopped(
        'unreadable',
        'its name ends with .gz, and it is not packed with gzip, or it is damaged',
      );
