import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { leadIdOf } from '../../functions/crm/lead.ts';
import { LEADS, withCrm } from '../support/crm.ts';
import { longTermCustomer } from '../support/customers.ts';
import { DAY, World } from '../support/world.ts';
import { choose, linkTo } from './answer-visitor.ts';

/** 10:40 in the morning at the store, which opens until six. */
const TODAY = '2026-11-20T17:40:00.000Z';
const ADVISOR = 'sam.delgado@lakeshore.example';
const DANA = 'dana.whitehorse@lakeshore.example';
const SALES_MANAGER = 'karen.whitfield@lakeshore.example';
const SERVICE_MANAGER = 'luis.ortega@lakeshore.example';
const SHEET = /repair or replace/i;
const storeId = 'lakeshore-honda';
const car = { vin: '5J6RM4H77FL041229' };

let world: World;
beforeAll(async () => {
  world = await World.open(TODAY, withCrm);
});
beforeEach(async () => {
  await world.reset(TODAY);
  world.showsLists = true;
  await longTermCustomer(world);
  await world.putSample('repair-quote-high');
  await choose(world, linkTo(world, ADVISOR, SHEET), 'open-to-looking');
  await world.advance(5);
});
afterAll(() => world.close());

async function theTalk() {
  const [talk] = await world.tasks('upgrade-conversation');
  if (!talk) throw new Error('Sales has nothing');
  return talk;
}
const leadId = async () => leadIdOf((await theTalk()).taskId);
const crmSays = (answer: object) =>
  world.put('crm-lead-updated', { version: 1, storeId, occurredAt: world.now, ...answer }, 'crm.test');
/** The list of the next morning on which the store is open, as a manager reads it. */
async function nextMorning(of = SALES_MANAGER): Promise<string> {
  const mornings = () => world.inbox(of).filter(({ subject }) => subject.includes('today'));
  const before = mornings().length;
  for (let days = 0; days < 3 && mornings().length === before; days += 1) await world.advance(DAY);
  return mornings().at(-1)?.text ?? '';
}

describe('what the CRM says of a lead', () => {
  it('accepts the conversation where somebody works it, and the advisor hears it', async () => {
    await crmSays({ leadId: await leadId(), status: 'worked' });
    expect(await theTalk()).toMatchObject({ state: 'accepted', facts: { crm: { status: 'worked' } } });
    expect(world.ours.map((event) => event['detail-type'])).toContain('handoff-task-accepted');
    await world.untilListsLeft();
    expect(world.inbox(ADVISOR).at(-1)?.text).toContain('Dana Whitehorse talked to Robert Okafor');
  });

  it('ends the conversation where the lead is sold, once, however often it is told', async () => {
    const id = await leadId();
    await crmSays({ leadId: id, crmNumber: 'L-1', status: 'Closed Won' });
    await crmSays({ leadId: id, crmNumber: 'L-1', status: 'sold' });
    await world.redeliver(-1);
    expect(await theTalk()).toMatchObject({ state: 'completed', ended: { by: 'crm', outcome: 'sold' } });
    const ended = world.ours.filter((event) => event['detail-type'] === 'handoff-task-completed');
    expect(
      ended.filter(({ detail }) => JSON.stringify(detail).includes('upgrade-conversation')),
    ).toHaveLength(1);
  });

  it('takes no sale back where the CRM closes a duplicate as dead', async () => {
    const id = await leadId();
    await crmSays({ leadId: id, crmNumber: 'L-1', status: 'sold' });
    await world.advance(1);
    await crmSays({ leadId: id, crmNumber: 'L-2', status: 'duplicate' });
    expect((await theTalk()).facts.crm).toMatchObject({ status: 'sold', crmNumber: 'L-1' });
  });

  it('counts by when it was true there: an older word after a newer one changes nothing', async () => {
    const id = await leadId();
    const before = world.now;
    await world.advance(30);
    await crmSays({ leadId: id, status: 'dead' });
    await crmSays({ leadId: id, status: 'worked', occurredAt: before });
    expect(await theTalk()).toMatchObject({
      state: 'completed',
      ended: { outcome: 'closed in the CRM' },
      facts: { crm: { status: 'dead' } },
    });
  });

  it('is found by exact contact and car where it names no id of ours', async () => {
    await crmSays({ ...car, email: 'robert.okafor@example.com', crmNumber: 'L-7', status: 'worked' });
    expect((await theTalk()).facts.crm).toMatchObject({ status: 'worked', crmNumber: 'L-7' });
  });

  it('is kept and shown where it fits no lead: a CRM that knows the customer under another number', async () => {
    await crmSays({ ...car, phone: '(720) 555-0100', crmNumber: 'L-9', status: 'sold' });
    expect((await theTalk()).facts.crm).toBeUndefined();
    expect(await nextMorning()).toMatch(
      /An answer that matches no lead from here: its number L-9, sold, Friday, November 20/,
    );
    await crmSays({ leadId: await leadId(), crmNumber: 'L-9', status: 'sold' });
    expect(await world.services().leads.unknownOf(storeId)).toEqual([]);
  });

  it('of a lead of another store is kept there, and changes nothing here', async () => {
    await crmSays({ leadId: await leadId(), storeId: 'lakeshore-subaru', status: 'dead' });
    expect((await theTalk()).state).toBe('open');
  });
});

describe('the list of whoever manages Sales', () => {
  it('says what became of the leads, and adds up', async () => {
    expect(await nextMorning()).toContain('Last 30 days: 1 sent. 0 acknowledged (0 sold), 1 with no reply.');
    await crmSays({ leadId: await leadId(), status: 'appointment', startsAt: '2026-11-24T17:00:00Z' });
    expect(await nextMorning()).toContain('1 sent. 1 acknowledged (0 sold), 0 with no reply.');
  });

  it('counts a lead that its mailbox refused as never arrived, until the CRM answers it all the same', async () => {
    const lead = world.sent.find(({ to }) => to === LEADS);
    if (!lead) throw new Error('no lead left');
    await world.report(lead, 'Bounce', 'Permanent');
    const morning = await nextMorning();
    expect(morning).toContain('Last 30 days: none sent.');
    expect(morning).toContain('1 refused by the CRM’s lead mailbox: enter by hand.');
    await crmSays({ leadId: await leadId(), status: 'worked' });
    expect(await nextMorning()).toContain('1 sent. 1 acknowledged (0 sold), 0 with no reply.');
  });

  it('is the only one that says it', async () => {
    expect(await nextMorning(SERVICE_MANAGER)).not.toContain('acknowledged');
    expect(
      world
        .inbox(DANA)
        .map(({ text }) => text)
        .join(),
    ).not.toContain('acknowledged');
  });
});
