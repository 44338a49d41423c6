import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findSource, shippedNames } from '../../bin/feeds/sources.ts';
import { incomingEvents } from '../../functions/events.ts';
import { readSource } from '../../functions/feeds/read-source.ts';
import type { Source } from '../../functions/feeds/source.ts';
import { fileOf, judge } from './judge.ts';

function read(written: unknown): Source {
  const source = readSource(written, incomingEvents);
  if (!source.ok) throw new Error(JSON.stringify(source.problems));
  return source.source;
}

/** The sources of docs/feeds.md, which are all that somebody who maps a system of their own has. */
const shown = [...readFileSync('docs/feeds.md', 'utf8').matchAll(/^```json\n([\s\S]*?)^```$/gm)]
  .map(([, text = '']): { readonly name?: string } => JSON.parse(text))
  .flatMap((one) => (one.name === undefined ? [] : [one]));
const shownAs = (name: string) => read(shown.find((one) => one.name === name));

describe('a source that docs/feeds.md shows', () => {
  it('reads a CSV of its form', async () => {
    const text = [
      'Order;Closed on;Client;Client name;Chassis;Total;Codes',
      '7001;18.11.2026;55;"Lee, Ann";4S4BTGND8V3104872;1,250.00;LOF|ROT',
      '7002;18.11.2026;1;"Us";4S4BTGND8V3104872;50.00;',
    ].join('\n');
    const { judged, receipt } = await judge(fileOf('gp-20261119.csv', text), shownAs('garage-pro'), {
      '*': 'lakeshore-subaru',
    });
    expect(judged[0]?.mapped).toMatchObject({
      detail: {
        ...{ roNumber: '7001', closedOn: '2026-11-18', customerPayCents: 125000, opCodes: ['LOF', 'ROT'] },
        occurredAt: '2026-11-20T05:59:00.000Z',
      },
    });
    expect(receipt.skipped).toEqual({ 'our own cars': 1 });
  });

  it('reads a JSON of its form', async () => {
    const order = {
      shop: { id: 7 },
      updated_at: '2026-11-20T17:35:00Z',
      vehicle: { vin: '4S4BTGND8V3104872' },
    };
    const ann = { id: 'C-9', name: 'Lee, Ann' };
    const jobs = [
      { name: 'Front struts', price_cents: 129000, payer: 'owner' },
      { name: 'Recall', price_cents: 31000, payer: 'factory' },
    ];
    const text = JSON.stringify({
      data: {
        orders: [
          { ...order, number: 1, state: 'presented', customer: ann, jobs },
          { ...order, number: 2, state: 'draft', customer: ann, jobs },
          { ...order, number: 3, state: 'scrapped', customer: ann, jobs: [] },
        ],
      },
    });
    const { judged } = await judge(fileOf('page.json', text), shownAs('shop-cloud'), {
      '7': 'lakeshore-subaru',
    });
    expect(judged.map(({ mapped }) => mapped)).toMatchObject([
      {
        detailType: 'repair-quoted',
        detail: { quote: { totalCents: 129000, lines: [{ payType: 'customer' }, { payType: 'warranty' }] } },
      },
      { kind: 'waiting', because: 'the advisor still writes it' },
      { detailType: 'repair-order-voided', detail: { roNumber: '3' } },
    ]);
  });
});

/** Systems that nobody here has seen, mapped with docs/feeds.md and docs/events.md at hand and nothing else. */
const lotBook = {
  ...{ name: 'lot-book', title: 'Lot Book, cars sold', format: { type: 'delimited', delimiter: '|' } },
  ...{
    stamp: { title: 'as of (?<date>\\d\\d/\\d\\d/\\d{4}) (?<time>\\d\\d:\\d\\d)' },
    dates: ['M/D/Y'],
    dealer: 'lot',
    key: 'folder',
  },
  columns: {
    ...{
      lot: 'Lot',
      folder: 'Folder #',
      out: 'Out',
      kind: 'How',
      buyerId: 'Buyer ID',
      buyer: 'Buyer',
      mail: 'Mail',
      vin: 'Serial',
    },
    sellers: { from: ['Closer', 'Greeter'], gather: true },
    stop: { from: ['Do not mail'], optional: true },
  },
  codes: { kinds: { BANK: 'retail', CASH: 'retail', LSE: 'lease', DLR: 'wholesale' } },
  wait: [{ when: { column: 'out', isEmpty: true }, because: 'not delivered' }],
  facts: [
    {
      event: 'vehicle-sold',
      fields: {
        dealNumber: { from: 'folder', without: 'F' },
        dealType: { from: 'kind', codes: 'kinds' },
        deliveryOn: { from: 'out', as: 'date' },
        'customer.customerNumber': { from: 'buyerId' },
        'customer.lastName': { from: 'buyer' },
        'customer.email': { from: 'mail', as: 'email' },
        'customer.mayContact.email': { from: 'stop', as: 'no-if-yes' },
        'vehicle.vin': { from: 'vin' },
        salespeople: {
          list: { employeeNumber: { from: 'sellers' } },
          when: { column: 'sellers', isEmpty: false },
        },
      },
    },
  ],
};

