import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TaskOf } from '../../functions/handoffs/kinds.ts';
import sample from '../../samples/service-visit-opened.json' with { type: 'json' };
import { command } from '../support/command.ts';
import { longTermCustomer } from '../support/customers.ts';
import { openDynamoDBServer } from '../support/dynamodb-server.ts';
import { DAY, World } from '../support/world.ts';
import { choose, linkTo, offered, open, plain } from './answer-visitor.ts';

/** A quarter past eight at the store, ten minutes after the order was written. */
const TODAY = '2026-11-20T15:15:00.000Z';
const ADVISOR = 'sam.delgado@lakeshore.example';
const COLLEAGUE = 'ruth.abramson@lakeshore.example';
const SALES = 'dana.whitehorse@lakeshore.example';
const order = { storeId: 'lakeshore-honda', roNumber: '77120' };
const QUESTION = /may Sales talk/;

let world: World;
beforeAll(async () => {
  world = await World.open(TODAY, undefined, await openDynamoDBServer());
});
beforeEach(() => world.reset(TODAY));
afterAll(() => world.close());

const subjects = (address: string) => world.inbox(address).map(({ subject }) => subject);
const latest = (address: string) => world.inbox(address).at(-1)?.text ?? '';
const visit = (change: object = {}) => world.putSample('service-visit-opened', change);
const small = (at = '2026-11-20T15:20:00.000Z') =>
  world.put('repair-quoted', { ...sample.detail, occurredAt: at, quote: { totalCents: 8_900 } });
const high = (at = '2026-11-20T15:30:00.000Z') => world.putSample('repair-quote-high', { occurredAt: at });
/** High so far, and the advisor is still writing. */
const lines = (at: string) =>
  world.put('repair-quoted', {
    ...{ ...sample.detail, occurredAt: at },
    quote: {
      ...{ totalCents: 418_000, linesFollow: true },
      lines: [{ description: 'A/C compressor', amountCents: 418_000 }],
    },
  });
const about = { ...order, customer: sample.detail.customer, vehicle: sample.detail.vehicle };
const closed = (at: string) =>
  world.put('service-visit-completed', { ...about, occurredAt: at, closedOn: '2026-11-20' });
const voided = (at: string) => world.put('repair-order-voided', { ...order, occurredAt: at });
const press = (choice: string) => choose(world, linkTo(world, ADVISOR, QUESTION), choice);
const why = async (...more: string[]) => {
  const { output } = await command(world, 'why', '--ro', order.roNumber, '--store', order.storeId, ...more);
  return output;
};
async function theOrder(): Promise<TaskOf<'repair-options'>> {
  const [found] = await world.tasks('repair-options');
  if (!found) throw new Error('nobody was asked');
  return found;
}
const theTalk = async () => (await world.tasks('upgrade-conversation'))[0];

describe('a customer who comes in for an oil change', () => {
  it('and looks ready: the advisor is asked at the write-up, with the reasons, before Sales hears anything', async () => {
    await longTermCustomer(world);
    await visit();
    expect(subjects(ADVISOR)).toEqual(['Robert Okafor is here: may Sales talk?']);
    expect(latest(ADVISOR)).toContain('Sales hears of it at 8:45 AM, unless you say so before');
    expect(latest(ADVISOR)).toContain('Owned since August 15, 2015');
    expect(latest(ADVISOR)).not.toMatch(/repair it|\$0/i);
    expect(subjects(SALES)).toEqual([]);
  });

  it('has nothing to decide: the page offers no answer about a repair, and no copy for the customer', async () => {
    await longTermCustomer(world);
    await visit();
    const { body } = await open(world, linkTo(world, ADVISOR, QUESTION));
    expect(offered(body)).toEqual(
      expect.arrayContaining(['good-time', 'not-a-good-time', 'never-for-this-customer', 'open-to-looking']),
    );
    expect(offered(body)).not.toContain('repair-it');
    expect(offered(body)).not.toContain('not-now');
    expect(plain(body)).toContain('Came for Oil change');
  });

  it('goes to their salesperson as soon as the advisor says so, without a word of a quote', async () => {
    await longTermCustomer(world);
    await visit();
    await press('good-time');
    expect(subjects(SALES)).toEqual(['Robert Okafor: good time to talk, see Sam first']);
    expect(latest(SALES)).toContain('How’s the CR-V EX-L treating you?');
    expect(latest(SALES)).toContain('Came for: Oil change');
    expect(latest(SALES)).not.toMatch(/the bill|next to the repair|Cost/);
    expect(await why()).toContain('Sales was told: 2051');
  });

  it('goes there by silence, too, after the head start', async () => {
    await longTermCustomer(world);
    await visit();
    await world.advance(35);
    expect(subjects(SALES)).toEqual(['Robert Okafor may be ready for another car: see Sam first']);
    expect(await theOrder()).toMatchObject({ advisorSilent: { employeeNumber: '2031' } });
  });

  it.each(['not-a-good-time', 'never-for-this-customer'])(
    'stays with the advisor who says %s',
    async (no) => {
      await longTermCustomer(world);
      await visit();
      await press(no);
      await world.advance(DAY);
      expect(await world.tasks('upgrade-conversation')).toEqual([]);
    },
  );

  it('is no handoff that anybody is late with: no reminder, and no manager hears of it', async () => {
    await longTermCustomer(world);
    await visit();
    await press('not-a-good-time');
    world.showsLists = true;
    await world.advance(2 * DAY);
    world.showsLists = false;
    const all = world.inbox().map(({ subject }) => subject);
    expect(all.filter((subject) => /overdue|reminder|late/i.test(subject))).toEqual([]);
  });
});

