import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RosterStore } from '../../functions/adapters/roster-store.ts';
import { parseGroup } from '../../functions/group/group-file.ts';
import groupFile from '../../groups/demo.json' with { type: 'json' };
import { DAY, World } from '../support/world.ts';
import { choose, linkTo, open } from './answer-visitor.ts';

/** Friday, November 20, 2026 at 10 AM in Skokie: everybody is open. */
const SOLD_AT = '2026-11-20T16:00:00.000Z';
const USED = 'lakeshore-used';
const SUBARU = 'lakeshore-subaru';
const HONDA = 'lakeshore-honda';
const VIN = '4S4BTGND8V3104872';
const CUSTOMER = 'maria.kowalski@example.com';
const SAM = 'sam.okafor@lakeshore.example';
const ROSA = 'rosa.delgado@lakeshore.example';
const MAYA = 'maya.torres@lakeshore.example';
const DENISE = 'denise.whitaker@lakeshore.example';

let world: World;
beforeAll(async () => {
  world = await World.open(SOLD_AT);
});
beforeEach(() => world.reset(SOLD_AT));
afterAll(() => world.close());

const entered = (change: object = {}) =>
  world.putSample('vehicle-sold', {
    storeId: USED,
    occurredAt: SOLD_AT,
    deliveryAt: undefined,
    salespeople: [{ employeeNumber: '4077' }],
    ...change,
  });
const sold = async (change: object = {}) => {
  await entered(change);
  await world.acceptIntroductions();
};
const emails = (to: string) => world.inbox(to).filter(({ subject }) => !/^Your day: | today: /.test(subject));
const only = (to: string) => {
  const [email, ...others] = emails(to);
  if (!email || others.length > 0) throw new Error(`${to} has ${others.length + (email ? 1 : 0)} emails`);
  return email;
};
const introductions = () => world.tasks('service-introduction');

