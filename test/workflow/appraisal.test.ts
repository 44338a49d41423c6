import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { OWN_SOURCE } from '../../functions/contracts/contract.ts';
import { taskIdOf, taskIdsOfOrder } from '../../functions/handoffs/kinds.ts';
import { longTermCustomer } from '../support/customers.ts';
import { World } from '../support/world.ts';
import { choose, linkTo, offered, open, plain } from './answer-visitor.ts';

/** An advisor asks the used-car desk for a number from the sheet, and the customer waits for it. */
const TODAY = '2026-11-20T18:00:00.000Z';
const ADVISOR = 'sam.delgado@lakeshore.example';
const ORDER = { storeId: 'lakeshore-honda', roNumber: '77120' };
const DESK = 'victor.reyes@lakeshore.example';
const SALES_MANAGER = 'karen.whitfield@lakeshore.example';
const SHEET = /^Repair or replace/;

const customer = { customerNumber: '51874', firstName: 'Robert', lastName: 'Okafor' };
const visit = {
  ...ORDER,
  occurredAt: TODAY,
  customer,
  vehicle: { vin: '5J6RM4H77FL041229' },
  closedOn: '2026-11-20',
  customerPayCents: 289_000,
};

let world: World;
beforeAll(async () => {
  world = await World.open(TODAY);
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.reset(TODAY);
  await longTermCustomer(world);
  await world.putSample('repair-quote-high', { value: undefined, equity: undefined });
});

const appraisals = () => world.tasks('appraisal');
const theAppraisal = async () => (await appraisals())[0];
const subjects = (to: string) => world.inbox(to).map(({ subject }) => subject);
const sheetPage = async () => plain((await open(world, linkTo(world, ADVISOR, SHEET))).body);
const sheetOffers = async () => offered((await open(world, linkTo(world, ADVISOR, SHEET))).body);

const ask = () => choose(world, linkTo(world, ADVISOR, SHEET), 'ask-for-appraisal');
const answer = (amount: string) => choose(world, linkTo(world, DESK, /worth\?$/), 'appraised', { amount });