describe('a visit that gives no two reasons', () => {
  it('asks nobody, makes no handoff, and why says so', async () => {
    await visit();
    expect(world.inbox()).toEqual([]);
    expect(await world.tasks()).toEqual([]);
    expect(await why()).toContain('not known since when a service customer');
    expect(await why()).toContain('Nobody was asked, and Sales was not told.');
    expect(JSON.parse(await why('--json'))).toMatchObject({ decisions: [{ assessment: { nudge: false } }] });
  });

  it('asks nobody while something forbids it, however much speaks for it', async () => {
    await longTermCustomer(world);
    await visit({ circumstances: { openComplaint: true } });
    expect(world.inbox()).toEqual([]);
    expect(await why()).toContain('a complaint is open');
  });

  it.each(['warranty', 'internal'])('of which %s pays all asks nobody', async (payType) => {
    await longTermCustomer(world);
    await visit({ payType });
    expect(world.inbox()).toEqual([]);
    expect(await why()).toContain('the work is warranty, recall or internal');
  });
});

describe('an advisor who cannot take the question', () => {
  it('passes it on: a colleague gets it with the same words, and answers it', async () => {
    await longTermCustomer(world);
    await visit();
    await choose(world, linkTo(world, ADVISOR, QUESTION), 'decline', { reason: 'at lunch' });
    expect(subjects(COLLEAGUE)).toEqual(['Robert Okafor is here: may Sales talk?']);
    await choose(world, linkTo(world, COLLEAGUE, QUESTION), 'good-time');
    expect(subjects(SALES)).toHaveLength(1);
  });
});

describe('what is quoted on the same order', () => {
  it.each([
    ['after the visit', [visit, small]],
    ['before the visit', [small, visit]],
  ])('if it is small asks nobody again, told %s', async (_when, facts) => {
    await longTermCustomer(world);
    for (const fact of facts) await fact();
    expect(subjects(ADVISOR)).toEqual(['Robert Okafor is here: may Sales talk?']);
    await world.advance(35);
    expect(subjects(SALES)).toHaveLength(1);
    await small('2026-11-20T16:20:00.000Z');
    expect((await theTalk())?.state).toBe('open');
  });

  it('if it is high brings the sheet, and never a second question', async () => {
    await longTermCustomer(world);
    await visit();
    await press('good-time');
    await high();
    expect(subjects(ADVISOR).filter((subject) => /repair or replace/i.test(subject))).toHaveLength(1);
    expect(latest(ADVISOR)).not.toContain('May Sales talk to this customer?');
    expect(await world.tasks('upgrade-conversation')).toHaveLength(1);
    expect(subjects(SALES).at(-1)).toBe('Update on Robert Okafor: what we told you changed');
    await world.advance(60);
    expect(await world.tasks('upgrade-conversation')).toHaveLength(1);
  });

  it('if it is high after a no leaves Sales out of it', async () => {
    await longTermCustomer(world);
    await visit();
    await press('not-a-good-time');
    await high();
    await world.advance(60);
    expect(await world.tasks('upgrade-conversation')).toEqual([]);
    expect(subjects(ADVISOR).at(-1)).toMatch(/repair or replace/i);
  });

  it('if it is high counts where the visit comes late: one sheet, one question', async () => {
    await longTermCustomer(world);
    await high();
    await visit();
    expect(subjects(ADVISOR)).toEqual(['Repair or replace: both options for Robert Okafor']);
  });
});

