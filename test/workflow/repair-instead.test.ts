import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { plusMinutes } from '../../functions/group/business-time.ts';
import { DAY, World } from '../support/world.ts';
import { choose, linkTo, offered, open, plain } from './answer-visitor.ts';

/** A Friday, ten in the morning in Evanston. */
const TODAY = '2026-11-20T16:10:00.000Z';
const JORDAN = 'jordan.blake@lakeshore.example';
/** Jordan's partner in Service. */
const MAYA = 'maya.torres@lakeshore.example';
const PRIYA = 'priya.natarajan@lakeshore.example';
const WALTER = 'walter.nowak@example.com';
const OUTBACK = { vin: '4S4BSANC8K3214470', year: 2019, make: 'Subaru', model: 'Outback' };

let world: World;
beforeAll(async () => {
  world = await World.open(TODAY);
});
afterAll(() => world.close());
beforeEach(() => world.reset(TODAY));

const repairs = () => world.tasks('repair-instead');
const theRepair = async () => {
  const [repair] = await repairs();
  if (!repair) throw new Error('there is no repair');
  return repair;
};
const subjects = (to: string) => world.inbox(to).map(({ subject }) => subject);
const send = (change: object = {}) => world.putSample('shopper-needs-service', change);
const press = (choice: string, fields: Record<string, string> = {}, who = MAYA) =>
  choose(world, linkTo(world, who), choice, fields);
const visit = (change: object = {}) =>
  world.put('service-visit-completed', {
    ...{ storeId: 'lakeshore-subaru', occurredAt: world.now, roNumber: '90311' },
    customer: { customerNumber: '88123', firstName: 'Walter', lastName: 'Nowak' },
    ...{ vehicle: OUTBACK, closedOn: world.now.slice(0, 10), customerPayCents: 84_000 },
    ...change,
  });

