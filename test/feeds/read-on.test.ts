import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canReadOn, readRecords } from '../../functions/feeds/read-records.ts';
import { type FileBytes, FileStopped, type ReadRow, valueAt } from '../../functions/feeds/record.ts';
import { type Source, source } from '../../functions/feeds/source.ts';

const form = (format: object, more: object = {}): Source =>
  source.parse({
    ...{ name: 'list', title: 'A list', format, dates: ['YYYY-MM-DD'], key: 'number' },
    ...{ columns: { number: 'Number', says: 'Says' }, ...more },
    facts: [{ event: 'deal-unwound', fields: { dealNumber: { from: 'number' } } }],
  });
const csv = form({ type: 'delimited', delimiter: ',' });
const windows = form({ type: 'delimited', delimiter: ';', encoding: 'windows-1252' });
const lines = form({ type: 'json' });

/** In pieces of that many bytes, as they come over a network. */
function inPieces(bytes: Uint8Array, size: number): AsyncIterable<Uint8Array> {
  const count = Math.ceil(bytes.length / size);
  return Readable.from(Array.from({ length: count }, (_, at) => bytes.subarray(at * size, (at + 1) * size)));
}

async function all(file: FileBytes, of: Source): Promise<ReadRow[]> {
  const rows: ReadRow[] = [];
  for await (const row of readRecords(file, of)) if (!('title' in row)) rows.push(row);
  return rows;
}

/** Read from behind each of its records, a file has the records below it, and no other. */
async function expectToReadOn(bytes: Uint8Array, of: Source, size = 7) {
  const file = { name: 'list.txt', bytes: inPieces(bytes, size) };
  const whole = await all(file, of);
  for (const [at, row] of whole.entries()) {
    if (!('columns' in row) || row.endsAt === undefined)
      throw new Error(`row ${row} does not say where it ends`);
    const { row: number, endsAt: offset } = row;
    const rest = { row: number, offset, bytes: inPieces(bytes.subarray(offset), size) };
    const below = await all({ ...file, bytes: inPieces(bytes, size), rest }, of);
    expect(below.map(plain)).toEqual(whole.slice(at + 1).map(plain));
  }
}
const plain = (row: ReadRow) => ('columns' in row ? { ...row, columns: [...row.columns] } : row);

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
const says = fc.string({ maxLength: 12, unit: fc.constantFrom('a', 'é', '"', ',', '\n', '漢', ' ', '|') });
const bytesOf = (text: string) => new TextEncoder().encode(text);

describe('a file that is read on from the byte behind a record', () => {
  it('has the records below it, whatever texts it has', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(says, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 40 }),
        async (texts, size) => {
          const rows = texts.map((text, at) => `${at + 1},${quoted(text)}`);
          await expectToReadOn(bytesOf(['\uFEFFNumber,Says', ...rows, ''].join('\r\n')), csv, size);
          const records = texts.map((text, at) => JSON.stringify({ Number: at + 1, Says: text }));
          await expectToReadOn(bytesOf(`\uFEFF${records.join('\n')}\n`), lines, size);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('counts bytes, and not letters', async () => {
    const text = Buffer.from('A report\nNumber;Says\n1;SE\u00c1N\n2;M\u00dcLLER\n\n3;LEE\n', 'latin1');
    await expectToReadOn(text, windows);
    const [first] = await all({ name: 'list.txt', bytes: inPieces(text, 5) }, windows);
    expect(first && 'columns' in first && valueAt(first, 'says', undefined)).toBe('SE\u00c1N');
  });

  it('keeps its letters where its mark says another encoding than its source', async () => {
    const text = Buffer.from('\uFEFFNumber;Says\n1;SE\u00c1N\n2;M\u00dcLLER\n');
    await expectToReadOn(text, windows);
  });

  it('is never one in UTF-16, whose bytes are counted otherwise', async () => {
    const text = Buffer.from('\uFEFFNumber;Says\n1;SE\u00c1N\n', 'utf16le');
    const rows = await all({ name: 'list.txt', bytes: inPieces(text, 3) }, windows);
    expect(rows.map(plain)).toEqual([
      {
        row: 2,
        columns: [
          ['number', ['1']],
          ['says', ['SE\u00c1N']],
        ],
      },
    ]);
  });

  it('is never one whose rows may be of one record, nor a packed one, nor XML', () => {
    const file = { name: 'list.txt', bytes: inPieces(bytesOf(''), 1) };
    expect(canReadOn(file, csv)).toBe(true);
    expect(canReadOn(file, form(csv.format, { oneRecordOf: 'number' }))).toBe(false);
    expect(canReadOn({ ...file, name: 'list.txt.gz' }, csv)).toBe(false);
    expect(canReadOn(file, form({ type: 'xml', record: 'Order' }))).toBe(false);
  });
});

describe('a packed file', () => {
  const read = (bytes: Uint8Array, name = 'list.csv.gz') => all({ name, bytes: inPieces(bytes, 1_000) }, csv);
  const reasonOf = (bytes: Uint8Array) =>
    read(bytes).then(
      () => 'read',
      (error: unknown) => (error instanceof FileStopped ? error.reason : error),
    );

  it('is read as it was before', async () => {
    const text = bytesOf('Number,Says\n1,one\n2,two\n');
    const [packed, plainly] = [await read(gzipSync(text)), await read(text, 'list.csv')];
    expect(packed.map(plain)).toEqual(plainly.map(plain));
  });

  it('that breaks off, is damaged or was not packed at all stops', async () => {
    const packed = gzipSync(bytesOf(`Number,Says\n${'1,one\n'.repeat(500)}`));
    expect(await reasonOf(packed.subarray(0, -20))).toBe('truncated');
    expect(await reasonOf(bytesOf('Number,Says\n1,one\n'))).toBe('unreadable');
    const damaged = Uint8Array.from(packed);
    damaged.fill(255, 20, 40);
    expect(await reasonOf(damaged)).toBe('unreadable');
  });

  it('that unpacks to a hundred times its length is not read to its end', async () => {
    const row = `1,${'x'.repeat(1_000)}\n`;
    expect(await reasonOf(gzipSync(bytesOf(`Number,Says\n${row.repeat(30_000)}`)))).toBe('unreadable');
  });
});

it('an element of XML that never ends is not held in memory', async () => {
  const orders = form({ type: 'xml', record: 'Order' });
  const much = function* () {
    yield bytesOf('<Orders><Order><Says>');
    for (let at = 0; at < 40; at += 1) yield bytesOf('x'.repeat(1_000_000));
  };
  await expect(all({ name: 'orders.xml', bytes: Readable.from(much()) }, orders)).rejects.toThrow(
    'over 16 MB',
  );
});
