import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { plusDays } from '../../functions/group/business-time.ts';
import type { TaskOf } from '../../functions/handoffs/kinds.ts';
import { longTermCustomer } from '../support/customers.ts';
import { ofOrder } from '../support/of-order.ts';
import { DAY, headStartOf, World } from '../support/world.ts';
import { choose, linkTo, offered, open, plain } from './answer-visitor.ts';

const TODAY = '2026-11-20T18:00:00.000Z';
const ADVISOR = 'sam.delgado@lakeshore.example';
const SALES = 'dana.whitehorse@lakeshore.example';
const order = { storeId: 'lakeshore-honda', roNumber: '77120' };

let world: World;
beforeAll(async () => {
  world = await World.open(TODAY, headStartOf('until-answered'));
});
beforeEach(async () => {
  await world.reset(TODAY);
  await longTermCustomer(world);
});
afterAll(() => world.close());

const subjects = (to: string) =>
  world.inbox(to).flatMap(({ subject }) => (/today|morning/i.test(subject) ? [] : [subject]));
const theSheet = async (roNumber = order.roNumber): Promise<TaskOf<'repair-options'>> => {
  const sheets = await world.tasks('repair-options');
  const found = sheets.find(ofOrder(roNumber));
  if (!found) throw new Error(`there is no sheet of ${roNumber}`);
  return found;
};
const theTalk = async () => (await world.tasks('upgrade-conversation'))[0];
const suppressionsOf = async (roNumber: string) =>
  (await theSheet(roNumber)).assessment?.suppressions.map(({ name }) => name);
const press = (choice: string, subject = /repair or replace/i) =>
  choose(world, linkTo(world, ADVISOR, subject), choice);
/** The same customer comes again, long after the last nudge: with fresh facts, and another order. */
async function comesAgain(roNumber: string, days: number, change: object = {}): Promise<void> {
  // What the days between bring is no matter here, so no sweep plays them.
  world.now = plusDays(world.now, days);
  const on = world.now.slice(0, 10);
  const fresh = { asOf: on };
  await world.putSample('repair-quote-high', {
    roNumber,
    occurredAt: world.now,
    value: { cents: 920_000, ...fresh },
    promisedAt: undefined,
    ownership: { boughtOn: '2015-08-15', certain: true, status: 'owned', ...fresh },
    circumstances: {},
    ...change,
  });
}

describe('a group that asks the advisor first', () => {
  it('tells Sales nothing until the advisor answers, and asks in the email and on the page', async () => {
    await world.putSample('repair-quote-high');
    expect(await world.tasks('upgrade-conversation')).toEqual([]);
    expect(subjects(SALES)).toEqual([]);
    expect(world.inbox(ADVISOR)[0]?.text).toContain('May Sales talk to this customer?');
    const page = await open(world, linkTo(world, ADVISOR));
    expect(offered(page.body).slice(0, 4)).toEqual([
      'good-time',
      'not-a-good-time',
      'never-for-this-customer',
      'accept',
    ]);
    expect(plain(page.body)).toMatch(
      /May Sales talk to this customer\? Sales hears nothing before you say so.* Good time/,
    );
  });

  it('asks nothing where the rule is silent', async () => {
    await world.putSample('repair-quote-high-new-customer');
    expect(world.inbox()[0]?.text).not.toContain('May Sales talk to this customer?');
  });

  it('tells Sales after a yes, once, and the sheet stays with the advisor', async () => {
    await world.putSample('repair-quote-high');
    await world.advance(1);
    await press('good-time');
    expect(await theSheet()).toMatchObject({
      state: 'accepted',
      advisorSays: 'good time',
      salesAskedBy: 'advisor',
    });
    expect(await theTalk()).toMatchObject({ state: 'open', facts: { asked: { by: 'advisor' } } });
    expect(subjects(SALES)).toHaveLength(1);
    expect(world.inbox(SALES)[0]?.text).toContain('The advisor says it’s a good time');
    const page = await open(world, linkTo(world, ADVISOR, /repair or replace/i));
    expect(offered(page.body)).not.toContain('good-time');
  });

  it('takes a yes back at Sales, too, and asks again', async () => {
    await world.putSample('repair-quote-high');
    await press('good-time');
    await world.advance(1);
    await press('undo');
    expect(await theTalk()).toMatchObject({ state: 'cancelled' });
    const page = await open(world, linkTo(world, ADVISOR, /repair or replace/i));
    expect(offered(page.body)).toContain('good-time');
    await world.advance(1);
    await press('good-time');
    expect(await theTalk()).toMatchObject({ state: 'open' });
    expect(subjects(SALES)).toHaveLength(3);
  });

  it('hears “not now” for this order: a newer quote of it does not ask again', async () => {
    await world.putSample('repair-quote-high');
    await press('not-a-good-time');
    await world.advance(1);
    await world.putSample('repair-quote-high', {
      occurredAt: world.now,
      quote: { totalCents: 430_000, payType: 'customer', lines: [] },
    });
    expect(await suppressionsOf(order.roNumber)).toEqual(['advisor-said-no']);
    expect(await world.tasks('upgrade-conversation')).toEqual([]);
    expect(offered((await open(world, linkTo(world, ADVISOR))).body)).not.toContain('good-time');
  });

  it('asks again at the next order after “not now”', async () => {
    await world.putSample('repair-quote-high');
    await press('not-a-good-time');
    await comesAgain('88001', 20);
    expect(await suppressionsOf('88001')).toEqual([]);
    expect(offered((await open(world, linkTo(world, ADVISOR))).body)).toContain('good-time');
  });

  it('remembers “never for this customer” for good, until an advisor takes it back', async () => {
    await world.putSample('repair-quote-high');
    await press('never-for-this-customer');
    await comesAgain('88001', 20);
    expect(await suppressionsOf('88001')).toEqual(['advisor-said-no']);
    await press('may-be-asked');
    await comesAgain('88002', 1);
    expect(await suppressionsOf('88002')).toEqual([]);
  });

  it('knows the never of a sister store by the address', async () => {
    await world.putSample('repair-quote-high');
    await press('never-for-this-customer');
    await comesAgain('5001', 20, {
      storeId: 'lakeshore-ford',
      serviceAdvisorNumber: '3021',
      salespersonNumber: '3041',
    });
    expect(await suppressionsOf('5001')).toContain('advisor-said-no');
  });

  it('forgets a never that was pressed by mistake', async () => {
    await world.putSample('repair-quote-high');
    await press('never-for-this-customer');
    await world.advance(1);
    await press('undo');
    expect((await theSheet()).advisorSays).toBeUndefined();
    await comesAgain('88001', 20);
    expect(await suppressionsOf('88001')).toEqual([]);
  });
});

