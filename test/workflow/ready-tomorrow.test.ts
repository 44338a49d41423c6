import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decisionFromItem } from '../../functions/adapters/decision-table.ts';
import type { TaskOf } from '../../functions/handoffs/kinds.ts';
import visited from '../../samples/service-visit-opened.json' with { type: 'json' };
import { ofOrder } from '../support/of-order.ts';
import { DAY, World } from '../support/world.ts';
import { choose, linkTo, offered, open, plain } from './answer-visitor.ts';
import * as at from './expected-customer.ts';
import { AFTER_LIST, begin, STORE, THURSDAY } from './expected-customer.ts';

const WRITE_UP = '2026-11-20T15:10:00.000Z';
const ADVISOR = 'sam.delgado@lakeshore.example';
const SALES = 'dana.whitehorse@lakeshore.example';
const LIST = /^Your list/;

let world: World;
beforeAll(async () => {
  world = await World.open(THURSDAY);
});
beforeEach(() => begin(world));
afterAll(() => world.close());

const NEXT_WEEK = '2026-11-25T16:00:00.000Z';
const SATURDAY_LOOKS_AT = '2026-11-21T21:30:00.000Z';
const { customer, vehicle } = visited.detail;
const booked = (change: object = {}) => at.booked(world, change);
const looksAhead = () => at.looksAhead(world);
const evening = () => at.evening(world);
const until = (instant: string) => at.until(world, instant);
const cancelled = (change: object = {}) =>
  world.put('service-appointment-cancelled', {
    ...{ storeId: STORE, occurredAt: world.now, appointmentNumber: 'A-1' },
    ...{ vin: vehicle.vin, customerNumber: customer.customerNumber, ...change },
  });
const writtenUp = (change: object = {}) => world.putSample('service-visit-opened', change);
const lists = (to = ADVISOR) => world.inbox(to).filter(({ subject }) => LIST.test(subject));
/** Every email that names them: the lists, and the summary of the next morning. */
const aboutThem = () => world.inbox().filter(({ text }) => text.includes('Okafor'));
const asked = () => aboutThem().filter(({ text }) => text.includes('maybe ready for another car'));
const line = () => lists().at(-1)?.text ?? '';
const press = (choice: string) => choose(world, linkTo(world, ADVISOR, LIST), choice);
const page = async () => plain((await open(world, linkTo(world, ADVISOR, LIST))).body);
const handoffs = () => world.tasks('repair-options');
async function ofAppointment(): Promise<TaskOf<'repair-options'> | undefined> {
  return (await handoffs()).find(({ subject }) => 'appointmentNumber' in subject);
}
async function theOrder(): Promise<TaskOf<'repair-options'> | undefined> {
  return (await handoffs()).find(ofOrder(visited.detail.roNumber));
}
const questions = () => world.inbox().filter(({ subject }) => /is here: may Sales talk/.test(subject));
const sheets = () => world.inbox(ADVISOR).filter(({ subject }) => /repair or replace/i.test(subject));
const nothing = async () => {};
const noHistory = () => world.reset(THURSDAY).then(() => at.cameOnce(world));
const noContact = () =>
  world.put('customer-preferences-changed', {
    ...{ storeId: STORE, occurredAt: world.now, customerNumber: customer.customerNumber },
    mayContact: { phone: false, text: false, email: false },
  });
const bought = () =>
  world.putSample('vehicle-sold', {
    storeId: STORE,
    dealNumber: '4711',
    customer,
    serviceAdvisorNumber: '2031',
  });
const toSales = () => world.inbox(SALES).map(({ subject }) => subject);
const talks = async () =>
  (await world.tasks('upgrade-conversation')).filter(({ state }) => state !== 'awaited');

