import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { plusMinutes } from '../../functions/group/business-time.ts';
import { DAY, type SentEmail, World } from '../support/world.ts';
import { choose, linkTo, open, plain } from './answer-visitor.ts';
import { appointment, CUSTOMER, due, MAYA, SELLER, TODAY } from './first-service-facts.ts';

let world: World;
beforeAll(async () => {
  world = await World.open(TODAY);
});
beforeEach(() => world.reset(TODAY));
afterAll(() => world.close());

const booked = (change?: object) => world.put('service-appointment-booked', appointment(change));
const cancelled = (change?: object) => world.put('service-appointment-cancelled', appointment(change));
const to = (address: string) => world.inbox(address).map(({ subject }) => subject);
const last = (address: string) => world.inbox(address).at(-1);
const STARTS = '2026-12-01T15:00:00.000Z';
/** The clock is moved without the sweeps of the days between. */
const at = (instant: string) => {
  world.now = instant;
};

describe('a service appointment', () => {
  it('that is known when the invitation is due makes it a confirmation with a calendar file', async () => {
    await booked();
    await world.put('first-service-due', due);
    expect(world.inbox(CUSTOMER)[0]?.attachments).toEqual([expect.stringMatching(/\.ics$/)]);
  });

  it('turns the invitation into a visit with a date, and reminds the salesperson the day before', async () => {
    await world.put('first-service-due', due);
    await booked();
    await booked();
    expect(to(SELLER)).toHaveLength(2);
    await world.advance(12 * DAY);
    const reminded = world.inbox(SELLER).at(-1);
    expect(reminded?.at).toMatch(/^2026-11-30T1[35]:/);
    expect(to(SELLER)).toHaveLength(3);
  });

  it('leaves its advisor until after the visit to finish, and nobody is late with it before', async () => {
    await world.put('first-service-due', due);
    await choose(world, linkTo(world, MAYA), 'accept');
    await booked({ startsAt: '2026-12-15T15:00:00.000Z' });
    const page = await open(world, linkTo(world, MAYA));
    expect(plain(page.body)).toContain('Please finish by Fri, Dec 18');
    await world.advance(25 * DAY);
    expect(to(MAYA).filter((subject) => /^(Reminder|Overdue|\d+ late)/.test(subject))).toEqual([]);
  });

  it('that is moved says so once, with the new time, and moves the reminder', async () => {
    await world.put('first-service-due', due);
    await booked();
    await booked({ occurredAt: '2026-11-20T19:00:00Z', startsAt: '2026-12-08T15:00:00Z' });
    expect(to(SELLER)).toHaveLength(3);
    await world.advance(20 * DAY);
    expect(world.inbox(SELLER).at(-1)?.at).toMatch(/^2026-12-07/);
  });

  it('that is cancelled reopens the visit for those who were told of it', async () => {
    await world.put('first-service-due', due);
    await booked();
    await cancelled({ occurredAt: '2026-11-20T19:00:00Z', reason: 'no-show' });
    const last = world.inbox(SELLER).at(-1);
    expect(last?.subject).toMatch(/missed the first service/);
    expect(await world.tasks()).toMatchObject([{ state: 'open' }]);
    await world.advance(12 * DAY);
    expect(world.inbox(SELLER).filter(({ subject }) => subject.includes('omorrow'))).toEqual([]);
  });

  it('ends the same whether booked, moved and cancelled come in order or not', async () => {
    const words = [
      () => booked(),
      () => booked({ occurredAt: '2026-11-20T19:00:00Z', startsAt: '2026-12-08T15:00:00Z' }),
      () => cancelled({ occurredAt: '2026-11-20T18:30:00Z' }),
    ];
    const outcomes: unknown[] = [];
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 0, 2],
      [1, 2, 0],
    ]) {
      await world.reset(TODAY);
      await world.put('first-service-due', due);
      for (const at of order) await words[at]?.();
      outcomes.push(
        (await world.tasks()).map(({ facts, deadlines }) => ({ facts, visit: deadlines['day-before'] })),
      );
    }
    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(1);
  });
});

