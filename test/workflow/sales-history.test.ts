import { ScanCommand } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fromItem } from '../../functions/adapters/dynamodb.ts';
import { plusDays, plusMinutes } from '../../functions/group/business-time.ts';
import {
  isTakenBack,
  type KnownDeal,
  type Sale,
  saleOf,
  withSale,
  withUnwinding,
} from '../../functions/history/sales.ts';
import quoted from '../../samples/repair-quote-high.json' with { type: 'json' };
import { longTermCustomer } from '../support/customers.ts';
import { ofOrder } from '../support/of-order.ts';
import { World } from '../support/world.ts';

const TODAY = '2026-11-20T18:00:00.000Z';
const { storeId, customer, vehicle, roNumber } = quoted.detail;
const OTHER_CAR = { ...vehicle, vin: '1HGCM82633A004352' };
const SPOUSE = { customerNumber: 'S-2', firstName: 'Ann', lastName: 'Reyes' };

let world: World;
beforeAll(async () => {
  world = await World.open(TODAY);
});
beforeEach(() => world.reset(TODAY));
afterAll(() => world.close());

const sell = (change: object = {}) =>
  world.putSample('vehicle-sold', {
    ...{ storeId, dealNumber: '50300', customer, vehicle, occurredAt: TODAY, deliveryAt: undefined },
    ...change,
  });
const unwind = (occurredAt: string) =>
  world.put('deal-unwound', { storeId, dealNumber: '50300', occurredAt });
const quote = (change: object = {}) =>
  world.putSample('repair-quote-high', { occurredAt: world.now, ...change });
const salesOf = async (vin: string) => (await world.services().cars.read(vin)).sales;
const boughtBy = async (customerNumber: string) => {
  const person = { storeId, customerNumber, vin: 'NONE' };
  const { sales } = await world.services().history.read(person, TODAY.slice(0, 10));
  return sales.filter(({ takenBack }) => takenBack !== true).map(({ vin, soldOn }) => ({ vin, soldOn }));
};
const aSale = { storeId, dealNumber: '1', customerNumber: customer.customerNumber, salespeople: [] };
const versionText = ({ occurredAt, revision }: { readonly occurredAt: string; readonly revision: number }) =>
  `${occurredAt} ${revision}`;
/** By its number, its car and its customer. */
async function storedSales() {
  const { dynamodb, tableName: TableName } = world.target();
  const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName, ConsistentRead: true }));
  return Items.map((item) => fromItem(item)).filter((item) => ['deal', 'sale'].includes(item['type']));
}
const assessment = async (order = roNumber) => {
  const sheets = await world.tasks('repair-options');
  return sheets.find(ofOrder(order))?.assessment;
};
const suppressions = async (order = roNumber) =>
  (await assessment(order))?.suppressions.map(({ name }) => name) ?? [];

