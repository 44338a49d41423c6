import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { plusMinutes } from '../../functions/group/business-time.ts';
import { DAY, World } from '../support/world.ts';
import { choose, open, plain, post } from './answer-visitor.ts';
import { followed, pageOf, pageOfSeller, startPath } from './own-page.ts';

/** A Friday, ten past ten in Evanston. */
const TODAY = '2026-11-20T16:10:00.000Z';
const JORDAN = 'jordan.blake@lakeshore.example';
const PRIYA = 'priya.natarajan@lakeshore.example';
const MAYA = 'maya.torres@lakeshore.example';
const BUYER = {
  firstName: 'Walter',
  lastName: 'Nowak',
  phone: '(847) 555-0177',
  email: 'walter.nowak@example.com',
};
const CAR = { vin: '4S4BTGND0V3104879', year: '2027', make: 'Subaru', model: 'Outback' };
const SALE = { dealNumber: '50117', ...BUYER, ...CAR };

let world: World;
let day: string;
beforeAll(async () => {
  world = await World.open(TODAY);
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.reset(TODAY);
  day = await pageOfSeller(world, JORDAN, '1077');
});

const path = (of = day) => startPath(of, 'service-introduction');
const start = (change: object = {}, of = day) =>
  post(world, path(of), { choice: 'start', ...SALE, ...change });
const theDeal = async () =>
  (await world.tasks('service-introduction')).filter(({ subject }) => subject.dealNumber === '50117');
/** What the DMS says of the deal in the evening, of the moment at which it was signed: before it was typed. */
const dmsSays = (change: object = {}) =>
  world.putSample('vehicle-sold', {
    ...{ dealNumber: '50117', deliveryAt: TODAY, occurredAt: plusMinutes(TODAY, -90) },
    customer: { customerNumber: 'C-88123', ...BUYER },
    vehicle: { vin: CAR.vin, year: 2027, make: 'Subaru', model: 'Outback Premium' },
    salespeople: [{ employeeNumber: '1077' }],
    ...change,
  });
const published = (detailType: string) => world.ours.filter((event) => event['detail-type'] === detailType);
const subjects = (to: string) => world.inbox(to).map(({ subject }) => subject);

describe('an introduction that no dealer system sent', () => {
  it('is with the salesperson’s partner at once, and the buyer gets the letter of whoever accepts', async () => {
    const answer = await start();
    expect(plain((await followed(world, answer)).body)).toContain('Started.');
    const [task] = await theDeal();
    expect(task).toMatchObject({
      ...{ state: 'open', started: { by: '1077', at: TODAY }, assignee: { employeeNumber: '1042' } },
      facts: { typed: true, sold: { salespeople: [{ employeeNumber: '1077' }] } },
    });
    await world.answer(task?.taskId ?? '', { choice: 'accept' });
    expect(world.inbox(BUYER.email)).toHaveLength(1);
  });

  it('is no sale for the history before the dealer system says so', async () => {
    await start();
    const before = published('vehicle-owner-changed').length;
    await dmsSays();
    expect(published('vehicle-owner-changed')).toHaveLength(before + 1);
    expect((await theDeal())[0]?.facts).toMatchObject({ sold: { customer: { customerNumber: 'C-88123' } } });
    expect((await theDeal())[0]?.facts.typed).toBeUndefined();
  });

  it('becomes what the dealer system says of the deal, also of an earlier moment, and nobody is asked twice', async () => {
    await start();
    const told = subjects(MAYA).length;
    await dmsSays();
    expect(await theDeal()).toHaveLength(1);
    expect(subjects(MAYA)).toHaveLength(told);
    expect((await theDeal())[0]).toMatchObject({
      ...{ state: 'open', started: { by: '1077' } },
      facts: { sold: { customer: { customerNumber: 'C-88123' } } },
    });
  });

  it('ends where the dealer system unwinds the deal', async () => {
    await start();
    await world.put('deal-unwound', {
      ...{ storeId: 'lakeshore-subaru', dealNumber: '50117', occurredAt: plusMinutes(TODAY, -10) },
    });
    expect((await theDeal())[0]).toMatchObject({ ended: { outcome: 'deal unwound' } });
  });

  it('is taken back by who started it, without a first service; the real deal of that number begins anew', async () => {
    const { pathname } = new URL((await start()).headers['location'] ?? '', 'https://handoff.example.com');
    await choose(world, pathname, 'started-by-mistake');
    expect((await theDeal())[0]).toMatchObject({ ended: { outcome: 'started-by-mistake' }, deadlines: {} });
    await dmsSays();
    const [task] = await theDeal();
    expect(task).toMatchObject({
      state: 'open',
      facts: { sold: { customer: { customerNumber: 'C-88123' } } },
    });
    expect(task?.started).toBeUndefined();
  });

  it('is not of a deal that is known already, and a typed number opens nobody’s handoff', async () => {
    await dmsSays({ salespeople: [{ employeeNumber: '1078' }] });
    await world.advance(DAY);
    const answer = await start({ firstName: 'Somebody', lastName: 'Else' });
    expect(answer.status).toBe(409);
    expect(plain(answer.body)).toContain('that deal has its handoff already');
    expect(plain(answer.body)).not.toContain('C-88123');
    expect((await theDeal())[0]?.facts.typed).toBeUndefined();
  });

  it('is one where two of the deal type it', async () => {
    await start();
    const priyas = await pageOfSeller(world, PRIYA, '1078');
    expect((await start({}, priyas)).status).toBe(409);
    expect(await theDeal()).toHaveLength(1);
  });

  it.each([
    ['a deal number', { dealNumber: '' }, 'Please give the deal number.'],
    ['a VIN', { vin: '' }, 'Please give all 17 letters and digits of the VIN.'],
    ['a VIN that is one', { vin: 'UNKNOWN' }, 'Please give all 17 letters and digits of the VIN.'],
    ['a name', { firstName: '', lastName: '' }, 'Please give the last name.'],
  ])('needs %s', async (_what, change, says) => {
    const answer = await start(change);
    expect(answer.status).toBe(422);
    expect(plain(answer.body)).toContain(says);
    expect(await theDeal()).toHaveLength(0);
  });

  it('is not to be taken back by a seller where the dealer system sent it', async () => {
    const task = (await world.tasks('service-introduction')).find(
      ({ subject }) => subject.dealNumber === 'D-1077',
    );
    const page = await open(world, `${await pageOf(world, JORDAN)}/${task?.taskId}`);
    expect(page.body).not.toContain('started-by-mistake');
  });
});
