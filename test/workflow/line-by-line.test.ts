import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TaskOf } from '../../functions/handoffs/kinds.ts';
import sample from '../../samples/repair-quote-high.json' with { type: 'json' };
import { command } from '../support/command.ts';
import { longTermCustomer } from '../support/customers.ts';
import { openDynamoDBServer } from '../support/dynamodb-server.ts';
import { unchanged, World } from '../support/world.ts';
import { choose, linkTo } from './answer-visitor.ts';

/** 10:30 in the morning at the store. */
const TODAY = '2026-11-20T17:30:00.000Z';
const ADVISOR = 'sam.delgado@lakeshore.example';
const SHEET = /repair or replace/i;
const LINES = [
  { description: 'A/C compressor', amountCents: 224_000 },
  { description: 'Front struts', amountCents: 129_000 },
  { description: 'Valve cover gasket', amountCents: 65_000 },
  { description: 'Timing belt', amountCents: 110_000 },
];

let world: World;
beforeAll(async () => {
  world = await World.open(TODAY, unchanged, await openDynamoDBServer());
});
beforeEach(async () => {
  await world.reset(TODAY);
  await longTermCustomer(world);
});
afterAll(() => world.close());

const { customerIs: _waits, ...order } = sample.detail;

/** The advisor has written this many lines by now; the tool tells of it. */
const written = (lines: number, more: object = {}, detailType = 'repair-quoted', time?: string) => {
  const quote = {
    totalCents: LINES.slice(0, lines).reduce((sum, { amountCents }) => sum + amountCents, 0),
    lines: LINES.slice(0, lines),
    linesFollow: true,
  };
  return world.put(detailType, { ...order, occurredAt: world.now, quote, ...more }, 'dms.test', time);
};
const closed = () => {
  const { storeId, roNumber, customer, vehicle } = sample.detail;
  return world.putSample('service-visit-completed', {
    ...{ storeId, roNumber, customer, vehicle },
    ...{ closedOn: '2026-11-20', occurredAt: world.now },
  });
};
const voided = () => {
  const { storeId, roNumber } = sample.detail;
  return world.put('repair-order-voided', { storeId, roNumber, occurredAt: world.now });
};
const gone = () => {
  const { storeId, roNumber } = sample.detail;
  return world.put('repair-order-no-longer-open', { storeId, roNumber, occurredAt: world.now });
};
const sheets = () => world.inbox(ADVISOR).filter(({ subject }) => SHEET.test(subject));
const minutesOf = () => sheets().map(({ at }) => (Date.parse(at) - Date.parse(TODAY)) / 60_000);
async function theOrder(): Promise<TaskOf<'repair-options'>> {
  const [task] = await world.tasks('repair-options');
  if (!task) throw new Error('there is no order');
  return task;
}

