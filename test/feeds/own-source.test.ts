import { describe, expect, it } from 'vitest';
import { findSource, shippedNames } from '../../bin/feeds/sources.ts';
import { incomingEvents } from '../../functions/events.ts';
import { readSource } from '../../functions/feeds/read-source.ts';
import { fileOf, judge } from './judge.ts';

/** A system that nobody here has seen: semicolons, kilometers of its own, days first, an order in one row. */
const own = {
  name: 'garage-pro',
  title: 'Garage Pro, closed orders',
  format: { type: 'delimited', delimiter: ';', encoding: 'windows-1252' },
  stamp: { fileName: 'gp-(?<date>\\d{8})' },
  dates: ['D/M/Y'],
  key: 'number',
  columns: {
    number: 'Order',
    closedOn: 'Closed on',
    customerNumber: 'Client',
    customer: 'Client name',
    vin: 'Chassis',
    total: 'Total',
    payer: 'Payer',
  },
  codes: { payers: { KUNDE: 'customer' } },
  skip: [{ when: { column: 'payer', is: 'OURS' }, because: 'our own cars' }],
  facts: [
    {
      event: 'service-visit-completed',
      fields: {
        roNumber: { from: 'number' },
        closedOn: { from: 'closedOn', as: 'date' },
        'customer.customerNumber': { from: 'customerNumber' },
        'customer.lastName': { from: 'customer' },
        'vehicle.vin': { from: 'vin' },
        customerPayCents: { from: 'total', as: 'money', when: { column: 'payer', is: 'KUNDE' } },
      },
    },
  ],
};

describe('a source of one’s own', () => {
  it('needs no code', async () => {
    const read = readSource(own, incomingEvents);
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    const text = [
      'Order;Closed on;Client;Client name;Chassis;Total;Payer',
      '7001;18.11.2026;55;"Lee, Ann";4S4BTGND8V3104872;1,250.00;KUNDE',
      '7002;18.11.2026;1;"Us";4S4BTGND8V3104872;50.00;OURS',
    ].join('\n');
    const { judged, receipt } = await judge(fileOf('gp-20261119.csv', text), read.source, {
      '*': 'lakeshore-subaru',
    });
    expect(judged[0]?.mapped).toMatchObject({
      detail: {
        roNumber: '7001',
        closedOn: '2026-11-18',
        customerPayCents: 125000,
        occurredAt: '2026-11-20T05:59:00.000Z',
      },
    });
    expect(receipt.skipped).toEqual({ 'our own cars': 1 });
  });

  it.each<readonly [string, object, object]>([
    ['a converter that there is not', { ...own, dates: ['yy.mm'] }, { path: 'dates[0]' }],
    [
      'a column that it does not read',
      { ...own, key: 'nubmer' },
      { path: 'key', message: "'nubmer' is not one of its columns; did you mean 'number'?" },
    ],
    [
      'an event that no contract describes',
      { ...own, facts: [{ event: 'service-visit-closed', fields: {} }] },
      { path: 'facts[0].event' },
    ],
    [
      'codes that it does not have',
      {
        ...own,
        facts: [{ event: 'service-visit-completed', fields: { roNumber: { from: 'number', codes: 'ros' } } }],
      },
      { path: 'facts[0].fields.roNumber.codes' },
    ],
  ])('is refused with the path of %s', (_what, written, problem) => {
    expect(readSource(written, incomingEvents)).toMatchObject({
      ok: false,
      problems: [expect.objectContaining(problem)],
    });
  });

  it('that is shipped is read as it stands, and is named as its file', () => {
    for (const name of shippedNames()) expect(findSource(name).name).toBe(name);
  });
});
