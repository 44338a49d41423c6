import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dueAtOf } from '../../functions/handoff/deadlines.ts';
import { errors } from '../simulation/edge.ts';
import { World } from '../support/world.ts';
import { choose, linkTo, open, plain } from './answer-visitor.ts';

/** A Friday in Chicago: Sales is open from 9 AM to 8 PM, Service from 7:30 AM to 6 PM. */
const ENTERED = '2026-11-20T15:30:00.000Z';
const MAYA = 'maya.torres@lakeshore.example';
const GREG = 'greg.lindqvist@lakeshore.example';
const DENISE = 'denise.whitaker@lakeshore.example';
const JORDAN = 'jordan.blake@lakeshore.example';
const CUSTOMER = 'maria.kowalski@example.com';

let world: World;
beforeAll(async () => {
  world = await World.open(ENTERED);
});
afterAll(() => world.close());

/** The time in Chicago, which is six hours behind UTC at this time of the year. */
const clock = (time: string, day = 20) => new Date(`2026-11-${day}T${time}:00-06:00`).toISOString();
const until = (time: string, day = 20) =>
  world.advance((Date.parse(clock(time, day)) - Date.parse(world.now)) / 60_000);
const hoursAndMinutes = (at: string) =>
  new Date(Date.parse(at) - 6 * 3_600_000).toISOString().slice(8, 16).replace('T', ' ');

/** What somebody got, and when: `20 16:00 Walk Maria Kowalski over …`, without the summaries of the day. */
const got = (to: string) =>
  world
    .inbox(to)
    .filter(({ subject }) => !/^Your day: | today: /.test(subject))
    .map(({ at, subject }) => `${hoursAndMinutes(at)} ${subject}`);

async function sold(change: object, at: string = ENTERED): Promise<void> {
  await world.reset(at);
  await world.putSample('vehicle-sold', { occurredAt: at, deliveryAt: clock('16:30'), ...change });
}
const dayOnly = { deliveryAt: undefined, deliveryOn: '2026-11-20' };

