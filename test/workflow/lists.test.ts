import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dayIdOf } from '../../functions/my-day/my-day.ts';
import { carOf, customerOf } from '../kinds/deadlines.ts';
import { errors } from '../simulation/edge.ts';
import { emailsIn } from '../support/emails-in.ts';
import { DAY, World } from '../support/world.ts';
import { open, plain, post } from './answer-visitor.ts';

/** A Tuesday, 8:00 AM in Evanston. Service is open from 7:30 to 6:00 PM, Sales from 9:00 to 8:00 PM. */
const MORNING = '2026-11-10T14:00:00.000Z';
const STORE = 'lakeshore-subaru';
const MAYA = 'maya.torres@lakeshore.example';
const JORDAN = 'jordan.blake@lakeshore.example';
const DENISE = 'denise.whitaker@lakeshore.example';

let world: World;
beforeAll(async () => {
  world = await World.open(MORNING);
});
beforeEach(async () => {
  await world.reset(MORNING);
  world.showsLists = true;
  await world.sweep();
});
afterAll(() => world.close());

const due = (number: string, change: object = {}) =>
  world.put('first-service-due', {
    storeId: STORE,
    occurredAt: world.now,
    customer: { ...customerOf(number), phone: '(847) 555-0199', ...change },
    vehicle: carOf(number),
    dueOn: '2026-12-08',
    salespersonNumber: '1077',
    serviceAdvisorNumber: '1042',
    promises: ['A second key'],
  });
const until = (time: string, day = '2026-11-10') =>
  world.advance((Date.parse(`${day}T${time}:00-06:00`) - Date.parse(world.now)) / 60_000);
const times = (to: string) => world.inbox(to).map(({ at }) => at.slice(0, 16));
const texts = (to: string) => world.inbox(to).map(({ text }) => text);
const visit = async (number: string) => {
  const tasks = await world.tasks('first-service-visit');
  const found = tasks.find(({ subject }) => subject.customerNumber === number);
  if (!found) throw new Error(`there is no first service of ${number}`);
  return found;
};
const answer = async (number: string, choice: string, rest: object = {}) =>
  world.answer((await visit(number)).taskId, { choice, ...rest }, '1042');
const pageOf = (to: string) =>
  /https:\/\/handoff\.example\.com\/me\/[0-9a-f]{32}\/[\w-]+/.exec(texts(to).at(-1) ?? '')?.[0] ?? '';

describe('the next list', () => {
  it('is one email at one o’clock, with a number to tap, the due date and what we owe', async () => {
    await due('1001');
    await due('1002');
    expect(world.inbox(MAYA)).toEqual([]);
    await until('13:00');
    expect(times(MAYA)).toEqual(['2026-11-10T19:00']);
    const [list] = world.inbox(MAYA);
    expect(list?.subject).toBe('Your list: 2 to book');
    expect(list?.text).toContain('Kim No 1001: (847) 555-0199 · due Tue, Dec 8 · We owe: A second key');
    expect(list?.html).toContain('href="tel:+18475550199"');
    expect(world.inbox(JORDAN)[0]?.text).toContain('First services of your customers coming up');
  });

  it('says how else a customer may be reached who wants no calls, and shows no number', async () => {
    await due('1001', { mayContact: { phone: false } });
    await until('13:00');
    const [list] = world.inbox(MAYA);
    expect(list?.text).toContain('Do not call.');
    expect(`${list?.text}${list?.html}`).not.toContain('555-0199');
    const page = await open(world, pageOf(MAYA));
    expect(page.body).not.toContain('tel:');
  });

  it('comes an hour before closing with what is new by then, and not at all if nothing is', async () => {
    await until('14:00');
    await due('1001');
    await until('20:00');
    expect(times(MAYA)).toEqual(['2026-11-10T23:00']);
    await answer('1001', 'accept');
    await until('06:00', '2026-11-11');
    expect(times(MAYA)).toHaveLength(1);
  });

  it('says nothing of what was taken back before it left', async () => {
    await due('1001');
    await until('13:00');
    const before = world.inbox(JORDAN).length;
    await answer('1001', 'customer-declined');
    await world.advance(10);
    await answer('1001', 'undo');
    await until('20:00');
    expect(world.inbox(JORDAN)).toHaveLength(before);
  });

  it('corrects what left with the list before', async () => {
    await due('1001');
    await until('13:00');
    await until('18:30');
    await answer('1001', 'customer-declined');
    await until('19:05');
    expect(texts(JORDAN).at(-1)).toContain('Closed');
    await answer('1001', 'undo');
    await until('09:00', '2026-11-11');
    expect(texts(JORDAN).at(-1)).toContain('Maya Torres took back');
  });

  it('waits in the morning’s email for as long as SES refuses that', async () => {
    await until('18:30');
    await due('1001');
    world.calls.sesAnswers = [errors['ses is in the sandbox']()];
    await until('11:00', '2026-11-11');
    const day = await world.services().tasks.readDay(dayIdOf(STORE, '1042'));
    const tried = day?.outbox.filter(({ attempts }) => attempts > 0);
    expect(tried).toMatchObject([{ message: 'morning-summary', state: 'owed' }]);
    world.calls.sesAnswers = [];
    await until('16:30', '2026-11-11');
    expect(texts(MAYA).filter((text) => text.includes('Kim No 1001: (847)'))).toHaveLength(1);
  });

  it('comes once, wherever the sweep was stopped', async () => {
    for (let call = 0; call < 40; call += 1) {
      await world.reset(MORNING);
      world.showsLists = true;
      await world.sweep();
      await due('1001');
      world.now = '2026-11-10T19:00:00.000Z';
      const stopped = world.calls.stopAt(call, 'after');
      await world.sweep();
      await world.reportSent();
      await until('17:30');
      const named = texts(MAYA).filter((text) => text.includes('Kim No 1001: (847)'));
      expect(named, `stopped after call ${call}`).toHaveLength(1);
      if (!stopped()) break;
    }
  });

  it('does not wait with a visit that is booked for a time before it', async () => {
    await due('1001');
    await until('13:00');
    const before = world.inbox(JORDAN).length;
    await answer('1001', 'visit-booked', { startsAt: '2026-11-10T14:30' });
    expect(world.inbox(JORDAN).length).toBeGreaterThan(before);
  });

  it('goes with the handoff where somebody left before it came', async () => {
    await due('1001');
    await world.rosterSays(STORE, '1042', { endsOn: '2026-11-09' });
    await world.advance(5);
    await until('13:00');
    expect(world.inbox(MAYA)).toEqual([]);
    const { assignee } = await visit('1001');
    expect(assignee?.employeeNumber).not.toBe('1042');
    expect(world.inbox().filter(({ text }) => text.includes('Kim No 1001: (847)'))).toHaveLength(1);
  });

  it('keeps an item small, however much waits for it', async () => {
    for (let number = 2000; number < 2040; number += 1) await due(String(number));
    await until('13:00');
    const dayId = /me\/([0-9a-f]{32})/.exec(pageOf(MAYA))?.[1] ?? '';
    const day = await world.services().tasks.readDay(dayId);
    expect(JSON.stringify(day).length).toBeLessThan(12_000);
    expect(emailsIn(day ?? { outbox: [] }).filter(({ state }) => state === 'owed')).toEqual([]);
  });
});

