import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { plusMinutes } from '../../functions/group/business-time.ts';
import { World } from '../support/world.ts';
import { choose, linkTo, open, plain, post, type Seen, visit } from './answer-visitor.ts';
import { followed, found, pageOf, pageOfSeller, startPath } from './own-page.ts';

/** A Friday, ten past ten in Evanston. */
const TODAY = '2026-11-20T16:10:00.000Z';
const JORDAN = 'jordan.blake@lakeshore.example';
const PRIYA = 'priya.natarajan@lakeshore.example';
const MAYA = 'maya.torres@lakeshore.example';
const OUTBACK = { vin: '4S4BSANC8K3214470', year: 2019, make: 'Subaru', model: 'Outback' };
const WALTER = { firstName: 'Walter', lastName: 'Nowak', phone: '(847) 555-0177' };
const SHAKES = { needs: 'It shakes when I brake', wants: 'just fix it', customerIs: 'waiting' };

let world: World;
beforeAll(async () => {
  world = await World.open(TODAY);
  world.keepsCustomers = true;
});
afterAll(() => world.close());
beforeEach(() => world.reset(TODAY));

const repairs = () => world.tasks('repair-instead');
const known = (customer: object, vehicle: object = OUTBACK, change: object = {}) =>
  world.put('service-visit-completed', {
    ...{ storeId: 'lakeshore-subaru', occurredAt: plusMinutes(world.now, -60 * 24 * 20) },
    ...{ roNumber: '90001', closedOn: '2026-10-31', customerPayCents: 9_900, customer, vehicle },
    ...change,
  });
const ROBERT = { customerNumber: '51874', firstName: 'Robert', lastName: 'Okafor', phone: '(847) 555-0134' };
const dayOfSeller = (who: string, number: string) => pageOfSeller(world, who, number);
const dayOf = (who: string) => pageOf(world, who);
const follow = (answer: Seen) => followed(world, answer);