describe('what was said before', () => {
  beforeEach(async () => {
    await world.putSample('repair-quote-high');
    await press('good-time');
    await world.advance(1);
  });
  const sales = (choice: string, fields: Record<string, string> = {}) =>
    choose(world, linkTo(world, SALES), choice, fields);

  it('keeps a year of silence after the customer said that they are not ready', async () => {
    await sales('not-ready');
    await comesAgain('88001', 60);
    expect(await suppressionsOf('88001')).toEqual(['customer-said-no']);
  });

  it('keeps silence after a purchase, whatever car the DMS speaks of', async () => {
    await sales('sold', { dealNumber: '48-211' });
    await comesAgain('88001', 60);
    expect(await suppressionsOf('88001')).toEqual(['bought-recently']);
  });

  it('counts a call as a contact, for a fortnight', async () => {
    await sales('contacted');
    await comesAgain('88001', 10);
    expect(await suppressionsOf('88001')).toEqual(['contacted-recently', 'nudged-recently']);
    await comesAgain('88002', 10);
    expect(await suppressionsOf('88002')).toEqual([]);
  });

  it('does not hold a call against the order that it was about', async () => {
    await sales('contacted');
    await world.advance(1);
    await comesAgain(order.roNumber, 0, { promisedAt: '2026-11-21T00:00:00.000Z' });
    expect(await suppressionsOf(order.roNumber)).toEqual([]);
    expect(await theTalk()).toMatchObject({ state: 'accepted' });
  });

  it('asks nothing more of an order whose sheet is answered', async () => {
    await press('repair-it');
    await world.advance(1);
    await comesAgain(order.roNumber, 0);
    expect(await suppressionsOf(order.roNumber)).toEqual(['already-answered']);
  });
});

describe('the customer chose the repair', () => {
  it('spares Sales a talk that nobody began, and gives it back where that was a mistake', async () => {
    await world.putSample('repair-quote-high');
    await press('good-time');
    await world.advance(1);
    await press('repair-it');
    expect(await theTalk()).toMatchObject({
      state: 'cancelled',
      ended: { outcome: 'the customer chose the repair' },
    });
    await world.advance(1);
    await press('undo');
    expect(await theTalk()).toMatchObject({ state: 'open', facts: { asked: { by: 'advisor' } } });
  });

  it('closes the part of a salesperson who is already at it, with one friendly line and no reminder', async () => {
    await world.putSample('repair-quote-high');
    await press('good-time');
    await world.advance(1);
    await choose(world, linkTo(world, SALES), 'contacted');
    await world.advance(1);
    const before = subjects(SALES).length;
    await press('repair-it');
    expect(await theTalk()).toMatchObject({
      state: 'cancelled',
      deadlines: {},
      ended: { outcome: 'the customer chose the repair' },
    });
    expect(world.inbox(SALES).at(-1)?.text).toContain(
      'Good outcome, nothing to do. Robert is yours again when the time comes.',
    );
    await world.advance(5 * DAY);
    expect(subjects(SALES)).toHaveLength(before + 1);
    expect(subjects('sheila.barnes@lakeshore.example')).toEqual([]);
  });

  it('keeps Sales quiet about the next order for as long as the policy says', async () => {
    await world.putSample('repair-quote-high');
    await press('repair-it');
    await comesAgain('88001', 10);
    expect(await suppressionsOf('88001')).toEqual(['contacted-recently']);
    await comesAgain('88002', 10);
    expect(await suppressionsOf('88002')).toEqual([]);
  });
});
