import { grouped, readDelimited } from './read-delimited.ts';
import { readJson } from './read-json.ts';
import { readXml } from './read-xml.ts';
import type { FileBytes, ReadRow } from './record.ts';
import type { Source } from './source.ts';
import { isPacked, unpacked } from './unpack.ts';

/** The rows of a file in its source's form, one by one: a file of any length is read with the memory of one record. */
export function readRecords(file: FileBytes, source: Source): AsyncIterable<ReadRow> {
  const rows = rowsOf({ ...file, bytes: unpacked(file.name, file.bytes) }, source);
  return source.oneRecordOf === undefined ? rows : grouped(rows, source.oneRecordOf);
}

/**
 * Whether reading may begin at a byte. Not where rows above may be of the same record, not in a packed file, and in XML
 * what stands around the records counts, too.
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
