import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { carOf } from '../kinds/deadlines.ts';
import { DAY, World } from '../support/world.ts';
import { choose, linkTo, open, plain } from './answer-visitor.ts';
import { appointment, CUSTOMER, closedOrder, due, MAYA, SELLER, TODAY } from './first-service-facts.ts';

let world: World;
beforeAll(async () => {
  world = await World.open(TODAY);
});
beforeEach(async () => {
  await world.reset(TODAY);
  world.showsLists = false;
  await world.put('first-service-due', { ...due, customer: { ...due.customer, phone: '(847) 555-0188' } });
});
afterAll(() => world.close());

const letters = () => world.inbox(CUSTOMER).map(({ at, subject }) => `${at.slice(0, 10)} ${subject}`);
const DENISE = 'denise.whitaker@lakeshore.example';
const another = {
  customer: { customerNumber: 'C-2', firstName: 'Kim' },
  vehicle: carOf('C-2'),
  dueOn: '2027-02-01',
};

/** The page behind the latest email of theirs that leads to it. */
function ownPage(of: string): string {
  const links = world.inbox(of).flatMap(({ text }) => /https:\S+\/me\/\w+\/[\w-]+/.exec(text)?.[0] ?? []);
  return links.at(-1) ?? '';
}

const toWinter = () => world.advance(60 * DAY);

describe('a customer who does not book', () => {
  it('gets a second letter on the due date and a third three weeks later, and no more', async () => {
    await toWinter();
    expect(letters()).toEqual([
      '2026-11-20 Book the first service for your 2027 Subaru Outback',
      '2026-12-10 Time for the first service of your 2027 Subaru Outback',
      '2026-12-31 Still due: first service of your 2027 Subaru Outback',
    ]);
  });

  it('is left alone by them while a visit is booked, and again written to after it was missed', async () => {
    await world.advance(DAY);
    await world.put(
      'service-appointment-booked',
      appointment({ occurredAt: world.now, startsAt: '2026-12-14T15:00:00Z' }),
    );
    await world.advance(23 * DAY);
    expect(letters().map((one) => one.slice(11))).toEqual([
      'Book the first service for your 2027 Subaru Outback',
      'Your first service: Mon, Dec 14, 9:00 AM',
      'See you Mon, Dec 14, 9:00 AM',
    ]);
    await world.put(
      'service-appointment-cancelled',
      appointment({ occurredAt: world.now, startsAt: undefined, reason: 'no-show' }),
    );
    await world.advance(25 * DAY);
    expect(letters().slice(-2)).toEqual([
      '2026-12-14 We missed you: a new time for your 2027 Subaru Outback?',
      '2026-12-31 Still due: first service of your 2027 Subaru Outback',
    ]);
  });

  const ENDS: Readonly<Record<string, () => Promise<unknown>>> = {
    'came in for it': () =>
      world.put('service-visit-completed', closedOrder({ occurredAt: world.now, closedOn: '2026-12-05' })),
    'told the advisor no': () => choose(world, linkTo(world, MAYA), 'customer-declined'),
    'said no to such emails': () =>
      world.put('customer-preferences-changed', {
        storeId: due.storeId,
        customerNumber: due.customer.customerNumber,
        email: CUSTOMER,
        mayContact: { email: false },
        occurredAt: world.now,
      }),
  };
  it.each(Object.entries(ENDS))('gets none of them who %s', async (_who, ends) => {
    await world.advance(16 * DAY);
    await ends();
    await toWinter();
    expect(letters().filter((one) => /Time for|Still due/.test(one))).toEqual([]);
  });

  it('gets none a few days after an invitation that came late', async () => {
    await world.reset(TODAY);
    await world.put('first-service-due', { ...due, dueOn: '2026-11-23' });
    await toWinter();
    expect(letters().map((one) => one.slice(0, 10))).toEqual(['2026-11-20', '2026-12-14']);
  });
});

describe('a letter that waits until Service may write', () => {
  /** The second letter falls due at half past seven, and may leave at eight. */
  const UNTIL_DUE = 19 * DAY + 19 * 60 + 35;
  const second = () => letters().filter((one) => one.includes('Time for'));
  beforeEach(async () => {
    await world.advance(UNTIL_DUE);
    const [visit] = await world.tasks('first-service-visit');
    expect(visit?.outbox.at(-1)).toMatchObject({ state: 'owed', message: 'first-service-due-today' });
  });

  it('does not leave where the advisor snoozes the handoff, but when it is back with them', async () => {
    await choose(world, linkTo(world, MAYA), 'snooze', { date: '2026-12-14' });
    await world.advance(2 * DAY);
    expect(second()).toEqual([]);
    await toWinter();
    expect(letters().slice(1)).toEqual([
      '2026-12-14 Time for the first service of your 2027 Subaru Outback',
      '2026-12-31 Still due: first service of your 2027 Subaru Outback',
    ]);
  });

  it('leaves where the advisor takes the snooze back', async () => {
    await choose(world, linkTo(world, MAYA), 'snooze', { date: '2026-12-30' });
    await choose(world, linkTo(world, MAYA), 'undo');
    await world.advance(60);
    expect(second()).toEqual(['2026-12-10 Time for the first service of your 2027 Subaru Outback']);
  });
});

describe('a customer who did not come back', () => {
  it('is told of once: to the advisor, in a list of those worth a call', async () => {
    await world.advance(45 * DAY);
    const before = world.inbox().length;
    await world.advance(15 * DAY);
    expect(await world.tasks('first-service-visit')).toMatchObject([
      { state: 'cancelled', ended: { outcome: 'not returned' } },
    ]);
    const told = world
      .inbox()
      .slice(before)
      .filter(({ text }) => text.includes('Maria Kowalski'));
    const ofEnd = told.filter(({ text }) => /not returned|hasn’t come back/i.test(text));
    expect(ofEnd.map(({ to }) => to)).toEqual([MAYA]);
    expect(world.inbox(SELLER).some(({ text }) => text.includes('didn’t come back'))).toBe(false);
  });

  it('stands on the advisor’s own page with a number to tap, until they note what came of the call', async () => {
    world.showsLists = true;
    await world.advance(51 * DAY);
    const page = ownPage(MAYA);
    const shown = await open(world, page);
    expect(plain(shown.body)).toMatch(/Not returned: worth a call \(1\) .*Maria Kowalski/);
    expect(shown.body).toContain('href="tel:+18475550188"');
    const [lost] = await world.tasks('first-service-visit');
    await choose(world, `${page}/${lost?.taskId}`, 'note', { note: 'Sold the car' });
    expect(plain((await open(world, page)).body)).not.toContain('Not returned');
  });

  it('is one of those whom the store lost since the last open day, in the manager’s list and on their page', async () => {
    world.showsLists = true;
    await world.advance(40 * DAY);
    await world.put('first-service-due', { ...due, ...another });
    await world.advance(11 * DAY);
    expect(world.inbox(DENISE).at(-1)?.text).toMatch(/Not returned: 1 since/);
    expect(plain((await open(world, ownPage(DENISE))).body)).toMatch(/Not returned since [^:]*: 1 .*Maria/);
  });
});