const liftDesk = {
  ...{
    name: 'lift-desk',
    title: 'Lift Desk, visits',
    format: { type: 'json' },
    stamp: { column: 'changed' },
  },
  ...{ dates: ['YYYY-MM-DD'], key: 'ticket' },
  columns: {
    ...{
      changed: 'meta.changedMs',
      ticket: 'ticket',
      done: 'meta.doneAt',
      client: 'who.ref',
      given: 'who.given',
      family: 'who.family',
    },
    ...{
      serial: 'car.serial',
      km: 'car.km',
      role: { from: 'role', in: 'crew' },
      crew: { from: 'badge', in: 'crew' },
    },
    ...{
      total: { from: 'gross', in: 'lines' },
      on: { from: 'on', in: 'lines' },
      code: { from: 'code', in: 'lines' },
    },
  },
  facts: [
    {
      event: 'service-visit-completed',
      fields: {
        roNumber: { from: 'ticket' },
        closedOn: { from: 'done', as: 'date-of-instant' },
        serviceAdvisorNumber: { from: 'crew', when: { column: 'role', is: 'writer' } },
        'customer.customerNumber': { from: 'client' },
        'customer.firstName': { from: 'given' },
        'customer.lastName': { from: 'family' },
        'vehicle.vin': { from: 'serial' },
        'vehicle.odometer.value': { from: 'km', as: 'number' },
        'vehicle.odometer.unit': { value: 'kilometers' },
        opCodes: { each: 'code' },
        customerPayCents: { sum: 'total', as: 'money', when: { column: 'on', is: 'client' } },
      },
    },
  ],
};

/** All cars in the bays, every hour. */
const bayList = {
  ...{ name: 'bay-list', title: 'Bay List, cars in the shop', format: { type: 'xml', record: ['Bay'] } },
  ...{ dates: ['D/M/Y'], stamp: { fileName: 'bays-(?<date>\\d{8})-(?<time>\\d{4})' }, key: 'job' },
  absence: { means: 'order closed', afterFiles: 3 },
  columns: {
    ...{
      job: '@job',
      came: 'In/@on',
      owner: 'Owner/@no',
      name: 'Owner',
      serial: 'Car/@serial',
      stay: '@stay',
    },
    ...{
      work: { from: '.', in: 'Work' },
      price: { from: '@net', in: 'Work' },
      says: { from: '@says', in: 'Work' },
    },
  },
  codes: { says: { Y: 'approved', N: 'declined', '?': 'quoted' } },
  skip: [{ when: { column: 'owner', isEmpty: true }, because: 'a car of our own' }],
  facts: [
    {
      event: 'repair-quoted',
      fields: {
        roNumber: { from: 'job', without: 'J-' },
        openedOn: { from: 'came', as: 'date' },
        'customer.customerNumber': { from: 'owner' },
        'customer.lastName': { from: 'name' },
        'vehicle.vin': { from: 'serial' },
        customerIs: { value: 'waiting', when: { column: 'stay', is: 'lounge' } },
        'quote.totalCents': { sum: 'price', as: 'money' },
        'quote.lines': {
          list: {
            description: { from: 'work' },
            amountCents: { from: 'price', as: 'money' },
            state: { from: 'says', codes: 'says' },
          },
        },
      },
    },
  ],
};