describe('a car is delivered this afternoon', () => {
  it('reaches the advisor at once, and the salesperson half an hour before', async () => {
    await sold({});
    expect(got(MAYA)).toEqual(['20 09:30 Meet Maria Kowalski and sign the introduction']);
    await until('15:55');
    expect(got(JORDAN)).toEqual([]);
    await until('16:10');
    expect(got(JORDAN)).toEqual([
      expect.stringMatching(/^20 16:0\d Walk Maria Kowalski over to Maya Torres/),
    ]);
  });

  it('reminds nobody and escalates nothing before: both count from the delivery', async () => {
    await sold({});
    await until('17:25');
    expect([...got(MAYA).slice(1), ...got(DENISE)]).toEqual([]);
    await until('17:40');
    expect(got(MAYA).slice(1)).toEqual([expect.stringMatching(/^20 17:3\d Reminder: /)]);
    // Half an hour of the second hour is left when Service closes at 6 PM; Saturday begins at 8.
    await until('08:40', 21);
    expect(got(DENISE)).toEqual([expect.stringMatching(/^21 08:3\d Overdue: /)]);
  });

  it('writes to the customer from the advisor, the moment they accept', async () => {
    await sold({});
    await until('10:00');
    expect(got(CUSTOMER)).toEqual([]);
    await choose(world, linkTo(world, MAYA), 'accept');
    expect(got(CUSTOMER)).toEqual([expect.stringMatching(/^20 10:00 Your service advisor for your 2027/)]);
    expect(world.inbox(CUSTOMER)[0]?.text).toContain('I’m Maya Torres');
    await until('20:00', 23);
    expect(got(CUSTOMER)).toHaveLength(1);
  });

  it('writes to the customer from the advisor who signs without having accepted', async () => {
    await sold({});
    await until('16:40');
    await choose(world, linkTo(world, MAYA), 'introduced-by-phone');
    expect(got(CUSTOMER)).toEqual([expect.stringMatching(/^20 16:40 Your service advisor for your 2027/)]);
    expect(world.inbox(CUSTOMER)[0]?.text).toContain('I’m Maya Torres');
    expect(await world.tasks('service-introduction')).toMatchObject([
      { state: 'completed', ended: { outcome: 'introduced-by-phone' } },
    ]);
  });

  it('moves all of that where the delivery is moved, and says so', async () => {
    await sold({});
    await world.putSample('vehicle-sold', { occurredAt: clock('11:00'), deliveryAt: clock('14:00', 23) });
    expect(got(MAYA).slice(1)).toEqual([
      expect.stringMatching(/New time: Meet Maria Kowalski and sign the introduction$/),
    ]);
    await until('13:20', 23);
    expect([...got(JORDAN), ...got(DENISE), ...got(CUSTOMER)]).toEqual([]);
    await until('13:40', 23);
    expect(got(JORDAN)).toEqual([expect.stringMatching(/^23 13:3\d Walk Maria Kowalski over/)]);
    await until('15:10', 23);
    expect(got(MAYA).at(-1)).toMatch(/^23 15:0\d Reminder: /);
  });

  it('has no sweep look into it until the new time where SES had refused the checklist', async () => {
    await sold({});
    world.calls.sesAnswers = [errors['ses paused']()];
    await until('16:10');
    world.calls.sesAnswers = [];
    await world.putSample('vehicle-sold', { occurredAt: clock('16:09'), deliveryAt: clock('14:00', 23) });
    await until('20:00');
    const [task] = await world.tasks('service-introduction');
    expect(task && dueAtOf(task)).toBe(clock('13:30', 23));
    await until('13:40', 23);
    expect(got(JORDAN)).toEqual([expect.stringMatching(/^23 13:3\d (New time: )?Walk /)]);
  });

  it('gives the salesperson the checklist again where it had come for the former time', async () => {
    await sold({});
    await until('16:15');
    await world.putSample('vehicle-sold', { occurredAt: clock('16:14'), deliveryAt: clock('18:00') });
    await until('17:35');
    expect(got(JORDAN)).toEqual([
      expect.stringMatching(/^20 16:0\d Walk /),
      expect.stringMatching(/^20 17:3\d New time: /),
    ]);
  });

  it('needs no checklist where the advisor has signed before', async () => {
    await sold({});
    await choose(world, linkTo(world, MAYA), 'introduced-in-person');
    await until('20:00');
    expect(got(JORDAN)).toEqual([]);
  });
});

describe('nobody accepts an introduction', () => {
  it('two hours after the delivery the customer hears from the manager, who is notified at that moment', async () => {
    await sold({ deliveryAt: clock('11:00') });
    await until('12:55');
    expect(got(CUSTOMER)).toEqual([]);
    await until('13:10');
    expect(got(DENISE)).toEqual([expect.stringMatching(/^20 13:0\d Overdue: /)]);
    expect(got(CUSTOMER)).toEqual([
      expect.stringMatching(/^20 13:0\d Your contact in Service for your 2027/),
    ]);
    expect(world.inbox(CUSTOMER)[0]?.text).toContain('I’m Denise Whitaker');
    const [letter] = world.inbox(CUSTOMER);
    expect(letter?.replyTo).toBe(DENISE);
    expect(`${letter?.html} ${letter?.text}`).not.toMatch(/Maya|Jordan/);
  });

  it('is one person to the customer: who accepts after that writes no second letter', async () => {
    await sold({ deliveryAt: clock('11:00') });
    await until('13:10');
    await choose(world, linkTo(world, MAYA), 'accept');
    await choose(world, linkTo(world, MAYA), 'introduced-in-person');
    await until('20:00', 25);
    expect(got(CUSTOMER)).toHaveLength(1);
  });

  it('leaves no trace of whoever declined it before somebody accepts', async () => {
    await sold({});
    await choose(world, linkTo(world, MAYA), 'decline', { reason: 'On vacation' });
    const [task] = await world.tasks('service-introduction');
    const next = task?.assignee?.employeeNumber === '1043' ? GREG : 'aisha.karim@lakeshore.example';
    await choose(world, linkTo(world, next), 'accept');
    await until('16:10');
    const letters = world.inbox(CUSTOMER);
    expect(letters.map(({ replyTo }) => replyTo)).toEqual([next]);
    expect(letters[0]?.text).not.toContain('Maya');
    expect(world.inbox(JORDAN).map(({ text }) => text.includes('Maya'))).toEqual([false]);
  });
});

