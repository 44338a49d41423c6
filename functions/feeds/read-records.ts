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

function rowsOf(file: FileBytes, source: Source): AsyncIterable<ReadRow> {
  const { format } = source;
  switch (format.type) {
    case 'delimited':
      return readDelimited(file, source, format);
    case 'xml':
      return readXml(file.bytes, source, format);
    case 'json':
      return readJson(file, source, format);
  }
}
