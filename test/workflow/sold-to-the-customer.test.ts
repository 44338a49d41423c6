import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { upgradeConversationDue } from '../../functions/contracts/upgrade-conversation-due.ts';
import { plusDays, plusMinutes } from '../../functions/group/business-time.ts';
import { startUpgradeConversation } from '../../functions/handoffs/upgrade-conversation/start-upgrade-conversation.ts';
import quoted from '../../samples/repair-quote-high.json' with { type: 'json' };
import newCustomer from '../../samples/repair-quote-high-new-customer.json' with { type: 'json' };
import { longTermCustomer } from '../support/customers.ts';
import { headStartOf, World } from '../support/world.ts';
import { choose, linkTo, open, plain } from './answer-visitor.ts';

const TODAY = '2026-11-20T18:00:00.000Z';
const SALES = 'dana.whitehorse@lakeshore.example';
const { storeId, roNumber, customer } = quoted.detail;

let world: World;
beforeAll(async () => {
  world = await World.open(TODAY, headStartOf(0));
});
beforeEach(async () => {
  await world.reset(TODAY);
  await longTermCustomer(world);
});
afterAll(() => world.close());

const quote = (change: object = {}) =>
  world.putSample('repair-quote-high', { occurredAt: world.now, ...change });
/** The customer of the quote takes another car, sold by somebody who was not talking to them. */
const sell = (change: object = {}) =>
  world.putSample('vehicle-sold', {
    storeId,
    occurredAt: plusMinutes(world.now, 1),
    deliveryAt: undefined,
    dealNumber: '50300',
    customer,
    salespeople: [{ employeeNumber: '1077' }],
    ...change,
  });
const unwind = (change: object = {}) =>
  world.putSample('deal-unwound', {
    storeId,
    dealNumber: '50300',
    occurredAt: plusMinutes(world.now, 2),
    ...change,
  });
const theTalk = async (order = roNumber) => {
  const found = (await world.tasks('upgrade-conversation')).find(
    (task) => 'roNumber' in task.subject && task.subject.roNumber === order,
  );
  return found?.kind === 'upgrade-conversation' ? found : undefined;
};
const closings = (to: string) => world.inbox(to).filter(({ text }) => text.includes('deal 50300'));

describe('a customer who bought', () => {
  it('closes the conversation about them, whoever waited is told once, and their link says why', async () => {
    await quote();
    await world.advance(5);
    await sell();
    expect(await theTalk()).toMatchObject({ state: 'completed', ended: { outcome: 'bought', by: 'dms' } });
    expect(closings(SALES)).toHaveLength(1);
    expect(closings(SALES)[0]?.text).toContain('the customer bought a car (deal 50300)');
    await sell();
    await sell({ occurredAt: plusMinutes(world.now, 30), promises: ['Floor mats'] });
    expect(closings(SALES)).toHaveLength(1);
    const page = await open(world, linkTo(world, SALES, /may be ready/i));
    expect(plain(page.body)).toContain('the customer bought a car');
    expect(world.ours.filter(({ 'detail-type': type }) => type === 'handoff-task-completed')).toHaveLength(1);
  });

  it('is known by their address at every store of the group', async () => {
    await quote();
    await sell({
      storeId: 'lakeshore-subaru',
      customer: { ...customer, customerNumber: 'SUB-1', email: customer.email.toUpperCase() },
    });
    expect(await theTalk()).toMatchObject({ state: 'completed', ended: { outcome: 'bought' } });
  });

  it.each([
    ['a wholesale deal', { dealType: 'wholesale' }],
    ['somebody else', { customer: { ...customer, customerNumber: 'other', email: 'somebody@example.com' } }],
    ['a purchase of long ago', { occurredAt: '2024-01-02T18:00:00.000Z' }],
  ])('%s closes nothing', async (_what, change) => {
    await quote();
    await sell(change);
    expect(await theTalk()).toMatchObject({ state: 'open' });
    expect(closings(SALES)).toEqual([]);
  });

  it('is not offered another car afterwards, unless the deal is unwound', async () => {
    await sell();
    await quote();
    expect(await theTalk()).toBeUndefined();
    const [sheet] = await world.tasks('repair-options');
    expect(sheet).toMatchObject({ assessment: { suppressions: [{ name: 'bought-recently' }, {}] } });
    await unwind();
    world.now = plusDays(world.now, 1);
    await quote({ roNumber: '77121', promisedAt: undefined });
    expect(await theTalk('77121')).toMatchObject({ state: 'open' });
  });

  it('is not offered another car either where the sale turns out to be wholesale, and then retail after all', async () => {
    await sell();
    await sell({ dealType: 'wholesale', occurredAt: plusMinutes(world.now, 2) });
    await quote();
    expect(await theTalk()).toMatchObject({ state: 'open' });
    await sell({ occurredAt: plusMinutes(world.now, 3) });
    expect(await theTalk()).toMatchObject({ state: 'completed', ended: { outcome: 'bought' } });
  });

  it('has bought where the deal is written again at the very moment at which it was unwound', async () => {
    const elsewhere = { storeId: 'lakeshore-subaru', occurredAt: plusMinutes(world.now, 1) };
    const sale = { ...elsewhere, customer: { ...customer, customerNumber: 'SUB-1' } };
    await sell(sale);
    await unwind(elsewhere);
    await sell({ ...sale, revision: 1 });
    await quote();
    expect(await theTalk()).toBeUndefined();
  });

  it('is offered another car after all where the deal turns out to be somebody else\u2019s', async () => {
    await sell();
    await sell({
      customer: {
        customerNumber: 'C-9',
        firstName: 'Omar',
        lastName: 'Haddad',
        email: 'omar.haddad@example.com',
      },
      occurredAt: plusMinutes(world.now, 2),
    });
    await quote();
    expect(await theTalk()).toMatchObject({ state: 'open' });
  });

  it('who asks for yet another car afterwards is talked to', async () => {
    await sell();
    await world.advance(60);
    await quote();
    await choose(
      world,
      linkTo(world, 'sam.delgado@lakeshore.example', /repair or replace/i),
      'open-to-looking',
    );
    expect(await theTalk()).toMatchObject({ state: 'open', facts: { asked: { by: 'customer' } } });
  });

  it('is not talked to where the purchase is told while the conversation begins', async () => {
    await world.putSample('repair-quote-high-new-customer');
    const { roNumber: order, ...of } = newCustomer.detail;
    const due = upgradeConversationDue.schema.parse({
      storeId: of.storeId,
      occurredAt: world.now,
      roNumber: order,
      askedBy: 'customer',
    });
    const { memory, ...services } = world.services();
    const keep: typeof memory.keep = async (...remark) => {
      const known = await memory.keep(...remark);
      await sell({ storeId: of.storeId, customer: of.customer });
      return known;
    };
    const read: typeof memory.read = (customerOf) => memory.read(customerOf);
    await startUpgradeConversation({ ...services, memory: { keep, read } }, due);
    expect(await theTalk(order)).toMatchObject({ state: 'cancelled', ended: { outcome: 'bought' } });
    expect(world.inbox(SALES)).toEqual([]);
  });
});