describe('a due date that is corrected', () => {
  const reminded = (address: string) => to(address).filter((subject) => /^Tomorrow|^See you/.test(subject));
  const correct = (minutes: number, dueOn: string) =>
    world.put('first-service-due', { ...due, occurredAt: plusMinutes(TODAY, minutes), dueOn });
  beforeEach(async () => {
    await world.put('first-service-due', due);
    await booked();
    await correct(30, '2027-06-10');
  });

  it('makes the first service other work, and nobody is reminded of it', async () => {
    expect(await world.tasks()).toMatchObject([{ facts: { appointments: [{ otherWork: true }] } }]);
    await world.advance(12 * DAY);
    for (const address of [SELLER, MAYA, CUSTOMER]) expect(reminded(address)).toEqual([]);
  });

  it('makes other work the first service, and everybody is reminded of it the day before', async () => {
    await correct(60, due.dueOn);
    await world.advance(12 * DAY);
    for (const address of [SELLER, MAYA, CUSTOMER]) expect(reminded(address)).toHaveLength(1);
  });
});

describe('a time that the advisor entered after the DMS told of another', () => {
  beforeEach(async () => {
    await world.put('first-service-due', due);
    await booked({ startsAt: '2026-12-08T15:00:00.000Z' });
    await world.advance(30);
    await choose(world, linkTo(world, MAYA), 'visit-booked', { startsAt: '2026-12-01T09:00' });
    await world.advance(12 * DAY);
  });

  it('is in its place, also once it has passed: the old one is nobody’s any more', async () => {
    expect(last(CUSTOMER)?.subject).toBe('See you Tue, Dec 1, 9:00 AM');
    const page = () => open(world, linkTo(world, MAYA)).then(({ body }) => plain(body));
    expect(await page()).not.toContain('There is a new time already: Tuesday, December 8');
    await world.advance(10 * DAY);
    expect(world.inbox(CUSTOMER).filter(({ subject }) => subject.includes('Dec 8'))).toHaveLength(1);
  });

  it('gives way once the DMS tells of the appointment again', async () => {
    await booked({ occurredAt: world.now, startsAt: '2026-12-09T15:00:00.000Z' });
    await world.advance(8 * DAY);
    expect(last(CUSTOMER)?.subject).toBe('See you Wed, Dec 9, 9:00 AM');
  });
});

