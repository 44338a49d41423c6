import { textOf } from './encodings.ts';
import { type FeedRecord, type FileBytes, FileStopped, type ReadRow, type ReadUpTo } from './record.ts';
import type { Column, Source } from './source.ts';

type Format = Extract<Source['format'], { readonly type: 'json' }>;

/**
 * The size limit of a whole document, which is held in memory: it is one page of an API's answer, or one webhook.
 * JSON lines are read one by one.
 */
const LONGEST_DOCUMENT = 64 * 1024 * 1024;

export async function* readJson(
  { bytes, rest }: FileBytes,
  source: Source,
  format: Format,
): AsyncGenerator<ReadRow> {
  let row = rest?.row ?? 0;
  const documents = rest ? documentsIn(rest.bytes, rest) : documentsIn(bytes);
  for await (const { document, endsAt } of documents) {
    const records = recordsAt(document, format.records);
    for (const one of records) {
      row += 1;
      const isLast = one === records.at(-1);
      yield {
        ...recordOf(one, row, source, document),
        ...(isLast && endsAt !== undefined ? { endsAt } : {}),
      };
    }
  }
  if (row === 0) throw new FileStopped('empty', 'the file has no record');
}

interface Read {
  readonly document: unknown;
  /** For JSON lines: the byte after the line. */
  readonly endsAt?: number;
}

const LINE_FEED = 0x0a;

async function* documentsIn(bytes: AsyncIterable<Uint8Array>, from?: ReadUpTo): AsyncGenerator<Read> {
  let offset = from?.offset ?? 0;
  let isLines = from ? true : undefined;
  let held: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    held.push(chunk);
    length += chunk.length;
    if (chunk.includes(LINE_FEED)) {
      isLines ??= firstLineIsWhole(textOf(Buffer.concat(held)));
      if (isLines) {
        const all = Buffer.concat(held);
        const end = all.lastIndexOf(LINE_FEED) + 1;
        yield* linesOf(all.subarray(0, end), offset);
        offset += end;
        held = [all.subarray(end)];
        length = all.length - end;
      }
    }
    if (length > LONGEST_DOCUMENT)
      throw new FileStopped('unreadable', 'one document of over 64 MB: send JSON lines');
  }
  const left = Buffer.concat(held);
  if (isLines) yield* linesOf(left, offset);
  else if (textOf(left).trim() !== '') yield { document: parsed(textOf(left)) };
}

/** Undefined until the first line has ended. The first line of a multi-line document is not valid JSON by itself. */
function firstLineIsWhole(text: string): boolean | undefined {
  const end = text.trimStart().indexOf('\n');
  if (end < 0) return undefined;
  try {
    JSON.parse(text.trimStart().slice(0, end));
    return true;
  } catch {
    return false;
  }
}

function* linesOf(bytes: Buffer, offset: number): Generator<Read> {
  for (let start = 0; start < bytes.length; ) {
    const feed = bytes.indexOf(LINE_FEED, start);
    const end = feed < 0 ? bytes.length : feed + 1;
    const line = textOf(bytes.subarray(start, end));
    if (line.trim() !== '') yield { document: parsed(line), endsAt: offset + end };
    start = end;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new FileStopped('unreadable', 'it is not JSON, or it is cut');
  }
}

function recordsAt(document: unknown, path: string): readonly unknown[] {
  const found = path === '' ? document : at(document, path);
  return Array.isArray(found) ? found : found === undefined ? [] : [found];
}

function recordOf(one: unknown, row: number, { columns }: Source, document: unknown): FeedRecord {
  const values = Object.entries(columns).map(([name, column]): [string, readonly string[]] => [
    name,
    valuesIn(one, document, column),
  ]);
  return { row, columns: new Map(values) };
}

function valuesIn(one: unknown, document: unknown, column: Column): readonly string[] {
  const under = column.in !== undefined ? at(one, column.in) : undefined;
  if (Array.isArray(under)) return under.map((entry) => firstOf(entry, document, column.from).join(', '));
  if (column.gather)
    return column.from.flatMap((path) => texts(at(path.startsWith('/') ? document : one, path)));
  return firstOf(one, document, column.from);
}

function firstOf(one: unknown, document: unknown, paths: readonly string[]): readonly string[] {
  for (const path of paths) {
    const found = texts(path === '.' ? one : at(path.startsWith('/') ? document : one, path));
    if (found.some((text) => text !== '')) return found;
  }
  return [];
}

/**
 * The value at a path through objects and lists: `customer.phones.0.number`. A leading slash starts at the root of
 * the document.
 */
function at(value: unknown, path: string): unknown {
  let current = value;
  for (const step of path.replace(/^\//, '').split('.')) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = Object.entries(current).find(([name]) => name === step)?.[1];
  }
  return current;
}

function texts(value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.map((entry) => texts(entry).join(' '));
  return typeof value === 'object' ? [] : [String(value)];
}