describe('what is late', () => {
  const sell = (number: string, at: string) =>
    world.put('vehicle-sold', {
      ...{ storeId: STORE, dealNumber: number, dealType: 'retail', occurredAt: world.now, deliveryAt: at },
      ...{ customer: customerOf(number), vehicle: carOf(number) },
      ...{ salespeople: [{ employeeNumber: '1077' }], serviceAdvisorNumber: '1042' },
    });

  it('is gathered in one reminder, and what becomes late after it waits for the list', async () => {
    await sell('D-1', world.now);
    await world.advance(30);
    await sell('D-2', world.now);
    await until('12:55');
    expect(texts(MAYA).filter((text) => /waiting on you/.test(text))).toHaveLength(1);
    await until('13:00');
    expect(texts(MAYA).at(-1)).toMatch(/Overdue/);
    expect(texts(MAYA).at(-1)).toContain('Kim No D-2');
  });

  it('comes to the manager as one list', async () => {
    await sell('D-1', world.now);
    await sell('D-2', world.now);
    await until('19:00');
    const lists = world.inbox(DENISE).filter(({ text }) => text.includes('Overdue in the store'));
    expect(lists).toHaveLength(1);
    expect(lists[0]?.text).toContain('Kim No D-1');
    expect(lists[0]?.text).toContain('Kim No D-2');
  });
});

describe('the page of a list', () => {
  it('saves several choices with one press, and shows again what could not be', async () => {
    for (const number of ['1001', '1002', '1003']) await due(number);
    await until('13:00');
    const page = pageOf(MAYA);
    const [one, two, three] = await Promise.all(['1001', '1002', '1003'].map(visit));
    const shown = await open(world, page);
    const seen = /name="seen" value="([^"]+)"/.exec(shown.body)?.[1] ?? '';
    const wrong = await post(world, page, {
      choice: 'save-list',
      seen,
      [`visit-booked:${one?.taskId}`]: '2026-11-16T10:00',
      [`customer-declined:${two?.taskId}`]: 'yes',
      [`snooze:${three?.taskId}`]: '2026-11-01',
    });
    expect(wrong.status).toBe(422);
    expect(plain(wrong.body)).toContain('Saved: 2 entries. Please check 1 below.');
    expect(wrong.body).toContain('value="2026-11-01"');
    expect(await visit('1001')).toMatchObject({ state: 'accepted' });
    expect(await visit('1002')).toMatchObject({ state: 'completed' });
    expect(await visit('1003')).toMatchObject({ state: 'open' });
  });

  it('accepts everything that is offered with one press', async () => {
    for (const number of ['1001', '1002']) await due(number);
    await until('13:00');
    const answered = await post(world, pageOf(MAYA), { choice: 'accept-all', seen: world.now });
    expect(answered.status).toBe(303);
    expect(plain((await open(world, answered.headers['location'] ?? '')).body)).toContain(
      'Saved: 2 entries.',
    );
    expect((await world.tasks()).map(({ state }) => state)).toEqual(['accepted', 'accepted']);
  });

  it('changes nobody else’s handoff', async () => {
    await due('1001');
    await due('1002', {});
    await until('13:00');
    const { taskId } = await visit('1001');
    await until('09:10', '2026-11-11');
    await world.advance(DAY);
    const before = (await visit('1001')).state;
    await post(world, pageOf(JORDAN), { choice: 'save-list', [`customer-declined:${taskId}`]: 'yes' });
    expect((await visit('1001')).state).toBe(before);
  });
});
