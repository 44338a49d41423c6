import { FileStopped } from './record.ts';

/** The encoding that a file's first bytes show. It takes precedence over the source's `encoding`. */
type Mark = 'utf-8' | 'utf-16le' | 'utf-16be';

interface Marked {
  readonly mark: Mark | undefined;
  /** The first bytes of the file. */
  readonly start: Uint8Array;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Enough for the declaration of an XML file. */
const START = 256;

/** Reads the beginning of a file, however small its chunks are, and gives the whole file back. */
export async function marked(bytes: AsyncIterable<Uint8Array>): Promise<Marked> {
  const chunks = bytes[Symbol.asyncIterator]();
  let start = Buffer.alloc(0);
  let ended = false;
  while (start.length < START && !ended) {
    const next = await chunks.next();
    if (next.done) ended = true;
    else start = Buffer.concat([start, next.value]);
  }
  return { mark: markOf(start), start, bytes: joined(start, chunks) };
}

async function* joined(start: Uint8Array, chunks: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (start.length > 0) yield start;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
  } finally {
    // A reader that stops early closes the file.
    await chunks.return?.();
  }
}

/** Byte-order marks. XML in UTF-16 may lack one and is recognized by its first two characters. */
const MARKS: readonly (readonly [Mark, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
  ['utf-16le', [0x3c, 0x00, 0x3f, 0x00]],
  ['utf-16be', [0x00, 0x3c, 0x00, 0x3f]],
];

const markOf = (start: Uint8Array): Mark | undefined =>
  MARKS.find(([, first]) => first.every((byte, at) => start[at] === byte))?.[0];

/** Re-encodes a file as UTF-8. The encoding is a name that {@link TextDecoder} knows. */
export async function* inUtf8(
  bytes: AsyncIterable<Uint8Array>,
  encoding: string,
): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of bytes) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}

const DECLARED = /^\s*<\?xml\s[^>]*?\bencoding\s*=\s*["']([\w.:-]+)["']/;

/** A mark takes precedence over the declaration, which often still names the encoding before a conversion. */
export function declaredEncoding({ mark, start }: Marked): string {
  if (mark !== undefined) return mark;
  const [, named = 'utf-8'] = DECLARED.exec(Buffer.from(start).toString('latin1')) ?? [];
  // .NET declares UTF-16 in texts that it then writes as UTF-8; real UTF-16 was recognized above.
  if (/^utf-?16/i.test(named)) return 'utf-8';
  try {
    return new TextDecoder(named).encoding;
  } catch {
    throw new FileStopped('unreadable', `it declares the encoding '${named}', which is not known`);
  }
}

const strict = new TextDecoder('utf-8', { fatal: true });
const windows = new TextDecoder('windows-1252');

/** Text that is not valid UTF-8 is read as Windows-1252: systems mix both, and names must stay readable. */
export function textOf(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    return windows.decode(bytes);
  }
}

export const windowsTextOf = (bytes: Uint8Array): string => windows.decode(bytes);
