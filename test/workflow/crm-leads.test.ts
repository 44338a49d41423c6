import { MessageRejected } from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { leadIdOf } from '../../functions/crm/lead.ts';
import { emailPlaces } from '../../functions/customers/contact-places.ts';
import { readXml, textsAt } from '../support/adf.ts';
import { LEADS, withCrm } from '../support/crm.ts';
import { longTermCustomer } from '../support/customers.ts';
import { World } from '../support/world.ts';
import { choose, linkTo } from './answer-visitor.ts';

/** 10:40 in the morning at the store, which opens until six. */
const TODAY = '2026-11-20T17:40:00.000Z';
const ADVISOR = 'sam.delgado@lakeshore.example';
const DANA = 'dana.whitehorse@lakeshore.example';
const SALES_MANAGER = 'karen.whitfield@lakeshore.example';
const SHEET = /repair or replace/i;

let world: World;
beforeAll(async () => {
  world = await World.open(TODAY, withCrm);
});
beforeEach(async () => {
  await world.reset(TODAY);
  await longTermCustomer(world);
  await world.putSample('repair-quote-high');
});
afterAll(() => world.close());

const onSheet = (choice: string) => choose(world, linkTo(world, ADVISOR, SHEET), choice);
const inSales = (choice: string, fields: Record<string, string> = {}) =>
  choose(world, linkTo(world, DANA), choice, fields);
const leads = () => world.sent.filter(({ to }) => to === LEADS);
async function theTalk() {
  const [talk] = await world.tasks('upgrade-conversation');
  if (!talk) throw new Error('Sales has nothing');
  return talk;
}

describe('the CRM gets a lead', () => {
  it('once the customer said that they are open to looking, and the salesperson still has our email', async () => {
    await onSheet('open-to-looking');
    const [lead] = leads();
    expect(leads()).toHaveLength(1);
    expect(lead?.html).toBe('');
    const root = readXml(lead?.text ?? '');
    expect(textsAt(root, 'adf/prospect/id')).toEqual([leadIdOf((await theTalk()).taskId)]);
    expect(textsAt(root, 'adf/prospect/customer/contact/name')).toEqual(['Robert', 'Okafor']);
    expect(textsAt(root, 'adf/prospect/vehicle/vin')).toEqual(['5J6RM4H77FL041229']);
    expect(textsAt(root, 'adf/prospect/vendor/contact/name')).toEqual(['Dana Whitehorse']);
    const [comments = ''] = textsAt(root, 'adf/prospect/customer/comments');
    expect(comments).toContain('The customer told Sam Delgado that they are open to looking.');
    expect(comments).toContain('Handed over in person: send no automatic message.');
    expect(comments).toContain('Allowed by the customer: a call, an email or a letter, but not a text.');
    expect(world.inbox(DANA).map(({ subject }) => subject)).toEqual([
      'Robert Okafor is open to looking: see Sam first',
    ]);
  });

  it('once a salesperson has talked to them, and not before', async () => {
    await world.advance(35);
    await inSales('accept');
    expect(leads()).toEqual([]);
    await inSales('contacted');
    expect(leads()).toHaveLength(1);
    expect(leads()[0]?.text).toContain('Dana Whitehorse has talked to the customer.');
  });

  it('one time only, however often they talk', async () => {
    await onSheet('open-to-looking');
    await inSales('contacted');
    await inSales('appointment-set', { startsAt: '2026-11-21T11:00' });
    expect(leads()).toHaveLength(1);
  });

  it('once more with the same id where nobody knows whether it left, which is a duplicate to a CRM', async () => {
    await world.advance(35);
    world.calls.sesAnswers = ['accept, then time out', undefined];
    await inSales('contacted');
    await world.advance(30);
    expect(leads()).toHaveLength(2);
    expect(leads()[1]?.text).toBe(leads()[0]?.text);
  });
});