describe('a number for the sheet', () => {
  it('is asked for on the sheet, and goes to a named person, who learns what to look at and for whom', async () => {
    await ask();
    expect(await theAppraisal()).toMatchObject({ state: 'open', assignee: { employeeNumber: '2003' } });
    const [email] = world.inbox(DESK);
    expect(email?.subject).toBe('Customer waiting: what is Robert Okafor’s car worth?');
    expect(email?.text).toContain(
      'Sam Delgado is going over repair or replace with Robert and needs a real number',
    );
    expect(email?.text).toContain('Left to decide: $2,890');
    expect(email?.text).not.toContain('555-0134');
    expect(await sheetPage()).toContain(
      'Used-car desk: asked at 11:00 AM. The number comes into this sheet.',
    );
  });

  it('is in the sheet at once, and the advisor gets one line', async () => {
    await ask();
    const page = await answer('$9,250');
    expect(plain(page.body)).toContain('Done: Put a number on it, $9,250.');
    expect(subjects(ADVISOR).at(-1)).toBe('$9,250 for Robert Okafor’s car');
    expect(await sheetPage()).toMatch(
      /Trade-in value \(est\.\) \$9,250, by the used-car desk, good through November 27, 2026/,
    );
    const [sheet] = await world.tasks('repair-options');
    expect(sheet?.assessment?.reasonsFor.map(({ name }) => name)).toContain('repair-against-value');
  });

  it.each(['not-a-good-time', 'never-for-this-customer'])(
    'speaks for another car, and Sales still hears nothing where the advisor said %s',
    async (no) => {
      await ask();
      await choose(world, linkTo(world, ADVISOR, SHEET), no);
      await answer('9250');
      await world.advance(60);
      expect(subjects(ADVISOR)).toContain('$9,250 for Robert Okafor’s car');
      expect(await world.tasks('upgrade-conversation')).toEqual([]);
    },
  );

  it('is part of the order’s story', () => {
    const ids = taskIdsOfOrder(ORDER.storeId, ORDER.roNumber);
    expect(ids).toContain(taskIdOf({ kind: 'appraisal', ...ORDER }));
    expect(ids).toHaveLength(3);
  });

  it('holds for as many days as the group says, and is to be found out again after them', async () => {
    await ask();
    await answer('9250');
    world.now = '2026-11-28T18:00:00.000Z';
    expect(await sheetPage()).not.toContain('$9,250, by');
    expect(await sheetPage()).toContain('the trade-in value (the used-car desk)');
  });

  it('is refused where it is no amount of dollars', async () => {
    await ask();
    for (const amount of ['about nine', '0', '9,25', '-900', '1.000.000']) {
      const page = plain((await answer(amount)).body);
      expect(page, amount).toContain('Please give the amount in dollars, such as 9,200.');
    }
    expect(await theAppraisal()).toMatchObject({ state: 'open' });
  });

  it('is asked for once: the sheet does not offer it again, and the same event again changes nothing', async () => {
    await ask();
    expect(await sheetOffers()).not.toContain('ask-for-appraisal');
    const asked = world.ours.filter((event) => event['detail-type'] === 'appraisal-requested');
    expect(asked).toHaveLength(1);
    for (const { detail } of asked) await world.put('appraisal-requested', Object(detail), OWN_SOURCE);
    expect(await appraisals()).toHaveLength(1);
    expect(subjects(DESK).filter((subject) => subject.endsWith('worth?'))).toHaveLength(1);
  });

  it('stays out of the sheet once whoever gave it took it back, and the advisor is told', async () => {
    await ask();
    await answer('9250');
    await choose(world, linkTo(world, DESK, /worth\?$/), 'undo');
    expect(subjects(ADVISOR).at(-1)).toBe('No number after all for Robert Okafor’s car');
    expect(await sheetPage()).not.toContain('$9,250, by');
    expect(await theAppraisal()).toMatchObject({ state: 'open' });
    await answer('9400');
    expect(await sheetPage()).toContain('$9,400, by the used-car desk');
  });

  it('survives a newer quote of the order', async () => {
    await ask();
    await answer('9250');
    await world.putSample('repair-quote-high', {
      occurredAt: '2026-11-20T18:30:00Z',
      value: { cents: 500_000, source: 'a guide', asOf: '2026-11-20' },
    });
    expect(await sheetPage()).toContain('$9,250, by the used-car desk');
  });
});

describe('a number that comes while Service has its head start', () => {
  const about = { storeId: ORDER.storeId, customer };
  const happened = { ...about, occurredAt: '2026-11-20T18:05:00.000Z' };
  const complained = () => world.putSample('complaint-opened', happened);
  const called = () => world.putSample('customer-contacted', happened);
  const theOrder = async () => (await world.tasks('repair-options'))[0];
  const talks = () => world.tasks('upgrade-conversation');

  it.each([
    ['a customer who has complained since', complained, 'open-complaint'],
    ['a customer who was called since', called, 'contacted-recently'],
  ])('does not bring Sales to %s', async (_who, happens, suppression) => {
    await ask();
    await happens();
    await answer('9250');
    expect((await theOrder())?.assessment?.suppressions).toEqual([
      expect.objectContaining({ name: suppression }),
    ]);
    await world.advance(40);
    expect(await talks()).toEqual([]);
  });

  it('leads to Sales where nothing was said since', async () => {
    await ask();
    await answer('9250');
    await world.advance(40);
    expect(await talks()).toMatchObject([{ state: 'open', facts: { asked: { by: 'silence' } } }]);
  });

  it('takes no conversation from Sales that began before the complaint', async () => {
    await ask();
    await world.advance(40);
    await complained();
    await answer('9250');
    expect(await talks()).toMatchObject([{ state: 'open' }]);
  });
});

