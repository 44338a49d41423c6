import { type FeedRecord, FileStopped, type ReadRow } from './record.ts';
import type { Column, Source } from './source.ts';

type Format = Extract<Source['format'], { readonly type: 'json' }>;

/**
 * A whole document, or JSON lines, which are read one by one. A document is a page of an answer or one webhook: it is
 * held in memory, so it has a limit.
 */
const LONGEST_DOCUMENT = 64 * 1024 * 1024;

export async function* readJson(
  bytes: AsyncIterable<Uint8Array>,
  source: Source,
  format: Format,
): AsyncGenerator<ReadRow> {
  let row = 0;
  for await (const document of documentsIn(bytes)) {
    for (const one of recordsAt(document, format.records)) {
      row += 1;
      yield recordOf(one, row, source, document);
    }
  }
  if (row === 0) throw new FileStopped('empty', 'the file has no record');
}

async function* documentsIn(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<unknown> {
  const decoder = new TextDecoder();
  let text = '';
  let isLines: boolean | undefined;
  for await (const chunk of bytes) {
    text += decoder.decode(chunk, { stream: true });
    isLines ??= firstLineIsWhole(text);
    if (!isLines) {
      if (text.length > LONGEST_DOCUMENT)
        throw new FileStopped('unreadable', 'one document of over 64 MB: send JSON lines');
      continue;
    }
    const end = text.lastIndexOf('\n');
    yield* linesOf(text.slice(0, end + 1));
    text = text.slice(end + 1);
  }
  text += decoder.decode();
  if (isLines) yield* linesOf(text);
  else if (text.trim() !== '') yield parsed(text);
}

/** Undefined while the first line has not ended. A document over several lines begins with a line that is no JSON. */
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

function* linesOf(text: string): Generator<unknown> {
  for (const line of text.split('\n')) if (line.trim() !== '') yield parsed(line);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
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

/** A path through objects and lists: `customer.phones.0.number`; from the document's beginning with a slash. */
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
