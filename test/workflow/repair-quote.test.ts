import { TooManyRequestsException } from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import quoted from '../../samples/repair-quote-high.json' with { type: 'json' };
import { longTermCustomer } from '../support/customers.ts';
import { DAY, headStartOf, World } from '../support/world.ts';

const TODAY = '2026-11-20T18:00:00.000Z';
const ADVISOR = 'sam.delgado@lakeshore.example';
const SALES = 'dana.whitehorse@lakeshore.example';

let world: World;
beforeAll(async () => {
  world = await World.open(TODAY, headStartOf(0));
});
beforeEach(() => world.reset(TODAY));
afterAll(() => world.close());

const subjects = (address: string) => world.inbox(address).map(({ subject }) => subject);
/** What the advisor gets of the sheet itself; who in Sales knows is told beside it. */
const ofSheet = () => world.inbox(ADVISOR).filter(({ subject }) => !subject.includes('comes to you first'));
const order = { storeId: 'lakeshore-honda', roNumber: '77120' };

describe('a high repair is quoted', () => {
  it('gives the advisor both columns, and Sales silence, where the customer is new', async () => {
    await world.putSample('repair-quote-high-new-customer');
    const [task] = await world.tasks('repair-options');
    expect(task).toMatchObject({ state: 'open', assessment: { nudge: false } });
    expect(world.inbox()).toHaveLength(1);
    expect(await world.tasks('upgrade-conversation')).toEqual([]);
  });

  it('nudges the own salesperson about a long-term customer, with the advisor to talk to first', async () => {
    await longTermCustomer(world);
    await world.putSample('repair-quote-high');
    expect(ofSheet()).toHaveLength(1);
    expect(subjects(SALES)).toHaveLength(1);
    expect(world.inbox(SALES)[0]?.text).toContain('Sam Delgado');
    expect(world.inbox().every(({ to }) => to.endsWith('@lakeshore.example'))).toBe(true);
    expect(await world.tasks('upgrade-conversation')).toMatchObject([
      {
        state: 'open',
        assignee: { employeeNumber: '2051', reason: 'own' },
        facts: { originatorNumber: '2031' },
      },
    ]);
  });

  it('keeps the decision with what it rested on, fired or not', async () => {
    await longTermCustomer(world);
    await world.putSample('repair-quote-high');
    const [task] = await world.tasks('repair-options');
    expect(task?.kind === 'repair-options' && task.assessment).toMatchObject({ nudge: true, needed: 2 });
    expect(task?.kind === 'repair-options' && task.history).toMatchObject({ visits12: expect.any(Number) });
  });

  it('corrects what was said when a newer quote of the same order says something else', async () => {
    await longTermCustomer(world);
    await world.putSample('repair-quote-high');
    await world.putSample('repair-quote-high-revised');
    await world.putSample('repair-quote-high-revised');
    expect(ofSheet()).toHaveLength(2);
    expect(subjects(SALES)).toHaveLength(2);
  });

  it.each<[string, object, string, string]>([
    [
      'the value',
      { value: { cents: 700_000, asOf: '2026-11-20' } },
      'What changed: what is known of the car.',
      'What speaks for a conversation changed.',
    ],
    [
      'the answers to the lines',
      {
        quote: {
          totalCents: 418_000,
          lines: [
            { description: 'Replace A/C compressor', amountCents: 224_000, state: 'approved' },
            { description: 'Valve cover gasket', amountCents: 65_000, state: 'quoted' },
            { description: 'Front struts and mounts, both sides', amountCents: 129_000, state: 'declined' },
          ],
        },
      },
      'What changed: the work that is quoted, or the answer to it.',
      'The work that is quoted, or what is approved or declined of it, changed.',
    ],
    [
      'when the car is promised',
      { promisedAt: '2026-11-21T00:30:00Z' },
      'What changed: when the car is promised, or where the customer is.',
      'The car is promised for another time.',
    ],
  ])('corrects %s, though the total is the same', async (_what, change, sheet, nudge) => {
    await longTermCustomer(world);
    await world.putSample('repair-quote-high');
    await world.putSample('repair-quote-high', { occurredAt: '2026-11-20T17:50:00Z', ...change });
    expect(ofSheet()[1]?.text).toContain(sheet);
    expect(world.inbox(SALES)[1]?.text).toContain(nudge);
  });

  it('says nothing of a newer quote that says the same, dated anew', async () => {
    await longTermCustomer(world);
    await world.putSample('repair-quote-high');
    const value = { cents: 920_000, source: 'Black Book, average condition', asOf: '2026-11-20' };
    await world.putSample('repair-quote-high', { occurredAt: '2026-11-20T17:50:00Z', value });
    expect(ofSheet()).toHaveLength(1);
    expect(subjects(SALES)).toHaveLength(1);
  });

  it('corrects Sales also after the sheet is answered: the customer is open to looking', async () => {
    await world.putSample('repair-quote-high');
    const [task] = await world.tasks('repair-options');
    await world.answer(task?.taskId ?? '', { choice: 'open-to-looking' });
    await world.putSample('repair-quote-high-revised');
    expect(ofSheet()).toHaveLength(1);
    expect(world.inbox(SALES)[1]?.text).toContain('changed from $2,890 to $1,180');
  });

  it('is closed by a void, for Service and for Sales, and says so once', async () => {
    await longTermCustomer(world);
    await world.putSample('repair-quote-high');
    await world.put('repair-order-voided', { ...order, occurredAt: TODAY });
    await world.put('repair-order-voided', { ...order, occurredAt: TODAY });
    expect((await world.tasks()).map(({ state }) => state)).toEqual(['cancelled', 'cancelled']);
    expect(ofSheet()).toHaveLength(2);
    expect(subjects(SALES)).toHaveLength(2);
  });

  it('that was voided before it came sends nothing', async () => {
    await world.put('repair-order-voided', { ...order, occurredAt: TODAY });
    await world.putSample('repair-quote-high');
    expect(world.inbox()).toEqual([]);
    expect(await world.tasks('repair-options')).toMatchObject([{ state: 'cancelled' }]);
  });

  it('nudges about one household once in a fortnight, whichever order it is', async () => {
    await longTermCustomer(world);
    await world.putSample('repair-quote-high');
    await world.putSample('repair-quote-high', { roNumber: '77999' });
    expect(subjects(SALES)).toHaveLength(1);
    const [, second] = await world.tasks('repair-options');
    const suppressed = (await world.tasks('repair-options')).map((task) =>
      task.kind === 'repair-options' ? task.assessment?.suppressions.map(({ name }) => name) : [],
    );
    expect(suppressed.flat()).toContain('nudged-recently');
    expect(second).toBeDefined();
  });

  it('lets the advisor start the conversation where the rule was silent', async () => {
    await world.putSample('repair-quote-high');
    const [task] = await world.tasks('repair-options');
    await world.answer(task?.taskId ?? '', { choice: 'open-to-looking' });
    expect(await world.tasks('upgrade-conversation')).toMatchObject([
      { state: 'open', facts: { asked: { by: 'customer' } } },
    ]);
    expect(subjects(SALES)).toHaveLength(1);
  });

  it('is not sent on when the car left before Sales could be told', async () => {
    await longTermCustomer(world);
    world.calls.sesAnswers = [new TooManyRequestsException({ message: 'slow down', $metadata: {} })];
    await world.putSample('repair-quote-high');
    const { customer, vehicle } = quoted.detail;
    await world.putSample('service-visit-completed', { ...order, customer, vehicle, closedOn: '2026-11-20' });
    await world.advance(DAY);
    world.calls.sesAnswers = [];
    await world.advance(DAY);
    expect(subjects(SALES)).toEqual([]);
    expect(await world.tasks('upgrade-conversation')).toMatchObject([
      { state: 'cancelled', ended: { outcome: 'the car left before Sales was told' } },
    ]);
  });
});
