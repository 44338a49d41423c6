import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { plusMinutes } from '../../functions/group/business-time.ts';
import sample from '../../samples/customer-asked-about-car.json' with { type: 'json' };
import quoted from '../../samples/repair-quote-high.json' with { type: 'json' };
import { longTermCustomer } from '../support/customers.ts';
import { World } from '../support/world.ts';
import { choose, linkTo, open, plain, post } from './answer-visitor.ts';
import { followed, pageOf, startPath } from './own-page.ts';

/** Twenty to eleven at the store. */
const TODAY = '2026-11-20T17:40:00.000Z';
const SAM = 'sam.delgado@lakeshore.example';
const KIND = 'upgrade-conversation';
const NADIA = { firstName: 'Nadia', lastName: 'Reyes', phone: '(303) 555-0171' };
const HYBRID = { asked: 'Do you have the new hybrid on the lot?', model: 'Accord' };

let world: World;
beforeAll(async () => {
  world = await World.open(TODAY);
  world.keepsCustomers = true;
});
beforeEach(() => world.reset(TODAY));
afterAll(() => world.close());

const talks = () => world.tasks(KIND);
const subjects = (to: string) => world.inbox(to).map(({ subject }) => subject);
const wish = (change: object = {}) => world.putSample('customer-asked-about-car', change);
/** An advisor's first email of the day leads to their page. */
async function dayOfSam(): Promise<string> {
  await world.putSample('repair-quote-high-new-customer', {
    ...{ storeId: 'lakeshore-honda', roNumber: '70001', serviceAdvisorNumber: '2031' },
    salespersonNumber: undefined,
    occurredAt: world.now,
  });
  return pageOf(world, SAM);
}
const start = (day: string, fields: object = {}) =>
  post(world, startPath(day, KIND), { choice: 'start', ...NADIA, ...HYBRID, ...fields });
/** Who in Sales heard of it first. */
const seller = (): string =>
  world.inbox().find(({ subject }) => subject.includes('asked about another car'))?.to ?? '';