describe('a customer who looks ready and is booked for tomorrow', () => {
  it('is a line of the advisor’s last list of the day, with why and what not to say; Sales hears nothing', async () => {
    await booked();
    await looksAhead();
    expect(world.inbox()).toEqual([]);
    await until(AFTER_LIST);
    expect(world.inbox()).toHaveLength(1);
    expect(lists()[0]?.subject).toBe('Your list: 1 update');
    expect(line()).toContain('Tomorrow at 8:00 AM: Robert Okafor, 2015 Honda CR-V EX-L');
    expect(line()).toContain('owned since August 15, 2015; the car is 11 years old');
    expect(line()).toContain('name no price');
    expect(await page()).toContain('Don’t knock the car, and don’t name a price or a payment.');
    expect(await talks()).toEqual([]);
  });

  it('is no handoff that anybody is late with, and silence is never a yes', async () => {
    await booked();
    await evening();
    await world.advance(3 * DAY);
    expect(world.inbox().filter(({ subject }) => /overdue|reminder|late/i.test(subject))).toEqual([]);
    expect(aboutThem().map(({ to }) => to)).toEqual([ADVISOR, ADVISOR]);
    expect(await talks()).toEqual([]);
    expect(await ofAppointment()).toMatchObject({ state: 'cancelled', ended: { outcome: 'visit over' } });
  });

  it('has no repair order yet: the page says when Sales would hear, and offers nothing about a repair', async () => {
    await booked();
    await evening();
    const { body } = await open(world, linkTo(world, ADVISOR, LIST));
    expect(offered(body)).toEqual(
      expect.arrayContaining(['good-time-when-here', 'not-this-visit', 'never-for-this-customer']),
    );
    for (const none of ['good-time', 'not-a-good-time', 'open-to-looking', 'repair-it', 'tell-sales'])
      expect(offered(body)).not.toContain(none);
    expect(plain(body)).toContain('when the repair order is written or a high repair is quoted');
    expect(plain(body)).toContain('There is no deadline');
    expect(plain(body)).not.toContain('Overdue');
  });

  it('is asked about once, however often the sweep and the bus say so', async () => {
    await booked();
    await looksAhead();
    await world.sweep();
    const ahead = world.ours.find((event) => event['detail-type'] === 'appointment-ahead');
    await world.put('appointment-ahead', ahead?.detail ?? {}, 'handoff');
    await until(AFTER_LIST);
    await world.put('appointment-ahead', ahead?.detail ?? {}, 'handoff');
    await world.advance(60);
    expect(lists()).toHaveLength(1);
    expect(line().match(/Robert Okafor/g)).toHaveLength(1);
  });
});

describe('who is not ready, or may not be asked about', () => {
  it.each([
    ['gives no two reasons', undefined, { ownership: undefined, value: undefined }, noHistory],
    ['has a complaint open', 'open-complaint', { circumstances: { openComplaint: true } }, nothing],
    ['has a recall open on the car', 'open-recall', { circumstances: { openRecall: true } }, nothing],
    ['has a deal open', 'open-deal', { circumstances: { openDealAtStores: [STORE] } }, nothing],
    ['said no to calls, texts and emails', 'no-channel-left', {}, noContact],
    ['bought another car lately', 'bought-recently', {}, bought],
  ])(
    'a customer who %s: no line, no handoff, and the reason is kept',
    async (_what, forbids, change, before) => {
      await before();
      await booked(change);
      await evening();
      expect(asked()).toEqual([]);
      expect(await ofAppointment()).toBeUndefined();
      const decisions = (await world.items('decision')).map(decisionFromItem);
      expect(decisions).toMatchObject([
        { quote: { appointmentNumber: 'A-1' }, assessment: { nudge: false } },
      ]);
      const names = decisions.flatMap(({ assessment }) => assessment.suppressions.map(({ name }) => name));
      expect(names).toEqual(forbids === undefined ? [] : [forbids]);
    },
  );

  it.each([
    ['before the list, to another day', () => booked({ startsAt: NEXT_WEEK })],
    ['before the list, by a call', () => cancelled()],
  ])('an appointment that is given up %s is passed over', async (_when, gaveUp) => {
    await booked();
    world.now = '2026-11-19T22:30:00.000Z';
    await gaveUp();
    await evening();
    expect(world.inbox()).toEqual([]);
    expect(await ofAppointment()).toBeUndefined();
  });
});

