import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import quoted from '../../samples/repair-quote-high.json' with { type: 'json' };
import sold from '../../samples/vehicle-sold.json' with { type: 'json' };
import { longTermCustomer } from '../support/customers.ts';
import { ofOrder } from '../support/of-order.ts';
import { headStartOf, World } from '../support/world.ts';

const NOW = '2026-11-20T22:40:00.000Z';
const SALES = 'dana.whitehorse@lakeshore.example';
const customerOf = (change: object) => ({ ...sold.detail.customer, ...change });

let world: World;
beforeAll(async () => {
  world = await World.open(NOW, headStartOf(0));
});
beforeEach(() => world.reset(NOW));
afterAll(() => world.close());

const addresses = () => new Set(world.sent.map(({ to }) => to));

describe('an address that many customers share', () => {
  it.each([
    ['a placeholder', 'none@none.com'],
    ["the group's own", 'care@lakeshore.example'],
    ["a salesperson's", 'jordan.blake@lakeshore.example'],
  ])('is not written to as the customer: %s; staff are asked to get one', async (_name, email) => {
    await world.sellAndAccept({ customer: customerOf({ email }) });
    const toCustomer = world.sent.filter(({ headers }) => 'List-Unsubscribe' in headers);
    expect(toCustomer).toEqual([]);
    expect(
      world
        .inbox('jordan.blake@lakeshore.example')
        .map(({ text }) => text)
        .join(),
    ).toMatch(/email address/);
    const [task] = await world.tasks('service-introduction');
    expect(task?.facts.sold?.customer.email).toBeUndefined();
  });

  it('is not taken from staff either, who are asked for the customer’s own', async () => {
    await world.sellAndAccept({}, 'vehicle-sold-no-email');
    const [task] = await world.tasks('service-introduction');
    const answer = (email: string) =>
      world.answer(task?.taskId ?? '', { choice: 'customer-email', email }, task?.assignee?.employeeNumber);
    expect(await answer('noemail@noemail.com')).toBe('wrong');
    expect(await answer('jordan.blake@lakeshore.example')).toBe('wrong');
    expect(await answer('maria@example.com')).toBe('done');
    expect(addresses().has('maria@example.com')).toBe(true);
  });

  it('tells Sales of a customer although a stranger with the same placeholder bought a car', async () => {
    await longTermCustomer(world);
    const shared = 'none@none.com';
    await world.sellAndAccept({ customer: customerOf({ email: shared }) });
    await world.putSample('repair-quote-high', { customer: { ...quoted.detail.customer, email: shared } });
    expect(world.inbox(SALES).filter(({ subject }) => subject.includes('may be ready'))).toHaveLength(1);
  });

  it('tells Sales of a customer although a stranger at another store with the same real address bought a car', async () => {
    await longTermCustomer(world);
    const { email } = quoted.detail.customer;
    await world.sellAndAccept({ customer: customerOf({ email }) });
    await world.putSample('repair-quote-high');
    expect(world.inbox(SALES).filter(({ subject }) => subject.includes('may be ready'))).toHaveLength(1);
  });

  it('keeps quiet about a customer who bought at another store under the same name and address', async () => {
    await longTermCustomer(world);
    const { customerNumber: _other, ...same } = quoted.detail.customer;
    await world.sellAndAccept({ customer: customerOf(same) });
    await world.putSample('repair-quote-high');
    expect(world.inbox(SALES).filter(({ subject }) => subject.includes('may be ready'))).toEqual([]);
  });
});

describe('a customer number that stands for none', () => {
  it('does not count the visits of all cash customers as those of one', async () => {
    await longTermCustomer(world);
    const visit = { storeId: 'lakeshore-honda', customer: { customerNumber: 'CASH', lastName: 'Walker' } };
    for (const roNumber of ['1', '2', '3', '4']) {
      await world.putSample('service-visit-completed', { ...visit, roNumber, closedOn: '2026-09-08' });
    }
    await world.putSample('repair-quote-high', {
      customer: { ...quoted.detail.customer, customerNumber: 'CASH' },
      vehicle: { ...quoted.detail.vehicle, vin: '1HGCM82633A004352' },
    });
    const order = (await world.tasks('repair-options')).find(ofOrder('77120'));
    expect(order?.history?.visits12).toBe(0);
  });

  it('introduces a cash customer all the same, and is not told to other systems', async () => {
    await world.sellAndAccept({
      customer: customerOf({ customerNumber: '99999' }),
      vehicle: { ...sold.detail.vehicle, vin: 'UNKNOWN' },
    });
    expect(addresses().has('maria.kowalski@example.com')).toBe(true);
    const created = world.ours.find((event) => event['detail-type'] === 'handoff-task-created');
    expect(created?.detail).not.toHaveProperty('customerNumber');
    expect(created?.detail).not.toHaveProperty('vin');
  });
});
