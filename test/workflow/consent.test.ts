import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { TooManyRequestsException } from '@aws-sdk/client-sesv2';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { toItem } from '../../functions/adapters/dynamodb.ts';
import { keys } from '../../functions/adapters/keys.ts';
import { parseDetail } from '../../functions/contracts/contract.ts';
import { vehicleSold } from '../../functions/contracts/vehicle-sold.ts';
import sampleSale from '../../samples/vehicle-sold.json' with { type: 'json' };
import { longTermCustomer } from '../support/customers.ts';
import { headStartOf, World } from '../support/world.ts';
import { linkTo, open, plain, post } from './answer-visitor.ts';

const SOLD_AT = '2026-11-20T22:40:00.000Z';
const CUSTOMER = 'maria.kowalski@example.com';
const ADVISOR = 'maya.torres@lakeshore.example';
const PHONE = '(847) 555-0188';

let world: World;
beforeAll(async () => {
  world = await World.open(SOLD_AT, headStartOf(0));
});
beforeEach(() => world.reset(SOLD_AT));
afterEach(async () => {
  expect(world.deadLetters).toEqual([]);
  expect(await world.refusals()).toEqual([]);
});
afterAll(() => world.close());

const maria = {
  customerNumber: 'C-20417',
  firstName: 'Maria',
  lastName: 'Kowalski',
  email: CUSTOMER,
  phone: PHONE,
};
const sell = (mayContact?: unknown, change: object = {}) =>
  world.sellAndAccept({ customer: { ...maria, mayContact }, ...change });
const preferences = (detail: object) =>
  world.put('customer-preferences-changed', {
    storeId: 'lakeshore-subaru',
    occurredAt: world.now,
    customerNumber: maria.customerNumber,
    ...detail,
  });
const changed = (detail: object) =>
  world.put('customer-changed', {
    storeId: 'lakeshore-subaru',
    occurredAt: world.now,
    customer: maria,
    ...detail,
  });
const dueSoon = (change: object = {}) =>
  world.putSample('first-service-due', { customer: maria, dueOn: '2026-12-01', ...change });
const refusingEmails = async (during: () => Promise<unknown>) => {
  world.calls.sesAnswers = [new TooManyRequestsException({ message: 'slow down', $metadata: {} })];
  await during();
  world.calls.sesAnswers = [];
};

describe('a customer who said no to emails', () => {
  it.each<[string, unknown]>([
    ['in the sale itself', { email: false }],
    ['as the DMS writes it', { email: 'N' }],
    ['in a way that nobody can read', { email: 'blocked' }],
    ['to everything', false],
  ])('gets no letter, %s, and staff are told as ever', async (_, mayContact) => {
    await sell(mayContact);
    expect(world.inbox(CUSTOMER)).toEqual([]);
    expect(world.inbox(ADVISOR)).toHaveLength(1);
    await dueSoon();
    expect(world.inbox(CUSTOMER)).toEqual([]);
  });

  it.each([{ email: true }, { email: null }, { email: '' }, {}, { phone: false, text: false, mail: false }])(
    'is only one who said so: %j is no word on emails',
    async (mayContact) => {
      await sell(mayContact);
      expect(world.inbox(CUSTOMER)).toHaveLength(1);
    },
  );

  it('stays so when a later fact says yes', async () => {
    await preferences({ mayContact: { email: false } });
    await preferences({ mayContact: { email: true } });
    await sell({ email: true });
    expect(world.inbox(CUSTOMER)).toEqual([]);
  });

  it('is not written to at a new address, nor by another store at the old one', async () => {
    await preferences({ email: CUSTOMER, mayContact: { email: false } });
    await sell(undefined, { customer: { ...maria, email: 'new@example.com' } });
    await world.sellAndAccept({
      storeId: 'lakeshore-honda',
      dealNumber: 'H-1',
      customer: { ...maria, customerNumber: 'H-7' },
      salespeople: [{ employeeNumber: '2051' }],
    });
    expect(world.inbox('new@example.com')).toEqual([]);
    expect(world.inbox(CUSTOMER)).toEqual([]);
  });

  it('gets no letter that is queued already', async () => {
    await refusingEmails(() => sell());
    await preferences({ mayContact: { email: false } });
    await world.advance(60);
    expect(world.inbox(CUSTOMER)).toEqual([]);
    expect(world.inbox(ADVISOR)).toHaveLength(1);
  });

  it('takes it back on their own page, which shows it', async () => {
    await sell();
    await preferences({ mayContact: { email: false } });
    const link = linkTo(world, CUSTOMER);
    expect((await open(world, link)).body.match(/value="no-group" selected/g)).toHaveLength(3);
    await post(world, link, { choice: 'save', introduction: 'yes', service: 'yes', upgrade: 'no-group' });
    await dueSoon();
    expect(world.inbox(CUSTOMER)).toHaveLength(2);
  });

  it('said it with a visit from the past, too', async () => {
    await world.putSample('service-visit-completed', {
      storeId: 'lakeshore-subaru',
      customer: { ...maria, mayContact: { email: false } },
      closedOn: '2025-02-03',
    });
    await sell();
    expect(world.inbox(CUSTOMER)).toEqual([]);
  });
});