describe('an appointment whose customer did not come', () => {
  beforeEach(async () => {
    await world.put('first-service-due', due);
    await booked();
  });
  const REPORTED = {
    'half an hour after its time': '2026-12-01T15:30:00.000Z',
    'at the end of the day': '2026-12-01T23:59:00.000Z',
    'the next day': '2026-12-02T15:00:00.000Z',
  };

  for (const [when, now] of Object.entries(REPORTED)) {
    it(`is told to the advisor and the salesperson ${when}, and the customer is asked to book again`, async () => {
      at(now);
      const before = world.inbox().length;
      await cancelled({ occurredAt: now, reason: 'no-show' });
      await cancelled({ occurredAt: now, reason: 'no-show' });
      expect(world.inbox().slice(before)).toHaveLength(3);
      expect(last(SELLER)?.subject).toBe('Maria Kowalski missed the first service');
      expect(last(MAYA)?.subject).toBe('Maria Kowalski missed the first service');
      expect(last(MAYA)?.text).toContain('Call Maria');
      expect(last(CUSTOMER)?.subject).toMatch(/^We missed you/);
      expect(last(CUSTOMER)?.attachments).toEqual([]);
    });
  }

  it('is told with the time that is booked already, and the customer is not asked again', async () => {
    at('2026-12-01T16:00:00.000Z');
    await booked({ appointmentNumber: 'A-2', occurredAt: world.now, startsAt: '2026-12-04T15:00:00.000Z' });
    expect(last(SELLER)?.subject).toMatch(/^Booked/);
    await cancelled({ occurredAt: '2026-12-01T15:30:00.000Z', reason: 'no-show' });
    expect(last(SELLER)?.text).toContain('There is a new time already: Friday, December 4');
    expect(last(CUSTOMER)?.subject).toMatch(/^New time for your first service: Fri, Dec 4/);
  });

  it('is told as well where the DMS never told of the booking', async () => {
    at('2026-12-02T16:00:00.000Z');
    await cancelled({ appointmentNumber: 'A-9', occurredAt: world.now, reason: 'no-show' });
    expect(last(SELLER)?.subject).toBe('Maria Kowalski missed the first service');
    expect(last(CUSTOMER)?.subject).toMatch(/^We missed you/);
  });

  it('is told once when the DMS closes the appointment after the no-show', async () => {
    at('2026-12-01T16:00:00.000Z');
    await cancelled({ occurredAt: world.now, reason: 'no-show' });
    const before = world.inbox().length;
    await cancelled({ occurredAt: '2026-12-01T16:00:01.000Z', reason: 'cancelled' });
    expect(world.inbox()).toHaveLength(before);
  });

  it('is nobody’s concern any more when it is reported after the days that the group acts on', async () => {
    at('2027-01-03T16:00:00.000Z');
    const before = world.inbox().length;
    await cancelled({ occurredAt: '2026-12-01T16:00:00.000Z', reason: 'no-show' });
    expect(world.inbox()).toHaveLength(before);
  });
});

describe('news of an appointment that comes after its time', () => {
  beforeEach(async () => {
    await world.put('first-service-due', due);
    await booked();
    at(plusMinutes(STARTS, 90));
  });

  it('tells of a cancellation to those who waited, and asks the customer to choose another time', async () => {
    await cancelled({ occurredAt: '2026-12-01T14:00:00.000Z' });
    expect(last(SELLER)?.subject).toBe('Cancelled: the first service of Maria Kowalski');
    expect(last(MAYA)?.subject).toBe('Cancelled: the first service of Maria Kowalski');
    expect(last(CUSTOMER)?.subject).toMatch(/^Let’s find a new time/);
    expect(last(CUSTOMER)?.text).not.toContain('expects you');
  });

  it('tells of a move to a later day as a move', async () => {
    await booked({ occurredAt: '2026-12-01T14:00:00.000Z', startsAt: '2026-12-03T16:00:00.000Z' });
    expect(last(SELLER)?.subject).toMatch(/^Moved/);
    expect(last(MAYA)?.subject).toMatch(/^Moved/);
  });

  it('tells nobody of a time that is past as if it were to come', async () => {
    const before = world.inbox().length;
    await booked({ occurredAt: '2026-12-01T14:00:00.000Z', startsAt: '2026-12-01T15:30:00.000Z' });
    expect(world.inbox()).toHaveLength(before);
  });

  it('tells those who expect the customer later that the visit was moved to a time that is past', async () => {
    await world.reset(TODAY);
    await world.put('first-service-due', due);
    await booked({ startsAt: '2026-12-04T15:00:00.000Z' });
    at(plusMinutes(STARTS, 90));
    await booked({ occurredAt: '2026-12-01T14:00:00.000Z', startsAt: STARTS });
    expect(last(SELLER)?.text).toContain('No need to come out');
  });
});

