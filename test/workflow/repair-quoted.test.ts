import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import sample from '../../samples/repair-quote-high.json' with { type: 'json' };
import { command } from '../support/command.ts';
import { longTermCustomer } from '../support/customers.ts';
import { openDynamoDBServer } from '../support/dynamodb-server.ts';
import { headStartOf, World } from '../support/world.ts';

const TODAY = '2026-11-20T18:00:00.000Z';
const ADVISOR = 'sam.delgado@lakeshore.example';
const SALES = 'dana.whitehorse@lakeshore.example';
const order = { storeId: 'lakeshore-honda', roNumber: '77120' };
const why = ['--ro', order.roNumber, '--store', order.storeId];

let world: World;
beforeAll(async () => {
  world = await World.open(TODAY, headStartOf(0), await openDynamoDBServer());
});
beforeEach(() => world.reset(TODAY));
afterAll(() => world.close());

const subjects = (address: string) => world.inbox(address).map(({ subject }) => subject);
const stateOf = async () => (await world.tasks('repair-options')).map(({ state }) => state);
/** A quote of the order at that minute, of one line that is still open. */
const quoted = (minute: number, totalCents: number, more: object = {}) =>
  quote('repair-quoted', minute, { totalCents, lines: [], ...more });
const quote = (detailType: string, minute: number, quote: object, more: object = {}, sentAt?: string) =>
  world.put(detailType, { ...sample.detail, occurredAt: at(minute), quote, ...more }, 'dms.test', sentAt);
const at = (minute: number) => `2026-11-20T17:${String(minute).padStart(2, '0')}:00Z`;

describe('a quote below the minimum of the policy', () => {
  it('is told to nobody and makes no task, and why says so', async () => {
    await longTermCustomer(world);
    await quoted(10, 71_500);
    expect(world.inbox()).toEqual([]);
    expect(await stateOf()).toEqual(['awaited']);
    const { code, output } = await command(world, 'why', ...why);
    expect(code).toBe(0);
    expect(output).toContain("what is left to decide is below the policy's minimum");
    expect(output).toContain('Sales was not told.');
  });

  it('never nudges Sales, however much else speaks for another car', async () => {
    await longTermCustomer(world);
    const value = { cents: 280_000, asOf: '2026-11-20' };
    await quote('repair-quoted', 10, { totalCents: 140_000, worthIt: false }, { value });
    expect(world.inbox()).toEqual([]);
    const [task] = await world.tasks('repair-options');
    expect(task?.assessment).toMatchObject({ nudge: false, independent: 4 });
    expect(task?.assessment?.suppressions).toEqual([{ name: 'below-minimum' }]);
  });

  it('that was sent as a high one makes the sheet all the same', async () => {
    await quote('repair-quote-high', 10, { totalCents: 71_500 });
    expect(subjects(ADVISOR)).toHaveLength(1);
  });

  it.each([
    ['repair-quoted first', ['repair-quoted', 'repair-quote-high']],
    ['repair-quote-high first', ['repair-quote-high', 'repair-quoted']],
  ])('that is sent by both names makes one sheet, %s', async (_first, names) => {
    for (const name of [...names, ...names]) await quote(name, 10, { totalCents: 71_500 });
    expect(subjects(ADVISOR)).toHaveLength(1);
  });

  it('that is called high by an earlier copy is as it was sent last', async () => {
    const sent = (name: string, totalCents: number, second: number) =>
      quote(name, 10, { totalCents }, {}, `2026-11-20T17:11:0${second}Z`);
    await sent('repair-quoted', 71_500, 3);
    await sent('repair-quote-high', 71_500, 1);
    await sent('repair-quoted', 61_500, 2);
    expect(world.inbox(ADVISOR).map(({ text }) => text)).toEqual([expect.stringContaining('$715')]);
  });

  it('counts without what the customer declined and what others pay for', async () => {
    await quoted(10, 418_000, {
      lines: [
        { description: 'Front struts', amountCents: 129_000, state: 'declined' },
        { description: 'Compressor', amountCents: 149_000, state: 'quoted' },
        { description: 'Airbag inflator', amountCents: 140_000, payType: 'warranty' },
      ],
    });
    expect(world.inbox()).toEqual([]);
  });

  it.each([
    ['of warranty work only', { payType: 'warranty' }],
    [
      'of which everything is declined',
      { lines: [{ description: 'All', amountCents: 900_000, state: 'declined' }] },
    ],
  ])('is also one $0', async (_of, more) => {
    await quoted(10, 900_000, more);
    expect(world.inbox()).toEqual([]);
  });

  it('is closed or voided without a word', async () => {
    await quoted(10, 71_500);
    await world.put('repair-order-voided', { ...order, occurredAt: at(20) });
    await quoted(30, 80_000);
    expect(world.inbox()).toEqual([]);
    expect(await stateOf()).toEqual(['awaited']);
  });
});

