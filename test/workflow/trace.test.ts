import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { command } from '../support/command.ts';
import { longTermCustomer } from '../support/customers.ts';
import { openDynamoDBServer } from '../support/dynamodb-server.ts';
import { headStartOf, World } from '../support/world.ts';

const TODAY = '2026-11-20T18:00:00.000Z';
let world: World;
beforeAll(async () => {
  world = await World.open(TODAY, headStartOf(0), await openDynamoDBServer());
});
beforeEach(() => world.reset(TODAY));
afterAll(() => world.close());

const trace = (...args: string[]) => command(world, 'trace', ...args);

async function sent(name: string, change: object = {}): Promise<string> {
  await world.putSample(name, change);
  return world.eventIds.at(-1) ?? '';
}

describe('the story of one event', () => {
  it('says when it came, what was decided, and who was sent what', async () => {
    const eventId = await sent('vehicle-sold');
    await world.acceptIntroductions();
    const { code, output } = await trace('--event', eventId);
    expect(code).toBe(0);
    expect(output).toContain('service-introduction');
    expect(output).toContain(`${TODAY}  dms: opening fact, by event ${eventId}`);
    expect(output).toContain("email 'introduction-to-sign' to 1042 is sent");
    expect(output).toContain("email 'introduction-to-customer' to the customer is sent");
    expect(output).not.toMatch(/kowalski/i);
  });

  it('is found at its store, and at no other', async () => {
    const eventId = await sent('vehicle-sold');
    const here = await trace('--event', eventId, '--store', 'lakeshore-subaru');
    expect(here.output).toContain(`by event ${eventId}`);
    const elsewhere = await trace('--event', eventId, '--store', 'lakeshore-honda');
    expect(elsewhere.code).toBe(1);
    expect(elsewhere.output).toContain('No task of lakeshore-honda was changed');
  });

  it('tells each of the facts that came to one deal by its own event', async () => {
    const soldBy = await sent('vehicle-sold');
    const unwoundBy = await sent('deal-unwound', { storeId: 'lakeshore-subaru', dealNumber: '48211' });
    const { output } = await trace('--event', unwoundBy);
    expect(output).toContain(`dms: opening fact, by event ${soldBy}`);
    expect(output).toContain(`dms: closing fact (deal unwound), by event ${unwoundBy}`);
  });

  it('goes on to what Sales was told of an order', async () => {
    await longTermCustomer(world);
    const eventId = await sent('repair-quote-high');
    const { output } = await trace('--event', eventId);
    expect(output).toMatch(/^repair-options .*: open/m);
    expect(output).toMatch(/^upgrade-conversation .*: open/m);
    expect(output).toContain("email 'upgrade-nudge' to 2051 is sent");
  });

  it('is also that of a fact that came too early to decide anything', async () => {
    const voided = await sent('repair-order-voided', { storeId: 'lakeshore-honda', roNumber: '77120' });
    const { output } = await trace('--event', voided);
    expect(output).toContain(`dms: order voided, by event ${voided}`);
    expect(output).toContain(`dms: kept-for-later, by event ${voided}`);
  });

  it('says of a refused event what is wrong with it, and that it can be put back', async () => {
    const eventId = await sent('bad/unknown-store');
    const { code, output } = await trace('--event', eventId);
    expect(code).toBe(0);
    expect(output).toContain('A dead letter');
    expect(output).toContain('refused by its contract');
    expect(output).toContain('storeId: expected a store of the group');
  });

  it('says plainly of an unknown event that nothing was changed by it, and where its id may stand', async () => {
    await sent('vehicle-sold');
    const again = await sent('vehicle-sold');
    for (const eventId of [again, 'event-of-nobody']) {
      const { code, output } = await trace('--event', eventId);
      expect(code).toBe(1);
      expect(output).toContain(`No task was changed by an event ${eventId}, and it is no dead letter.`);
      expect(output).toContain(`filter eventId = "${eventId}"`);
    }
  });
});

describe('the story of a deal or an order', () => {
  it('is found by the number that the trade knows it by', async () => {
    await sent('vehicle-sold');
    const { output } = await trace('--deal', '48211', '--store', 'lakeshore-subaru');
    expect(output).toMatch(/^service-introduction .*: open, with 1042 \(partner\)/);
    expect(output).toContain('correlation id deal-48211');
    const unknown = await trace('--ro', '1', '--store', 'lakeshore-subaru');
    expect(unknown).toMatchObject({ code: 1, output: expect.stringContaining('Nothing is known here of 1') });
  });

  it('is told of each customer where the number came back, the latest first', async () => {
    await sent('vehicle-sold');
    world.now = '2027-02-01T18:00:00.000Z';
    await sent('vehicle-sold', {
      ...{ occurredAt: world.now, deliveryAt: world.now, vehicle: { vin: '4S4BTGND8V3100001' } },
      customer: { customerNumber: 'C-9', firstName: 'Omar', lastName: 'Haddad' },
    });
    const { output } = await trace('--deal', '48211', '--store', 'lakeshore-subaru');
    const states = output.match(/^service-introduction \w+: (\w+)/gm);
    expect(states).toEqual([expect.stringMatching(/: open$/), expect.stringMatching(/: cancelled$/)]);
  });

  it('is explained where the question is incomplete', async () => {
    for (const [args, missing] of [
      [[], 'Expected --deal, --ro, --event or --task'],
      [['--deal', '48211'], '--deal needs --store'],
      [['--deal', '1', '--ro', '2', '--store', 'lakeshore-subaru'], 'not --deal and --ro'],
    ] as const) {
      const { code, output } = await trace(...args);
      expect(code).toBe(2);
      expect(output).toContain(missing);
      expect(output).toContain('npm run trace -- --event');
    }
  });
});

describe('why Sales was told of an order, or was not', () => {
  const why = () => command(world, 'why', '--ro', '77120', '--store', 'lakeshore-honda');

  it('has every version of a quote, also those of one instant', async () => {
    await sent('repair-quote-high');
    await sent('repair-quote-high', { revision: 1, promisedAt: undefined });
    expect((await why()).output).toContain('Decided before:');
  });

  it('is told of each customer where the number came back', async () => {
    await sent('repair-quote-high');
    world.now = '2027-02-01T18:00:00.000Z';
    await sent('repair-quote-high', {
      ...{ occurredAt: world.now, vehicle: { vin: '5J6RM4H77FL000009' } },
      customer: { customerNumber: 'C-9', firstName: 'Omar', lastName: 'Haddad' },
    });
    const { output } = await why();
    const [latest, former] = output.split('Of another customer and car, who had this number before:');
    expect(latest).toContain('Decided on 2027-02-01');
    expect(former).toContain('Decided on 2026-11-20');
  });
});