describe('another appointment that stands beside the first', () => {
  const second = { appointmentNumber: 'A-2', startsAt: '2026-12-08T15:00:00.000Z' };
  const remindedOn = (day: string) =>
    world
      .inbox()
      .filter((email) => email.at.startsWith(day) && /^(Tomorrow|See you)/.test(email.subject))
      .map((email) => email.to)
      .toSorted();
  const EVERYBODY = [SELLER, CUSTOMER, MAYA].toSorted();
  beforeEach(async () => {
    await world.put('first-service-due', due);
    await booked();
  });

  it.each([
    ['before people were reminded of the first', TODAY],
    ['while the salesperson’s reminder of the first waits for Sales to open', '2026-11-30T14:00:00.000Z'],
    ['after people were reminded of the first', '2026-11-30T20:00:00.000Z'],
  ])('and was booked %s: each is reminded of on the day before it, once', async (_when, bookedAt) => {
    await world.advance((Date.parse(bookedAt) - Date.parse(TODAY)) / 60_000);
    await booked({ ...second, occurredAt: bookedAt });
    await world.advance(20 * DAY);
    expect(remindedOn('2026-11-30')).toEqual(EVERYBODY);
    expect(remindedOn('2026-12-07')).toEqual(EVERYBODY);
    expect(last(CUSTOMER)?.subject).toBe('See you Tue, Dec 8, 9:00 AM');
    expect(last(SELLER)?.subject).toMatch(/^Tomorrow at 9:00 AM/);
  });

  it('is reminded of once, also where the clock stood still until the first had passed', async () => {
    await booked(second);
    at('2026-12-01T16:00:00.000Z');
    await world.advance(10 * DAY);
    expect(remindedOn('2026-12-0')).toEqual(EVERYBODY);
    expect(remindedOn('2026-12-07')).toEqual(EVERYBODY);
  });

  it('on the same day has no reminder of its own', async () => {
    await booked({ ...second, startsAt: '2026-12-01T17:00:00.000Z' });
    await world.advance(20 * DAY);
    expect(remindedOn('2026-11-30')).toEqual(EVERYBODY);
    expect(world.inbox(CUSTOMER).filter((email) => email.at.startsWith('2026-12-01'))).toEqual([]);
  });

  it('on the day after is reminded of once the first has passed', async () => {
    await booked({ ...second, startsAt: '2026-12-02T15:00:00.000Z' });
    await world.advance(20 * DAY);
    expect(remindedOn('2026-12-01')).toEqual(EVERYBODY);
    expect(last(CUSTOMER)?.at.slice(11, 16)).toBe('15:00');
  });

  it('is what people wait for then: the first that was missed is told with it', async () => {
    await booked(second);
    await world.advance(17 * DAY);
    const before = world.inbox().length;
    await cancelled({ occurredAt: world.now, reason: 'no-show' });
    expect(
      world
        .inbox()
        .slice(before)
        .map(({ subject }) => subject),
    ).toEqual(['Maria Kowalski missed the first service', 'Maria Kowalski missed the first service']);
    expect(last(MAYA)?.text).toContain('There is a new time already: Tuesday, December 8');
  });
});