describe('a customer who is not to be called', () => {
  const emailed = () => world.inbox(ADVISOR).at(-1);

  it('is named in emails and on pages with “Do not call”, and without the number', async () => {
    await sell({ phone: false });
    expect(emailed()?.text).toContain('Maria Kowalski');
    expect(emailed()?.text).toContain('Do not call. An email or a letter is fine.');
    expect(emailed()?.html).not.toMatch(/555-0188|5550188/);
    const page = await open(world, linkTo(world, ADVISOR));
    expect(plain(page.body)).toContain('Do not call.');
    expect(page.body).not.toMatch(/555-0188|5550188/);
    expect(world.inbox(CUSTOMER)).toHaveLength(1);
  });

  it.each<[string, () => Promise<void>]>([
    ['by the customer number', () => preferences({ mayContact: { phone: false } })],
    [
      'by the phone number, written in another way',
      () =>
        preferences({ customerNumber: undefined, phone: '+1 847.555.0188', mayContact: { phone: false } }),
    ],
  ])('is marked on the page of a handoff that is open, %s', async (_, say) => {
    await sell();
    const link = linkTo(world, ADVISOR);
    expect((await open(world, link)).body).toContain('tel:');
    await say();
    const page = await open(world, link);
    expect(plain(page.body)).toContain('Do not call.');
    expect(page.body).not.toContain('5550188');
  });

  it('may be talked to in person where every channel is closed', async () => {
    await sell(false);
    expect(emailed()?.text).toContain('Do not call, text, email or mail. Talk in person only.');
  });

  it('is the only one who is marked', async () => {
    await preferences({ mayContact: { phone: false, email: false } });
    await sell(undefined, {
      customer: { ...maria, customerNumber: 'C-1', email: 'kim@example.com', phone: '847 555 0111' },
    });
    expect(world.inbox('kim@example.com')).toHaveLength(1);
    expect(world.inbox().filter(({ text }) => text.includes('Do not'))).toEqual([]);
  });
});