describe('whoever follows the bus', () => {
  it('hears that a conversation which had ended is open again, and who asked', async () => {
    await world.advance(35);
    await inSales('not-ready');
    await onSheet('open-to-looking');
    const types = world.ours.map((event) => event['detail-type']);
    expect(types.filter((type) => type === 'handoff-task-reopened')).toHaveLength(1);
    const reopened = world.ours.find((event) => event['detail-type'] === 'handoff-task-reopened');
    expect(reopened?.detail).toMatchObject({
      kind: 'upgrade-conversation',
      state: 'open',
      reason: 'customer',
    });
  });
});

describe('the CRM gets no lead', () => {
  it('of whom only the rule has found, nor of an advisor’s good time', async () => {
    await onSheet('good-time');
    await world.advance(24 * 60);
    expect(world.inbox(DANA).length).toBeGreaterThan(0);
    expect(leads()).toEqual([]);
  });

  it('of who said no', async () => {
    await world.advance(35);
    await inSales('not-ready');
    await world.advance(24 * 60);
    expect(leads()).toEqual([]);
  });

  it('of who closed every channel, and the task says why', async () => {
    await world.putSample('customer-preferences-changed', {
      storeId: 'lakeshore-honda',
      customerNumber: (await theQuote()).customer.customerNumber,
      mayContact: { email: false, phone: false, text: false, mail: false },
    });
    await onSheet('open-to-looking');
    expect(leads()).toEqual([]);
    expect((await theTalk()).log).toContainEqual(
      expect.objectContaining({ what: 'email not sent', message: 'crm-lead', reason: { code: 'opted-out' } }),
    );
  });

  it('with an address, of who wants no emails about another car: it would write to them by itself', async () => {
    const { email = '', customerNumber } = (await theQuote()).customer;
    const noUpgrades = { kind: 'upgrade', storeId: 'group', at: TODAY };
    for (const place of emailPlaces({ storeId: 'lakeshore-honda', customerNumber, email })) {
      await world
        .services()
        .addresses.change(place, (known) => ({ ...known, optOuts: [...known.optOuts, noUpgrades] }));
    }
    await onSheet('open-to-looking');
    const root = readXml(leads()[0]?.text ?? '');
    expect(textsAt(root, 'adf/prospect/customer/contact/email')).toEqual([]);
    expect(textsAt(root, 'adf/prospect/customer/contact/phone')).toHaveLength(1);
    expect(textsAt(root, 'adf/prospect/customer/comments')[0]).toContain('but not a text or an email');
  });
});

async function theQuote() {
  const [sheet] = await world.tasks('repair-options');
  if (!sheet?.facts.quote) throw new Error('nothing was quoted');
  return sheet.facts.quote;
}

describe('a lead mailbox', () => {
  it('that returns a lead makes one line for the sales manager, and nothing is held against the customer', async () => {
    await onSheet('open-to-looking');
    await inSales('accept');
    const [lead] = leads();
    if (!lead) throw new Error('no lead left');
    await world.report(lead, 'Bounce', 'Permanent');
    await world.report(lead, 'Bounce', 'Permanent');
    await world.untilListsLeft();
    const told = world.inbox(SALES_MANAGER).filter(({ subject }) => subject.includes('CRM'));
    expect(told.map(({ subject }) => subject)).toEqual(['Not in the CRM: Robert Okafor']);
    expect(await theTalk()).toMatchObject({ state: 'accepted', assignee: { reason: 'own' } });
    await inSales('contacted');
    expect(leads()).toHaveLength(1);
  });

  it('that SES refuses is told in the same way', async () => {
    await world.advance(35);
    world.calls.sesAnswers = [new MessageRejected({ message: 'no', $metadata: {} }), undefined];
    await inSales('contacted');
    expect(leads()).toEqual([]);
    await world.untilListsLeft();
    expect(world.inbox(SALES_MANAGER).map(({ subject }) => subject)).toContain(
      'Not in the CRM: Robert Okafor',
    );
  });
});
