import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { World } from '../support/world.ts';
import { linkTo, open, post } from './answer-visitor.ts';

const SOLD_AT = '2026-11-20T22:40:00.000Z';
const CUSTOMER = 'maria.kowalski@example.com';
const PHONE = '(847) 555-0188';
const maria = {
  ...{ customerNumber: 'C-20417', firstName: 'Maria', lastName: 'Kowalski' },
  ...{ email: CUSTOMER, phone: PHONE },
};
const emails = { choice: 'save', introduction: 'yes', service: 'yes', upgrade: 'yes' };
const STORE = 'lakeshore-subaru';

let world: World;
beforeAll(async () => {
  world = await World.open(SOLD_AT);
});
beforeEach(async () => {
  await world.reset(SOLD_AT);
  await world.sellAndAccept({ customer: maria });
});
afterEach(async () => {
  expect(world.deadLetters).toEqual([]);
  expect(await world.refusals()).toEqual([]);
});
afterAll(() => world.close());

const says = (mayContact: object, at = world.now, customerNumber = maria.customerNumber) =>
  world.put('customer-preferences-changed', {
    ...{ storeId: STORE, occurredAt: at, customerNumber, phone: PHONE, mayContact },
  });
const refused = async (who: object = { customerNumber: maria.customerNumber }) =>
  (await world.services().contacts.read({ storeId: STORE, ...who })).refused;
const page = async () => (await open(world, linkTo(world, CUSTOMER))).body;
const choose = (fields: object) => post(world, linkTo(world, CUSTOMER), { ...emails, ...fields });
const chosen = (body: string, channel: string) =>
  new RegExp(`<select id="${channel}".*?<option value="(\\w+)" selected>`, 's').exec(body)?.[1];

describe('a no to calls, texts or letters', () => {
  it('stands on the page of the customer, who takes it back there, at the phone and at every number', async () => {
    await says({ phone: false, mail: false });
    const body = await page();
    expect([chosen(body, 'phone'), chosen(body, 'text'), chosen(body, 'mail')]).toEqual(['no', 'yes', 'no']);
    await choose({ phone: 'yes', text: 'yes', mail: 'no' });
    expect(await refused()).toEqual(['mail']);
    expect(await refused({ phone: PHONE })).toEqual([]);
    const { addresses } = world.services();
    expect((await addresses.read('tel:8475550188')).lifted).toEqual([
      { channel: 'phone', at: SOLD_AT, by: 'customer' },
    ]);
  });

  it('is said on the page, too, and obeyed by staff at the phone and at the number', async () => {
    await choose({ phone: 'no', text: 'no', mail: 'yes' });
    expect(await refused()).toEqual(['phone', 'text']);
    expect(await refused({ phone: PHONE })).toEqual(['phone', 'text']);
    expect(chosen(await page(), 'phone')).toBe('no');
  });

  it('is left as it stands by a page that was opened before it could be chosen there', async () => {
    await says({ phone: false });
    await choose({});
    expect(await refused()).toEqual(['phone']);
  });

  it('is not lifted by a press that stops the emails, nor by the yes of an event', async () => {
    await says({ phone: false });
    await post(world, linkTo(world, CUSTOMER), { choice: 'stop-group' });
    await says({ phone: true });
    expect(await refused()).toContain('phone');
  });

  it('holds under a merged number, and is lifted under both', async () => {
    await says({ phone: false }, SOLD_AT, 'C-7');
    await world.put('customer-changed', {
      ...{ storeId: STORE, occurredAt: world.now, customer: maria, replaces: ['C-7'] },
    });
    expect(chosen(await page(), 'phone')).toBe('no');
    await choose({ phone: 'yes' });
    expect(await refused()).toEqual([]);
    expect(await refused({ customerNumber: 'C-7' })).toEqual([]);
  });
});

describe('once a no was taken back', () => {
  const LATER = '2026-11-21T16:00:00.000Z';

  it.each([
    ['to calls', { phone: false }, { phone: 'yes' }, []],
    ['to every email', { email: false }, {}, []],
  ])('the same no %s, heard once more from a file or a replay, is over', async (_, said, taken, left) => {
    await says(said);
    world.now = LATER;
    await choose(taken);
    expect(await refused()).toEqual(left);
    await says(said, SOLD_AT);
    await world.redeliver(1);
    expect(await refused()).toEqual(left);
  });

  it('a new no is a no again', async () => {
    await says({ phone: false });
    world.now = LATER;
    await choose({ phone: 'yes' });
    world.now = '2026-11-22T16:00:00.000Z';
    await says({ phone: false });
    expect(await refused()).toEqual(['phone']);
  });
});