describe('Sales is not told of a service customer', () => {
  const SALES = 'dana.whitehorse@lakeshore.example';
  const okafor = { customerNumber: '51874', firstName: 'Robert', lastName: 'Okafor' };
  beforeEach(async () => {
    await world.reset('2026-11-20T18:00:00.000Z');
    await longTermCustomer(world);
  });
  const why = async () => {
    await world.putSample('repair-quote-high');
    const [order] = await world.tasks('repair-options');
    return order?.assessment?.suppressions.map(({ name }) => name);
  };
  const told = (detailType: string, detail: object = {}) =>
    world.put(detailType, {
      storeId: 'lakeshore-honda',
      occurredAt: '2026-11-19T18:00:00.000Z',
      customer: okafor,
      ...detail,
    });
  const refuses = (mayContact: object) =>
    told('customer-preferences-changed', { customerNumber: okafor.customerNumber, mayContact });

  it('who may be contacted by no channel', async () => {
    await refuses({ phone: false, email: false });
    expect(await why()).toEqual(['no-channel-left']);
    expect(world.inbox(SALES)).toEqual([]);
  });

  it.each([{ email: false }, { phone: false }, { mail: false, text: false }])(
    'but is where a channel is left: %j',
    async (mayContact) => {
      await refuses(mayContact);
      expect(await why()).toEqual([]);
      expect(world.inbox(SALES)).toHaveLength(1);
    },
  );

  it('whom another store of the group called the day before', async () => {
    await told('customer-contacted', {
      storeId: 'lakeshore-subaru',
      channel: 'in person',
      customer: { ...okafor, customerNumber: 'S-3', email: 'robert.okafor@example.com' },
    });
    expect(await why()).toEqual(['contacted-recently']);
  });

  it('whom the CRM called the day before', async () => {
    await told('customer-contacted', { channel: 'phone', by: 'CRM' });
    expect(await why()).toEqual(['contacted-recently']);
  });

  it('but is where the CRM called three weeks ago', async () => {
    await told('customer-contacted', { channel: 'email', at: '2026-10-30T18:00:00.000Z' });
    expect(await why()).toEqual([]);
  });

  const opened = () => told('complaint-opened', { complaintNumber: 'C-1' });
  const closed = () =>
    told('complaint-closed', { complaintNumber: 'C-1', occurredAt: '2026-11-20T12:00:00.000Z' });
  it('whose complaint is open', async () => {
    await opened();
    await told('complaint-closed', { complaintNumber: 'C-2' });
    expect(await why()).toEqual(['open-complaint']);
  });

  it.each([
    ['opened, then closed', [opened, closed]],
    ['closed, then told that it was opened', [closed, opened]],
    ['each told twice', [closed, opened, closed, opened]],
  ])('but is once the complaint is settled: %s', async (_, events) => {
    for (const event of events) await event();
    expect(await why()).toEqual([]);
  });

  const openedAs = (revision: number) => () => told('complaint-opened', { complaintNumber: 'C-1', revision });
  const closedAs = (revision: number) => () => told('complaint-closed', { complaintNumber: 'C-1', revision });
  it.each([
    ['closed by the higher revision', [openedAs(1), closedAs(2)], []],
    ['closed by the higher revision, told first', [closedAs(2), openedAs(1)], []],
    ['opened again by the higher revision', [closedAs(2), openedAs(3)], ['open-complaint']],
    ['opened again by the higher revision, told first', [openedAs(3), closedAs(2)], ['open-complaint']],
    [
      'opened, closed and opened again, told backwards',
      [openedAs(3), closedAs(2), openedAs(1)],
      ['open-complaint'],
    ],
    ['opened and closed at one moment, without a revision', [openedAs(0), closedAs(0)], []],
  ])('or is, or is not, by the version of a complaint of one moment: %s', async (_, events, expected) => {
    for (const event of events) await event();
    expect(await why()).toEqual(expected);
  });

  it('who complained under a number that was merged since', async () => {
    await told('complaint-opened', {
      complaintNumber: 'C-1',
      customer: { ...okafor, customerNumber: 'OLD-1' },
    });
    await told('customer-changed', { replaces: ['OLD-1'] });
    expect(await why()).toEqual(['open-complaint']);
  });
});