describe('the request ends', () => {
  it.each([
    [
      'when the advisor takes it back',
      () => choose(world, linkTo(world, ADVISOR, SHEET), 'undo'),
      'taken back',
      'Sam Delgado doesn’t need it any more. Thanks for looking.',
    ],
    [
      'when the customer says: repair it',
      () => choose(world, linkTo(world, ADVISOR, SHEET), 'repair-it'),
      'repair chosen',
      'Robert is fixing the CR-V EX-L. Good outcome, and thanks for looking.',
    ],
    [
      'when the order is voided',
      () => world.put('repair-order-voided', { ...ORDER, occurredAt: TODAY }),
      'order voided',
      'It’s closed: the repair order was voided.',
    ],
    [
      'when the order is closed',
      () => world.put('service-visit-completed', visit),
      'order closed',
      'It’s closed: the repair order was closed',
    ],
  ])('%s, and who was asked is told why', async (_when, happens, outcome, why) => {
    await ask();
    await happens();
    expect(await theAppraisal()).toMatchObject({ state: 'cancelled', ended: { outcome } });
    expect(subjects(DESK)).toHaveLength(2);
    const told = world.inbox(DESK)[1];
    expect(told?.text).not.toMatch(/it ended as/);
    expect(told?.text).toContain(why);
  });

  it('and begins again where that was taken back', async () => {
    await ask();
    const link = linkTo(world, ADVISOR, SHEET);
    await choose(world, link, 'repair-it');
    await choose(world, link, 'undo');
    expect(await theAppraisal()).toMatchObject({ state: 'open' });
    expect(subjects(DESK).filter((subject) => subject.endsWith('worth?'))).toHaveLength(2);
    await choose(world, linkTo(world, DESK, /worth\?$/), 'appraised', { amount: '9250' });
    expect(await sheetPage()).toContain('$9,250, by the used-car desk');
  });

  it('but a number that was given stays in the sheet', async () => {
    await ask();
    await answer('9250');
    await choose(world, linkTo(world, ADVISOR, SHEET), 'repair-it');
    expect(await theAppraisal()).toMatchObject({ state: 'completed' });
    expect(await sheetPage()).toContain('$9,250, by the used-car desk');
  });

  it('also where its withdrawal comes first: nobody is asked', async () => {
    const requested = (asks: string, occurredAt: string) =>
      world.put('appraisal-requested', { ...ORDER, version: 1, occurredAt, asks }, OWN_SOURCE);
    await requested('order closed', '2026-11-20T17:59:00.000Z');
    await requested('asked', '2026-11-20T17:58:00.000Z');
    expect(await theAppraisal()).toMatchObject({ state: 'awaited' });
    expect(await world.tasks('appraisal')).toHaveLength(1);
  });
});

describe('who is asked', () => {
  it('is the used-car manager, and the manager of Sales at a store that has none at work', async () => {
    await ask();
    expect(await theAppraisal()).toMatchObject({ assignee: { employeeNumber: '2003' } });
    await world.reset(TODAY);
    await longTermCustomer(world);
    await world.putSample('repair-quote-high', { value: undefined, equity: undefined });
    await world.rosterSays('lakeshore-honda', '2003', { daysOff: ['2026-11-20'] });
    await ask();
    expect(await theAppraisal()).toMatchObject({
      assignee: { employeeNumber: '2002', reason: 'manager' },
    });
  });

  it('is reminded in ten minutes, and ten later a manager hears, because the customer waits for the number', async () => {
    await ask();
    await world.advance(15);
    expect(subjects(DESK).at(-1)).toBe('Reminder: Robert Okafor is waiting on you');
    expect(subjects(SALES_MANAGER)).toEqual([]);
    await world.advance(10);
    expect(subjects(SALES_MANAGER)).toEqual(['Overdue: the appraisal for Robert Okafor is not accepted']);
  });
});
