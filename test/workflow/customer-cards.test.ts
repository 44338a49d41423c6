import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fromItem, toItem } from '../../functions/adapters/dynamodb.ts';
import { keys } from '../../functions/adapters/keys.ts';
import { emailLookUp, phoneLookUp, vinLookUp } from '../../functions/customers/identity.ts';
import quoted from '../../samples/repair-quote-high.json' with { type: 'json' };
import sold from '../../samples/vehicle-sold.json' with { type: 'json' };
import { DAY, World } from '../support/world.ts';

const NOW = '2026-11-20T22:40:00.000Z';
const { storeId, customer, vehicle } = sold.detail;

let world: World;
beforeAll(async () => {
  world = await World.open(NOW);
  world.keepsCustomers = true;
});
beforeEach(() => world.reset(NOW));
afterAll(() => world.close());

const cardOf = (number = customer.customerNumber, store = storeId) =>
  world.services().customers.read(store, number);
const found = async (lookUp: ReturnType<typeof phoneLookUp>) =>
  (lookUp ? await world.services().customers.find(lookUp) : []).map((one) => one.customerNumber);
/** The version of the stored card. */
async function timesWritten() {
  const { dynamodb, tableName } = world.target();
  const Key = toItem(keys.card(storeId, customer.customerNumber));
  const { Item = {} } = await dynamodb.send(
    new GetItemCommand({ TableName: tableName, Key, ConsistentRead: true }),
  );
  return fromItem(Item)['version'];
}

describe('the card of a customer', () => {
  it('has name, contacts, car and salesperson as soon as a car is sold', async () => {
    await world.putSample('vehicle-sold');
    expect(await cardOf()).toMatchObject({
      name: { value: { firstName: 'Maria', lastName: 'Kowalski' } },
      email: { value: customer.email },
      phone: { value: customer.phone },
      cars: [{ vin: vehicle.vin, since: '2026-11-20' }],
      salesperson: { value: '1077' },
      pseudonym: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
  });

  it('is found by phone number however it is written, by address, and by the last eight of the VIN', async () => {
    await world.putSample('vehicle-sold');
    expect(await found(phoneLookUp('+1 847.555.0188'))).toEqual(['C-20417']);
    expect(await found(emailLookUp('Maria.Kowalski@example.com'))).toEqual(['C-20417']);
    expect(await found(vinLookUp(vehicle.vin))).toEqual(['C-20417']);
    expect(await found(phoneLookUp('(847) 555-0189'))).toEqual([]);
  });

  it('is not found by a number that the customer no longer has', async () => {
    await world.putSample('vehicle-sold');
    await world.advance(DAY);
    await world.put('vehicle-sold', {
      ...sold.detail,
      occurredAt: world.now,
      customer: { ...customer, phone: '(847) 555-0190' },
    });
    expect(await found(phoneLookUp('(847) 555-0188'))).toEqual([]);
    expect(await found(phoneLookUp('(847) 555-0190'))).toEqual(['C-20417']);
  });

  it('is written once for the same fact twice', async () => {
    await world.putSample('vehicle-sold');
    await world.putSample('vehicle-sold');
    expect(await timesWritten()).toBe(1);
    await world.putSample('vehicle-sold', {
      customer: { ...customer, phone: '(847) 555-0190' },
      revision: 1,
    });
    expect(await timesWritten()).toBe(2);
  });

  it('gives the car away when somebody else buys it, at another store, too', async () => {
    await world.putSample('vehicle-sold', { occurredAt: '2026-11-01T18:00:00Z' });
    await world.putSample('vehicle-sold', {
      storeId: 'lakeshore-honda',
      dealNumber: '7',
      customer: { customerNumber: '900', firstName: 'Omar', lastName: 'Reyes' },
    });
    expect((await cardOf())?.cars).toMatchObject([{ vin: vehicle.vin, until: '2026-11-20' }]);
    expect((await cardOf('900', 'lakeshore-honda'))?.cars[0]?.until).toBeUndefined();
  });

  it('names the advisor of the latest repair order', async () => {
    await world.putSample('repair-quote-high');
    expect(await cardOf(quoted.detail.customer.customerNumber, 'lakeshore-honda')).toMatchObject({
      advisor: { value: '2031' },
      salesperson: { value: '2051' },
    });
  });

  it('is not made of a cash customer, a wholesale deal, or an event that is refused', async () => {
    await world.putSample('vehicle-sold', { customer: { ...customer, customerNumber: 'CASH' } });
    await world.putSample('vehicle-sold-wholesale');
    await world.putSample('vehicle-sold', {
      dealType: 'unheard of',
      customer: { ...customer, customerNumber: '5' },
    });
    expect(await found(vinLookUp(vehicle.vin))).toEqual([]);
    expect(await cardOf('5')).toBeUndefined();
  });
});

describe('the card of a customer whose numbers were merged', () => {
  const SURVIVOR = 'K-9';
  const merge = (change: object = {}) =>
    world.put('customer-changed', {
      ...{ storeId, occurredAt: world.now, replaces: [customer.customerNumber] },
      customer: {
        customerNumber: SURVIVOR,
        firstName: 'Maria',
        lastName: 'Nowak',
        email: 'nowak@example.com',
      },
      ...change,
    });
  const sell = () => world.putSample('vehicle-sold');
  /** One fact more under the former number. */
  const visit = () =>
    world.put('service-visit-completed', {
      ...{ storeId, occurredAt: '2026-11-20T22:00:00.000Z', roNumber: '1', closedOn: '2026-11-20' },
      customer: { ...customer, phone: '(847) 555-0199' },
      vehicle: { ...vehicle, vin: '1HGCM82633A004352' },
    });

  it.each([
    ['before the merge', [sell, visit, merge]],
    ['after it', [merge, sell, visit]],
    ['on both sides of it, which is told twice', [sell, merge, visit, merge]],
  ])(
    'is one, with all cars and the newer name, where facts come under the former number %s',
    async (_, facts) => {
      for (const fact of facts) await fact();
      const card = await cardOf(SURVIVOR);
      expect(card).toMatchObject({
        email: { value: 'nowak@example.com' },
        phone: { value: customer.phone },
        formerNumbers: [customer.customerNumber],
      });
      expect(card?.cars.map(({ vin }) => vin).toSorted()).toEqual(
        ['1HGCM82633A004352', vehicle.vin].toSorted(),
      );
      expect(await found(vinLookUp(vehicle.vin))).toEqual([SURVIVOR]);
      expect(await found(phoneLookUp('(847) 555-0188'))).toEqual([SURVIVOR]);
    },
  );

  it('is one at the end of two merges, told in any order', async () => {
    const second = {
      customer: { customerNumber: 'K-10', firstName: 'Maria', lastName: 'Nowak' },
      replaces: [SURVIVOR],
    };
    for (const merges of [
      [merge, () => merge(second)],
      [() => merge(second), merge],
    ]) {
      await world.reset(NOW);
      await sell();
      for (const one of merges) await one();
      expect(await found(vinLookUp(vehicle.vin))).toEqual(['K-10']);
      expect((await cardOf('K-10'))?.formerNumbers?.toSorted()).toEqual(
        [customer.customerNumber, SURVIVOR].toSorted(),
      );
    }
  });

  it('stays a card of its own where many customers share the number', async () => {
    await sell();
    await merge({ customer: { customerNumber: 'CASH', firstName: 'Cash' } });
    expect(await found(vinLookUp(vehicle.vin))).toEqual([customer.customerNumber]);
  });
});