describe('an appointment that people were told of', () => {
  const fieldOf = (email: SentEmail | undefined, name: string) =>
    email?.files
      .flatMap(({ content }) => content.replace(/\r\n /g, '').split('\r\n'))
      .find((line) => line.startsWith(`${name}:`))
      ?.slice(name.length + 1);

  beforeEach(async () => {
    await booked();
    await world.put('first-service-due', due);
    expect(last(CUSTOMER)?.subject).toMatch(/^Your first service: Tue, Dec 1, /);
  });

  it('is told with its new time to the customer, the advisor and the salesperson', async () => {
    const before = world.inbox().length;
    at('2026-11-20T19:00:00.000Z');
    await booked({ occurredAt: '2026-11-20T19:00:00Z', startsAt: '2026-12-03T16:00:00Z' });
    expect(
      world
        .inbox()
        .slice(before)
        .map((email) => email.to)
        .toSorted(),
    ).toEqual([SELLER, CUSTOMER, MAYA]);
    expect(last(CUSTOMER)?.subject).toMatch(/^New time for your first service: Thu, Dec 3, /);
    expect(last(MAYA)?.text).toContain('Have ready what we promised');
  });

  it('moves in the customer’s calendar, also where the DMS books it anew under another number', async () => {
    const first = last(CUSTOMER);
    await booked({ occurredAt: '2026-11-20T19:00:00Z', startsAt: '2026-12-03T16:00:00Z' });
    const second = last(CUSTOMER);
    await cancelled({ occurredAt: '2026-11-20T20:00:00Z' });
    const third = last(CUSTOMER);
    await booked({
      appointmentNumber: 'A-2',
      occurredAt: '2026-11-20T20:00:00Z',
      startsAt: '2026-12-04T16:00:00Z',
    });
    const files = [first, second, third, last(CUSTOMER)];
    expect(new Set(files.map((email) => fieldOf(email, 'UID'))).size).toBe(1);
    expect(files.map((email) => fieldOf(email, 'METHOD'))).toEqual([
      'PUBLISH',
      'PUBLISH',
      'CANCEL',
      'PUBLISH',
    ]);
    const sequences = files.map((email) => Number(fieldOf(email, 'SEQUENCE')));
    expect(sequences).toEqual([...new Set(sequences)].toSorted((a, b) => a - b));
    expect(fieldOf(last(CUSTOMER), 'DTSTART')).toBe('20261204T160000Z');
  });

  it('is told once when the DMS repeats it, or books the same time under another number', async () => {
    const before = world.inbox().length;
    await booked({ occurredAt: '2026-11-20T19:00:00Z' });
    await booked({ appointmentNumber: 'A-2', occurredAt: '2026-11-20T19:00:00Z' });
    await cancelled({ occurredAt: '2026-11-20T19:01:00Z' });
    expect(world.inbox()).toHaveLength(before);
    await booked({
      appointmentNumber: 'A-2',
      occurredAt: '2026-11-20T19:02:00Z',
      startsAt: '2026-12-03T16:00:00Z',
    });
    expect(last(SELLER)?.subject).toMatch(/^Moved/);
  });
});

describe('an appointment that the advisor entered', () => {
  it('moves when the DMS moves it', async () => {
    await world.put('first-service-due', due);
    await choose(world, linkTo(world, MAYA), 'visit-booked', { startsAt: '2026-12-01T09:00' });
    await booked({ occurredAt: '2026-11-20T18:30:00Z' });
    await booked({ occurredAt: '2026-11-20T19:00:00Z', startsAt: '2026-12-08T15:00:00Z' });
    expect(last(SELLER)?.subject).toMatch(/^Moved/);
    await world.advance(12 * DAY);
    expect(to(SELLER).filter((subject) => /tomorrow/i.test(subject))).toEqual([]);
  });
});

describe('an appointment that is cancelled while the handoff is over', () => {
  it('is told once the advisor takes back that the customer declined', async () => {
    await booked();
    await world.put('first-service-due', due);
    const link = linkTo(world, MAYA);
    await choose(world, link, 'customer-declined');
    await cancelled({ occurredAt: '2026-11-20T18:01:00Z' });
    expect(to(SELLER).join('\n')).not.toMatch(/^Cancelled/m);
    await choose(world, link, 'undo');
    expect(to(SELLER)).toContain('Cancelled: the first service of Maria Kowalski');
    expect(last(CUSTOMER)?.subject).toMatch(/^Let’s find a new time/);
  });
});

describe('an appointment long before the first service is due', () => {
  it('is for other work: nobody is told, and the invitation goes out on its day', async () => {
    await world.put('first-service-due', { ...due, dueOn: '2027-05-20' });
    await booked({ startsAt: '2026-11-27T15:00:00Z' });
    await cancelled({ occurredAt: '2026-11-20T19:00:00Z', reason: 'no-show' });
    expect(world.inbox()).toEqual([]);
    expect(await world.tasks('first-service-visit')).toMatchObject([{ state: 'waiting' }]);
  });
});