describe('a quote that is written line by line', () => {
  it('is one sheet, of all lines, once no more come', async () => {
    for (const lines of [1, 2, 3]) {
      await written(lines);
      await world.advance(2);
    }
    expect(sheets()).toEqual([]);
    await world.advance(60);
    expect(minutesOf()).toEqual([10]);
    expect(sheets()[0]?.text).toContain('$4,180');
    expect((await theOrder()).settling).toBeUndefined();
  });

  it('waits ten minutes at most while line after line comes', async () => {
    for (let minute = 0; minute < 14; minute += 2) {
      await written(1 + Math.min(minute / 2, 3));
      await world.advance(2);
    }
    expect(minutesOf()[0]).toBe(10);
  });

  it('is acted on by the next line where the sweep is late', async () => {
    await written(1);
    world.now = '2026-11-20T17:41:00.000Z';
    await written(3);
    expect(minutesOf()).toEqual([11]);
    expect(sheets()[0]?.text).toContain('$4,180');
  });

  it('waits no longer than the policy says while the customer sits in the lounge', async () => {
    for (let minute = 0; minute < 10; minute += 1) {
      await written(1 + Math.min(minute, 3), { customerIs: 'waiting' });
      await world.advance(1);
    }
    expect(minutesOf()[0]).toBe(5);
  });

  it('is acted on at once where its webhook was late by more than it settles', async () => {
    await written(3, { occurredAt: '2026-11-20T17:20:00Z' });
    expect(minutesOf()).toEqual([0]);
  });

  it('is acted on at once where its sender does not write line by line', async () => {
    await world.put('repair-quoted', { ...order, occurredAt: world.now });
    expect(minutesOf()).toEqual([0]);
  });

  it('loses to a whole quote that another system sends of the same order meanwhile', async () => {
    await written(1);
    await world.advance(1);
    await world.put('repair-quoted', { ...order, occurredAt: world.now });
    await world.advance(30);
    expect(minutesOf()).toEqual([1]);
  });

  it('is as it was sent last, though an earlier copy of the same lines comes after that', async () => {
    const sent = (lines: number, time: string) =>
      written(lines, { occurredAt: TODAY }, 'repair-quoted', `2026-11-20T17:30:${time}Z`);
    await sent(3, '03');
    await sent(3, '01');
    await sent(4, '02');
    await world.advance(30);
    expect(sheets()[0]?.text).toContain('$4,180');
  });

  it('is one that its sender calls high where one line of it was called so', async () => {
    const small = { totalCents: 40_000, lines: [], linesFollow: true };
    await written(1, { quote: small }, 'repair-quote-high');
    await world.advance(1);
    await written(1, { quote: small });
    await world.advance(30);
    expect(sheets()).toHaveLength(1);
  });

  it('makes no sheet below the minimum, whatever single lines amount to', async () => {
    await written(1, { quote: { totalCents: 600_000, lines: [], linesFollow: true } });
    await world.advance(2);
    await written(1, { quote: { totalCents: 60_000, lines: [], linesFollow: true } });
    await world.advance(60);
    expect(sheets()).toEqual([]);
    expect((await theOrder()).state).toBe('awaited');
  });

  it.each([
    ['the order is closed', closed],
    ['the order is voided', voided],
    ['the order is gone from the list of open ones', gone],
  ])('is told to nobody where %s before it settles', async (_what, ends) => {
    await written(3);
    await world.advance(2);
    await ends();
    await world.advance(120);
    expect(sheets()).toEqual([]);
    expect(await theOrder()).not.toHaveProperty('settling');
    expect((await theOrder()).deadlines).toEqual({});
  });

  it('comes back with a line that is written after the order was reopened', async () => {
    await written(2);
    await world.advance(1);
    await voided();
    await world.advance(1);
    await written(3);
    await world.advance(30);
    expect(sheets()).toHaveLength(1);
  });

  it('is explained by `why` as one that nothing is decided of yet', async () => {
    await written(2);
    const asked = ['--ro', order.roNumber, '--store', order.storeId];
    const { code, output } = await command(world, 'why', ...asked);
    expect(code).toBe(0);
    expect(output).toContain('written line by line: nothing is decided before no more lines come');
    await world.advance(30);
    expect((await command(world, 'why', ...asked)).output).toContain('Decided on 2026-11-20');
  });

  it('changes the sheet once, too, when more lines come later', async () => {
    await written(2);
    await world.advance(30);
    expect(sheets()).toHaveLength(1);
    await written(3);
    await world.advance(1);
    await written(4);
    await world.advance(30);
    expect(sheets()).toHaveLength(2);
    expect(sheets()[1]?.text).toContain('$5,280');
  });

  it('reaches Sales with its last lines, though the advisor answered the sheet before they settled', async () => {
    await written(2);
    await world.advance(30);
    await written(4);
    await choose(world, linkTo(world, ADVISOR, SHEET), 'open-to-looking');
    await world.advance(30);
    expect((await theOrder()).facts.quote?.quote.totalCents).toBe(528_000);
  });

  it('is asked for once more where the bus delivers its end again', async () => {
    await written(3);
    await world.advance(30);
    const [ends] = world.ours.filter((event) => event['detail-type'] === 'repair-quote-settled');
    await world.put('repair-quote-settled', Object(ends?.detail), 'handoff');
    expect(sheets()).toHaveLength(1);
  });

  it('is of the next customer where the number of the order came back', async () => {
    await written(3);
    await world.advance(1);
    const vehicle = { ...order.vehicle, vin: '1HGCV1F35LA048213' };
    await written(3, { customer: { customerNumber: '60001', lastName: 'Nicklin' }, vehicle });
    await world.advance(30);
    const customers = (await world.tasks('repair-options')).map(
      ({ facts }) => facts.quote?.customer.customerNumber,
    );
    expect(customers.filter((one) => one !== undefined)).toEqual(['60001']);
    expect(sheets()).toHaveLength(1);
  });
});