describe('a car is sold at a store without a service department', () => {
  it('introduces the customer to an advisor of the store that services it, with that address and hours', async () => {
    await sold();
    const [task] = await introductions();
    expect(task).toMatchObject({ storeId: SUBARU, soldAt: USED, assignee: { employeeNumber: '1042' } });
    expect(task?.firstService).toEqual({ dueOn: '2027-05-20', dueMiles: 6000 });
    const letter = only(CUSTOMER);
    expect(letter.replyTo).toBe(MAYA);
    expect(letter.text).toContain('1820 Sheridan Row, Evanston');
    expect(letter.text).toContain('lane 1 under the green awning');
    expect(letter.text).toContain('Mon–Fri 7:30 AM–6:00 PM');
    expect(letter.text).toContain('you bought your car from Lakeshore Used Car Superstore');
    expect(letter.text).not.toContain('closed');
  });

  it('tells the salesperson of the selling store that service is at another address', async () => {
    await entered();
    const email = only(SAM);
    expect(email.subject).toContain('to Maya Torres at Lakeshore Subaru');
    expect(email.text).toContain('at another address: Lakeshore Subaru, 1820 Sheridan Row');
    expect(email.text).not.toContain('service desk');
    expect(only(MAYA).text).toContain('Lakeshore Used Car Superstore');
    expect(only(MAYA).text).toContain('Sam Okafor');
    await world.acceptIntroductions();
    expect(emails(SAM).map(({ subject }) => subject)).toEqual([
      email.subject,
      'Maya Torres has Maria Kowalski',
    ]);
    expect(emails('jordan.blake@lakeshore.example')).toEqual([]);
  });

  it('knows two people of one employee number apart, who work at the two stores', async () => {
    const { dynamodb, tableName } = world.target();
    const [jordan] = (await new RosterStore(dynamodb, tableName).read(SUBARU)).filter(
      ({ employeeNumber }) => employeeNumber === '1077',
    );
    if (!jordan) throw new Error('1077 is not in the roster');
    const twin = { ...jordan, storeId: USED, name: 'Nia Twin', email: 'nia.twin@lakeshore.example' };
    await new RosterStore(dynamodb, tableName).put(twin);
    await entered({ salespeople: [{ employeeNumber: '1077' }] });
    expect(only(twin.email).subject).toContain('Maya Torres');
    expect(only(MAYA).text).toContain('Nia Twin');
    await world.acceptIntroductions();
    expect(emails(twin.email)).toHaveLength(2);
    expect(emails(jordan.email)).toEqual([]);
  });

  it('goes by the make of the car, and before that by what the sale says', async () => {
    await sold({ vehicle: { vin: VIN, make: 'HONDA' } });
    await sold({ dealNumber: '48212', vehicle: { vin: VIN, make: 'Honda' }, serviceAt: 'lakeshore-ford' });
    const tasks = await introductions();
    expect(tasks.map(({ storeId }) => storeId).toSorted()).toEqual(['lakeshore-ford', HONDA]);
  });

  it('escalates to the service manager there, and lists the handoff on the lists of that store', async () => {
    await entered();
    await world.advance(3 * DAY);
    expect(emails(DENISE).map(({ subject }) => subject)).toEqual([expect.stringContaining('Maria Kowalski')]);
    expect(emails(ROSA)).toEqual([]);
  });

  it('is listed for the managers of the store that sold the car, too, with the store that has it', async () => {
    await sold();
    await world.advance(3 * DAY);
    const todays = () => world.inbox(ROSA).filter(({ subject }) => subject.includes(' today: '));
    const [today] = todays();
    expect(today?.text).toMatch(/Sold here, serviced elsewhere[\s\S]*Maria Kowalski.*Lakeshore Subaru/);
    await world.advance(3 * DAY);
    const late = todays().at(-1)?.text;
    expect(late).toMatch(/Maria Kowalski.*Lakeshore Subaru. Overdue/);
    expect(late).toContain('1 is overdue. Check in');
    expect(late).not.toContain('Nothing is overdue');
    const link = /https:\/\/handoff\.example\.com\/me\/\w+\/[\w-]+/.exec(today?.text ?? '')?.[0];
    const page = await open(world, link ?? '');
    expect(page.body).toContain('Sold here, serviced elsewhere');
  });

  it('opens from the links of both stores, and the advisor signs', async () => {
    await sold();
    expect((await open(world, linkTo(world, SAM))).status).toBe(200);
    const page = await choose(world, linkTo(world, MAYA), 'introduced-in-person');
    expect(page.body).toContain('Sam Okafor');
    expect((await introductions())[0]?.state).toBe('completed');
  });

  it('is reversed by the deal number of the selling store, in any order', async () => {
    const unwound = { storeId: USED, occurredAt: SOLD_AT, dealNumber: '48211' };
    await sold();
    await world.put('deal-unwound', unwound);
    await world.put('deal-unwound', { ...unwound, dealNumber: '48213' });
    await sold({ dealNumber: '48213' });
    expect((await introductions()).map(({ state }) => state)).toEqual(['cancelled', 'cancelled']);
    expect(emails(CUSTOMER)).toHaveLength(1);
  });

  it('moves to the right store while nobody has it', async () => {
    const later = '2026-11-20T16:01:00.000Z';
    await sold({ deliveryAt: '2026-11-24T15:00:00-06:00' });
    world.now = later;
    const honda = { occurredAt: later, vehicle: { vin: VIN, make: 'Honda' } };
    await sold({ ...honda, deliveryAt: '2026-11-24T15:00:00-06:00' });
    expect((await introductions())[0]).toMatchObject({ storeId: HONDA, soldAt: USED });
  });

  describe.each([
    ['by its make', { vehicle: { vin: VIN, make: 'Honda' } }],
    ['by the deal', { serviceAt: HONDA }],
  ])('moves to the right store when the deal is corrected %s', (_name, change) => {
    const later = '2026-11-20T16:10:00.000Z';
    const correct = () => sold({ occurredAt: later, ...change });
    beforeEach(async () => {
      await sold();
      world.now = later;
    });

    it('takes it from the advisor there, and gives the customer the advisor and address here', async () => {
      await correct();
      const [task] = await introductions();
      expect(task).toMatchObject({ storeId: HONDA, soldAt: USED, state: 'accepted' });
      expect(emails(MAYA).at(-1)?.text).toContain('another store services the car');
      const here = world
        .inbox()
        .filter(({ subject }) => subject === 'Meet Maria Kowalski and sign the introduction');
      expect(here.map(({ to }) => to)).toEqual([MAYA, 'sam.delgado@lakeshore.example']);
      // That Maya Torres had it is taken out of the list that has not left.
      expect(emails(SAM).map(({ subject }) => subject)).toEqual([
        'Introduce Maria Kowalski to Maya Torres at Lakeshore Subaru',
        'Introduce Maria Kowalski to Sam Delgado at Lakeshore Honda',
        'Sam Delgado has Maria Kowalski',
      ]);
      const [, second, ...others] = emails(CUSTOMER);
      expect(second?.replyTo).toBe('sam.delgado@lakeshore.example');
      expect(second?.text).toContain('Lakeshore Honda');
      expect(others).toEqual([]);
    });

    it('shows the first visit that is booked here, not the one that was booked there', async () => {
      const book = (storeId: string, appointmentNumber: string) =>
        world.put('service-appointment-booked', {
          ...{ storeId, appointmentNumber, vin: VIN, occurredAt: world.now },
          startsAt: '2026-12-01T15:00:00Z',
        });
      await book(SUBARU, 'A-THERE');
      await book(HONDA, 'A-HERE');
      await correct();
      const [task] = await introductions();
      expect(task?.facts.appointments?.map((one) => one.appointmentNumber)).toEqual(['A-HERE']);
    });

    it('moves once, however often the correction comes, and stays when the older version is told again', async () => {
      await correct();
      const before = world.inbox().length;
      await world.redeliver(1);
      await world.redeliver(0);
      expect(world.inbox()).toHaveLength(before);
      expect((await introductions())[0]).toMatchObject({ storeId: HONDA, state: 'accepted' });
    });

    it('stays with the advisor who has signed it', async () => {
      const [task] = await introductions();
      await world.answer(task?.taskId ?? '', { choice: 'introduced-in-person' });
      await correct();
      expect((await introductions())[0]).toMatchObject({ storeId: SUBARU, state: 'completed' });
    });
  });

  it("keeps both stores' no: a customer of a store on trial gets no email from the other", async () => {
    const pilot = await World.open(SOLD_AT, (group) => ({
      ...group,
      stores: group.stores.map((store) => (store.id === USED ? { ...store, mode: 'staff-only' } : store)),
    }));
    await pilot.sellAndAccept({ storeId: USED, occurredAt: SOLD_AT });
    expect(pilot.inbox(CUSTOMER)).toEqual([]);
    expect(pilot.inbox(MAYA)).toHaveLength(1);
    await pilot.close();
  });

  it('refuses a store that nobody knows or that does not service cars, with the field', async () => {
    await sold({ serviceAt: 'lakeshore-mazda' });
    await sold({ serviceAt: USED });
    const reasons = (await world.refusals()).map(({ reason }) => reason);
    expect(reasons).toEqual([
      expect.stringMatching(/^serviceAt: .*lakeshore-mazda/),
      expect.stringMatching(/^serviceAt: .*with a service department/),
    ]);
    expect(await world.tasks()).toEqual([]);
  });
});

