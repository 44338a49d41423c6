import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withSighting } from '../../functions/customers/card.ts';
import { sweepDueWork } from '../../functions/lambdas/sweep-due-work/sweep-due-work.ts';
import { type Campaign, campaignIdOf, isAt, start, stop } from '../../functions/leavers/campaign.ts';
import { carOf } from '../kinds/deadlines.ts';
import { World } from '../support/world.ts';

/** A Friday, 10 in the morning in Evanston. */
const FRIDAY = '2026-11-20T16:00:00.000Z';
const STORE = 'lakeshore-subaru';
const CAMPAIGN = campaignIdOf(STORE, '1042');
/** More than leave in one sweep. */
const CUSTOMERS = Array.from({ length: 24 }, (_, at) => `C-${100 + at}`);

let world: World;
beforeAll(async () => {
  world = await World.open(FRIDAY);
});
afterAll(() => world.close());

type Services = ReturnType<World['services']>;
type Break = (services: Services) => Services;
const asItIs: Break = (services) => services;

type Act =
  | { readonly is: 'sweep' | 'two sweeps' | 'stop' | 'reports' }
  /** As if nobody had counted the complaint when it came. */
  | { readonly is: 'unstopped' }
  | { readonly is: 'killed sweep'; readonly call: number; readonly when: 'before' | 'after' }
  | { readonly is: 'start'; readonly to: string }
  | { readonly is: 'complaint'; readonly about: number };

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Act>({ is: 'sweep' }) },
  fc.constantFrom<Act>({ is: 'two sweeps' }, { is: 'stop' }, { is: 'reports' }),
  {
    weight: 3,
    arbitrary: fc.record({
      is: fc.constant('killed sweep' as const),
      call: fc.integer({ min: 1, max: 90 }),
      when: fc.constantFrom('before' as const, 'after' as const),
    }),
  },
  fc.record({ is: fc.constant('start' as const), to: fc.constantFrom('1043', '1044') }),
);
const complaint: fc.Arbitrary<Act> = fc.record({
  is: fc.constant('complaint' as const),
  about: fc.nat({ max: 30 }),
});

async function customersOfMaya(): Promise<void> {
  const { customers } = world.services();
  for (const customerNumber of CUSTOMERS) {
    const email = `${customerNumber.toLowerCase()}@example.com`;
    const customer = { customerNumber, firstName: 'Kim', lastName: customerNumber, email };
    const { vin } = carOf(customerNumber);
    const seen = { storeId: STORE, occurredAt: FRIDAY, customer, vin, advisorNumber: '1042' };
    await customers.change(STORE, customerNumber, (known) => withSighting(known, seen, customerNumber));
  }
}

const sweep = (broken: Break) =>
  sweepDueWork(broken(world.services()), () => false).catch((error: unknown) => error);

/** A person presses, and presses again after a conflict. */
async function press(
  change: (of: NonNullable<Awaited<ReturnType<typeof read>>>) => typeof of,
): Promise<void> {
  for (let times = 0; times < 3; times += 1) {
    const of = await read();
    if (!of) return;
    const next = change(of);
    if (next === of || (await world.services().campaigns.write(next))) return;
  }
}
function unstopped(of: Campaign): Campaign {
  if (!isAt(of, 'stopped')) return of;
  const { to, by, startedAt } = of.step;
  return { ...of, step: { is: 'running', to, by, startedAt } };
}
const read = () => world.services().campaigns.read(CAMPAIGN);

const letters = () => world.sent.filter(({ subject }) => subject.includes('is now your service advisor'));

interface Told {
  /** How many letters had left when SES told of a complaint. */
  complainedAt?: number;
}

async function perform(one: Act, broken: Break, told: Told): Promise<void> {
  switch (one.is) {
    case 'sweep':
      await sweep(broken);
      break;
    case 'two sweeps':
      await Promise.all([sweep(broken), sweep(broken)]);
      break;
    case 'killed sweep':
      world.calls.stopAt(one.call, one.when);
      await sweep(broken);
      world.calls.reset();
      break;
    case 'start':
      await press((of) => start(of, { to: one.to, by: '1001' }, world.now));
      break;
    case 'stop':
      await press((of) => stop(of, 'manager', world.now));
      break;
    case 'unstopped':
      await press(unstopped);
      break;
    case 'reports':
      await world.reportSent();
      break;
    case 'complaint': {
      const about = letters()[one.about];
      if (!about) return;
      await world.report(about, 'Complaint');
      told.complainedAt ??= letters().length;
      break;
    }
  }
  world.now = new Date(Date.parse(world.now) + 5 * 60_000).toISOString();
}

