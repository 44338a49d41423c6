import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { carOf, customerOf } from '../kinds/deadlines.ts';
import { World } from '../support/world.ts';
import { choose, linkTo, offered, open, plain } from './answer-visitor.ts';

/** Ten minutes after the delivery of the sample. */
const SOLD_AT = '2026-11-20T22:40:00.000Z';
const MAYA = 'maya.torres@lakeshore.example';
const GREG = 'greg.lindqvist@lakeshore.example';
const JORDAN = 'jordan.blake@lakeshore.example';
const DENISE = 'denise.whitaker@lakeshore.example';
const PAUL = 'paul.szymanski@lakeshore.example';
const anotherCustomer = {
  customer: customerOf('C-2'),
  vehicle: carOf('C-2'),
  deliveryAt: '2026-11-21T22:30:00.000Z',
};
const CUSTOMER = 'maria.kowalski@example.com';

let world: World;
beforeAll(async () => {
  world = await World.open(SOLD_AT);
});
beforeEach(async () => {
  await world.reset(SOLD_AT);
  await world.putSample('vehicle-sold');
});
afterAll(() => world.close());

const theTask = async () => {
  const [task] = await world.tasks('service-introduction');
  if (!task) throw new Error('nothing was sold');
  return task;
};
const pageOf = async (to: string) => (await open(world, linkTo(world, to))).body;
const pressed = (to: string, choice: string, fields: Record<string, string> = {}) =>
  choose(world, linkTo(world, to), choice, fields);

describe('the salesperson', () => {
  it('has a part on the page, and the advisor has none of it but the booking', async () => {
    expect(offered(await pageOf(JORDAN))).toEqual([
      'walked-over',
      'met-somebody-else',
      'first-visit-booked',
      'note',
    ]);
    const ofAdvisor = offered(await pageOf(MAYA));
    expect(ofAdvisor).toContain('first-visit-booked');
    expect(ofAdvisor).not.toContain('walked-over');
    expect(ofAdvisor).not.toContain('met-somebody-else');
  });

  it('signs that they walked the customer over; the advisor still signs, and a manager sees both', async () => {
    await pressed(JORDAN, 'walked-over');
    expect(await theTask()).toMatchObject({ state: 'open', walkedOver: { by: '1077' } });
    expect(offered(await pageOf(JORDAN))).not.toContain('walked-over');
    await world.advance(2 * 60);
    await world.advance(16 * 60);
    await pressed(MAYA, 'introduced-in-person');
    const seen = plain(await pageOf(DENISE));
    expect(seen).toMatch(/Walked over Jordan Blake, Fri, Nov 20, 4:4\d PM/);
    expect(seen).toMatch(/Done by Maya Torres, .*: Introduced in person\./);
  });

  it('may sign after the advisor did, and a manager sees who skips it', async () => {
    await pressed(MAYA, 'introduced-in-person');
    expect(plain(await pageOf(MAYA))).toContain('Walked over Not signed by Sales');
    await pressed(JORDAN, 'walked-over');
    expect(await theTask()).toMatchObject({ state: 'completed', walkedOver: { by: '1077' } });
  });

  it('is counted for the manager where Service met the customer and nobody signed the walk-over', async () => {
    const page = async () => {
      const [link] = world
        .inbox(PAUL)
        .flatMap(({ text }) => /https:\S+\/me\/\w+\/[\w-]+/.exec(text)?.[0] ?? []);
      return plain((await open(world, link ?? '')).body);
    };
    await pressed(MAYA, 'introduced-in-person');
    await world.putSample('vehicle-sold', { dealNumber: '2', ...anotherCustomer });
    await world.advance(20 * 60);
    const counted = 'Met Service, walk-over not signed';
    expect(world.inbox(PAUL).at(-1)?.text).toContain(`${counted}: Jordan Blake 1`);
    expect(await page()).toContain(`${counted} Jordan Blake 1`);
    await pressed(JORDAN, 'walked-over');
    expect(await page()).not.toContain(counted);
  });

  it('takes their signature back, and nobody’s undo goes with it', async () => {
    await pressed(MAYA, 'accept');
    await pressed(JORDAN, 'walked-over');
    expect(offered(await pageOf(MAYA))).toContain('undo');
    await pressed(JORDAN, 'undo');
    expect(await theTask()).toMatchObject({ state: 'accepted' });
    expect((await theTask()).walkedOver).toBeUndefined();
    await pressed(MAYA, 'undo');
    expect((await theTask()).state).toBe('open');
  });

  it('says that the customer met somebody else, who gets it to sign and is whom the customer hears from', async () => {
    await pressed(JORDAN, 'met-somebody-else', { colleague: '1043' });
    expect(await theTask()).toMatchObject({
      state: 'open',
      assignee: { employeeNumber: '1043', reason: 'handed over' },
      walkedOver: { by: '1077' },
    });
    const [toGreg] = world.inbox(GREG);
    expect(toGreg?.text).toContain('The customer met you instead, says Jordan Blake.');
    expect(toGreg?.text).not.toContain('is bringing Maria over');
    expect(world.inbox(MAYA)).toHaveLength(2);
    await pressed(GREG, 'introduced-in-person');
    expect(world.inbox(CUSTOMER).map(({ replyTo }) => replyTo)).toEqual([GREG]);
  });

  it('takes that back as long as the other one has not accepted', async () => {
    await pressed(MAYA, 'accept');
    await pressed(JORDAN, 'met-somebody-else', { colleague: '1043' });
    await pressed(JORDAN, 'undo');
    const task = await theTask();
    expect(task).toMatchObject({ state: 'accepted', assignee: { employeeNumber: '1042' } });
    expect(task.walkedOver).toBeUndefined();
    await pressed(JORDAN, 'met-somebody-else', { colleague: '1043' });
    await pressed(GREG, 'accept');
    expect(offered(await pageOf(JORDAN))).not.toContain('undo');
  });

  it('books the first visit with day and time, which leaves the introduction to the advisor', async () => {
    await pressed(JORDAN, 'first-visit-booked', { startsAt: '2027-05-03T09:30' });
    expect((await theTask()).state).toBe('open');
    expect(plain(await pageOf(MAYA))).toContain('First visit Monday, May 3, 2027 at 9:30 AM');
    expect(await world.tasks('first-service-visit')).toMatchObject([
      { facts: { appointments: [{ status: 'booked', startsAt: '2027-05-03T14:30:00.000Z' }] } },
    ]);
    await pressed(MAYA, 'accept');
    await world.advance(1);
    // By now Jordan has an email about the first service, too.
    await choose(world, linkTo(world, JORDAN, /^Walk /), 'undo');
    expect((await theTask()).state).toBe('accepted');
    expect(plain(await pageOf(MAYA))).not.toContain('First visit Monday');
  });

  it('starts the advisor’s clock by bringing the customer over before the delivery', async () => {
    await world.reset('2026-11-20T20:05:00.000Z');
    await world.putSample('vehicle-sold', { deliveryAt: '2026-11-20T20:30:00.000Z' });
    expect((await theTask()).deadlines['accept-reminder']).toBe('2026-11-20T21:30:00.000Z');
    await pressed(JORDAN, 'walked-over');
    expect((await theTask()).deadlines['accept-reminder']).toBe('2026-11-20T21:05:00.000Z');
    await pressed(JORDAN, 'undo');
    expect((await theTask()).deadlines['accept-reminder']).toBe('2026-11-20T21:30:00.000Z');
  });
});