describe('the first service of a car that another store sold', () => {
  const toSpring = async () => {
    world.now = '2027-04-18T12:00:00.000Z';
    await world.advance(5 * DAY);
  };

  it('is at the store that services it: its advisor, its interval, and the salesperson who sold it', async () => {
    await sold();
    world.sent.length = 0;
    await toSpring();
    const [visit] = await world.tasks('first-service-visit');
    expect(visit).toMatchObject({ storeId: SUBARU, soldAt: USED, state: 'open' });
    expect(visit?.assignee?.employeeNumber).toBe('1042');
    const invitation = emails(CUSTOMER).at(-1);
    expect(invitation?.text).toContain('1820 Sheridan Row');
    expect(emails(SAM).at(-1)?.text).toContain('Lakeshore Subaru, 1820 Sheridan Row');
  });
});

describe("a dealer group's file", () => {
  const withUsed = (change: object) => ({
    ...groupFile,
    stores: groupFile.stores.map((store) => (store.id === USED ? { ...store, ...change } : store)),
  });

  it.each([
    ['a store that neither services nor says who does', { serviceAt: undefined }, 'stores[3].hours.service'],
    ['a store that nobody knows', { serviceAt: 'lakeshore-mazda' }, 'stores[3].serviceAt'],
    ['a chain', { serviceAt: USED }, 'stores[3].serviceAt'],
    ['a chain by make', { serviceAtByMake: { Kia: USED } }, 'stores[3].serviceAtByMake.Kia'],
  ])('refuses %s, with the path', (_name, change, path) => {
    expect(() => parseGroup(withUsed(change))).toThrow(path);
  });
});
