import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Group } from '../../functions/group/group.ts';
import recallSample from '../fixtures/recalls-by-vehicle.json' with { type: 'json' };
import { longTermCustomer } from '../support/customers.ts';
import { nobody } from '../support/services.ts';
import { World } from '../support/world.ts';

/** Services of others are asked about a car before its quote is decided on: what it is worth, and its model's recalls. */
const TODAY = '2026-11-20T18:00:00.000Z';
const ADVISOR = 'sam.delgado@lakeshore.example';
const CAR = '5J6RM4H77FL041229';
const GUIDE = 'values.example';
const RECALLS = 'recalls.example';

const asking = (group: Group): Group => ({
  ...group,
  lookUps: {
    value: { name: 'Lane Guide', url: `https://${GUIDE}/v1/value`, header: 'x-api-key', keptDays: 7 },
    recalls: { url: `https://${RECALLS}/recalls`, keptDays: 7 },
  },
});

let world: World;
let asked: { readonly url: URL; readonly headers: Headers }[] = [];
let answers: Readonly<Record<string, (url: URL) => Response | Promise<Response>>> = {};

beforeAll(async () => {
  world = await World.open(TODAY, asking);
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.reset(TODAY);
  await longTermCustomer(world);
  asked = [];
  answers = {
    [GUIDE]: () => Response.json(value),
    [RECALLS]: () => Response.json({ Count: 0, results: [] }),
  };
  world.timeLimit = () => new AbortController().signal;
  world.fetch = async (url, init) => {
    asked.push({ url, headers: new Headers(init.headers) });
    const answer = answers[url.host];
    return answer ? answer(url) : nobody(url, init);
  };
});

const value = { vin: CAR, cents: 920_000, asOf: '2026-11-18', miles: 131_420 };
const unvalued = { value: undefined, equity: undefined };
const quoted = (change: object = unvalued, name = 'repair-quote-high') => world.putSample(name, change);
const order = async () => (await world.tasks('repair-options'))[0];
const sheet = () => world.inbox(ADVISOR).at(-1)?.text ?? '';
const askedOf = (host: string) => asked.filter(({ url }) => url.host === host);

describe('a service that says what a car is worth', () => {
  it('is asked by VIN and miles with the key of its secret, and its figure is on the sheet', async () => {
    await quoted();
    const [call] = askedOf(GUIDE);
    expect(String(call?.url)).toBe(`https://values.example/v1/value?vin=${CAR}&miles=131420`);
    expect(call?.headers.get('x-api-key')).toBe('a key of the guide');
    expect(sheet()).toContain('about $9,200, by Lane Guide (2 days old)');
    expect((await order())?.assessment?.reasonsFor.map(({ name }) => name)).toContain('repair-against-value');
  });

  it('is asked once for a car, also for its next order, until its answer has been kept for so many days', async () => {
    await quoted();
    await quoted({ ...unvalued, roNumber: '77121' });
    expect(askedOf(GUIDE)).toHaveLength(1);
    world.now = '2026-11-27T18:00:01.000Z';
    answers = { ...answers, [GUIDE]: () => Response.json({ ...value, asOf: '2026-11-25' }) };
    await quoted({ ...unvalued, roNumber: '77122', occurredAt: world.now });
    expect(askedOf(GUIDE)).toHaveLength(2);
  });

  it.each<[string, object, string]>([
    ['the quote has a value of its own', {}, 'repair-quote-high'],
    ['the quote is a small one that nobody reads of', { quote: { totalCents: 8_900 } }, 'repair-quoted'],
  ])('is not asked where %s', async (_why, change, name) => {
    await quoted(change, name);
    expect(askedOf(GUIDE)).toHaveLength(0);
  });

  it('is not asked by a group that names none, and nothing is called then', async () => {
    const plain = await World.open(TODAY);
    plain.fetch = world.fetch;
    await plain.putSample('repair-quote-high', unvalued);
    expect(asked).toEqual([]);
    await plain.close();
  });

  const film = () => new Response('<'.repeat(10_000_000));
  it.each<[string, () => Response | Promise<Response>]>([
    ['says a negative amount', () => Response.json({ ...value, cents: -920_000 })],
    ['says dollars for cents', () => Response.json({ ...value, cents: 9_200 })],
    ['says more than any car is worth', () => Response.json({ ...value, cents: 92_000_000_000 })],
    ['says a text for an amount', () => Response.json({ ...value, cents: '$9,200' })],
    ['says a figure of next month', () => Response.json({ ...value, asOf: '2026-12-20' })],
    ['says a figure of last spring', () => Response.json({ ...value, asOf: '2026-04-20' })],
    ['says no date', () => Response.json({ ...value, asOf: undefined })],
    ['answers about another car', () => Response.json({ ...value, vin: '2HKRM4H75EH100009' })],
    ['does not know the car', () => new Response(null, { status: 404 })],
    ['refuses our key', () => new Response('{"error":"key"}', { status: 401 })],
    ['is broken', () => new Response('oops', { status: 503 })],
    ['answers a page', () => new Response('<html><body>Log in</body></html>')],
    ['answers nothing', () => new Response('')],
    ['sends ten megabytes', film],
    ['is not there', () => Promise.reject(new TypeError('fetch failed'))],
  ])('counts for nothing where it %s: the sheet goes out as without it', async (_what, answer) => {
    answers = { ...answers, [GUIDE]: answer };
    await quoted();
    expect(askedOf(GUIDE)).toHaveLength(1);
    expect(sheet()).toContain('the trade-in value (the used-car desk)');
    expect((await order())?.lookedUp).toEqual({});
  });

  it('delays nothing beyond its limit where it hangs, also in the middle of its answer', async () => {
    const begun = new ReadableStream({ start: (body) => body.enqueue(new TextEncoder().encode('{"vin":')) });
    for (const hang of [() => new Promise<Response>(() => undefined), () => new Response(begun)]) {
      await world.reset(TODAY);
      answers = { ...answers, [GUIDE]: hang };
      const limit = new AbortController();
      world.timeLimit = () => limit.signal;
      const reviewed = quoted();
      while (askedOf(GUIDE).length === 0) await new Promise(setImmediate);
      limit.abort();
      await reviewed;
      expect(sheet()).toContain('the trade-in value (the used-car desk)');
      asked = [];
    }
  });
});