describe('the salesperson’s next list', () => {
  beforeEach(() => {
    world.showsLists = true;
  });
  const lists = () =>
    world
      .inbox(JORDAN)
      .slice(1)
      .map(({ text }) => text)
      .join();

  it('says in a line that the advisor has the customer', async () => {
    await pressed(MAYA, 'accept');
    expect(world.inbox(JORDAN)).toHaveLength(1);
    await world.advance(20 * 60);
    expect(lists()).toContain('Maya Torres has Maria Kowalski.');
  });

  it('does not where the advisor takes it back before', async () => {
    await pressed(MAYA, 'accept');
    await pressed(MAYA, 'undo');
    await world.advance(20 * 60);
    expect(lists()).not.toContain('Maya Torres has Maria Kowalski.');
  });
});

describe('the customer’s address', () => {
  it('is entered by the salesperson, and taken back while no letter has left for it', async () => {
    await world.reset(SOLD_AT);
    await world.putSample('vehicle-sold-no-email');
    const seller = 'omar.haddad@lakeshore.example';
    await pressed(seller, 'customer-email', { email: 'wrong@example.com' });
    await pressed(seller, 'undo');
    expect((await theTask()).customerEmail).toBeUndefined();
    await pressed(seller, 'customer-email', { email: 'maria@example.com' });
    await world.acceptIntroductions();
    expect(world.inbox('wrong@example.com')).toEqual([]);
    expect(world.inbox('maria@example.com')).toHaveLength(1);
    expect(offered(await pageOf(seller))).not.toContain('undo');
  });
});