describe('the end of the visit', () => {
  it.each([
    ['closed', closed],
    ['voided', voided],
  ])('%s ends the question without an email', async (_what, ends) => {
    await longTermCustomer(world);
    await visit();
    await press('not-a-good-time');
    const before = world.inbox().length;
    await ends('2026-11-20T15:40:00.000Z');
    expect(['completed', 'cancelled']).toContain((await theOrder()).state);
    expect(world.inbox()).toHaveLength(before);
  });

  it.each([
    ['closed', closed],
    ['voided', voided],
  ])('%s before the write-up is heard of: nobody is asked', async (_what, ends) => {
    await longTermCustomer(world);
    await ends('2026-11-20T15:10:00.000Z');
    await visit();
    expect(subjects(ADVISOR)).toEqual([]);
  });

  it.each([
    ['closed', closed],
    ['voided', voided],
  ])(
    '%s before the write-up that reopened the order, and heard of again, ends nothing',
    async (_what, ends) => {
      await longTermCustomer(world);
      await small('2026-11-20T14:40:00.000Z');
      await ends('2026-11-20T14:50:00.000Z');
      await visit();
      await ends('2026-11-20T14:50:00.000Z');
      expect((await theOrder()).state).toBe('open');
    },
  );

  describe.each([
    ['closed', closed],
    ['voided', voided],
  ])('%s', (_what, ends) => {
    it('is the end of a write-up that is heard of late, though a small quote has opened the order again', async () => {
      await longTermCustomer(world);
      await ends('2026-11-20T15:10:00.000Z');
      await small('2026-11-20T15:14:00.000Z');
      await visit();
      expect(subjects(ADVISOR)).toEqual([]);
    });

    it('is the end of a quote that is heard of late, though a write-up has opened the order again', async () => {
      await longTermCustomer(world);
      await ends('2026-11-20T15:02:00.000Z');
      await visit();
      await high('2026-11-20T15:00:00.000Z');
      expect(subjects(ADVISOR)).toEqual(['Robert Okafor is here: may Sales talk?']);
    });

    it('is the end of a quote that is heard of late, also once the advisor answered the write-up that opened it again', async () => {
      await longTermCustomer(world);
      await ends('2026-11-20T15:02:00.000Z');
      await visit();
      await press('good-time');
      await press('open-to-looking');
      await world.advance(2);
      await high('2026-11-20T15:00:00.000Z');
      await world.advance(2);
      await press('undo');
      expect(latest(SALES)).toContain('Sam Delgado took it back');
      expect(
        world
          .inbox()
          .map(({ text }) => text)
          .join(),
      ).not.toContain('$4,180');
      expect((await theOrder()).facts).not.toHaveProperty('quote');
    });

    it('is no end of what Sales was told since: the write-up opened the order again before it was heard of', async () => {
      await longTermCustomer(world);
      await visit();
      await press('good-time');
      await world.advance(2);
      await high('2026-11-20T15:00:00.000Z');
      await world.advance(2);
      const before = subjects(SALES);
      await ends('2026-11-20T15:02:00.000Z');
      await ends('2026-11-20T15:01:00.000Z');
      expect((await theOrder()).state).toBe('accepted');
      expect((await theTalk())?.state).toBe('open');
      expect(subjects(SALES)).toEqual(before);
      const { body } = await open(world, linkTo(world, SALES));
      expect(plain(body)).not.toContain('The car is back with the customer');
      await voided('2026-11-20T15:18:00.000Z');
      expect((await theTalk())?.state).toBe('cancelled');
    });

    it('is the end of lines that are kept back, though it is heard of after the next write-up', async () => {
      await longTermCustomer(world);
      await lines('2026-11-20T15:14:00.000Z');
      await visit({ occurredAt: '2026-11-20T15:14:40.000Z' });
      await ends('2026-11-20T15:14:20.000Z');
      await world.advance(20);
      expect(subjects(ADVISOR)).toEqual(['Robert Okafor is here: may Sales talk?']);
      expect(await theOrder()).not.toHaveProperty('settling');
    });
  });

  it('is the end of what was quoted: lines that were kept back until then are no news to Sales later', async () => {
    await longTermCustomer(world);
    await visit();
    await press('good-time');
    await lines('2026-11-20T15:15:00.000Z');
    await closed('2026-11-20T15:16:00.000Z');
    await lines('2026-11-20T15:15:00.000Z');
    expect(subjects(SALES)).toEqual(['Robert Okafor: good time to talk, see Sam first']);
  });

  it('is what Sales hears of where it was told, and nothing is lost', async () => {
    await longTermCustomer(world);
    await visit();
    await press('good-time');
    await closed('2026-11-20T16:40:00.000Z');
    expect((await theTalk())?.state).toBe('open');
    await voided('2026-11-20T16:50:00.000Z');
    expect((await theTalk())?.state).toBe('cancelled');
  });
});