/** Plays it, lets everything come to its end, and says what was broken. */
async function play(acts: readonly Act[], broken: Break = asItIs): Promise<string[]> {
  await world.reset(FRIDAY);
  await customersOfMaya();
  await world.rosterSays(STORE, '1042', { endsOn: '2026-11-19' });
  await world.sweep();
  const told: Told = {};
  for (const one of [{ is: 'start', to: '1043' } as const, ...acts]) await perform(one, broken, told);
  await press((of) => start(of, { to: '1043', by: '1001' }, world.now));
  for (let times = 0; times < 6; times += 1) {
    await perform({ is: 'reports' }, broken, told);
    await perform({ is: 'sweep' }, broken, told);
  }
  return violations(told);
}

async function violations({ complainedAt }: Told): Promise<string[]> {
  const to = letters().map((email) => email.to);
  const twice = to.filter((address, at) => to.indexOf(address) !== at);
  const all = await world.services().campaigns.letters(CAMPAIGN);
  const isSettled = ({ outbox }: (typeof all)[number]) =>
    outbox.every(({ state }) => ['sent', 'asked', 'unknown'].includes(state));
  if (complainedAt !== undefined)
    return [
      ...twice.map((address) => `twice to ${address}`),
      ...(to.length > complainedAt ? [`${to.length - complainedAt} more after a complaint`] : []),
    ];
  return [
    ...twice.map((address) => `twice to ${address}`),
    ...all.filter((letter) => !isSettled(letter)).map(({ customerNumber }) => `${customerNumber} waits`),
    ...(all.length === CUSTOMERS.length ? [] : [`${CUSTOMERS.length - all.length} were left out`]),
  ];
}

/** The same runs every time. */
const runs = { numRuns: 20, seed: 17 };

describe('letters to the customers of an advisor who left', () => {
  it('come to each once, however sweeps are killed, doubled, stopped by a manager and started again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 8 }), async (acts) => {
        expect(await play(acts)).toEqual([]);
      }),
      runs,
    );
  });

  it('end with the first complaint, whatever happens around it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(act, { maxLength: 3 }),
        complaint,
        fc.array(act, { maxLength: 3 }),
        async (before, one, after) => {
          expect(await play([{ is: 'sweep' }, ...before, one, ...after])).toEqual([]);
        },
      ),
      runs,
    );
  });
});

/** A service as it is, but for what is changed about it. */
const around = <T extends object>(of: T, changed: Partial<T>): T =>
  new Proxy(of, {
    get: (target, name) => {
      const value: unknown = Reflect.get(name in changed ? changed : target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });

describe('a guard that is taken away is missed', () => {
  it('where no letter is known that was written before', async () => {
    const forgetful: Break = ({ campaigns, tasks, ...services }) => ({
      ...services,
      campaigns: around(campaigns, { letters: async () => [] }),
      tasks: around(tasks, {
        write: async (item) => {
          const known =
            item.kind === 'leaver-letter' && item.version === 0
              ? await tasks.readLetter(idOf(item))
              : undefined;
          return tasks.write(known ? { ...item, version: known.version } : item);
        },
      }),
    });
    const again: Act[] = [{ is: 'sweep' }, { is: 'stop' }, { is: 'start', to: '1044' }, { is: 'sweep' }];
    expect(await play(again, forgetful)).toContain('twice to c-100@example.com');
    expect(await play(again)).toEqual([]);
  });

  it('where complaints are not counted: neither as they come nor before the next letters', async () => {
    const deaf: Break = ({ campaigns, ...services }) => ({
      ...services,
      campaigns: around(campaigns, {
        letters: async (id) => (await campaigns.letters(id)).map((letter) => ({ ...letter, outbox: [] })),
      }),
    });
    const complained: Act[] = [
      { is: 'sweep' },
      { is: 'complaint', about: 0 },
      { is: 'unstopped' },
      { is: 'sweep' },
    ];
    expect(await play(complained, deaf)).toEqual(['4 more after a complaint']);
    expect(await play(complained)).toEqual([]);
  });
});

const idOf = (item: object): string => ('letterId' in item ? String(item.letterId) : '');
