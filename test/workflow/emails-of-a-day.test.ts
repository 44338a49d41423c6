import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isOpen } from '../../functions/handoff/task.ts';
import type { AnyTask } from '../../functions/handoffs/kinds.ts';
import { carOf, customerOf } from '../kinds/deadlines.ts';
import { emailsIn } from '../support/emails-in.ts';
import { type SentEmail, World } from '../support/world.ts';

/**
 * A day of a store with two advisors and three salespeople: thirty first services come near in the night, six cars are
 * sold and five high repairs are quoted. The table of what each person gets is docs/emails-of-a-day.md.
 */
const STORE = 'lakeshore-honda';
/** A Monday, 5:00 AM in Lakewood, where Service opens at seven. */
const NIGHT = '2026-11-09T12:00:00.000Z';
const NEXT_NIGHT = '2026-11-10T12:00:00.000Z';
const OVER = '2026-11-11T05:00:00.000Z';
const advisors = ['2031', '2032'];
const sellers = ['2051', '2052', '2053'];
const managers = ['2001', '2002'];

const at = (time: string) => new Date(`2026-11-09T${time}:00-07:00`).toISOString();
const nth = (people: readonly string[], index: number) => people[index % people.length] ?? '';

interface Happens {
  readonly at: string;
  readonly put: (world: World) => Promise<void>;
}

const firstServices = (): Happens[] =>
  Array.from({ length: 30 }, (_, index) => ({
    at: at('06:05'),
    put: (world) =>
      world.put('first-service-due', {
        storeId: STORE,
        occurredAt: at('06:05'),
        customer: { ...customerOf(`F${index}`), phone: '(303) 555-0190' },
        vehicle: carOf(`F${index}`),
        dueOn: '2026-12-07',
        salespersonNumber: nth(sellers, index),
        serviceAdvisorNumber: nth(advisors, index),
      }),
  }));

const sales = (): Happens[] =>
  ['09:30', '10:15', '11:00', '13:30', '14:30', '16:00'].map((time, index) => ({
    at: at(time),
    put: (world) =>
      world.putSample('vehicle-sold', {
        storeId: STORE,
        dealNumber: `S${index}`,
        occurredAt: at(time),
        deliveryAt: new Date(Date.parse(at(time)) + 90 * 60_000).toISOString(),
        customer: customerOf(`S${index}`),
        vehicle: carOf(`S${index}`),
        tradeIns: undefined,
        salespeople: [{ employeeNumber: nth(sellers, index) }],
        serviceAdvisorNumber: nth(advisors, index),
      }),
  }));

const quotes = (): Happens[] =>
  ['08:00', '09:00', '10:30', '13:15', '15:00'].map((time, index) => ({
    at: at(time),
    put: async (world) => {
      const customer = customerOf(`Q${index}`);
      const vehicle = { ...carOf(`Q${index}`), year: 2015, odometerMiles: 131_420 };
      await comesForYears(world, index, customer.customerNumber, vehicle.vin);
      await world.putSample('repair-quote-high', {
        roNumber: `Q${index}`,
        occurredAt: at(time),
        customer,
        vehicle,
        value: { cents: 920_000, source: 'Black Book', asOf: '2026-11-05' },
        salespersonNumber: nth(sellers, index),
        serviceAdvisorNumber: nth(advisors, index),
      });
    },
  }));

async function comesForYears(world: World, index: number, customerNumber: string, vin: string) {
  const { history } = world.services();
  for (const closedOn of ['2020-01-10', '2026-02-03', '2026-05-12', '2026-09-08'])
    await history.record({
      ...{ storeId: STORE, roNumber: `${index}-${closedOn}`, vin, customerNumber, closedOn },
      ...{ customerPayCents: 90_000, warrantyCents: 0, internalCents: 0, declined: [] },
      occurredAt: `${closedOn}T20:00:00.000Z`,
    });
}

/** Everything of the day in its order; whoever acts does so a few minutes later. */
async function play(act: (world: World, task: AnyTask) => Promise<unknown>): Promise<World> {
  const world = await World.open(NIGHT);
  world.showsLists = true;
  await world.sweep();
  const day = [...firstServices(), ...sales(), ...quotes()];
  const moments = Map.groupBy(day, (happens) => happens.at);
  for (const [moment, happening] of [...moments].toSorted(([a], [b]) => a.localeCompare(b))) {
    await until(world, moment);
    for (const { put } of happening) await put(world);
    await world.advance(5);
    for (const task of await world.tasks()) if (isOpen(task)) await act(world, task);
  }
  await until(world, at('17:45'));
  for (const task of await world.tasks()) if (isOpen(task)) await act(world, task);
  await until(world, OVER);
  return world;
}

const until = (world: World, instant: string) =>
  world.advance(Math.max(0, (Date.parse(instant) - Date.parse(world.now)) / 60_000));