describe('recalls of a model', () => {
  it('are a line on the advisor’s sheet that says what is not known, and no reason for or against anything', async () => {
    await quoted({});
    const before = (await order())?.assessment;
    await world.reset(TODAY);
    await longTermCustomer(world);
    answers = { ...answers, [RECALLS]: () => Response.json(recallSample) };
    await quoted({});
    expect(sheet()).toContain(
      'Recalls: NHTSA lists 1 recall for the 2015 Honda CR-V EX-L (fuel system). It can’t say whether one is open on this very car: run the VIN before you mention any.',
    );
    expect((await order())?.assessment).toEqual(before);
  });

  it('say how old the list is, where it was kept from another order of the model', async () => {
    answers = { ...answers, [RECALLS]: () => Response.json(recallSample) };
    await quoted({});
    world.now = '2026-11-23T18:00:00.000Z';
    await quoted({ roNumber: '77121', occurredAt: world.now });
    expect(askedOf(RECALLS)).toHaveLength(2);
    const sheets = world.inbox(ADVISOR).filter(({ text }) => text.includes('NHTSA lists'));
    expect(sheets.at(-1)?.text).toContain('(fuel system). The list is 3 days old. It can’t say');
  });

  it('are asked by make, model and year, also without the trim, and once in a while for all cars of a model', async () => {
    answers = { ...answers, [RECALLS]: () => Response.json(recallSample) };
    await quoted({});
    await quoted({ roNumber: '77121' });
    expect(askedOf(RECALLS).map(({ url }) => url.search)).toEqual([
      '?make=Honda&model=CR-V+EX-L&modelYear=2015',
      '?make=Honda&model=CR-V&modelYear=2015',
    ]);
  });

  it('are not on the paper that the customer takes home', async () => {
    answers = { ...answers, [RECALLS]: () => Response.json(recallSample) };
    await quoted({});
    const html = world.inbox(ADVISOR).at(-1)?.html ?? '';
    expect(html.split('NHTSA lists')).toHaveLength(2);
  });

  it.each<[string, () => Response]>([
    [
      'none are listed, which may be another name for the model',
      () => Response.json({ Count: 0, results: [] }),
    ],
    ['the answer is not readable', () => Response.json({ results: [{ Component: 4 }] })],
    ['the answer is a page', () => new Response('<html>')],
  ])('are no line where %s', async (_what, answer) => {
    answers = { ...answers, [RECALLS]: answer };
    await quoted({});
    expect(sheet()).not.toMatch(/recall/i);
  });
});

describe('a recall that is known to be open on this very car', () => {
  it('keeps silence, where the DMS or the manufacturer says so', async () => {
    await quoted({ circumstances: { openRecall: true } });
    expect((await order())?.assessment).toMatchObject({
      nudge: false,
      suppressions: [{ name: 'open-recall' }],
    });
  });

  it('keeps silence, where the customer declined the work', async () => {
    const lines = [
      { description: 'Airbag inflator', amountCents: 0, recall: true, state: 'declined' },
      { description: 'A/C compressor', amountCents: 418_000 },
    ];
    await quoted({ quote: { totalCents: 418_000, lines } });
    expect((await order())?.assessment?.suppressions).toContainEqual({ name: 'open-recall' });
  });
});
