import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { longTermCustomer } from '../support/customers.ts';
import { World } from '../support/world.ts';

/** A guide's figure for a car, told by an event or a file, waits for the car's next quote. */
const TODAY = '2026-11-20T18:00:00.000Z';
const ADVISOR = 'sam.delgado@lakeshore.example';
const CAR = '5J6RM4H77FL041229';

let world: World;
beforeAll(async () => {
  world = await World.open(TODAY);
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.reset(TODAY);
  await longTermCustomer(world);
});

interface Said {
  readonly cents?: number;
  readonly asOf?: string;
  readonly forMiles?: number;
  readonly vin?: string;
  readonly occurredAt?: string;
}
const says = (said: Said = {}) =>
  world.put('vehicle-valued', {
    ...{ storeId: 'lakeshore-honda', occurredAt: '2026-11-20T13:00:00.000Z', vin: CAR },
    ...{ cents: 920_000, source: 'Black Book', asOf: '2026-11-18', ...said },
  });

const unvalued = { value: undefined, equity: undefined };
const quoted = (change: object = unvalued) => world.putSample('repair-quote-high', change);
const order = async () => (await world.tasks('repair-options'))[0];
const reasons = async () => (await order())?.assessment?.reasonsFor.map(({ name }) => name);
const sheet = () => world.inbox(ADVISOR).at(-1)?.text;

describe('what a guide says a car is worth', () => {
  it('is on the advisor’s sheet with whose figure it is, how old it is and “about”, and counts for the decision', async () => {
    await says();
    await quoted();
    expect(sheet()).toContain('about $9,200, by Black Book (2 days old)');
    expect(await reasons()).toContain('repair-against-value');
  });

  it('is unknown without one, and the used-car desk is named as who can find out', async () => {
    await quoted();
    expect(sheet()).toContain('the trade-in value (the used-car desk)');
    expect(await reasons()).not.toContain('repair-against-value');
  });

  it('never goes before the value that came with the quote', async () => {
    await says({ cents: 1_500_000 });
    await quoted({});
    expect(sheet()).toContain('$9,200, by Black Book, average condition');
    expect(sheet()).not.toContain('$15,000');
  });

  it('stands in for a value of the quote that is too old to count', async () => {
    await says();
    await quoted({ ...unvalued, value: { cents: 2_000_000, asOf: '2026-09-01' } });
    expect(sheet()).toContain('about $9,200');
    expect(await reasons()).toContain('repair-against-value');
  });

  it.each<[string, Said]>([
    ['is older than the policy lets a fact be', { asOf: '2026-10-20' }],
    ['was made for a car with other miles', { forMiles: 60_000 }],
    ['is about another car', { vin: '2HKRM4H75EH100009' }],
  ])('counts for nothing where it %s', async (_why, said) => {
    await says(said);
    await quoted();
    expect(sheet()).toContain('the trade-in value (the used-car desk)');
    expect((await order())?.lookedUp).toEqual({});
  });

  it.each<[string, readonly Said[]]>([
    ['in order', [{ cents: 1_000_000, occurredAt: '2026-11-19T13:00:00.000Z' }, {}]],
    ['the other way around', [{}, { cents: 1_000_000, occurredAt: '2026-11-19T13:00:00.000Z' }]],
    ['twice', [{}, {}]],
  ])('is the last one that was said, whether they come %s', async (_order, all) => {
    for (const one of all) await says(one);
    await quoted();
    expect(sheet()).toContain('about $9,200');
  });

  it('is found by Sales, too, with the words of the sheet', async () => {
    await says();
    await quoted();
    await world.advance(40);
    const [nudge] = world.inbox('dana.whitehorse@lakeshore.example');
    expect(nudge?.text).toContain('about $9,200, by Black Book');
  });

  it('comes by a file of the group like anything else', async () => {
    const rows = [
      'Store,VIN,Mileage,Trade-In Value,Guide,Publish Date',
      `03,${CAR},131000,"$9,200",Black Book,11/18/2026`,
    ];
    const outcome = await world.drop('drop/car-values/car-values-2026-11-20.csv', `${rows.join('\n')}\n`);
    expect(outcome).toBeDefined();
    await quoted();
    expect(sheet()).toContain('about $9,200, by Black Book');
  });

  it('is sent again by a file once the guide says the same of a later day', async () => {
    const file = (date: string) =>
      `Store,VIN,Trade-In Value,Guide,Publish Date\n03,${CAR},9200,Black Book,${date}\n`;
    await world.drop('drop/car-values/car-values-2026-11-18.csv', file('11/10/2026'));
    await world.drop('drop/car-values/car-values-2026-11-19.csv', file('11/10/2026'));
    await world.drop('drop/car-values/car-values-2026-11-20.csv', file('11/18/2026'));
    const dates = world.fromFeeds.map(({ detail }) => JSON.parse(JSON.stringify(detail)).asOf);
    expect(dates).toEqual(['2026-11-10', '2026-11-18']);
  });
});
