import { grouped, readDelimited } from './read-delimited.ts';
import { readJson } from './read-json.ts';
import { readXml } from './read-xml.ts';
import type { ReadRow } from './record.ts';
import type { Source } from './source.ts';

/** The rows of a file in its source's form, one by one: a file of any length is read with the memory of one record. */
export function readRecords(bytes: AsyncIterable<Uint8Array>, source: Source): AsyncIterable<ReadRow> {
  const rows = rowsOf(bytes, source);
  return source.oneRecordOf === undefined ? rows : grouped(rows, source.oneRecordOf);
}

function rowsOf(bytes: AsyncIterable<Uint8Array>, source: Source): AsyncIterable<ReadRow> {
  const { format } = source;
  switch (format.type) {
    case 'delimited':
      return readDelimited(bytes, source, format);
    case 'xml':
      return readXml(bytes, source, format);
    case 'json':
      return readJson(bytes, source, format);
  }
}