describe('a shopper whose car is merely broken', () => {
  it('goes to the partner of who sends them, with what is wrong in their own words', async () => {
    await send();
    expect(await theRepair()).toMatchObject({
      state: 'open',
      assignee: { employeeNumber: '1042', reason: 'partner' },
      started: { by: '1077', at: '2026-11-20T16:05:00.000Z' },
    });
    const [email] = world.inbox(MAYA);
    expect(email?.subject).toBe('Customer waiting: Walter Nowak’s Outback, from Sales');
    expect(email?.text).toContain('“It shakes when I brake on the highway');
    expect(email?.text).toContain('Jordan Blake sends Walter to you.');
    expect(email?.text).toContain('Just fix it: nobody is selling them a car');
  });

  it('gets one letter, from the advisor who accepted, that says who sent them', async () => {
    await send();
    expect(world.inbox(WALTER)).toHaveLength(0);
    await press('accept');
    await press('quoted', { amount: '840' });
    const [letter, ...more] = world.inbox(WALTER);
    expect(more).toHaveLength(0);
    expect(letter?.subject).toBe('Maya Torres looks after your car');
    expect(letter?.replyTo).toBe(MAYA);
    expect(letter?.text).toContain('Jordan Blake told me about your 2019 Subaru Outback');
    expect(letter?.text).toContain('a price before we do any work');
  });

  it('gets no letter where they said no to emails about service', async () => {
    const storeId = 'lakeshore-subaru';
    await world.put('customer-preferences-changed', {
      ...{ storeId, email: WALTER, occurredAt: plusMinutes(world.now, -60), mayContact: { email: false } },
    });
    await send();
    await press('accept');
    expect(world.inbox(WALTER)).toHaveLength(0);
    expect(world.inbox(MAYA).at(0)?.text).toContain('Do not email');
  });

  it('gets no letter from an advisor who passed them on before it left', async () => {
    world.now = '2026-11-21T03:40:00.000Z';
    await send({ occurredAt: world.now });
    await press('accept');
    await press('decline', { reason: 'Off tomorrow' });
    await world.advance(DAY);
    expect(world.inbox(WALTER)).toHaveLength(0);
    await world.answer((await theRepair()).taskId, { choice: 'accept' });
    await world.advance(DAY / 2);
    expect(world.inbox(WALTER).map(({ replyTo }) => replyTo)).not.toContain(MAYA);
    expect(world.inbox(WALTER)).toHaveLength(1);
  });

  it('is one handoff where two salespeople send them, and the first one keeps it', async () => {
    await send();
    world.now = plusMinutes(world.now, 4);
    await send({ salespersonNumber: '1078', occurredAt: world.now });
    const [repair, ...more] = await repairs();
    expect(more).toHaveLength(0);
    expect(repair?.facts.asked?.salespersonNumber).toBe('1077');
    expect(world.inbox(MAYA)).toHaveLength(1);
  });

  it('is over at once where the closing of the order came before the word that they need Service', async () => {
    world.now = plusMinutes(world.now, 90);
    await visit({ roNumber: '90309', customerPayCents: 12_000, closedOn: '2026-11-19' });
    await visit();
    world.now = plusMinutes(world.now, 30);
    await visit({ roNumber: '90315', customerPayCents: 0 });
    await send();
    expect(await theRepair()).toMatchObject({
      state: 'completed',
      ended: { outcome: 'fixed' },
      facts: { report: { roNumber: '90311', cents: 84_000 } },
    });
    expect(subjects(JORDAN)).toHaveLength(1);
    await world.redeliver();
    expect(await repairs()).toHaveLength(1);
  });

  it.each([
    ['with the car', {}],
    ['by the customer’s number, where Sales knew no VIN', { vehicle: { make: 'Subaru', model: 'Outback' } }],
  ])('counts the order that was written in place of a voided one: %s', async (_how, change) => {
    const customer = { customerNumber: '88123', firstName: 'Walter', lastName: 'Nowak' };
    await send({ customer: { ...customer, phone: '(847) 555-0142' }, ...change });
    world.now = plusMinutes(world.now, 60);
    await visit();
    world.now = plusMinutes(world.now, 10);
    await world.put('repair-order-voided', {
      ...{ storeId: 'lakeshore-subaru', roNumber: '90311', occurredAt: world.now },
    });
    expect((await theRepair()).facts.report).toBeUndefined();
    await world.untilListsLeft();
    expect(
      world.inbox(JORDAN).some(({ text }) => text.includes('Walter Nowak’s repair order was voided')),
    ).toBe(true);
    await visit({ roNumber: '90320', customerPayCents: 91_000 });
    expect((await theRepair()).facts.report).toMatchObject({ roNumber: '90320', cents: 91_000 });
    await world.put('repair-order-voided', {
      ...{ storeId: 'lakeshore-subaru', roNumber: '90320', occurredAt: plusMinutes(world.now, -30) },
    });
    expect((await theRepair()).facts.report).toMatchObject({ roNumber: '90320' });
  });

  it('stays open where the order that closed before was voided', async () => {
    await visit();
    await world.put('repair-order-voided', {
      ...{ storeId: 'lakeshore-subaru', roNumber: '90311', occurredAt: plusMinutes(world.now, 5) },
    });
    await send();
    expect((await theRepair()).state).toBe('open');
  });

  it('is corrected to the advisor, where somebody says it better', async () => {
    await send();
    world.now = plusMinutes(world.now, 4);
    await send({ needs: 'It pulls to the left when I brake', occurredAt: world.now });
    expect(await repairs()).toHaveLength(1);
    expect(world.inbox(MAYA).at(-1)?.text).toContain('Something about this visit was corrected.');
    expect(world.inbox(MAYA).at(-1)?.text).toContain('It pulls to the left when I brake');
  });

  it('is another handoff when they come again after the first is over; the first event again changes nothing', async () => {
    await send();
    await press('fixed', { work: 'New front rotors' });
    await world.redeliver();
    expect(await repairs()).toHaveLength(1);
    world.now = plusMinutes(world.now, 30 * DAY);
    await send({ occurredAt: world.now, needs: 'The air conditioning is warm' });
    const all = await repairs();
    expect(all.map(({ state }) => state).toSorted()).toEqual(['completed', 'open']);
  });

  it('cannot be opened again once they came again, so that nobody has the new visit twice', async () => {
    await send();
    await press('fixed', { work: 'New front rotors' });
    const link = linkTo(world, MAYA);
    expect(offered((await open(world, link)).body)).toContain('undo');
    world.now = plusMinutes(world.now, 30);
    await send({ occurredAt: world.now, needs: 'The air conditioning is warm' });
    expect(offered((await open(world, link)).body)).not.toContain('undo');
    await choose(world, link, 'undo');
    await world.redeliver();
    const all = await repairs();
    expect(all.map(({ state }) => state).toSorted()).toEqual(['completed', 'open']);
    expect(subjects(MAYA)).toHaveLength(2);
  });

  it('stays one where the clock that ended it is behind the clock that it began by, and its event comes again', async () => {
    await send({ occurredAt: plusMinutes(TODAY, 1) });
    await press('fixed', { work: 'New front rotors' });
    await world.redeliver();
    expect((await repairs()).map(({ state }) => state)).toEqual(['completed']);
  });

  it('is taken back by who sent them, and the advisor is told', async () => {
    await send();
    await press('accept');
    await world.untilListsLeft();
    await press('started-by-mistake', {}, JORDAN);
    expect(await theRepair()).toMatchObject({ state: 'completed', ended: { outcome: 'started-by-mistake' } });
    expect(subjects(MAYA).at(-1)).toBe('Walter Nowak: it was started by mistake');
    expect(subjects(JORDAN)).not.toContain('Walter Nowak’s Outback is fixed');
  });

  it('asks nobody about its letter once it is taken back, and asks again where that is undone', async () => {
    await send();
    world.calls.sesAnswers = ['accept, then time out', undefined];
    await press('accept');
    world.calls.sesAnswers = [];
    await world.advance(30);
    const asking = linkTo(world, MAYA, /not sure/);
    expect(offered((await open(world, asking)).body)).toContain('send-again');
    await world.untilListsLeft();
    await press('started-by-mistake', {}, JORDAN);
    const page = await open(world, asking);
    expect(offered(page.body)).not.toContain('send-again');
    expect(plain(page.body)).not.toContain('please decide');
    await world.advance(30);
    expect(world.inbox(WALTER)).toHaveLength(1);
    await press('undo', {}, JORDAN);
    expect(offered((await open(world, asking)).body)).toContain('send-again');
  });

  it('asks nobody where its letter is found to be in doubt after it was taken back', async () => {
    await send();
    world.calls.sesAnswers = ['accept, then time out', undefined];
    await press('accept');
    world.calls.sesAnswers = [];
    await world.answer((await theRepair()).taskId, { choice: 'started-by-mistake' }, '1077');
    await world.advance(DAY);
    expect(subjects(MAYA).filter((subject) => subject.includes('not sure'))).toEqual([]);
    expect(world.inbox(WALTER)).toHaveLength(1);
  });

  it('begins nothing where it is told three days late', async () => {
    await send({ occurredAt: '2026-11-17T16:00:00.000Z' });
    expect(await theRepair()).toMatchObject({ state: 'history' });
    expect(world.inbox()).toHaveLength(0);
  });

  it('is refused where nobody could ever be reached about it', async () => {
    await send({ customer: { firstName: 'Walter', lastName: 'Nowak' } });
    expect(await repairs()).toHaveLength(0);
    expect((await world.refusals())[0]).toMatchObject({
      reason: expect.stringContaining('a customer number, a phone number or an email address'),
    });
  });

  it('has a number that nobody can find by trying all phone numbers, and the bus hears none', async () => {
    await send();
    const { subject } = await theRepair();
    expect(subject.customerNumber).toMatch(/^nobody-[0-9A-F]{12}$/);
    const [created] = world.ours.filter((event) => event['detail-type'] === 'handoff-task-created');
    expect(created?.detail).not.toHaveProperty('customerNumber');
    expect(created?.detail).toMatchObject({ kind: 'repair-instead', vin: OUTBACK.vin });
  });
});

