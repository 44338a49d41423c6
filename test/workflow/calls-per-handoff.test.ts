import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addedBehind, stories } from '../../bench/calls-behind.ts';
import { cases, countedOf, NOON } from '../../bench/calls-per-handoff.ts';
import { usages } from '../../lib/cost.ts';
import { type DynamoDBServer, openDynamoDBServer } from '../support/dynamodb-server.ts';
import { unchanged, World } from '../support/world.ts';

let dynamodb: DynamoDBServer;
let world: World;
beforeAll(async () => {
  dynamodb = await openDynamoDBServer();
  world = await World.open(NOON, unchanged, dynamodb);
});
afterAll(() => world.close());

const callsOf = async (says: string) => {
  const found = cases.find((one) => one.says === says);
  return found ? (await countedOf(found, world, dynamodb.client)).made : [];
};

describe('a handoff costs few calls to AWS', () => {
  it('a sold car takes seven: the checklist waits for the delivery, and the letter for who accepts', async () => {
    expect(await callsOf('a car is sold')).toEqual([
      'BatchGetItemCommand',
      'PutItemCommand',
      'SendEmailCommand',
      'PutEventsCommand',
      'PutItemCommand',
      'PutItemCommand',
      'QueryCommand',
    ]);
  });

  it('a click decides in one read and one write, and what it owes comes on top', async () => {
    const decides = ['GetItemCommand', 'PutItemCommand'];
    expect(await callsOf('a click: a note')).toEqual(decides);
    expect(await callsOf('a click: accepted, and the letter to the customer leaves')).toEqual([
      'GetItemCommand',
      'BatchGetItemCommand',
      'PutItemCommand',
      'SendEmailCommand',
      'PutEventsCommand',
      'PutItemCommand',
    ]);
  });

  it.each(cases)('$says: no more calls than there have to be', async (one) => {
    const { made, fewest } = await countedOf(one, world, dynamodb.client);
    expect(made.length).toBeGreaterThan(0);
    expect(made.length).toBeLessThanOrEqual(fewest + (one.onTop?.calls ?? 0));
  });
});

describe('the ledger costs a handoff nothing that anybody waits for', () => {
  it('a sold car takes the same seven while outcomes are kept', async () => {
    const alone = await callsOf('a car is sold');
    world.keepsOutcomes = true;
    const together = await callsOf('a car is sold');
    world.keepsOutcomes = false;
    expect(together).toEqual(alone);
  });

  it.each(usages)(
    '$says: behind it, what docs/cost.md counts, and neither emails nor events',
    async ({ says, behind }) => {
      const { invocations, units, calls } = await addedBehind(stories[says], world, dynamodb.client);
      expect({ ...units, invocations }).toEqual(behind);
      expect(Object.keys(calls)).not.toContain('SendEmailCommand');
      expect(Object.keys(calls)).not.toContain('PutEventsCommand');
    },
  );

  it('a sold car that is signed adds five invocations of one function, with 36 calls', async () => {
    const { invocations, calls } = await addedBehind(stories['a car is sold'], world, dynamodb.client);
    expect(invocations).toBe(5);
    expect(calls).toEqual({
      BatchGetItemCommand: 10,
      GetItemCommand: 5,
      PutItemCommand: 13,
      QueryCommand: 8,
    });
  });
});
