import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cases, countedOf, NOON } from '../../bench/calls-per-handoff.ts';
import { World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await World.open(NOON);
});
afterAll(() => world.close());

const callsOf = async (says: string) => {
  const found = cases.find((one) => one.says === says);
  return found ? (await countedOf(found, world)).made : [];
};

describe('a handoff costs few calls to AWS', () => {
  it('a sold car with two emails to staff and one to the customer takes seven', async () => {
    expect(await callsOf('a car is sold')).toEqual([
      'GetItemCommand',
      'PutItemCommand',
      'SendEmailCommand',
      'SendEmailCommand',
      'SendEmailCommand',
      'PutEventsCommand',
      'PutItemCommand',
    ]);
  });

  it('a click decides in one read and one write, and what it owes comes on top', async () => {
    const decides = ['GetItemCommand', 'PutItemCommand'];
    expect(await callsOf('a click: a note')).toEqual(decides);
    expect(await callsOf('a click: accepted')).toEqual([...decides, 'PutEventsCommand', 'PutItemCommand']);
  });

  it.each(cases)('$says: no more calls than there have to be', async (one) => {
    const { made, fewest } = await countedOf(one, world);
    expect(made.length).toBeGreaterThan(0);
    expect(made.length).toBeLessThanOrEqual(fewest + (one.onTop?.calls ?? 0));
  });
});
