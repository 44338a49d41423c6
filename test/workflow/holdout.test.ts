import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MonthTable } from '../../functions/adapters/month-table.ts';
import { plusDays, plusMinutes } from '../../functions/group/business-time.ts';
import { whyOf } from '../../functions/handoffs/letters.ts';
import { drawHoldout } from '../../functions/outbox/draw-holdout.ts';
import { armOf } from '../../functions/readiness/holdout.ts';
import quoted from '../../samples/repair-quote-high.json' with { type: 'json' };
import { carOf } from '../kinds/deadlines.ts';
import { longTermCustomer } from '../support/customers.ts';
import { ofOrder } from '../support/of-order.ts';
import { World } from '../support/world.ts';
import { choose, linkTo, open, plain } from './answer-visitor.ts';
import * as expected from './expected-customer.ts';

const TODAY = '2026-11-20T18:00:00.000Z';
/** Friday, ten minutes after the customer of the day before was expected. */
const WRITE_UP = '2026-11-20T15:10:00.000Z';
const SAM = 'sam.delgado@lakeshore.example';
const DANA = 'dana.whitehorse@lakeshore.example';
const { storeId, customer } = quoted.detail;

/** By the tests' key the customer of the sample is withheld from 72 percent on; no group's file may say as much. */
const held = (holdoutPercent: number) => World.open(TODAY, (group) => ({ ...group, holdoutPercent }));
let withheld: World;
let withRule: World;
let world: World;
beforeAll(async () => {
  [withheld, withRule] = await Promise.all([held(80), held(1)]);
  withheld.keepsOutcomes = true;
  withRule.keepsOutcomes = true;
});
afterAll(() => Promise.all([withheld.close(), withRule.close()]));

const quote = (change: object = {}) => world.putSample('repair-quote-high', change);
const sheet = async (of: { roNumber: string } = quoted.detail) => {
  const sheets = await world.tasks('repair-options');
  return sheets.find(ofOrder(of.roNumber)) ?? expect.fail('no sheet');
};
const armAt = async (of?: { roNumber: string }) => (await sheet(of)).circumstances?.holdout?.arm;
const talks = () => world.tasks('upgrade-conversation');
const textsTo = (to: string) => world.inbox(to).map(({ text }) => text);

async function facts(what: string) {
  const { dynamodb, tableName } = world.target();
  const months = new MonthTable(dynamodb, tableName);
  const found = await Promise.all(['2026-11', '2026-12'].map((month) => months.factsOf(storeId, month)));
  return found.flat().filter((fact) => fact.what === what);
}

async function begin(at: World): Promise<void> {
  world = at;
  await world.reset(TODAY);
  await longTermCustomer(world);
}

describe('a household that is withheld', () => {
  beforeEach(() => begin(withheld));

  it('has its sheet, and the rule starts nothing: no question to the advisor, no nudge', async () => {
    await quote();
    expect(await armAt()).toBe('withheld');
    const [email] = world.inbox(SAM);
    expect(email?.subject).toContain('Repair or replace');
    expect(email?.text).not.toContain('May Sales talk to this customer?');
    await world.advance(2 * 60);
    expect(await talks()).toEqual([]);
    expect(textsTo(DANA)).toEqual([]);
  });

  it('is known to nobody who works with the customer, and is explained to whoever asks why', async () => {
    await quote();
    const page = await open(world, linkTo(world, SAM));
    for (const text of [...textsTo(SAM), plain(page.body)])
      expect(text).not.toMatch(/held out|holdout|withheld/i);
    expect(whyOf(await sheet(), await world.tasks())).toContain('No nudge: withheld by the holdout.');
  });

  it('is heard where the customer asks: Sales comes, and the household stays in its arm', async () => {
    await quote();
    await choose(world, linkTo(world, SAM), 'open-to-looking');
    expect(await talks()).toMatchObject([{ state: 'open', facts: { asked: { by: 'customer' } } }]);
    expect(textsTo(DANA)).toHaveLength(1);
    expect(await facts('in holdout')).toMatchObject([{ arm: 'withheld' }]);
  });

  it('is asked about at no write-up either, and its arm is kept; a high quote later that day has its sheet', async () => {
    await world.putSample('service-visit-opened', { occurredAt: TODAY });
    expect(world.inbox()).toEqual([]);
    expect(await facts('in holdout')).toMatchObject([{ arm: 'withheld' }]);
    world.now = plusMinutes(TODAY, 30);
    await quote({ occurredAt: world.now });
    expect(world.inbox().map(({ to }) => to)).toEqual([SAM]);
    expect(textsTo(SAM)[0]).not.toContain('May Sales talk to this customer?');
    expect(await facts('in holdout')).toHaveLength(1);
  });

  it('has no line in the list of the evening before, and none at the write-up; the arm is kept once', async () => {
    await expected.begin(withheld);
    await expected.booked(withheld);
    await expected.evening(withheld);
    expect(await facts('in holdout')).toMatchObject([{ arm: 'withheld' }]);
    await expected.until(withheld, WRITE_UP);
    await world.putSample('service-visit-opened', { occurredAt: WRITE_UP });
    expect(world.inbox().filter(({ text }) => text.includes('Okafor'))).toEqual([]);
    expect((await talks()).filter(({ state }) => state !== 'awaited')).toEqual([]);
    const arms = await facts('in holdout');
    expect(new Set(arms.map(({ household }) => household)).size).toBe(1);
    withheld.keepsCustomers = false;
  });

  it('stays withheld for a newer quote, and for the next order months later', async () => {
    await quote();
    world.now = plusMinutes(world.now, 20);
    await quote({ occurredAt: world.now, quote: { ...quoted.detail.quote, totalCents: 500_000 } });
    expect(await armAt()).toBe('withheld');
    world.now = plusDays(TODAY, 40);
    const on = world.now.slice(0, 10);
    await quote({
      ...{ roNumber: '77999', occurredAt: world.now, promisedAt: undefined, circumstances: {} },
      value: { cents: 920_000, asOf: on },
      ownership: { ...quoted.detail.ownership, asOf: on },
    });
    expect(await armAt({ roNumber: '77999' })).toBe('withheld');
    const all = await facts('in holdout');
    expect(new Set(all.map(({ household }) => household)).size).toBe(1);
  });
});