describe('whose appointment it is', () => {
  it('a booking that names the car alone is for the one customer who has it', async () => {
    await booked({ customerNumber: undefined });
    await evening();
    expect(line()).toContain('Robert Okafor');
  });

  it('a booking of the phone, by number alone, is for the customer whose car it is', async () => {
    await booked({ vin: undefined, customerNumber: undefined, phone: customer.phone });
    await evening();
    expect(line()).toContain('Robert Okafor');
  });

  it('a customer of whom no card is known is nobody to ask about', async () => {
    await booked({ customerNumber: '999' });
    await evening();
    expect(world.inbox()).toEqual([]);
  });

  it('the advisor who is off today reads it in their first list of the day, if that is early enough', async () => {
    await world.rosterSays(STORE, '2031', { daysOff: ['2026-11-19'] });
    await booked({ startsAt: '2026-11-20T17:00:00.000Z' });
    await evening();
    expect(lists()).toEqual([]);
    await until('2026-11-20T16:00:00.000Z');
    expect(aboutThem().map(({ to, text }) => [to, /Today at 10:00 AM/.test(text)])).toContainEqual([
      ADVISOR,
      true,
    ]);
  });

  it('an advisor who is off until the customer is here is sent nothing tonight', async () => {
    await world.rosterSays(STORE, '2031', { daysOff: ['2026-11-19'] });
    await booked({ startsAt: '2026-11-20T13:00:00.000Z' });
    await evening();
    expect(aboutThem()).toEqual([]);
    expect(await ofAppointment()).toBeUndefined();
  });

  it('Monday’s customers are in Saturday’s last list, by the day’s name', async () => {
    await booked({ startsAt: '2026-11-23T16:00:00.000Z' });
    world.now = SATURDAY_LOOKS_AT;
    await world.sweep();
    await world.advance(60);
    expect(line()).toContain('Monday at 9:00 AM: Robert Okafor');
  });
});

describe('an appointment that changes after the list', () => {
  it.each([
    ['is moved to another day', () => booked({ startsAt: NEXT_WEEK })],
    ['is called off', () => cancelled()],
    ['is a no-show', () => cancelled({ reason: 'no-show' })],
  ])('and %s ends the question without an email', async (_how, changes) => {
    await booked();
    await evening();
    const before = world.inbox().length;
    await changes();
    expect(await ofAppointment()).toMatchObject({
      state: 'cancelled',
      ended: { outcome: 'appointment changed' },
    });
    expect(world.inbox()).toHaveLength(before);
  });

  it('and comes near again is asked about anew, with nothing left of the answer before', async () => {
    await booked();
    await evening();
    await press('good-time-when-here');
    await booked({ startsAt: NEXT_WEEK });
    world.now = '2026-11-24T23:30:00.000Z';
    await world.sweep();
    await world.advance(60);
    expect(lists()).toHaveLength(2);
    const asked = await ofAppointment();
    expect(asked).toMatchObject({ state: 'open' });
    expect(asked).not.toHaveProperty('advisorSays');
  });

  it('and is moved within the day is the same visit at another time', async () => {
    await booked();
    await evening();
    await booked({ startsAt: '2026-11-20T18:00:00.000Z' });
    expect(await ofAppointment()).toMatchObject({ state: 'open' });
    expect(await page()).toContain('11:00 AM');
  });
});