describe('a handoff that a salesperson starts on the phone', () => {
  it('is on the page of their day, is typed, and is with a named advisor at once', async () => {
    const day = await dayOfSeller(JORDAN, '1077');
    expect((await open(world, day)).body).toContain('Send a shopper to Service');
    const answer = await post(world, startPath(day), {
      choice: 'start',
      ...WALTER,
      ...SHAKES,
      model: 'Outback',
    });
    expect(answer.status).toBe(303);
    const page = plain((await follow(answer)).body);
    expect(page).toContain('Started. Whoever has it got an email');
    expect(page).toContain('Maya Torres');
    const [repair] = await repairs();
    expect(repair).toMatchObject({ started: { by: '1077' }, assignee: { employeeNumber: '1042' } });
    expect(world.inbox(MAYA).at(-1)?.subject).toBe('Customer waiting: Walter Nowak’s Outback, from Sales');
  });

  it('is not started by opening its form, nor by a form that lacks something', async () => {
    const day = await dayOfSeller(JORDAN, '1077');
    expect((await open(world, startPath(day))).status).toBe(200);
    const answer = await post(world, startPath(day), {
      choice: 'start',
      firstName: 'Walter',
      wants: 'just fix it',
    });
    expect(answer.status).toBe(422);
    const page = plain(answer.body);
    expect(page).toContain('Please write what the customer says is wrong.');
    expect(await repairs()).toHaveLength(0);
    const unreachable = await post(world, startPath(day), {
      choice: 'start',
      firstName: 'Walter',
      ...SHAKES,
    });
    expect(plain(unreachable.body)).toContain('Please give a phone number or an email address.');
    expect(unreachable.body).toContain('value="Walter"');
    expect(await repairs()).toHaveLength(0);
  });

  it.each([
    ['an email address that is none', { email: 'walter at example' }, 'Please give an email address such as'],
    ['a VIN that is too short', { vin: '4S4BSANC' }, 'Please give all 17 letters and digits of the VIN.'],
    ['a year that is no year', { year: 'old' }, 'Please give the year in four digits.'],
  ])('asks again for %s', async (_what, typed, says) => {
    const day = await dayOfSeller(JORDAN, '1077');
    const answer = await post(world, startPath(day), { choice: 'start', ...WALTER, ...SHAKES, ...typed });
    expect(answer.status).toBe(422);
    expect(plain(answer.body)).toContain(says);
    expect(await repairs()).toHaveLength(0);
  });

  it('is one, where two salespeople start it, and both may open it', async () => {
    const jordans = await dayOfSeller(JORDAN, '1077');
    const priyas = await dayOfSeller(PRIYA, '1078');
    await post(world, startPath(jordans), { choice: 'start', ...WALTER, ...SHAKES });
    world.now = plusMinutes(world.now, 3);
    const again = await post(world, startPath(priyas), {
      ...{ choice: 'start', ...WALTER, ...SHAKES },
      phone: '847-555-0177',
    });
    expect(await repairs()).toHaveLength(1);
    expect((await follow(again)).status).toBe(200);
    expect((await repairs())[0]).toMatchObject({ started: { by: '1077' } });
  });

  it('is taken back by who started it', async () => {
    const day = await dayOfSeller(JORDAN, '1077');
    const answer = await post(world, startPath(day), { choice: 'start', ...WALTER, ...SHAKES });
    const path = (answer.headers['location'] ?? '').split('?')[0] ?? '';
    await choose(world, path, 'started-by-mistake');
    expect((await repairs())[0]).toMatchObject({ ended: { by: '1077', outcome: 'started-by-mistake' } });
    expect(world.inbox(MAYA).at(-1)?.subject).toContain('it was started by mistake');
  });

  it('comes with hostile text escaped', async () => {
    const day = await dayOfSeller(JORDAN, '1077');
    const bad = '"><script>alert(1)</script>';
    const answer = await post(world, startPath(day), { choice: 'start', firstName: bad, needs: bad });
    expect(answer.body).not.toContain('<script>');
    const looked = await post(world, startPath(day), { choice: 'look-up', asked: bad });
    expect(looked.body).not.toContain('<script>');
  });

  it('is offered to nobody in Service, and to no unknown link', async () => {
    await dayOfSeller(JORDAN, '1077');
    const mayas = await dayOf(MAYA);
    expect((await open(world, mayas)).body).not.toContain('Send a shopper to Service');
    expect((await open(world, startPath(mayas))).status).toBe(404);
    const forged = `https://handoff.example.com/me/${'0'.repeat(32)}/nobody`;
    expect((await post(world, startPath(forged), { choice: 'start', ...WALTER, ...SHAKES })).status).toBe(
      404,
    );
    expect(await repairs()).toHaveLength(0);
  });
});