describe('a household with the rule', () => {
  beforeEach(() => begin(withRule));

  it('hears of Sales as ever, and its arm is kept with its day', async () => {
    await quote();
    await world.advance(40);
    expect(await talks()).toHaveLength(1);
    expect(await facts('in holdout')).toMatchObject([{ arm: 'rule', at: TODAY }]);
  });

  it('is one with whoever has the same phone, under whatever number and at whatever store', async () => {
    await quote();
    const [first] = await facts('in holdout');
    await world.reset(TODAY);
    await longTermCustomer(world);
    const services = world.services();
    const { phone, email } = customer;
    const draw = (at: string, numbers: string[], change: object = {}) =>
      drawHoldout(services, { storeId: at, numbers, ...change });
    const mother = await draw('lakeshore-subaru', ['7'], { phone });
    const son = await draw(storeId, [customer.customerNumber], { phone, email });
    const his = await draw('lakeshore-subaru', ['8'], { email: email.toUpperCase() });
    expect(new Set([mother, son, his].map((one) => one?.household)).size).toBe(1);
    expect(mother?.household).not.toBe(first?.household);
    expect(await draw(storeId, [])).toBeUndefined();
  });

  it('is not drawn where the rule would start nothing, or where Sales was asked before', async () => {
    await quote({ circumstances: { openComplaint: true } });
    expect(await armAt()).toBeUndefined();
    expect(await facts('in holdout')).toEqual([]);
  });

  const buy = (change: object = {}) =>
    world.putSample('vehicle-sold', {
      ...{ storeId, dealNumber: '60001', customer, vehicle: carOf('holdout') },
      ...{
        salespeople: [{ employeeNumber: '2051' }],
        occurredAt: world.now,
        deliveryAt: undefined,
        ...change,
      },
    });
  const boughtBy = async () => (await facts('household bought')).map(({ household }) => household);

  it('has bought where its member did, by number, as co-buyer, by address or by phone', async () => {
    await quote();
    const [drawn] = await facts('in holdout');
    world.now = plusDays(TODAY, 30);
    const other = { customerNumber: '9', lastName: 'Reyes' };
    await buy();
    await buy({
      dealNumber: '60002',
      customer: other,
      coBuyerNumber: customer.customerNumber,
      vehicle: carOf('2'),
    });
    await buy({ dealNumber: '60003', customer: { ...other, phone: customer.phone }, vehicle: carOf('3') });
    await buy({ dealNumber: '60004', customer: { ...other, customerNumber: '10' }, vehicle: carOf('4') });
    expect(await boughtBy()).toEqual([drawn?.household, drawn?.household, drawn?.household]);
  });

  it('has bought also where the sale is handled before the quote of that day', async () => {
    world.now = plusMinutes(TODAY, 60);
    await buy({ customer: { customerNumber: '9', lastName: 'Reyes', phone: customer.phone } });
    await quote({ occurredAt: TODAY });
    expect(await boughtBy()).toEqual((await facts('in holdout')).map(({ household }) => household));
    expect(await boughtBy()).toHaveLength(1);
  });
});

describe('the draw', () => {
  it('holds out the share that the group says, and nobody at none', () => {
    const all = Array.from({ length: 4_000 }, (_, at) =>
      (at * 0x9e3779b1).toString(16).padStart(16, '0').slice(-8),
    );
    const share = (percent: number) =>
      all.filter((one) => armOf(one, percent) === 'withheld').length / all.length;
    expect(share(0)).toBe(0);
    expect(share(10)).toBeCloseTo(0.1, 1);
    expect(share(50)).toBeCloseTo(0.5, 1);
  });
});
