import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { plusMinutes } from '../../functions/group/business-time.ts';
import { queueEvent } from '../../functions/handoff/queue.ts';
import sale from '../../samples/vehicle-sold.json' with { type: 'json' };
import { DAY, World } from '../support/world.ts';
import { choose, linkTo, open, plain } from './answer-visitor.ts';
import { appointment, CUSTOMER, MAYA, SELLER, TODAY } from './first-service-facts.ts';

const VISIT = '2027-05-12T15:00:00.000Z';

let world: World;
beforeAll(async () => {
  world = await World.open(TODAY);
});
beforeEach(() => world.reset(TODAY));
afterAll(() => world.close());

/** Delivered in three hours: the salesperson's checklist comes half an hour before. */
const soon = { deliveryAt: plusMinutes(TODAY, 180) };
const sell = (change: object = {}) =>
  world.putSample('vehicle-sold', { occurredAt: TODAY, deliveryAt: undefined, ...change });
const { vin } = sale.detail.vehicle;
const { customerNumber } = sale.detail.customer;
const booked = (change: object = {}) =>
  world.put('service-appointment-booked', appointment({ vin, customerNumber, startsAt: VISIT, ...change }));
const cancelled = (change: object = {}) =>
  world.put('service-appointment-cancelled', appointment({ vin, customerNumber, ...change }));
const onPage = (startsAt: string) => choose(world, linkTo(world, MAYA), 'first-visit-booked', { startsAt });
const to = (address: string) => world.inbox(address).map(({ subject }) => subject);
const visits = () => world.tasks('first-service-visit');

describe('a first visit that is booked at the sale', () => {
  const WAYS: Readonly<Record<string, () => Promise<unknown>>> = {
    'by the DMS, after the sale': async () => {
      await sell();
      await booked();
    },
    'by the DMS, before the sale': async () => {
      await booked();
      await sell();
    },
    'by phone, without a customer number': async () => {
      await sell();
      await booked({ customerNumber: undefined });
    },
    'by the advisor on the page': async () => {
      await sell();
      await onPage('2027-05-12T10:00');
    },
  };

  it('owes the bus nothing where it was taken back before the bus heard of it', async () => {
    await sell();
    const [task] = await world.tasks('service-introduction');
    if (!task) throw new Error('nothing was sold');
    await world.services().tasks.write(queueEvent(task, world.now, 'service-appointment-booked'));
    await world.advance(10);
    const [introduction] = await world.tasks('service-introduction');
    expect(introduction?.outbox.filter(({ type }) => type === 'event')).toEqual([]);
  });

  it.each(Object.entries(WAYS))(
    '%s, is confirmed to the customer at once, with a calendar file',
    async (_how, book) => {
      await book();
      const letters = world
        .inbox(CUSTOMER)
        .filter(({ subject }) => /first service: Wed, May 12/.test(subject));
      expect(letters).toHaveLength(1);
      expect(letters[0]?.attachments).toEqual([expect.stringMatching(/\.ics$/)]);
      expect(to(SELLER).filter((subject) => /^Be there: .*May 12/.test(subject))).toHaveLength(1);
      expect(await visits()).toMatchObject([{ state: 'waiting' }]);
    },
  );

  it.each(Object.entries(WAYS))(
    '%s, is kept until Service gets it, and nobody is asked to book it',
    async (_how, book) => {
      await book();
      const before = world.inbox().length;
      world.now = plusMinutes(TODAY, 150 * DAY);
      await world.advance(25 * DAY);
      const later = world.inbox().slice(before);
      // Three weeks before the visit nobody is late, although nobody has accepted it.
      const wrong = later.filter(
        ({ at, subject }) => at < '2027-05-12' && /book|the first service of/i.test(subject),
      );
      expect(wrong).toEqual([]);
      expect(later.map(({ subject }) => subject)).toEqual(
        expect.arrayContaining([
          expect.stringMatching(/^Get ready: Maria .*, first service Wed, May 12/),
          expect.stringMatching(/^Tomorrow at 10:00 AM: first service of Maria/),
          expect.stringMatching(/^Tomorrow at 10:00 AM: be there for Maria/),
          expect.stringMatching(/^See you Wed, May 12/),
        ]),
      );
    },
  );
});

describe('the letters about a first visit', () => {
  const TOMORROW = '2026-11-21T10:00';
  const bookedBySales = (startsAt: string) =>
    choose(world, linkTo(world, SELLER, /^Walk /), 'first-visit-booked', { startsAt });
  const letter = (subject: RegExp) => world.inbox(CUSTOMER).findLast((email) => subject.test(email.subject));

  it('come from the store for as long as nobody in Service has accepted, and name nobody', async () => {
    await sell({ deliveryAt: TODAY });
    await bookedBySales(TOMORROW);
    const [visit] = await visits();
    expect(visit).toMatchObject({ state: 'open', assignee: { employeeNumber: '1042', reason: 'own' } });
    expect(letter(/first service: /)?.text).toContain('We’ll be ready for you');
    expect(letter(/first service: /)?.text).not.toContain('Maya');
  });

  it('come from the advisor once they have accepted the customer, also months before Service gets it', async () => {
    await sell();
    await choose(world, linkTo(world, MAYA), 'accept');
    await booked();
    expect(await visits()).toMatchObject([{ state: 'waiting' }]);
    expect(letter(/first service: /)?.text).toContain('Maya Torres will be ready for you');
  });

  it('name whoever accepted the visit itself', async () => {
    await sell({ deliveryAt: TODAY });
    await bookedBySales(TOMORROW);
    await choose(world, linkTo(world, MAYA, /^Get ready/), 'accept');
    world.now = plusMinutes(world.now, 30);
    await bookedBySales('2026-11-21T11:00');
    expect(letter(/^New time/)?.text).toContain('Maya Torres will be ready for you');
  });
});