describe('a source of one’s own', () => {
  it('reads what stands in the bays, of which each file lists all', async () => {
    const text = `<?xml version="1.0"?><Bays><Bay job="J-812" stay="lounge"><In on="19/11/2026"/>
      <Owner no="B-9">Lee, Ann</Owner><Car serial="4S4BTGND8V3104872"/>
      <Work net="2,240.00" says="?">Compressor</Work><Work net="129.5" says="N">Wipers</Work></Bay>
      <Bay job="J-813"><Car serial="2HKRW2H54KH617702"/></Bay></Bays>`;
    const source = read(bayList);
    const { judged, receipt } = await judge(fileOf('bays-20261120-0900.xml', text), source, {
      '*': 'lakeshore-subaru',
    });
    expect(judged[0]?.mapped).toMatchObject({
      detailType: 'repair-quoted',
      detail: {
        ...{ roNumber: '812', openedOn: '2026-11-19', occurredAt: '2026-11-20T15:00:00.000Z' },
        ...{ customerIs: 'waiting', customer: { customerNumber: 'B-9' } },
        quote: {
          totalCents: 236950,
          lines: [
            { description: 'Compressor', state: 'quoted' },
            { amountCents: 12950, state: 'declined' },
          ],
        },
      },
    });
    expect(receipt).toMatchObject({ skipped: { 'a car of our own': 1 }, stores: ['lakeshore-subaru'] });
    expect(source.absence).toEqual({ means: 'order closed', afterFiles: 3, atMostPercent: 30 });
  });

  it('reads a sold list with bars between its columns, and the closer before the greeter', async () => {
    const text = [
      'Sold as of 11/19/2026 18:30',
      'Folder #|Lot|Out|How|Buyer ID|Buyer|Mail|Serial|Greeter|Closer|Do not mail|Margin',
      'F2201|N|11/18/26|LSE|B-9|LEE, ANN|ANN@EXAMPLE.COM|4S4BTGND8V3104872|77|71|Y|812.00',
      'F2202|N||CASH|B-10|DIAZ, LEO||2HKRW2H54KH617702||71||90.00',
    ].join('\n');
    const { judged } = await judge(fileOf('sold.txt', text), read(lotBook), { N: 'lakeshore-subaru' });
    expect(judged.map(({ mapped }) => mapped)).toMatchObject([
      {
        detail: {
          ...{
            dealNumber: '2201',
            dealType: 'lease',
            deliveryOn: '2026-11-18',
            occurredAt: '2026-11-20T00:30:00.000Z',
          },
          customer: { email: 'ann@example.com', mayContact: { email: false } },
          salespeople: [{ employeeNumber: '71' }, { employeeNumber: '77' }],
        },
      },
      { kind: 'waiting', because: 'not delivered' },
    ]);
    expect(JSON.stringify(judged)).not.toContain('812');
  });

  it('reads visits one a line, with milliseconds, kilometers, and a writer among the crew', async () => {
    const visit = {
      ticket: 'T-1',
      meta: { changedMs: 1763600000000, doneAt: '2025-11-20T02:10:00Z' },
      who: { ref: 4, given: 'Ann', family: 'Lee' },
      car: { serial: '4S4BTGND8V3104872', km: 50000 },
      crew: [
        { role: 'tech', badge: 'T9' },
        { role: 'writer', badge: 'W2' },
      ],
      lines: [
        { on: 'client', gross: 89.95, code: 'LOF' },
        { on: 'maker', gross: '310', code: 'RCL' },
        { on: 'client', gross: '-10.00', code: 'CPN' },
      ],
    };
    const { judged } = await judge(fileOf('visits.jsonl', `${JSON.stringify(visit)}\n`), read(liftDesk), {
      '*': 'lakeshore-subaru',
    });
    expect(judged[0]?.mapped).toMatchObject({
      kind: 'event',
      detail: {
        ...{ closedOn: '2025-11-19', serviceAdvisorNumber: 'W2', customerPayCents: 7995 },
        ...{ occurredAt: '2025-11-20T00:53:20.000Z', opCodes: ['LOF', 'RCL', 'CPN'] },
        vehicle: { odometer: { value: 50000, unit: 'kilometers' } },
      },
    });
  });

  it.each<readonly [string, object, object]>([
    ['a converter that there is not', { ...lotBook, dates: ['yy.mm'] }, { path: 'dates[0]' }],
    [
      'a column that it does not read',
      { ...lotBook, key: 'foldre' },
      { path: 'key', message: "'foldre' is not one of its columns; did you mean 'folder'?" },
    ],
    [
      'an event that no contract describes',
      { ...lotBook, facts: [{ event: 'service-visit-closed', fields: {} }] },
      { path: 'facts[0].event' },
    ],
    [
      'an absence of what it never tells of',
      { ...lotBook, absence: { means: 'order closed' } },
      { path: 'absence.means', message: 'expected a fact that makes repair-quoted or repair-quote-high' },
    ],
    [
      'an absence after a single file',
      { ...bayList, absence: { means: 'order closed', afterFiles: 1 } },
      { path: 'absence.afterFiles' },
    ],
    [
      'a field that its event does not have',
      {
        ...lotBook,
        facts: [{ event: 'service-visit-completed', fields: { 'customer.mail': { from: 'folder' } } }],
      },
      {
        path: 'facts[0].fields.customer.mail',
        message: "'customer.mail' is not a field of service-visit-completed: docs/events.md lists them",
      },
    ],
    [
      'a field that the entries of a list do not have',
      {
        ...lotBook,
        facts: [
          { event: 'service-visit-completed', fields: { declined: { list: { cents: { from: 'folder' } } } } },
        ],
      },
      { path: 'facts[0].fields.declined.cents' },
    ],
    [
      'a stamp that is no regular expression',
      { ...lotBook, stamp: { fileName: 'lot-(?<date>\\d{8}' } },
      { path: 'stamp.fileName' },
    ],
    ['a stamp that has no date', { ...lotBook, stamp: { title: '\\d{8}' } }, { path: 'stamp.title' }],
    [
      'codes that it does not have',
      {
        ...lotBook,
        facts: [{ event: 'service-visit-completed', fields: { roNumber: { from: 'folder', codes: 'ros' } } }],
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