describe('an old quote', () => {
  it.each([
    ['two days old gives the advisor the sheet', 18, 1],
    ['three days old is kept and tells nobody: the customer has left', 17, 0],
  ])('%s', async (_what, day, emails) => {
    await world.put('repair-quote-high', { ...sample.detail, occurredAt: `2026-11-${day}T20:00:00Z` });
    expect(world.inbox()).toHaveLength(emails);
  });
});

describe('why Sales was not told', () => {
  it('says since when the customer comes, and how many visits are missing', async () => {
    await quote('repair-quoted', 10, { totalCents: 418_000 }, { customerSince: '2015-03-02' });
    const { output } = await command(world, 'why', ...why);
    expect(output).toContain(
      'a service customer since March 2, 2015; 0 visits in 12 months where 3 are needed',
    );
  });
});

describe('a quote that reaches the minimum', () => {
  it('gives the advisor the sheet and Sales the nudge, as a high one does', async () => {
    await longTermCustomer(world);
    await quoted(10, 418_000);
    expect(subjects(ADVISOR)).toEqual([
      'Repair or replace: both options for Robert Okafor',
      'Dana Whitehorse comes to you first: Robert Okafor',
    ]);
    expect(subjects(SALES)).toHaveLength(1);
  });

  it('says what was quoted, declined and is left to decide, and what is left counts', async () => {
    await longTermCustomer(world);
    await world.put('repair-quoted', sample.detail);
    const sheet = world.inbox(ADVISOR)[0]?.text;
    expect(sheet).toMatch(/^Quoted: \$4,180\nDeclined today: .*\(\$1,290\)\nLeft to decide: \$2,890;/m);
    expect(sheet).not.toContain('60,000 miles');
    expect(world.inbox(SALES)[0]?.text).toContain('31% of the trade-in value ($2,890 of $9,200)');
  });

  it.each([
    ['in the order in which it was quoted', [10, 20]],
    ['the other way round', [20, 10]],
  ])('after a small one begins the handoff, told %s', async (_how, minutes) => {
    for (const minute of minutes) await quoted(minute, minute === 10 ? 71_500 : 418_000);
    expect(subjects(ADVISOR)).toHaveLength(1);
    expect(world.inbox(ADVISOR)[0]?.text).toContain('Quoted: $4,180');
    expect(await stateOf()).toEqual(['open']);
  });

  it('begins nothing where a newer and small one was told before it', async () => {
    await quoted(20, 71_500);
    await quoted(10, 418_000);
    expect(world.inbox()).toEqual([]);
  });

  it('and shrinks below it corrects the sheet, and takes the nudge back', async () => {
    await longTermCustomer(world);
    await quoted(10, 418_000);
    await quoted(20, 71_500);
    expect(world.inbox(ADVISOR).at(-1)?.text).toContain('changed from $4,180 to $715');
    expect(await world.tasks('upgrade-conversation')).toMatchObject([
      { state: 'cancelled', ended: { outcome: 'the newer quote gives no reason any more' } },
    ]);
  });

  it('begins nothing on an order that was voided after it, though the void came first', async () => {
    await quoted(10, 71_500);
    await world.put('repair-order-voided', { ...order, occurredAt: at(40) });
    await quoted(30, 418_000);
    expect(world.inbox()).toEqual([]);
    expect(await stateOf()).toEqual(['cancelled']);
  });
});
