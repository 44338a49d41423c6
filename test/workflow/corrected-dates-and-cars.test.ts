import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { plusMinutes } from '../../functions/group/business-time.ts';
import sold from '../../samples/vehicle-sold.json' with { type: 'json' };
import { DAY, World } from '../support/world.ts';
import { choose, linkTo } from './answer-visitor.ts';
import { appointment, CUSTOMER, due, MAYA, SELLER, TODAY } from './first-service-facts.ts';

let world: World;
beforeAll(async () => {
  world = await World.open(TODAY);
});
beforeEach(() => world.reset(TODAY));
afterAll(() => world.close());

const to = (address: string) => world.inbox(address).map(({ subject }) => subject);

describe('a due date that the DMS corrects by months after the invitation', () => {
  const JUNE = '2027-06-10';
  const corrected = (dueOn: string, minutes = 60) =>
    world.put('first-service-due', { ...due, dueOn, occurredAt: plusMinutes(TODAY, minutes) });
  beforeEach(async () => {
    await world.put('first-service-due', due);
    world.now = plusMinutes(TODAY, 120);
  });

  it('is told to the customer, the advisor and the salesperson, each in their own words, once', async () => {
    await corrected(JUNE);
    await corrected(JUNE);
    expect(to(CUSTOMER).slice(1)).toEqual([expect.stringMatching(/^Corrected date for your first service/)]);
    expect(world.inbox(CUSTOMER)[1]?.text).toMatch(/June 10, 2027[\s\S]*don’t need to do anything now/);
    expect(world.inbox(CUSTOMER)[1]?.text).toContain('December 10, 2026');
    expect(world.inbox(MAYA).at(-1)?.text).toContain('bring it back to you');
    expect(world.inbox(SELLER).at(-1)?.text).toContain('tell you when it’s coming up');
    const told = world.inbox().filter(({ subject }) => subject.startsWith('New due date'));
    expect(told.map((email) => email.to).toSorted()).toEqual([SELLER, MAYA].toSorted());
  });

  it('lets nobody work on it until its invitation, which goes out again to the customer and to both', async () => {
    await corrected(JUNE);
    world.now = '2027-05-01T15:00:00.000Z';
    await world.sweep();
    const before = to(CUSTOMER).length;
    expect(before).toBe(2);
    await world.advance(14 * DAY);
    expect(to(CUSTOMER).slice(2)).toEqual([expect.stringMatching(/^Book the first service/)]);
    const [task] = await world.tasks('first-service-visit');
    expect(task).toMatchObject({ state: 'open', assignee: { employeeNumber: '1042' } });
  });

  it('leaves an appointment that was made as it is, and tells the customer so', async () => {
    await world.put('service-appointment-booked', appointment());
    await corrected(JUNE);
    expect(world.inbox(CUSTOMER).at(-1)?.text).toMatch(/Your appointment on .*December 1.* is still yours/);
  });

  it('begins at once where the customer books before that day', async () => {
    await corrected(JUNE);
    await world.put(
      'service-appointment-booked',
      appointment({ startsAt: '2027-05-20T15:00:00.000Z', occurredAt: plusMinutes(TODAY, 90) }),
    );
    const [task] = await world.tasks('first-service-visit');
    expect(task?.state).toBe('open');
    expect(to(SELLER).at(-1)).toMatch(/May 20/);
  });

  it('is not told where it moves by days', async () => {
    await corrected('2026-12-20');
    expect(world.sent.filter(({ subject }) => /date/.test(subject))).toEqual([]);
  });

  it('takes back what the advisor let rest: it comes back by the new date only', async () => {
    await choose(world, linkTo(world, MAYA), 'snooze', { date: '2026-11-25' });
    await corrected(JUNE);
    const { length } = to(MAYA);
    await world.advance(20 * DAY);
    expect(to(MAYA)).toHaveLength(length);
  });
});

it('a first service that was due too long ago begins when the DMS corrects its date to next month', async () => {
  await world.put('first-service-due', {
    ...due,
    dueOn: '2026-08-01',
    occurredAt: '2026-08-01T18:00:00.000Z',
  });
  expect(world.sent).toEqual([]);
  await world.put('first-service-due', due);
  expect(to(CUSTOMER)).toHaveLength(1);
});

describe('a deal that is corrected to another car of the same customer', () => {
  const correct = (vehicle: object) =>
    world.put('vehicle-sold', {
      ...sold.detail,
      occurredAt: plusMinutes(TODAY, 60),
      vehicle: { ...sold.detail.vehicle, ...vehicle },
    });
  beforeEach(async () => {
    await world.put('vehicle-sold', { ...sold.detail, occurredAt: TODAY });
    await world.acceptIntroductions();
    world.now = plusMinutes(TODAY, 120);
  });

  it('is told to everybody who was told of the wrong car', async () => {
    await correct({ vin: '4S4BTGND0V3104873', model: 'Forester' });
    expect(to(MAYA).at(-1)).toMatch(/^Corrected: Meet Maria/);
    const [task] = await world.tasks('service-introduction');
    const corrected = task?.outbox.filter((one) => one.type === 'email' && one.own?.code === 'another-car');
    expect(corrected?.map((one) => one.type === 'email' && one.message)).toContain('walk-over');
    expect(world.inbox(MAYA).at(-1)?.text).toContain('for another car');
    expect(world.inbox(CUSTOMER)).toHaveLength(2);
    expect(world.inbox(CUSTOMER)[1]?.text).toMatch(/named the wrong car[\s\S]*Forester/);
  });

  it('does not concern a customer who sees no difference: staff alone go by the VIN', async () => {
    await correct({ vin: '4S4BTGND0V3104873' });
    expect(to(MAYA).at(-1)).toMatch(/^Corrected: /);
    expect(to(CUSTOMER)).toHaveLength(1);
  });
});