describe('a service customer who asks about another car', () => {
  it('is noted on the advisor’s own page, and is with a named salesperson in the same second', async () => {
    const day = await dayOfSam();
    expect((await open(world, day)).body).toContain('Customer asked about another car');
    const answer = await start(day);
    expect(answer.status).toBe(303);
    expect(plain((await followed(world, answer)).body)).toContain('Started. Whoever has it got an email');
    const [talk] = await talks();
    expect(talk).toMatchObject({
      state: 'open',
      started: { by: '2031' },
      facts: { asked: { by: 'customer' }, originatorNumber: '2031' },
    });
    const mine = world.inbox(seller()).at(-1);
    expect(mine?.subject).toBe('Nadia Reyes asked about another car: see Sam first');
    expect(mine?.text).toContain('Do you have the new hybrid on the lot?');
    expect(mine?.text).not.toMatch(/repair order|the repair|notified/i);
    expect(subjects(SAM).at(-1)).toMatch(/comes to you first: Nadia Reyes/);
  });

  it('needs their words: without them nothing is started', async () => {
    const day = await dayOfSam();
    const answer = await start(day, { asked: ' ' });
    expect(answer.status).toBe(422);
    expect(plain(answer.body)).toContain('Please write what the customer said.');
    expect(await talks()).toEqual([]);
  });

  it('is one conversation, whoever notes it', async () => {
    await wish();
    await wish({ serviceAdvisorNumber: '2032', occurredAt: '2026-11-20T17:30:00.000Z' });
    await world.redeliver();
    expect(await talks()).toHaveLength(1);
    expect((await talks())[0]?.facts.originatorNumber).toBe('2031');
    expect(subjects(seller()).filter((subject) => subject.includes('Nadia'))).toHaveLength(1);
  });

  it('is past the rule: neither reasons nor the caps of the salesperson or the customer hold it back', async () => {
    await longTermCustomer(world);
    await world.putSample('repair-quote-high');
    await choose(world, linkTo(world, SAM, /both options/), 'good-time');
    const { customer, vehicle } = quoted.detail;
    await wish({ customer, vehicle, occurredAt: world.now });
    const asked = (await talks()).find(({ facts }) => facts.wish !== undefined);
    expect(asked?.state).toBe('open');
  });

  it('keeps the rule silent about them for a while', async () => {
    await longTermCustomer(world);
    const { customer, vehicle } = quoted.detail;
    await wish({ customer, vehicle, occurredAt: world.now });
    await world.putSample('repair-quote-high', { occurredAt: world.now });
    const [sheet] = await world.tasks('repair-options');
    expect(sheet?.assessment?.suppressions.map(({ name }) => name)).toContain('contacted-recently');
  });

  it('is called by nobody where they allow no calls', async () => {
    await wish({ customer: { ...sample.detail.customer, mayContact: { phone: false, text: false } } });
    const text = world.inbox(seller()).at(-1)?.text ?? '';
    expect(text).not.toContain('555-0171');
  });

  it('can be taken back as a mistake: whoever had it is told, the credit goes, and the rule speaks again', async () => {
    await longTermCustomer(world);
    const { customer, vehicle } = quoted.detail;
    await wish({ customer, vehicle, occurredAt: world.now });
    const to = seller();
    await choose(world, linkTo(world, SAM, /comes to you first/), 'started-by-mistake');
    expect(await talks()).toMatchObject([{ state: 'completed', ended: { outcome: 'started-by-mistake' } }]);
    expect(subjects(to)).toHaveLength(2);
    await world.putSample('repair-quote-high', { occurredAt: world.now });
    expect((await world.tasks('repair-options'))[0]?.assessment?.suppressions).toEqual([]);
  });

  it('begins anew where the earlier conversation is over', async () => {
    await wish();
    const email = seller();
    await choose(world, linkTo(world, email), 'not-ready');
    await world.advance(60);
    await wish({ occurredAt: world.now });
    expect((await talks()).map(({ state }) => state).toSorted()).toEqual(['completed', 'open']);
  });

  it('cannot be opened again once the next one began', async () => {
    await wish();
    const link = linkTo(world, seller());
    await choose(world, link, 'not-ready');
    world.now = plusMinutes(world.now, 5);
    await wish({ occurredAt: world.now, asked: 'And the new Pilot?' });
    await choose(world, link, 'undo');
    await world.redeliver();
    expect((await talks()).map(({ state }) => state).toSorted()).toEqual(['completed', 'open']);
  });

  it('stays one where the clock that ended it is behind the clock that it began by, and its event comes again', async () => {
    await wish({ occurredAt: plusMinutes(world.now, 1) });
    await choose(world, linkTo(world, seller()), 'not-ready');
    await world.redeliver();
    expect((await talks()).map(({ state }) => state)).toEqual(['completed']);
  });

  it('who then buys a car ends it with the good news', async () => {
    const customer = { ...sample.detail.customer, customerNumber: '60077' };
    await wish({ customer });
    await world.putSample('vehicle-sold', {
      ...{ storeId: 'lakeshore-honda', dealNumber: '50300', occurredAt: '2026-11-20T18:30:00.000Z' },
      ...{ customer, salespeople: [], deliveryAt: undefined },
      vehicle: { vin: '19XFL2H85RE012345', year: 2027, make: 'Honda', model: 'Civic' },
    });
    expect(await talks()).toMatchObject([{ state: 'completed', ended: { outcome: 'bought' } }]);
  });

  it('too long ago, or at a store that is off, notifies nobody', async () => {
    await wish({ occurredAt: '2026-11-10T17:40:00.000Z' });
    expect(await talks()).toMatchObject([{ state: 'history' }]);
    expect(world.inbox()).toEqual([]);
  });
});