describe('the history of sales', () => {
  it('knows who bought which car when, from whom, and nobody by name', async () => {
    await sell();
    expect(await boughtBy(customer.customerNumber)).toEqual([{ vin: vehicle.vin, soldOn: '2026-11-20' }]);
    expect(await salesOf(vehicle.vin)).toMatchObject([
      { dealNumber: '50300', dealType: 'retail', salespeople: ['1077'] },
    ]);
    const stored = await storedSales();
    expect(stored).toHaveLength(3);
    expect(JSON.stringify(stored)).not.toContain(customer.lastName);
  });

  it('makes no task and no email of its own', async () => {
    await sell({ occurredAt: plusDays(TODAY, -90) });
    expect((await world.tasks()).map(({ state }) => state)).toEqual(['history']);
    expect(world.inbox()).toEqual([]);
    expect(await boughtBy(customer.customerNumber)).toHaveLength(1);
  });

  it.each(['wholesale', 'fleet', 'demo'])('has no %s deal', async (dealType) => {
    await sell({ dealType });
    expect(await boughtBy(customer.customerNumber)).toEqual([]);
    await sell({ occurredAt: plusMinutes(TODAY, -5) });
    expect(await boughtBy(customer.customerNumber)).toEqual([]);
  });

  it('keeps the day of the sale when the deal is corrected weeks later, and the new day when that is what is corrected', async () => {
    await sell();
    world.now = plusDays(TODAY, 30);
    await sell({ occurredAt: world.now, salespeople: [{ employeeNumber: '1081' }] });
    expect(await boughtBy(customer.customerNumber)).toMatchObject([{ soldOn: '2026-11-20' }]);
    await sell({ occurredAt: plusMinutes(world.now, 1), deliveryOn: '2026-11-25' });
    expect(await boughtBy(customer.customerNumber)).toMatchObject([{ soldOn: '2026-11-25' }]);
  });

  const versions = {
    'the sale': () => sell({ occurredAt: plusMinutes(TODAY, -30), vehicle: OTHER_CAR }),
    'with the right car': () => sell({ occurredAt: plusMinutes(TODAY, -20) }),
    'with the right buyer': () => sell({ occurredAt: plusMinutes(TODAY, -10), customer: SPOUSE }),
  } as const;
  it.each([
    [['the sale', 'with the right car'], customer.customerNumber],
    [['with the right car', 'the sale'], customer.customerNumber],
    [['with the right car', 'with the right buyer'], SPOUSE.customerNumber],
    [['with the right buyer', 'with the right car'], SPOUSE.customerNumber],
  ] as const)(
    'has each deal once, as its latest version says, told in any order: %s',
    async (order, buyer) => {
      for (const one of order) await versions[one]();
      const buyers = [SPOUSE.customerNumber, customer.customerNumber];
      const bought = await Promise.all(buyers.map((number) => boughtBy(number)));
      expect(bought.flat()).toEqual([{ vin: vehicle.vin, soldOn: '2026-11-20' }]);
      expect(await boughtBy(buyer)).toHaveLength(1);
      expect(await salesOf(OTHER_CAR.vin)).toEqual([]);
    },
  );

  it('ends the same in whatever order the versions of a deal are recorded, twice, too', async () => {
    const version = fc.record({
      occurredAt: fc.constantFrom('2026-03-02T18:00:00.000Z', '2026-04-01T18:00:00.000Z'),
      revision: fc.nat(2),
      soldOn: fc.constantFrom('2026-03-02', '2026-03-05', '2026-04-01'),
      isDated: fc.boolean(),
      dealType: fc.constantFrom('retail', 'lease', 'wholesale'),
      vin: fc.constantFrom(vehicle.vin, OTHER_CAR.vin),
    });
    const told = fc.uniqueArray(version, { minLength: 2, maxLength: 4, selector: versionText });
    const isUnwoundAt = fc.option(fc.constantFrom('2026-03-20T18:00:00.000Z', '2026-04-02T18:00:00.000Z'));
    const stored = (all: readonly Sale[], by: string | null) => {
      const known = all.reduce<KnownDeal>(withSale, {});
      const deal = by === null ? known : withUnwinding(known, { occurredAt: by });
      return [saleOf(deal), isTakenBack(deal)];
    };
    fc.assert(
      fc.property(told, isUnwoundAt, (some, by) => {
        const all = some.map((one) => ({ ...aSale, ...one }));
        expect(stored(all.toReversed(), by)).toEqual(stored(all, by));
        expect(stored([...all, ...all], by)).toEqual(stored(all, by));
      }),
    );
  });

  it('takes an unwound deal off, and has it again, of that day, when it is written again', async () => {
    await sell();
    await unwind(plusMinutes(TODAY, 1));
    expect([await boughtBy(customer.customerNumber), await salesOf(vehicle.vin)]).toEqual([[], []]);
    world.now = plusDays(TODAY, 40);
    await sell({ occurredAt: world.now });
    expect(await boughtBy(customer.customerNumber)).toMatchObject([{ soldOn: '2026-12-30' }]);
  });

  it('keeps both sales where a deal number came back for another customer and car', async () => {
    await sell();
    world.now = plusDays(TODAY, 40);
    await sell({
      occurredAt: world.now,
      customer: SPOUSE,
      vehicle: OTHER_CAR,
    });
    expect(await boughtBy(customer.customerNumber)).toMatchObject([{ vin: vehicle.vin }]);
    expect(await boughtBy(SPOUSE.customerNumber)).toMatchObject([{ vin: OTHER_CAR.vin }]);
  });

  it('keeps a sale for as long as the car comes', async () => {
    await sell();
    const expiry = async () => [...new Set((await storedSales()).map((item) => item['expiresAt']))];
    const [before] = await expiry();
    world.now = plusDays(TODAY, 400);
    await world.put('service-visit-completed', {
      ...{ storeId, roNumber: '9', occurredAt: world.now, closedOn: world.now.slice(0, 10) },
      ...{ customer, vehicle: { vin: vehicle.vin } },
    });
    expect(await expiry()).toEqual([before + 400 * 24 * 60 * 60]);
  });
});

describe('the assessment of a repair', () => {
  beforeEach(() => longTermCustomer(world));

  /** As an import of past sales tells it: no task, and nothing remembered of the customer. */
  const imported = (soldOn: string, change: object = {}) =>
    world.services().sales.record({
      ...{ storeId, dealNumber: '1', dealType: 'retail', vin: vehicle.vin, soldOn, salespeople: [] },
      ...{ customerNumber: customer.customerNumber, isDated: true, occurredAt: `${soldOn}T18:00:00.000Z` },
      ...change,
    });

  it.each([
    ['this car', {}],
    ['another car', { vin: OTHER_CAR.vin }],
    ['this car, and it is the spouse who comes with it', { customerNumber: 'S-2' }],
    ['this car at another store', { storeId: 'lakeshore-used', customerNumber: '77' }],
  ])('leaves a customer alone who bought %s less than a year ago', async (_what, change) => {
    await imported('2026-03-02', change);
    await quote();
    expect(await suppressions()).toContain('bought-recently');
  });

  it.each(['before', 'after'])('knows what a merged number bought, told %s the sale', async (when) => {
    const merge = () =>
      world.put('customer-changed', { storeId, occurredAt: TODAY, customer, replaces: ['OLD'] });
    if (when === 'before') await merge();
    await imported('2026-03-02', { customerNumber: 'OLD', vin: OTHER_CAR.vin });
    if (when === 'after') await merge();
    await quote();
    expect(await suppressions()).toContain('bought-recently');
  });

  it('leaves nobody alone for a sale of longer ago, or one that was reversed', async () => {
    await imported('2025-03-02');
    await imported('2026-03-02', { dealNumber: '2', dealType: 'wholesale' });
    await quote();
    expect(await suppressions()).not.toContain('bought-recently');
  });

  it('knows since when the car is theirs where the quote does not say it', async () => {
    await imported('2017-03-02');
    await quote({ ownership: undefined });
    expect((await assessment())?.reasonsFor).toContainEqual(
      expect.objectContaining({ name: 'owned-long', since: '2017-03-02', leased: false }),
    );
    await imported('2019-05-01', { dealNumber: '2', customerNumber: 'S-2' });
    await quote({ ownership: undefined, roNumber: '77121', promisedAt: undefined });
    expect((await assessment('77121'))?.reasonsFor.map(({ name }) => name)).not.toContain('owned-long');
  });
});
