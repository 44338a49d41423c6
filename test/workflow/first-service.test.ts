import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { plusDays } from '../../functions/group/business-time.ts';
import sale from '../../samples/vehicle-sold.json' with { type: 'json' };
import { DAY, World } from '../support/world.ts';
import { choose, linkTo } from './answer-visitor.ts';
import { appointment, CUSTOMER, due, MAYA, SELLER, STORE, TODAY } from './first-service-facts.ts';

let world: World;
beforeAll(async () => {
  world = await World.open(TODAY);
});
beforeEach(() => world.reset(TODAY));
afterAll(() => world.close());

const booked = (change?: object) => world.put('service-appointment-booked', appointment(change));
const cancelled = (change?: object) => world.put('service-appointment-cancelled', appointment(change));
/** To the month in which the first service of a car that is sold today is due, without the sweeps of the winter. */
async function toSpring(): Promise<void> {
  world.now = plusDays(world.now, 140);
  await world.advance(30 * DAY);
}
const to = (address: string) => world.inbox(address).map(({ subject }) => subject);

describe('a first service is due', () => {
  it('invites the customer, asks the salesperson to be there, and tells the advisor what was promised', async () => {
    await world.put('first-service-due', { ...due, promises: ['A second key'] });
    expect(to(CUSTOMER)).toHaveLength(1);
    expect(to(SELLER)).toHaveLength(1);
    expect(world.inbox(MAYA)[0]?.text).toContain('A second key');
    expect(world.inbox(CUSTOMER)[0]?.text).toContain('December 10, 2026');
  });

  it('waits to invite until thirty days before', async () => {
    await world.put('first-service-due', { ...due, dueOn: '2027-01-20' });
    expect(world.inbox()).toEqual([]);
    await world.advance(40 * DAY);
    expect(world.inbox(CUSTOMER).map(({ at }) => at.slice(0, 10))).toEqual(['2026-12-21']);
  });

  it('knows the advisor, the salesperson and the promises of the sale that it belongs to', async () => {
    await world.putSample('vehicle-sold');
    const { salespersonNumber: _who, serviceAdvisorNumber: _whom, ...bare } = due;
    await world.put('first-service-due', { ...bare, dealNumber: '48211' });
    expect(world.inbox(SELLER)).toHaveLength(1);
    expect(world.inbox(MAYA).at(-1)?.text).toContain('floor mats');
  });

  it("takes the DMS's date before the sale's own, in whichever order they come", async () => {
    await world.put('first-service-due', due);
    await world.put(
      'first-service-due',
      { ...due, occurredAt: '2026-11-21T18:00:00Z', dueOn: '2027-01-01' },
      'handoff',
    );
    expect(await world.tasks()).toMatchObject([{ facts: { due: { dueOn: '2026-12-10' } } }]);
  });
});

describe('a first service that its advisor lets rest', () => {
  it('comes back to the same advisor, and is not made again for the CRM that follows along', async () => {
    await world.put('first-service-due', due);
    const [task] = await world.tasks();
    await world.answer(task?.taskId ?? '', { choice: 'snooze', date: '2026-11-24' });
    await world.advance(5 * DAY);
    expect(await world.tasks()).toMatchObject([{ state: 'open', assignee: { employeeNumber: '1042' } }]);
    const made = world.ours.filter((event) => event['detail-type'] === 'handoff-task-created');
    expect(made).toHaveLength(1);
  });
});

describe('the same car, sold to the same customer under another deal', () => {
  const sell = (dealNumber: string, change: object = {}) =>
    world.putSample('vehicle-sold', { occurredAt: world.now, deliveryAt: undefined, dealNumber, ...change });
  const unwind = (dealNumber: string) =>
    world.putSample('deal-unwound', { occurredAt: world.now, dealNumber });

  it('brings its customer back to service, whatever became of the deal before', async () => {
    await sell('48211');
    await world.advance(DAY);
    await unwind('48211');
    await world.advance(DAY);
    await sell('48300');
    await toSpring();
    expect(to(CUSTOMER).filter((subject) => /first service/i.test(subject))).toHaveLength(1);
  });

  it('begins a first service anew that was over, and tells those who are concerned now', async () => {
    await world.put('first-service-due', { ...due, dealNumber: '48211' });
    await unwind('48211');
    expect(await world.tasks('first-service-visit')).toMatchObject([{ state: 'cancelled' }]);
    await world.advance(DAY);
    const again = { ...due, occurredAt: world.now, dueOn: '2026-12-20', dealNumber: '48300' };
    await world.put('first-service-due', again);
    await world.put('first-service-due', again);
    await unwind('48211');
    expect(await world.tasks('first-service-visit')).toMatchObject([{ state: 'open' }]);
    expect(to(CUSTOMER)).toHaveLength(2);
    expect(world.inbox(MAYA).filter(({ text }) => text.includes('December 20, 2026'))).toHaveLength(1);
  });

  it('keeps its due date when an older event of the DMS comes after the new sale', async () => {
    const older = {
      ...due,
      occurredAt: '2026-11-20T15:00:00.000Z',
      dueOn: '2026-12-01',
      dealNumber: '48211',
    };
    const newer = {
      ...due,
      occurredAt: '2026-11-20T16:00:00.000Z',
      dueOn: '2026-12-05',
      dealNumber: '48211',
    };
    await world.put('first-service-due', newer);
    await world.put('first-service-due', { ...due, dealNumber: '48300' }, 'handoff');
    await world.put('first-service-due', older);
    expect(await world.tasks('first-service-visit')).toMatchObject([
      { facts: { due: { dueOn: due.dueOn, dealNumber: '48300' } } },
    ]);
  });

  it('is no reason to forget it that the customer had the car serviced before', async () => {
    const { customer, vehicle } = sale.detail;
    await world.put('service-visit-completed', {
      storeId: STORE,
      occurredAt: '2025-03-01T20:00:00Z',
      roNumber: '7001',
      customer,
      vehicle,
      closedOn: '2025-03-01',
      customerPayCents: 8900,
    });
    await world.put('first-service-due', due);
    expect(to(CUSTOMER)).toHaveLength(1);
  });
});