describe('a customer who is found', () => {
  it.each([
    ['phone', '847 555 0134'],
    ['the last eight of the VIN', 'k3214470'],
    ['the whole VIN', OUTBACK.vin],
  ])('by %s is shown as first name, initial and car, and by nothing else', async (_by, asked) => {
    await known({ ...ROBERT, email: 'robert.okafor@example.com' });
    const day = await dayOfSeller(JORDAN, '1077');
    const { body } = await post(world, startPath(day), { choice: 'look-up', asked });
    expect(plain(body)).toContain('Robert O., 2019 Subaru Outback');
    for (const secret of ['Okafor', '555-0134', '51874', OUTBACK.vin, 'robert.okafor@'])
      expect(body.replace(`value="${asked}"`, '').replaceAll(`value="${asked}"`, '')).not.toContain(secret);
  });

  it('by email or by deal number comes with their number, phone and car', async () => {
    await known({ ...ROBERT, email: 'robert.okafor@example.com' });
    const day = await dayOfSeller(JORDAN, '1077');
    const asked = 'Robert.Okafor@example.com';
    const { body } = await post(world, startPath(day), { choice: 'look-up', asked });
    await post(world, startPath(day), { choice: 'start', asked, found: found(body)[0] ?? '', ...SHAKES });
    expect((await repairs())[0]).toMatchObject({
      subject: { customerNumber: '51874' },
      facts: { asked: { customer: { phone: ROBERT.phone }, vehicle: OUTBACK } },
    });
    const ofDeal = await post(world, startPath(day), { choice: 'look-up', asked: 'D-1077' });
    expect(plain(ofDeal.body)).toContain('Maria K., Subaru Outback');
  });

  it('is never found by name', async () => {
    await known(ROBERT);
    const day = await dayOfSeller(JORDAN, '1077');
    const { status, body } = await post(world, startPath(day), { choice: 'look-up', asked: 'Robert Okafor' });
    expect(status).toBe(422);
    expect(plain(body)).toContain('Names are not looked up.');
    const one = await post(world, startPath(day), { choice: 'look-up', asked: 'Okafor' });
    expect(plain(one.body)).toContain('Nobody is known by that.');
  });

  it('is of the reader’s own store', async () => {
    await known(ROBERT, OUTBACK, { storeId: 'lakeshore-honda' });
    const day = await dayOfSeller(JORDAN, '1077');
    const { body } = await post(world, startPath(day), { choice: 'look-up', asked: '847 555 0134' });
    expect(plain(body)).toContain('Nobody is known by that.');
  });

  it('is not chosen by what a browser sends: it was found, or nothing begins', async () => {
    await known(ROBERT);
    const day = await dayOfSeller(JORDAN, '1077');
    const asked = '847 555 0134';
    const { body } = await post(world, startPath(day), { choice: 'look-up', asked });
    const [token = ''] = found(body);
    await known(
      { customerNumber: '60001', firstName: 'Ann', lastName: 'Berg', phone: '847 555 9999' },
      { ...OUTBACK, vin: '4S4BSANC8K3214499' },
      { roNumber: '90002' },
    );
    const answer = await post(world, startPath(day), {
      ...{ choice: 'start', asked: '847 555 9999', found: token, ...SHAKES },
    });
    expect(plain(answer.body)).toContain('please find the customer once more');
    expect(await repairs()).toHaveLength(0);
  });

  it('is not shown where more than five have that phone number', async () => {
    for (let at = 1; at <= 6; at += 1)
      await known(
        { ...ROBERT, customerNumber: `M-${at}`, firstName: `Robert${at}` },
        { ...OUTBACK, vin: `4S4BSANC8K321447${at}` },
        { roNumber: `9000${at}` },
      );
    const day = await dayOfSeller(JORDAN, '1077');
    const { body } = await post(world, startPath(day), { choice: 'look-up', asked: '847 555 0134' });
    expect(plain(body)).toContain('More than 5 customers have that.');
    expect(found(body)).toHaveLength(0);
  });

  it('takes one of thirty look-ups a day; the same again takes none, and typing is still possible', async () => {
    const day = await dayOfSeller(JORDAN, '1077');
    const look = (asked: string) => post(world, startPath(day), { choice: 'look-up', asked });
    for (let at = 10; at < 40; at += 1) await look(`847 555 01${at}`);
    expect(plain((await look('847 555 0110')).body)).toContain('Nobody is known by that.');
    const refused = await look('847 555 0199');
    expect(plain(refused.body)).toContain('That was the last look-up for today.');
    const answer = await post(world, startPath(day), { choice: 'start', ...WALTER, ...SHAKES });
    expect(answer.status).toBe(303);
    world.now = plusMinutes(world.now, 24 * 60 + 1);
    expect(plain((await look('847 555 0199')).body)).toContain('Nobody is known by that.');
  });

  it('is logged by number, with who looked', async () => {
    await known(ROBERT);
    const day = await dayOfSeller(JORDAN, '1077');
    const { lookedUp } = await visit(world, 'POST', startPath(day), {
      body: new URLSearchParams({ choice: 'look-up', asked: '847 555 0134' }).toString(),
    });
    expect(lookedUp).toEqual({ dayId: /\/me\/(\w+)\//.exec(day)?.[1], customers: ['51874'] });
  });

  it('is the one of the handoff that the salesperson came from, without any look-up', async () => {
    await dayOfSeller(JORDAN, '1077');
    const task = linkTo(world, JORDAN);
    const page = await open(world, `${task}/start?kind=repair-instead`);
    expect(plain(page.body)).toContain('Maria Kowalski, Subaru Outback');
    expect(page.body).not.toContain('name="asked"');
    const answer = await post(world, `${task}/start?kind=repair-instead`, { choice: 'start', ...SHAKES });
    expect(plain((await follow(answer)).body)).toContain('Started.');
    expect((await repairs())[0]?.subject.customerNumber).toBe('C-1077');
  });
});