describe('an introduction whose first visit is booked', () => {
  const lastOf = (address: string, subject: RegExp) =>
    world.inbox(address).findLast((email) => subject.test(email.subject));
  const MEET = /your service advisor/i;

  it.each([
    ['before', async () => [await booked(), await sell(soon)]],
    ['after', async () => [await sell(soon), await booked()]],
  ])(
    'that came %s the sale shows it to the customer and the salesperson, and asks nobody to book',
    async (_when, told) => {
      await told();
      await choose(world, linkTo(world, MAYA), 'accept');
      await world.advance(DAY);
      const letter = lastOf(CUSTOMER, MEET);
      expect(letter?.text).toContain('Your first service is booked: Wednesday, May 12, 2027 at 10:00 AM.');
      expect(letter?.text).not.toContain('Book your first service');
      expect(plain((await open(world, linkTo(world, MAYA))).body)).toContain(
        'Wednesday, May 12, 2027 at 10:00 AM',
      );
      const checklist = lastOf(SELLER, /^Walk |introduce/i);
      expect(checklist?.text).toContain('The first visit is booked for Wednesday, May 12, 2027 at 10:00 AM');
      expect(checklist?.text).not.toContain('Book the first visit');
    },
  );

  it('asks to book again once it is cancelled, and its customer is told of the time that is off', async () => {
    await sell();
    await booked();
    await cancelled({ occurredAt: plusMinutes(TODAY, 5) });
    world.now = plusMinutes(TODAY, 10);
    await choose(world, linkTo(world, MAYA), 'accept');
    expect(lastOf(CUSTOMER, MEET)?.text).toContain('Book your first service');
    expect(to(CUSTOMER)).toContainEqual(expect.stringMatching(/^Let’s find a new time/));
    expect(await visits()).toMatchObject([{ state: 'waiting' }]);
  });

  it('takes back what the advisor entered by mistake, everywhere', async () => {
    await sell();
    await onPage('2027-05-12T10:00');
    world.now = plusMinutes(TODAY, 5);
    await choose(world, linkTo(world, MAYA), 'undo');
    expect((await visits())[0]?.facts.appointments).toMatchObject([{ status: 'cancelled' }]);
    expect(await world.tasks('service-introduction')).toMatchObject([{ state: 'open' }]);
    expect(to(SELLER).at(-1)).toBe('Cancelled: the first service of Maria Kowalski');
  });

  it('goes by the DMS as soon as it tells of what the advisor entered', async () => {
    await sell();
    await onPage('2027-05-12T10:00');
    world.now = plusMinutes(TODAY, 5);
    await booked({ occurredAt: world.now });
    expect(to(CUSTOMER).filter((subject) => /first service/.test(subject))).toHaveLength(1);
    await booked({ occurredAt: plusMinutes(TODAY, 10), startsAt: '2027-05-14T15:00:00Z' });
    expect(to(CUSTOMER).at(-1)).toMatch(/^New time for your first service: Fri, May 14/);
    expect(plain((await open(world, linkTo(world, MAYA))).body)).toContain('Friday, May 14, 2027');
  });

  it('shows the time that stands now where the deal is written again after it was unwound', async () => {
    await sell();
    await booked();
    const { storeId, dealNumber } = sale.detail;
    await world.put('deal-unwound', { storeId, dealNumber, occurredAt: plusMinutes(TODAY, 5) });
    await booked({ occurredAt: plusMinutes(TODAY, 10), startsAt: '2027-05-14T15:00:00Z' });
    world.now = plusMinutes(TODAY, 15);
    await sell({ occurredAt: world.now });
    expect(plain((await open(world, linkTo(world, MAYA))).body)).toContain(
      'First visit Friday, May 14, 2027',
    );
  });

  it('is not begun by an appointment for other work, weeks after the sale', async () => {
    await sell();
    await booked({ startsAt: '2026-12-02T15:00:00Z' });
    expect((await visits()).filter(({ facts }) => facts.due)).toEqual([]);
    expect(to(CUSTOMER)).toEqual([]);
  });

  it('leaves no first service to a customer whom the deal was entered for by mistake', async () => {
    await sell();
    await booked();
    const other = { customerNumber: 'C-99', firstName: 'Ann', lastName: 'Other', email: 'ann@example.com' };
    world.now = plusMinutes(TODAY, 30);
    await sell({ occurredAt: world.now, customer: other });
    await world.advance(DAY);
    const ofMaria = (await visits()).find(({ subject }) => subject.customerNumber === customerNumber);
    expect(ofMaria?.state).toBe('cancelled');
  });
});
