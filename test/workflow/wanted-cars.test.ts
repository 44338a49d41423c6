import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Group } from '../../functions/group/group.ts';
import type { WantedCar } from '../../functions/group/wanted-cars.ts';
import { sentenceCase } from '../../functions/mail/words.ts';
import { command } from '../support/command.ts';
import { longTermCustomer } from '../support/customers.ts';
import { openDynamoDBServer } from '../support/dynamodb-server.ts';
import { World } from '../support/world.ts';

/** The used-car desk says what it is looking for; a customer's car is one of those. */
const TODAY = '2026-11-20T18:00:00.000Z';
const ADVISOR = 'sam.delgado@lakeshore.example';
const SALES = 'dana.whitehorse@lakeshore.example';
const STORE = 'lakeshore-honda';
const LINE = 'the store is looking for cars like this one, until January 31, 2027';

const crv: WantedCar = {
  ...{ make: 'Honda', models: ['CR-V'], years: { from: 2014, to: 2018 } },
  ...{ mostMiles: 140_000, until: '2027-01-31' },
};
let wanted: readonly WantedCar[] = [];
let onPaper = false;

/** What the customer declined and how old the car is count for nothing here: the repair is the one reason. */
const fewReasons = { declinedCents: 100_000_000, advisorHeadStartMinutes: 0 } as const;
const folder = mkdtempSync(join(tmpdir(), 'wanted-policy-'));
let world: World;
beforeAll(async () => {
  world = await World.open(TODAY, looking, await openDynamoDBServer());
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await world.close();
});
beforeEach(async () => {
  wanted = [crv];
  onPaper = false;
  await world.reset(TODAY);
  await longTermCustomer(world);
});

/** The lists are in files that a deploy reads: a test changes them between two quotes. */
function looking(group: Group): Group {
  const stores = group.stores.map((one) =>
    Object.defineProperties(
      { ...one },
      {
        ...(one.id === STORE && { wanted: { get: () => wanted, enumerable: true } }),
        tradeValueOnPaper: { get: () => onPaper, enumerable: true },
      },
    ),
  );
  return { ...group, stores, nudge: { ...group.nudge, ...fewReasons } };
}

/** One reason, the repair, and no other. */
const oneReason = {
  ...{
    value: undefined,
    equity: undefined,
    replacement: undefined,
    ownership: undefined,
    warranty: undefined,
  },
  vehicle: { vin: '5J6RM4H77FL041229', year: 2018, make: 'HONDA', model: 'CRV EX-L', odometerMiles: 99_000 },
  quote: { totalCents: 418_000 },
};
const quoted = (change: object = {}) => world.putSample('repair-quote-high', { ...oneReason, ...change });
const assessed = async () => {
  const [sheet] = await world.tasks('repair-options');
  if (!sheet?.assessment) throw new Error('not assessed');
  return sheet.assessment;
};

describe('a car that the store is looking for', () => {
  it('is one more independent reason, and said as what it is', async () => {
    await quoted();
    expect(await assessed()).toMatchObject({ nudge: true, independent: 2 });
    const [nudge] = world.inbox(SALES);
    expect(nudge?.text).toContain(sentenceCase(LINE));
  });

  it('is silence without that reason', async () => {
    wanted = [];
    await quoted();
    expect(await assessed()).toMatchObject({ nudge: false, independent: 1 });
  });

  it('changes nothing about the advice: that is about the car', async () => {
    // Owned for long, and a repair that is worth it: with the store's wish there would be two reasons.
    const worthIt = {
      quote: { totalCents: 200_000 },
      value: { cents: 3_000_000, asOf: '2026-11-18' },
      ownership: { boughtOn: '2015-08-15', status: 'owned', asOf: '2026-11-18' },
    };
    wanted = [];
    await quoted(worthIt);
    const before = await assessed();
    expect(before.advice).toBe('repair');
    wanted = [crv];
    await quoted({ ...worthIt, occurredAt: '2026-11-20T17:59:00.000Z' });
    const after = await assessed();
    expect(after.reasonsFor.map(({ name }) => name)).toContain('wanted');
    expect(after.advice).toBe(before.advice);
    expect(world.inbox(ADVISOR).at(-1)?.text).not.toMatch(/Both make sense:[^.]*looking for/);
  });

  it.each<[string, Partial<WantedCar>, object]>([
    ['another model, of a name that begins alike', { models: ['CR'] }, {}],
    ['another make', { make: 'Subaru' }, {}],
    ['older than the list says', { years: { from: 2019, to: 2020 } }, {}],
    ['driven more', { mostMiles: 98_999 }, {}],
    ['looked for until yesterday', { until: '2026-11-19' }, {}],
    ['of an unknown year', {}, { vehicle: { ...oneReason.vehicle, year: undefined } }],
    ['of unknown miles', {}, { vehicle: { ...oneReason.vehicle, odometerMiles: 0 } }],
  ])('is none where it is %s', async (_what, list, change) => {
    wanted = [{ ...crv, ...list }];
    await quoted(change);
    expect((await assessed()).reasonsFor.map(({ name }) => name)).not.toContain('wanted');
  });

  it('is one where the list does not say which models, years or miles', async () => {
    wanted = [{ make: 'Honda', models: [], until: '2027-01-31' }];
    await quoted();
    expect((await assessed()).reasonsFor.map(({ name }) => name)).toContain('wanted');
  });

  it('stands on the advisor’s sheet, and on the customer’s paper only where the trade-in value may', async () => {
    await quoted();
    const paper = () =>
      world.inbox(ADVISOR).findLast(({ subject }) => /repair or replace/i.test(subject))?.html ?? '';
    const lines = () => paper().split('cars like this one').length - 1;
    expect(lines()).toBe(1);
    onPaper = true;
    await quoted({ occurredAt: '2026-11-20T17:59:00.000Z', quote: { totalCents: 428_000 } });
    expect(lines()).toBe(2);
  });

  it('is what why and replay-policy answer, also when it is looked for no more', async () => {
    await quoted();
    wanted = [];
    const { output: why } = await command(world, 'why', '--store', STORE, '--ro', '77120');
    expect(why).toContain(`${LINE} — the store's list of wanted cars, as of today`);
    const replay = async (reasonsNeeded: number) => {
      writeFileSync(join(folder, 'other.json'), JSON.stringify({ ...fewReasons, reasonsNeeded }));
      return (await command(world, 'replay-policy', '--policy', join(folder, 'other.json'))).output;
    };
    expect(await replay(2)).toContain('No order would have been decided differently.');
    expect(await replay(3)).toContain('Sales was notified, would not be. No nudge: 2 of 3 independent');
  });
});