describe('a customer’s record changes', () => {
  it('the next email of an open handoff goes to the new address, under the new name', async () => {
    await sell(undefined, { deliveryAt: '2026-11-23T20:00:00.000Z' });
    const before = world.inbox(CUSTOMER).length;
    await changed({
      customer: { ...maria, lastName: 'Nowak', email: 'nowak@example.com', phone: '847 555 0199' },
    });
    await world.advance(4 * 24 * 60);
    expect(world.inbox(CUSTOMER)).toHaveLength(before);
    expect(world.inbox('nowak@example.com').length).toBeGreaterThan(0);
    const page = await open(world, linkTo(world, ADVISOR));
    expect(plain(page.body)).toContain('Maria Nowak');
    expect(page.body).toContain('tel:+18475550199');
  });

  it('a sale that was told after it knows better', async () => {
    await changed({
      occurredAt: '2026-11-01T12:00:00.000Z',
      customer: { ...maria, email: 'old@example.com' },
    });
    await sell();
    expect(world.inbox('old@example.com')).toEqual([]);
    expect(world.inbox(CUSTOMER)).toHaveLength(1);
  });

  it('what the change leaves out stays', async () => {
    await changed({
      occurredAt: '2026-11-20T22:30:00.000Z',
      customer: { customerNumber: maria.customerNumber, firstName: 'Maria', lastName: 'Nowak' },
    });
    await sell();
    expect(world.inbox(CUSTOMER)).toHaveLength(1);
  });

  it.each([
    ['the no comes first', [() => preferences({ mayContact: { email: false } }), merge]],
    ['the merge comes first', [merge, () => preferences({ mayContact: { email: false } })]],
  ])('a no follows the customer to the number that stays: %s', async (_, events) => {
    for (const event of events) await event();
    await sell(undefined, { customer: { ...maria, customerNumber: 'K-9', email: 'other@example.com' } });
    expect(world.inbox('other@example.com')).toEqual([]);
  });

  it('a no stays with the number that stays after the link of the two was disposed of', async () => {
    await preferences({ mayContact: { email: false } });
    await merge();
    const { dynamodb, tableName } = world.target();
    for (const number of ['K-9', maria.customerNumber]) {
      const Key = toItem({ ...keys.customerNumber('lakeshore-subaru', number) });
      await dynamodb.send(new DeleteItemCommand({ TableName: tableName, Key }));
    }
    await sell(undefined, { customer: { ...maria, customerNumber: 'K-9', email: 'other@example.com' } });
    expect(world.inbox('other@example.com')).toEqual([]);
  });

  it('a new address that said no to emails gets none', async () => {
    await preferences({
      customerNumber: undefined,
      email: 'nowak@example.com',
      mayContact: { email: false },
    });
    await changed({ customer: { ...maria, email: 'nowak@example.com' } });
    await sell();
    expect(world.inbox('nowak@example.com')).toEqual([]);
    expect(world.inbox(ADVISOR)).toHaveLength(1);
  });

  it('two merges in a row lead from the first number to the last, in any order', async () => {
    await preferences({ mayContact: { email: false } });
    await changed({ customer: { ...maria, customerNumber: 'K-9', email: undefined }, replaces: ['K-5'] });
    await changed({
      customer: { ...maria, customerNumber: 'K-5', email: undefined },
      replaces: [maria.customerNumber],
    });
    await sell(undefined, { customer: { ...maria, customerNumber: 'K-9', email: 'other@example.com' } });
    expect(world.inbox('other@example.com')).toEqual([]);
  });

  it('a number that many customers share is merged with nobody', async () => {
    await preferences({ customerNumber: 'C-2', mayContact: { email: false } });
    await changed({ customer: { ...maria, customerNumber: 'CASH' }, replaces: ['C-2'] });
    await changed({ replaces: ['CASH', '99999'] });
    await sell();
    expect(world.inbox(CUSTOMER)).toHaveLength(1);
  });

  it('past visits count under the number that stays', async () => {
    await world.reset('2026-11-20T18:00:00.000Z');
    await longTermCustomer(world);
    await world.put('customer-changed', {
      storeId: 'lakeshore-honda',
      occurredAt: world.now,
      customer: { customerNumber: 'K-1', firstName: 'Robert', lastName: 'Okafor' },
      replaces: ['51874'],
    });
    await world.putSample('repair-quote-high', {
      customer: { customerNumber: 'K-1', firstName: 'Robert', lastName: 'Okafor' },
      customerSince: undefined,
    });
    const [order] = await world.tasks('repair-options');
    expect(order?.history?.visits12).toBeGreaterThan(2);
  });
});

async function merge(): Promise<void> {
  await changed({
    customer: { ...maria, customerNumber: 'K-9', email: undefined },
    replaces: [maria.customerNumber],
  });
}

it('is told by what the customer may be contacted in whatever way the DMS writes it', () => {
  const customer = { ...maria, mayContact: { email: 'no', phone: 1, text: 'Y', mail: null } };
  const parsed = parseDetail(vehicleSold, { ...sampleSale.detail, customer });
  expect(parsed).toMatchObject({
    fact: { customer: { mayContact: { email: false, phone: true, text: true } } },
    warnings: [],
  });
});
