import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findSource } from '../../bin/feeds/sources.ts';
import type { Judged } from '../../functions/feeds/judge-file.ts';
import type { Source } from '../../functions/feeds/source.ts';
import { fileAt, fileOf, judge } from './judge.ts';

const HEADER =
  'Store,RO Number,Close Date,Advisor Number,Customer Number,First Name,Last Name,Email,Phone,VIN,Mileage,Customer Pay,Warranty Pay,Internal Pay';
const ROW =
  '12,612044,11/18/2026,1042,C-1,Ann,Lee,ann@example.com,8475550101,4S4BTGND8V3104872,"31,005",412.60,0.00,0';
const stores = { '12': 'lakeshore-subaru' };
const csv = (...lines: readonly string[]) =>
  judge(fileOf('closed.csv', `${lines.join('\r\n')}\r\n`), 'orders-csv', stores);
const only = (judged: readonly Judged[]) => {
  const [one] = judged;
  if (!one || judged.length > 1) throw new Error(`${judged.length} records`);
  return one.mapped;
};
const detailOf = (judged: readonly Judged[]) => {
  const mapped = only(judged);
  if (mapped.kind !== 'event') throw new Error(JSON.stringify(mapped));
  return mapped.detail;
};

describe('a report that somebody wrote for people', () => {
  it('has titles, blank rows and its header again on every page', async () => {
    const { receipt } = await csv(
      'LAKESHORE SUBARU',
      'Closed orders,,,',
      '',
      HEADER,
      ROW,
      '',
      HEADER,
      ROW.replace('612044', '612045'),
    );
    expect(receipt).toMatchObject({
      read: 2,
      events: { 'service-visit-completed': 2 },
      refused: 0,
      stops: [],
    });
  });

  it('has a blank behind a column name, another case, and a byte order mark', async () => {
    const header = HEADER.replace('VIN', 'Vin').replace('RO Number', ' ro number ');
    const { judged } = await csv(`\uFEFF${header}`, ROW);
    expect(detailOf(judged)).toMatchObject({ roNumber: '612044', vehicle: { vin: '4S4BTGND8V3104872' } });
  });

  it('has a quoted text over several lines, and quotes inside texts', async () => {
    const { judged } = await csv(HEADER, ROW.replace('Lee', '"Lee\r\n""the works"""'));
    expect(detailOf(judged)).toMatchObject({ customerPayCents: 41260 });
  });

  it.each<readonly [string, (text: string) => Uint8Array]>([
    ['UTF-16, as Windows saves Unicode', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16 of the other byte order', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
    ['UTF-8 with a mark, where the source says Windows', (text) => Buffer.from(`\uFEFF${text}`)],
    ['Windows-1252', (text) => Buffer.from(text, 'latin1')],
  ])('is in %s', async (_title, bytesOf) => {
    const bytes = bytesOf(`${HEADER}\r\n${ROW.replace('Ann', 'Se\u00e1n')}\r\n`);
    const pieces = Array.from(bytes, (byte) => Uint8Array.of(byte));
    const source = findSource('orders-csv');
    if (source.format.type !== 'delimited') throw new Error('orders-csv is no CSV');
    const windows: Source = { ...source, format: { ...source.format, encoding: 'windows-1252' } };
    const { judged } = await judge(fileOf('closed.csv', ...pieces), windows, stores);
    expect(detailOf(judged)).toMatchObject({ customer: { firstName: 'Se\u00e1n' } });
  });

  it('says UTF-8 and has a name as Windows writes it: the name can be read', async () => {
    const source = findSource('orders-csv');
    if (source.format.type !== 'delimited') throw new Error('orders-csv is no CSV');
    const utf8: Source = { ...source, format: { ...source.format, encoding: 'utf-8' } };
    const rows = [HEADER, ROW.replace('Ann', 'Se\u00e1n'), ''].join('\n');
    const { judged } = await judge(fileOf('closed.csv', Buffer.from(rows, 'latin1')), utf8, stores);
    expect(detailOf(judged)).toMatchObject({ customer: { firstName: 'Se\u00e1n' } });
  });

  it('comes in pieces that end in the middle of a letter', async () => {
    const bytes = new TextEncoder().encode(`${HEADER}\n${ROW.replace('Ann', 'Seán')}\n`);
    const at = bytes.indexOf(0xc3) + 1;
    const { judged } = await judge(
      fileOf('closed.csv', bytes.slice(0, at), bytes.slice(at)),
      'orders-csv',
      stores,
    );
    expect(detailOf(judged)).toMatchObject({ customer: { firstName: 'Seán' } });
  });
});

describe('a whole file that is suspect is not sent', () => {
  it.each<readonly [string, readonly string[], object]>([
    ['it is empty', [], { reason: 'empty' }],
    ['it has a header and nothing else', [HEADER], { reason: 'empty' }],
    [
      'a column that is needed is missing: it is named',
      [HEADER.replace('VIN', 'Car'), ROW],
      { reason: 'missing-column', says: "the file has no column 'VIN'" },
    ],
    [
      'two columns have the name of one that is needed',
      [HEADER.replace('Phone', 'vin'), ROW],
      { reason: 'missing-column' },
    ],
    ['a row is of another dealer', [HEADER, ROW, ROW.replace('12,', '99,')], { reason: 'other-dealer' }],
  ])('%s', async (_says, lines, stop) => {
    const { receipt } = await csv(...lines);
    expect(receipt.stops).toEqual([expect.objectContaining(stop)]);
  });

  const lines = (total: string) =>
    [
      'CO,RO NUM,OPEN,CLOSED,SA,CUST NO,CUSTOMER,VIN,YR,MAKE,MODEL,ODOM,OPCODE,LINE DESC,PAY,AMOUNT',
      '03,1,20261117,20261119,3021,7,"LEE,ANN",1FTFW1E88MFA77120,21,FORD,F150,64210,LOF,OIL CHANGE,C,000008995',
      '03,1,20261117,20261119,3021,7,"LEE,ANN",1FTFW1E88MFA77120,21,FORD,F150,64210,LOYAL,DISCOUNT,C,-00001000',
      `,,,,,,,,,,,,,RO COUNT 1,TOTAL,${total}`,
    ].join('\n');
  it('its own total is another than that of its rows', async () => {
    const good = await judge(fileOf('lines.csv', lines('000007995')), 'ro-lines-csv', {
      '03': 'lakeshore-ford',
    });
    expect(good.receipt).toMatchObject({ read: 1, cents: { customerPayCents: 7995 }, stops: [] });
    const cut = await judge(fileOf('lines.csv', lines('000019995')), 'ro-lines-csv', {
      '03': 'lakeshore-ford',
    });
    expect(cut.receipt.stops).toEqual([
      { reason: 'totals', says: 'the file says a total in cents of 19995, and has 7995' },
    ]);
  });

  it('its own total is no number: nothing can be held against it', async () => {
    const { receipt } = await judge(fileOf('lines.csv', lines('see next page')), 'ro-lines-csv', {
      '03': 'lakeshore-ford',
    });
    expect(receipt.stops).toEqual([
      {
        reason: 'totals',
        says: "its own total can't be read: expected cents such as '000345000', from the column amount",
      },
    ]);
  });

  it('it is XML in an encoding that nobody knows', async () => {
    const text = '<?xml version="1.0" encoding="EBCDIC-37"?><rey_CompanyRepairOrder/>';
    const { receipt } = await judge(fileOf('orders.xml', text), 'reynolds-orders', stores);
    expect(receipt.stops).toEqual([
      { reason: 'unreadable', says: "it declares the encoding 'EBCDIC-37', which is not known" },
    ]);
  });

  it('it is XML with a document type: no entity is ever expanded', async () => {
    const bomb =
      '<!DOCTYPE x [<!ENTITY a "aaaa">]><FiSalesClosed><FISalesClosed><DealNo>&a;</DealNo></FISalesClosed></FiSalesClosed>';
    const { receipt } = await judge(fileOf('FISC.xml', bomb), 'cdk-deals', { '*': 'lakeshore-honda' });
    expect(receipt).toMatchObject({ read: 0, stops: [{ reason: 'unreadable' }] });
  });

  it.each([
    ['XML', 'FISC.xml', 'cdk-deals', '<FiSalesClosed><FISalesClosed><DealNo>1</DealNo>'],
    ['JSON', 'page.json', 'fortellis-closed-orders', '{"items":[{"repairOrderId":"61'],
  ])('it is %s that was cut off', async (_form, name, source, text) => {
    const { receipt } = await judge(fileOf(name, text), source, { '*': 'lakeshore-honda' });
    expect(receipt).toMatchObject({ read: 0, stops: [{ reason: 'unreadable' }] });
  });
});

describe('a row that is wrong stands beside the good ones', () => {
  it.each<readonly [string, string, object]>([
    ['it is cut', '12,612050,11/19/2026', { path: '', message: '3 of 14 columns: the row is cut' }],
    [
      'a comma stands in a text without quotes',
      `${ROW},x`,
      { message: '15 columns where the header has 14: a separator stands in a text' },
    ],
    [
      'a date that is none: the field and the form are named, not the text',
      ROW.replace('11/18/2026', 'Thursday'),
      {
        path: 'closedOn',
        message: 'expected a date as M/D/Y or YYYY-MM-DD or YYYYMMDD, from the column closedOn',
      },
    ],
    ['a VIN of three letters', ROW.replace('4S4BTGND8V3104872', 'ABC'), { path: 'vehicle.vin' }],
  ])('%s', async (_says, row, problem) => {
    const { judged, receipt } = await csv(HEADER, row, ROW.replace('612044', '612099'));
    expect(receipt).toMatchObject({
      read: 2,
      events: { 'service-visit-completed': 1 },
      refused: 1,
      stops: [],
    });
    const refused = judged.find(({ mapped }) => mapped.kind === 'refused');
    expect(refused?.mapped).toMatchObject({ problems: [expect.objectContaining(problem)] });
    expect(JSON.stringify(refused)).not.toMatch(/ann@example|Thursday/);
  });

  it('an amount that is none is left out with a note where the visit stands without it', async () => {
    const { judged } = await csv(HEADER, ROW.replace('0.00', 'see invoice'));
    expect(only(judged)).toMatchObject({
      kind: 'event',
      warnings: [
        { path: 'warrantyCents', message: expect.stringContaining("expected an amount such as '1,234.50'") },
      ],
    });
  });

  it('the rows of an order that stand apart are refused, and the first stand', async () => {
    const line = (ro: string, amount: string) =>
      `03,${ro},20261117,20261119,3021,7,"LEE,ANN",1FTFW1E88MFA77120,21,FORD,F150,64210,LOF,OIL,C,${amount}`;
    const text = [
      'CO,RO NUM,OPEN,CLOSED,SA,CUST NO,CUSTOMER,VIN,YR,MAKE,MODEL,ODOM,OPCODE,LINE DESC,PAY,AMOUNT',
      ...[line('1', '100'), line('2', '200'), line('1', '300')],
    ].join('\n');
    const { judged } = await judge(fileOf('lines.csv', text), 'ro-lines-csv', { '03': 'lakeshore-ford' });
    expect(judged.map(({ key, mapped }) => [key, mapped.kind])).toEqual([
      ['1', 'event'],
      ['2', 'event'],
      ['1', 'refused'],
    ]);
  });

  it('an order of thirty lines is one quote, with each of them', async () => {
    const header = 'Store,RO,Advisor,Cust No,Customer,VIN,Description,Pay,Amount';
    const rows = Array.from(
      { length: 30 },
      (_, at) => `12,7001,1042,C-1,"Lee, Ann",4S4BTGND8V3104872,Line ${at + 1},C,"1,000.50"`,
    );
    const { judged } = await judge(fileOf('open.csv', [header, ...rows].join('\n')), 'quotes-csv', stores);
    expect(detailOf(judged)).toMatchObject({
      quote: {
        totalCents: 3_001_500,
        lines: rows.map((_row, at) => ({ description: `Line ${at + 1}`, amountCents: 100_050 })),
      },
    });
  });

  it('a house deal has nobody of Sales, and is a sale', async () => {
    const text =
      'Store,Deal,Type,Delivered,Cust No,Customer,VIN,Salesperson\n12,1,Cash,11/18/2026,C-1,"Lee, Ann",4S4BTGND8V3104872,\n';
    const { judged } = await judge(fileOf('sold.csv', text), 'sold-log-csv', stores);
    expect(detailOf(judged)).not.toHaveProperty('salespeople');
  });

  it('a word that the codes do not have is refused, and its text is not told', async () => {
    const text =
      'Store,Deal Number,Status,Deal Type,Delivery Date,Customer Number,Customer,VIN\n12,1,HOLD,RETAIL,11/18/2026,C-1,"Lee, Ann",4S4BTGND8V3104872\n';
    const { judged } = await judge(fileOf('sold.csv', text), 'sold-log-csv', stores);
    expect(only(judged)).toEqual({
      kind: 'refused',
      problems: [{ path: '', message: "a word that the codes 'status' do not have, from the column status" }],
    });
  });
});

it('an open order of Dealertrack is one by either of the names that its answers have', async () => {
  const path = 'test/feeds/files/OpenRepairOrderLookupResponse.xml';
  const asResult = readFileSync(path, 'utf8').replaceAll(/(<\/?)OpenRepairOrder(?=[ >])/g, '$1Result');
  const one = { ZE7: 'lakeshore-honda' };
  const { judged } = await judge(fileOf(basename(path), asResult), 'dealertrack-open-orders', one);
  expect(judged).toEqual((await judge(fileAt(path), 'dealertrack-open-orders', one)).judged);
});

describe('a file of any length', () => {
  it('is read with the memory of one record: the first rows are judged before the last have come', async () => {
    let given = 0;
    const judgedAt: number[] = [];
    const bytes = (async function* () {
      yield new TextEncoder().encode(`${HEADER}\n`);
      for (let chunk = 0; chunk < 40; chunk += 1) {
        given += 1;
        yield new TextEncoder().encode(`${ROW.replace('612044', `${chunk}`)}\n`.repeat(50));
      }
    })();
    const { judgeFile } = await import('../../functions/feeds/judge-file.ts');
    const { findSource } = await import('../../bin/feeds/sources.ts');
    const { group } = await import('./judge.ts');
    const { incomingEvents } = await import('../../functions/events.ts');
    const [store] = group.stores;
    if (!store) throw new Error('no store');
    await judgeFile(
      { name: 'closed.csv', bytes, modifiedAt: '2026-11-20T17:35:00.000Z' },
      findSource('orders-csv'),
      { group, stores: new Map([['*', store]]), contracts: incomingEvents, now: '2026-11-26T18:00:00.000Z' },
      () => void judgedAt.push(given),
    );
    expect(judgedAt).toHaveLength(2_000);
    expect(judgedAt[0]).toBeLessThan(20);
  });
});