describe('the price of the repair', () => {
  it('is asked for when it was promised, and not once it was given', async () => {
    await send();
    await press('quote-by', { startsAt: '2026-11-20T13:00' });
    await world.advance(3 * 60);
    expect(subjects(MAYA).at(-1)).toBe('Walter Nowak was promised a price by now');
    await world.reset(TODAY);
    await send();
    await press('quote-by', { startsAt: '2026-11-20T13:00' });
    await press('quoted', { amount: '840' });
    await world.advance(3 * 60);
    expect(subjects(MAYA)).not.toContain('Walter Nowak was promised a price by now');
  });

  it('is no promise any more once that was taken back', async () => {
    await send();
    await press('accept');
    await press('quote-by', { startsAt: '2026-11-20T13:00' });
    await press('undo');
    expect((await theRepair()).deadlines['follow-up']).toBeUndefined();
    expect((await theRepair()).facts.quoteBy).toBeUndefined();
  });

  it('reaches the salesperson in a line', async () => {
    await send();
    await press('accept');
    await press('quoted', { amount: '840' });
    expect(subjects(JORDAN)).toEqual([
      'Maya Torres takes care of Walter Nowak',
      'Walter Nowak has a price: $840',
    ]);
  });
});

describe('what came of it', () => {
  it('reaches the salesperson with thanks, and is asked about in three months', async () => {
    await send();
    await press('fixed', { work: 'New front rotors and pads' });
    const report = world.inbox(JORDAN).at(-1);
    expect(report?.subject).toBe('Walter Nowak’s Outback is fixed');
    expect(report?.text).toContain('New front rotors and pads');
    expect(report?.text).toContain('Thank you for sending Walter over');
    await world.advance(91 * DAY);
    const asked = world.inbox(JORDAN).at(-1);
    expect(asked?.subject).toBe('How is Walter Nowak’s Outback?');
    expect(asked?.text).toContain('Only ask');
  });

  it('is back with Sales at once where the car is not worth fixing, and nobody asks later', async () => {
    await send();
    world.showsLists = true;
    await press('not-worth-it', { reason: 'Rust through the frame' });
    expect(subjects(JORDAN)).toEqual(['Walter Nowak is yours again: not worth fixing']);
    expect(world.inbox(JORDAN)[0]?.text).toContain('Rust through the frame');
    expect((await theRepair()).deadlines).toEqual({});
  });

  it('is asked of the manager of Sales where the salesperson has left', async () => {
    await send();
    await press('fixed', { work: 'New front rotors' });
    await world.rosterSays('lakeshore-subaru', '1077', { endsOn: '2026-12-31' });
    await world.advance(91 * DAY);
    expect(subjects('paul.szymanski@lakeshore.example')).toContain('How is Walter Nowak’s Outback?');
  });

  it('is known from the closed order, with what was paid, whatever number the customer got', async () => {
    await send();
    await press('accept');
    world.now = plusMinutes(world.now, 5 * 60);
    await visit({ declined: [{ description: 'Rear struts', amountCents: 61_000 }] });
    expect(await theRepair()).toMatchObject({
      state: 'completed',
      ended: { outcome: 'fixed', by: 'dms' },
      facts: { report: { roNumber: '90311', cents: 84_000, declined: ['Rear struts'] } },
    });
    const report = world.inbox(JORDAN).at(-1);
    expect(report?.subject).toBe('Walter Nowak’s Outback is fixed');
    expect(report?.text).toContain('Customer paid: $840');
  });

  it.each([
    ['fixed where warranty paid', { customerPayCents: 0, warrantyCents: 50_000 }, 'fixed'],
    [
      'declined where nothing was paid and work was declined',
      { customerPayCents: 0, declined: [{ description: 'Struts' }] },
      'declined',
    ],
    ['only closed where nothing says more', { customerPayCents: 0 }, 'order-closed'],
  ])('counts as %s', async (_says, change, outcome) => {
    await send();
    await visit(change);
    expect((await theRepair()).ended?.outcome).toBe(outcome);
  });

  it('was said by the advisor already: the closed order only adds its numbers', async () => {
    await send();
    await press('fixed', { work: 'New front rotors' });
    const before = subjects(JORDAN).length;
    await visit();
    expect((await theRepair()).facts.report).toMatchObject({ says: 'New front rotors', cents: 84_000 });
    expect(subjects(JORDAN)).toHaveLength(before);
  });

  it('stays over where the advisor takes the report back after the order closed', async () => {
    await send();
    await press('fixed', { work: 'New front rotors' });
    await visit();
    await press('undo');
    expect((await theRepair()).state).toBe('completed');
    await world.redeliver(1);
    expect((await theRepair()).facts.report).toMatchObject({ says: 'New front rotors', roNumber: '90311' });
  });

  it('is known from the order that was closed before somebody sent them once more', async () => {
    await send();
    await send({ occurredAt: plusMinutes(TODAY, 50), salespersonNumber: '1078' });
    await visit({ occurredAt: plusMinutes(TODAY, 30) });
    expect(await theRepair()).toMatchObject({ state: 'completed', ended: { outcome: 'fixed' } });
  });

  it('is not known from the order of the morning where they are back, and the morning’s word comes last', async () => {
    await world.advance(5 * 60);
    await send({ occurredAt: world.now, needs: 'It shakes again' });
    const closing = () => visit({ occurredAt: plusMinutes(TODAY, 60), closedOn: TODAY.slice(0, 10) });
    await closing();
    await send();
    await closing();
    expect(await theRepair()).toMatchObject({
      state: 'open',
      facts: { asked: { needs: 'It shakes again' } },
    });
  });

  it('is not known from an order that was closed before the shopper came', async () => {
    await send();
    await visit({ closedOn: '2026-11-19' });
    expect((await theRepair()).state).toBe('open');
  });

  describe('where Sales did not know the VIN', () => {
    const unknownCar = { year: 2019, make: 'Subaru', model: 'Outback' };
    const nowak = { customerNumber: '88123', firstName: 'Walter', lastName: 'Nowak' };
    const sendWithout = (vehicle: object = unknownCar) =>
      send({ customer: { ...nowak, phone: '+1-847-555-0171' }, vehicle });

    it('is known from the order that the store closes for the customer by their number', async () => {
      await sendWithout();
      world.now = plusMinutes(world.now, 5 * 60);
      await visit();
      expect(await theRepair()).toMatchObject({
        state: 'completed',
        ended: { outcome: 'fixed', by: 'dms' },
        facts: { report: { roNumber: '90311' } },
      });
      await world.redeliver();
      expect(subjects(JORDAN).filter((one) => one === 'Walter Nowak’s Outback is fixed')).toHaveLength(1);
    });

    it.each([
      ['for another customer', { customer: { ...nowak, customerNumber: '88124' } }],
      ['for their other car', { vehicle: { ...OUTBACK, model: 'Forester' } }],
      ['before they were sent over', { closedOn: '2026-11-19' }],
      ['by another store, whose numbers are its own', { storeId: 'lakeshore-honda' }],
    ])('is not known from an order that is closed %s', async (_says, change) => {
      await sendWithout();
      world.now = plusMinutes(world.now, 5 * 60);
      await visit(change);
      expect((await theRepair()).state).toBe('open');
    });

    it('is known for the visit that is open, not for one that is over', async () => {
      await sendWithout();
      await press('fixed', { work: 'New front rotors' });
      world.now = plusMinutes(world.now, 30 * DAY);
      await send({ customer: nowak, vehicle: unknownCar, occurredAt: world.now });
      world.now = plusMinutes(world.now, 60);
      await visit();
      const reports = (await repairs()).map(({ state, facts: { report } }) => [state, report?.roNumber]);
      expect(reports).toHaveLength(2);
      expect(reports).toEqual(
        expect.arrayContaining([
          ['completed', '90311'],
          ['completed', undefined],
        ]),
      );
    });
  });

  it('names no amount to Sales where the store keeps amounts in Service', async () => {
    const quiet = await World.open(TODAY, (group) => ({
      ...group,
      stores: group.stores.map((one) => ({ ...one, tellSalesAmounts: false })),
    }));
    await quiet.putSample('shopper-needs-service');
    await choose(quiet, linkTo(quiet, MAYA), 'quoted', { amount: '840' });
    await choose(quiet, linkTo(quiet, MAYA), 'fixed', { work: 'New front rotors' });
    const toSales = quiet.inbox(JORDAN).map(({ text }) => text);
    expect(toSales).not.toHaveLength(0);
    for (const text of toSales) expect(text).not.toContain('$');
    expect(plain((await open(quiet, linkTo(quiet, JORDAN))).body)).not.toContain('$840');
    expect(plain((await open(quiet, linkTo(quiet, MAYA))).body)).toContain('$840');
    await quiet.close();
  });

  it('is not for who only sent them to say', async () => {
    await send();
    await press('accept');
    await world.untilListsLeft();
    const page = await open(world, linkTo(world, JORDAN));
    expect(offered(page.body)).toContain('started-by-mistake');
    expect(offered(page.body)).not.toContain('fixed');
    expect(subjects(PRIYA)).toHaveLength(0);
  });
});