/** An advisor books, signs and answers; a salesperson talks. Every second customer chooses the repair. */
async function everybodyActs(world: World, { taskId, kind, state, subject }: AnyTask): Promise<void> {
  if (state === 'open') await world.answer(taskId, { choice: 'accept' });
  if (kind === 'first-service-visit') {
    if (world.now >= at('07:30'))
      await world.answer(taskId, { choice: 'visit-booked', startsAt: '2026-11-17T10:00' });
  } else if (kind === 'service-introduction') {
    if (world.now >= at('17:00')) await world.answer(taskId, { choice: 'introduced-in-person' });
  } else if (kind === 'repair-options') {
    const isEven = Number('roNumber' in subject ? subject.roNumber.slice(1) : 0) % 2 === 0;
    await world.answer(taskId, { choice: isEven ? 'repair-it' : 'open-to-looking' });
  }
}

async function emailsOf(
  world: World,
  number: string,
  isOfDay: (email: SentEmail) => boolean,
): Promise<Map<string, number>> {
  const services = world.services();
  const person = (await services.roster.read(STORE)).find(({ employeeNumber }) => employeeNumber === number);
  const counts = new Map<string, number>();
  for (const email of world.inbox(person?.email).filter(isOfDay)) {
    const item =
      (await services.tasks.read(email.tags.task)) ?? (await services.tasks.readDay(email.tags.task));
    const name =
      (item && emailsIn(item).find(({ id }) => id === email.tags.entry)?.message) ?? 'list of before';
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

const total = (counts: ReadonlyMap<string, number>) =>
  [...counts.values()].reduce((sum, one) => sum + one, 0);
const onDay = ({ at: sent }: SentEmail) => sent < NEXT_NIGHT;
const dayAfter = (email: SentEmail) => !onDay(email);

interface Person {
  readonly who: string;
  readonly number: string;
}
const people: readonly Person[] = [
  ...advisors.map((number, index) => ({ who: `service advisor ${index + 1}`, number })),
  ...sellers.map((number, index) => ({ who: `salesperson ${index + 1}`, number })),
  { who: 'service manager', number: managers[0] ?? '' },
  { who: 'sales manager', number: managers[1] ?? '' },
];

async function rowsOf(world: World, isOfDay: (email: SentEmail) => boolean): Promise<string[]> {
  const rows: string[] = [];
  for (const { who, number } of people) {
    const counts = await emailsOf(world, number, isOfDay);
    const each = [...counts]
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([name, count]) => `${count} \`${name}\``);
    rows.push(`| ${who} | ${total(counts)} | ${each.join(', ') || 'none'} |`);
  }
  return rows;
}

describe('a day with six sales, five high quotes and thirty first services', () => {
  let acted: World;
  let idle: World;
  beforeAll(async () => {
    acted = await play(everybodyActs);
    idle = await play(async () => undefined);
  });
  afterAll(async () => {
    await acted.close();
    await idle.close();
  });

  const most = async (world: World, numbers: readonly string[], isOfDay: (email: SentEmail) => boolean) => {
    const counts: number[] = [];
    for (const number of numbers) counts.push(total(await emailsOf(world, number, isOfDay)));
    return Math.max(...counts);
  };

  it('sends nobody more than ten emails when everybody acts', async () => {
    expect(await most(acted, [...advisors, ...sellers], onDay)).toBeLessThanOrEqual(10);
  });

  it('sends nobody more than twelve when nobody does', async () => {
    expect(await most(idle, [...advisors, ...sellers], onDay)).toBeLessThanOrEqual(12);
  });

  it('sends a manager three at most the day after', async () => {
    expect(await most(idle, managers, dayAfter)).toBeLessThanOrEqual(3);
  });

  it('sends nobody a reminder and a list in the same minute', async () => {
    const { roster } = idle.services();
    const inSameMinute = (await roster.read(STORE)).flatMap(({ email }) => {
      const sent = idle.inbox(email);
      const lists = sent.filter(({ subject }) => subject.startsWith('Your list'));
      return lists.filter((list) =>
        sent.some(({ at: other, subject }) => other === list.at && subject.startsWith('Reminder')),
      );
    });
    expect(inSameMinute).toEqual([]);
  });

  it('tells an advisor who in Sales comes, half an hour after a sheet that nobody answered', () => {
    const told = idle
      .inbox('sam.delgado@lakeshore.example')
      .filter(({ subject }) => subject.includes('first'));
    expect(told.map((email) => email.at)).toEqual([at('08:30'), at('11:00'), at('15:30')]);
  });

  it('is written down per person and message', async () => {
    const head = ['| to | emails | which |', '| --- | --- | --- |'];
    const page = [
      '# Emails of a day',
      '',
      'What people get on a day with six sales, five high quotes and thirty first services, at a store with two advisors and',
      'three salespeople. Written by `test/workflow/emails-of-a-day.test.ts`, which holds the limits: ten when everybody acts,',
      'twelve when nobody does, three to a manager the day after.',
      '',
      '## Everybody acts',
      '',
      ...head,
      ...(await rowsOf(acted, onDay)),
      '',
      '## Nobody acts',
      '',
      ...head,
      ...(await rowsOf(idle, onDay)),
      '',
      '## Nobody acted, the day after',
      '',
      ...head,
      ...(await rowsOf(idle, dayAfter)),
      '',
    ].join('\n');
    await expect(page).toMatchFileSnapshot('../../docs/emails-of-a-day.md');
  });
});