describe('a customer is written to by day', () => {
  it('and gets the letter in the morning where the advisor accepts at night', async () => {
    await sold({ deliveryAt: clock('19:30') });
    await until('22:00');
    await choose(world, linkTo(world, MAYA), 'accept');
    expect(got(CUSTOMER)).toEqual([]);
    await until('07:55', 21);
    expect(got(CUSTOMER)).toEqual([]);
    await until('08:10', 21);
    expect(got(CUSTOMER)).toEqual([expect.stringMatching(/^21 08:0\d Your service advisor for your 2027/)]);
    expect(world.inbox(CUSTOMER)[0]?.text).toContain('I’m Maya Torres');
  });

  it('and gets none from an advisor who takes it back, or declines, before it left', async () => {
    await sold({ deliveryAt: clock('19:30') });
    await until('22:00');
    await choose(world, linkTo(world, MAYA), 'accept');
    await choose(world, linkTo(world, MAYA), 'undo');
    await until('07:40', 21);
    await choose(world, linkTo(world, MAYA), 'accept');
    await choose(world, linkTo(world, MAYA), 'decline', { reason: 'Fully booked' });
    await until('08:20', 21);
    expect(got(CUSTOMER)).toEqual([]);
  });
});

describe('a delivery after Service has closed', () => {
  it('asks the advisor to call when Service is open again, and a call is a signature', async () => {
    await sold({ deliveryAt: clock('19:00') });
    const [toSign] = world.inbox(MAYA);
    expect(toSign?.text).toContain('Service is closed when Maria picks up the car');
    expect(toSign?.text).toContain('Call Maria when you’re open again (Sat, Nov 21, 8:00 AM)');
    await until('09:00', 21);
    expect(got(DENISE)).toEqual([]);
    await choose(world, linkTo(world, MAYA), 'introduced-by-phone');
    expect(plain((await open(world, linkTo(world, MAYA))).body)).toContain('Introduced by phone');
  });
});

describe('a file that knows only the day', () => {
  it('has the checklist come as Sales opens, and the letter before Service closes', async () => {
    await sold(dayOnly, clock('05:00'));
    expect(world.inbox()).toEqual([]);
    await until('09:10');
    expect(got(MAYA)).toEqual([expect.stringMatching(/^20 09:0\d Meet Maria Kowalski/)]);
    expect(got(JORDAN)).toEqual([expect.stringMatching(/^20 09:0\d Walk Maria Kowalski over/)]);
    await until('16:40');
    expect([...got(CUSTOMER), ...got(MAYA).slice(1)]).toEqual([]);
    await until('17:59');
    expect(got(MAYA).slice(1)).toEqual([expect.stringMatching(/^20 16:[45]\d Reminder: /)]);
    expect(got(CUSTOMER)).toEqual([
      expect.stringMatching(/^20 17:4\d Your contact in Service for your 2027/),
    ]);
    expect(world.inbox(CUSTOMER)[0]?.text).toContain('I’m Denise Whitaker');
    expect(got(DENISE)).toEqual([expect.stringMatching(/^20 17:4\d Overdue: /)]);
  });

  it('and comes after it says what is true, and counts from when we learned it', async () => {
    const tuesday = { deliveryAt: undefined, deliveryOn: '2026-11-17' };
    await sold(tuesday, clock('05:00'));
    const late = 'Delivered Tuesday, not introduced yet: Maria Kowalski';
    expect(got(MAYA)).toEqual([`20 05:00 ${late}`]);
    expect(got(JORDAN)).toEqual([`20 05:00 ${late}`]);
    for (const { text } of world.inbox()) expect(text).not.toMatch(/bringing|walk /i);
    // Service opens at 7:30.
    await until('08:25');
    expect(got(MAYA)).toHaveLength(1);
    await until('09:40');
    expect(got(MAYA)[1]).toMatch(/^20 08:3\d Reminder: /);
    expect(got(CUSTOMER)).toEqual([
      expect.stringMatching(/^20 09:3\d Your contact in Service for your 2027/),
    ]);
    expect(world.inbox(CUSTOMER)[0]?.text).toContain('I’m Denise Whitaker');
  });
});