describe('the next day, at the counter', () => {
  it('good time: Sales hears at the write-up, once, and the advisor is not asked again', async () => {
    await booked();
    await evening();
    await press('good-time-when-here');
    expect(toSales()).toEqual([]);
    await until(WRITE_UP);
    await writtenUp();
    expect(toSales()).toEqual(['Robert Okafor: good time to talk, see Sam first']);
    expect(questions()).toEqual([]);
    await world.redeliver(-1);
    expect(toSales()).toHaveLength(1);
    expect(await talks()).toHaveLength(1);
    expect(await ofAppointment()).toMatchObject({ state: 'completed', ended: { outcome: 'visit opened' } });
    expect(await theOrder()).toMatchObject({ advisorSays: 'good time', salesAskedBy: 'advisor' });
  });

  it('good time: Sales hears with the first high quote, where no write-up comes', async () => {
    await booked();
    await evening();
    await press('good-time-when-here');
    await until('2026-11-20T17:40:00.000Z');
    await world.putSample('repair-quote-high');
    expect(toSales()).toEqual(['Robert Okafor: good time to talk, see Sam first']);
    expect(sheets()).toHaveLength(1);
  });

  it('no answer: nobody is asked again, the order’s page still asks, and Sales hears nothing by silence', async () => {
    await booked();
    await evening();
    await until(WRITE_UP);
    await writtenUp();
    expect(questions()).toEqual([]);
    await world.advance(120);
    expect(toSales()).toEqual([]);
    const order = await theOrder();
    expect(order).toMatchObject({ state: 'open', assignee: { employeeNumber: '2031' } });
    await world.answer(order?.taskId ?? '', { choice: 'good-time' });
    expect(toSales()).toHaveLength(1);
  });

  it('no answer, and the order is closed: that is no yes either', async () => {
    await booked();
    await evening();
    await until(WRITE_UP);
    await writtenUp();
    await world.put('service-visit-completed', {
      ...{ storeId: STORE, roNumber: visited.detail.roNumber, occurredAt: '2026-11-20T18:00:00.000Z' },
      ...{ closedOn: '2026-11-20', customer, vehicle },
    });
    expect(toSales()).toEqual([]);
    expect(await talks()).toEqual([]);
  });

  it.each(['not-this-visit', 'never-for-this-customer'])('%s: the write-up stays silent', async (no) => {
    await booked();
    await evening();
    await press(no);
    await until(WRITE_UP);
    await writtenUp();
    await world.advance(120);
    expect(questions()).toEqual([]);
    expect(toSales()).toEqual([]);
    expect(await theOrder()).toBeUndefined();
  });

  it('an order that names no advisor goes to the one who was asked', async () => {
    await booked({ serviceAdvisorNumber: '2031' });
    await evening();
    await until(WRITE_UP);
    await writtenUp({ serviceAdvisorNumber: undefined });
    expect((await ofAppointment())?.assignee?.employeeNumber).toBe('2031');
    expect((await theOrder())?.assignee?.employeeNumber).toBe('2031');
  });

  it('a high quote still brings the sheet, which asks anew where nobody answered', async () => {
    await booked();
    await evening();
    await until(WRITE_UP);
    await writtenUp();
    await world.putSample('repair-quote-high', { occurredAt: '2026-11-20T15:30:00.000Z' });
    expect(sheets()).toHaveLength(1);
    await world.advance(35);
    expect(toSales()).toHaveLength(1);
  });

  it('no order by closing: the advisor who sent for Sales reads that nobody was told', async () => {
    await booked();
    await evening();
    await press('good-time-when-here');
    await world.advance(2 * DAY);
    expect(toSales()).toEqual([]);
    expect(aboutThem().at(-1)?.text).toContain('Sales was not told');
    expect(await ofAppointment()).toMatchObject({ state: 'cancelled', ended: { outcome: 'visit over' } });
  });

  it('a customer nobody asked about the evening before is asked about at the write-up', async () => {
    await until(WRITE_UP);
    await writtenUp();
    expect(questions()).toHaveLength(1);
  });
});