describe('a first service that an advisor put by', () => {
  const visit = async () => {
    const [task] = await world.tasks('first-service-visit');
    if (task?.kind !== 'first-service-visit') throw new Error('there is no first service');
    return task;
  };
  const GREG = 'greg.lindqvist@lakeshore.example';
  const prepares = (address: string) =>
    world.inbox(address).filter(({ subject, at }) => /get ready/i.test(subject) && at > TODAY);

  beforeEach(async () => {
    await world.put('first-service-due', due);
    await choose(world, linkTo(world, MAYA), 'decline', { reason: 'On leave next week' });
    await choose(world, linkTo(world, GREG), 'snooze', { date: '2026-11-30' });
    expect(await visit()).toMatchObject({ state: 'waiting', assignee: { employeeNumber: '1043' } });
    await world.advance(60);
  });

  it('is theirs again at once when the customer books, and does not come on that day as well', async () => {
    await booked({ occurredAt: world.now });
    expect(await visit()).toMatchObject({ state: 'open', assignee: { employeeNumber: '1043' } });
    expect(prepares(GREG)).toHaveLength(1);
    expect(prepares(GREG)[0]?.text).toContain('The customer booked the visit.');
    await choose(world, linkTo(world, GREG, /get ready/i), 'accept');
    await world.advance(10 * DAY);
    expect(prepares(GREG)).toHaveLength(1);
    expect(to(SELLER).some((subject) => /tomorrow/i.test(subject))).toBe(true);
  });

  it('tells the salesperson of a visit that is cancelled while it rests', async () => {
    await booked({ occurredAt: world.now });
    await choose(world, linkTo(world, GREG, /get ready/i), 'snooze', { date: '2026-11-30' });
    const before = to(SELLER).length;
    await world.advance(1);
    await cancelled({ occurredAt: world.now, reason: 'cancelled' });
    expect(to(SELLER)).toHaveLength(before + 1);
  });

  it('rests on when the DMS repeats its due date every night', async () => {
    await world.put('first-service-due', { ...due, occurredAt: world.now });
    expect(await visit()).toMatchObject({ state: 'waiting' });
    await world.advance(3 * DAY);
    expect(await visit()).toMatchObject({ state: 'waiting' });
  });
});

describe('an address that staff were given at the sale', () => {
  it('is where the first service is written to', async () => {
    const { email: _none, ...customer } = sale.detail.customer;
    await world.putSample('vehicle-sold', { occurredAt: world.now, deliveryAt: undefined, customer });
    const given = 'maria.k@example.com';
    await choose(world, linkTo(world, MAYA), 'customer-email', { email: given });
    await toSpring();
    expect(to(given).some((subject) => /first service/i.test(subject))).toBe(true);
  });
});

describe('a customer who does not come', () => {
  it('is given up thirty days after the due date, and the advisor hears of it once', async () => {
    await world.put('first-service-due', due);
    await world.advance(45 * DAY);
    expect(await world.tasks('first-service-visit')).toMatchObject([{ state: 'open' }]);
    await world.advance(10 * DAY);
    const [task] = await world.tasks('first-service-visit');
    expect(task).toMatchObject({ state: 'cancelled', ended: { outcome: 'not returned' } });
    expect(task?.ended?.at.slice(0, 10)).toBe('2027-01-09');
    const heard = world
      .inbox()
      .filter(({ subject, text }) => /^Not returned|Not returned: worth/m.test(subject + text));
    expect(heard.map((email) => email.to)).toEqual([MAYA]);
  });

  it('gets thirty days more after an appointment that was made late', async () => {
    await world.put('first-service-due', due);
    await booked({ startsAt: '2027-01-05T15:00:00.000Z' });
    await world.advance(60 * DAY);
    expect(await world.tasks('first-service-visit')).toMatchObject([{ state: 'open' }]);
    await world.advance(20 * DAY);
    expect(await world.tasks('first-service-visit')).toMatchObject([{ state: 'cancelled' }]);
  });
});
