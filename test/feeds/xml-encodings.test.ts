import { expect, it } from 'vitest';
import { readRecords } from '../../functions/feeds/read-records.ts';
import { source } from '../../functions/feeds/source.ts';
import { fileOf } from './judge.ts';

const appointments = source.parse({
  ...{ name: 'appointments', title: 'Appointments', dates: ['YYYY-MM-DD'], key: 'number' },
  format: { type: 'xml', record: 'Appointment' },
  columns: { number: '@id', name: 'Customer/Last' },
  facts: [{ event: 'service-appointment-cancelled', fields: { appointmentNumber: { from: 'number' } } }],
});
const written = (encoding: string) =>
  `<?xml version="1.0" encoding="${encoding}"?>
<v:Export xmlns:v="urn:vendor" xmlns="urn:other"><v:Appointment id="A-1"><Customer><Last><![CDATA[Pe\u00f1a & <b>Sons</b>]]></Last></Customer></v:Appointment></v:Export>`;

it.each<readonly [string, Buffer]>([
  ['UTF-8', Buffer.from(written('UTF-8'))],
  ['UTF-8 with a mark, whatever it declares', Buffer.from(`\uFEFF${written('windows-1252')}`)],
  ['Windows-1252', Buffer.from(written('windows-1252'), 'latin1')],
  ['ISO-8859-1', Buffer.from(written('ISO-8859-1'), 'latin1')],
  ['UTF-16 with a mark', Buffer.from(`\uFEFF${written('UTF-16')}`, 'utf16le')],
  ['UTF-16 without one', Buffer.from(written('UTF-16'), 'utf16le')],
  ['UTF-8, though it declares UTF-16, as .NET writes texts', Buffer.from(written('utf-16'))],
])('XML in %s has its names as they are written', async (_title, bytes) => {
  const pieces = Array.from(bytes, (byte) => Uint8Array.of(byte));
  const names: unknown[] = [];
  for await (const row of readRecords(fileOf('a.xml', ...pieces), appointments))
    if ('columns' in row) names.push(row.columns.get('name'));
  expect(names).toEqual([['Pe\u00f1a & <b>Sons</b>']]);
});
