import { declaredEncoding, inUtf8, marked } from './encodings.ts';
import { grouped, readDelimited } from './read-delimited.ts';
import { readJson } from './read-json.ts';
import { readXml } from './read-xml.ts';
import type { FileBytes, ReadRow } from './record.ts';
import type { Source } from './source.ts';
import { isPacked, unpacked } from './unpack.ts';

/** Streams the rows of a file in its source's format, holding one record in memory, however long the file is. */
export function readRecords(file: FileBytes, source: Source): AsyncIterable<ReadRow> {
  const rows = rowsOf({ ...file, bytes: unpacked(file.name, file.bytes) }, source);
  return source.oneRecordOf === undefined ? rows : grouped(rows, source.oneRecordOf);
}

/**
 * Whether reading may resume at a byte offset. It may not if earlier rows can belong to the same record, in a
 * compressed file, or in XML, where elements around the records matter.
 */
export const canReadOn = ({ name }: FileBytes, { format, oneRecordOf }: Source): boolean =>
  format.type !== 'xml' && oneRecordOf === undefined && !isPacked(name);

async function* rowsOf(file: FileBytes, source: Source): AsyncGenerator<ReadRow> {
  const { format } = source;
  const start = await marked(file.bytes);
  const { mark, bytes } = start;
  if (format.type === 'xml') yield* readXml(inUtf8(bytes, declaredEncoding(start)), source, format);
  else if (mark === undefined) yield* textRows({ ...file, bytes }, source, format);
  else if (mark === 'utf-8') yield* textRows({ ...file, bytes }, source, inUtf8Form(format));
  else {
    const recoded = { name: file.name, bytes: inUtf8(bytes, mark) };
    for await (const row of textRows(recoded, source, inUtf8Form(format))) yield withoutPlace(row);
  }
}

type TextFormat = Exclude<Source['format'], { readonly type: 'xml' }>;

const inUtf8Form = (format: TextFormat): TextFormat =>
  format.type === 'json' ? format : { ...format, encoding: 'utf-8' };

const textRows = (file: FileBytes, source: Source, format: TextFormat): AsyncIterable<ReadRow> =>
  format.type === 'json' ? readJson(file, source, format) : readDelimited(file, source, format);

/** Offsets in a re-encoded file are not those of the file itself, so reading starts again from the beginning. */
function withoutPlace(row: ReadRow): ReadRow {
  if (!('columns' in row)) return row;
  const { endsAt: _place, ...rest } = row;
  return rest;
}