describe('the write-up told again', () => {
  it('once more, when more is known of the customer, asks nobody: it was decided on when they came', async () => {
    await visit();
    await longTermCustomer(world);
    await visit();
    await world.redeliver();
    expect(subjects(ADVISOR)).toEqual([]);
    expect(await why()).toContain('Nobody was asked, and Sales was not told.');
  });

  it('an earlier one that is heard of late asks nobody: the later one was decided on', async () => {
    await visit({ occurredAt: '2026-11-20T15:12:00.000Z' });
    await longTermCustomer(world);
    await visit({ occurredAt: '2026-11-20T15:05:00.000Z' });
    expect(subjects(ADVISOR)).toEqual([]);
  });

  it('a later one is decided on by what is known then', async () => {
    await visit({ occurredAt: '2026-11-20T15:05:00.000Z' });
    await longTermCustomer(world);
    await visit({ occurredAt: '2026-11-20T15:12:00.000Z' });
    expect(subjects(ADVISOR)).toHaveLength(1);
  });

  it('changes nothing', async () => {
    await longTermCustomer(world);
    await visit();
    await world.redeliver();
    await visit();
    expect(subjects(ADVISOR)).toHaveLength(1);
  });

  it('after the order was closed asks nobody, and is what a quote finds that opens the order again', async () => {
    await longTermCustomer(world);
    await visit();
    await closed('2026-11-20T15:20:00.000Z');
    const before = world.inbox().length;
    await visit({ occurredAt: '2026-11-20T15:25:00.000Z', concerns: ['Grinds when braking'] });
    expect(world.inbox()).toHaveLength(before);
    await high();
    const { state, facts } = await theOrder();
    expect([state, facts.visit?.concerns]).toEqual(['open', ['Grinds when braking']]);
  });

  it.each([
    ['later, is the number’s next use: a question of its own', '2026-11-20T15:12:00.000Z', 2],
    ['earlier, is of a former use and asks nobody', '2026-11-20T15:01:00.000Z', 1],
  ])('for another customer and car, %s', async (_what, occurredAt, asked) => {
    await longTermCustomer(world);
    await visit();
    const customer = { ...sample.detail.customer, customerNumber: '60001', lastName: 'Nwosu' };
    const vehicle = { ...sample.detail.vehicle, vin: '5J6RM4H77FL041230' };
    const lease = { maturesOn: '2027-01-15', asOf: '2026-11-20' };
    await pastVisits(customer, vehicle);
    await visit({ customer, vehicle, lease, occurredAt });
    const questions = subjects(ADVISOR).filter((subject) => QUESTION.test(subject));
    expect(questions).toHaveLength(asked);
    const orders = await world.tasks('repair-options');
    expect(orders.map(({ use = 1 }) => use).toSorted()).toEqual(asked === 1 ? [1] : [1, 2]);
  });
});

/** Somebody who has come for years, too. */
async function pastVisits(customer: object, vehicle: object): Promise<void> {
  const on = ['2021-02-11', '2026-02-11', '2026-05-11', '2026-08-11'];
  for (const [at, closedOn] of on.entries())
    await world.put('service-visit-completed', {
      ...{ storeId: order.storeId, roNumber: `8800${at}`, customer, vehicle, closedOn },
      ...{ occurredAt: `${closedOn}T18:00:00.000Z`, customerPayCents: 20_000 },
    });
}
