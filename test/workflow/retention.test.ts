import '../simulation/quiet.ts';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromItem } from '../../functions/adapters/dynamodb.ts';
import { itemKindAt, itemKinds } from '../../functions/adapters/item-kinds.ts';
import { retention } from '../../functions/group/retention.ts';
import { longTermCustomer } from '../support/customers.ts';
import { World } from '../support/world.ts';

const NOW = '2026-11-20T22:40:00.000Z';
const YEAR_LATER = Date.parse('2027-11-21T00:00:00Z') / 1000;

let world: World;
beforeAll(async () => {
  world = await World.open(NOW, (group) => ({ ...group, retention: { months: 12 } }));
  world.keepsCustomers = true;
});
afterAll(() => world.close());

/** Kinds of items that may name a customer, but for those that outlive them. */
async function itemsOfCustomers() {
  const { dynamodb, tableName } = world.target();
  const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName: tableName, ConsistentRead: true }));
  return Items.map((item) => fromItem(item)).flatMap(({ pk, sk, expiresAt }) => {
    const kind = itemKindAt({ pk, sk });
    return kind && itemKinds[kind].customer !== "nobody's" ? [{ kind, expiresAt }] : [];
  });
}

describe('what names a customer', () => {
  it('is kept for as long after its last use as the group’s file says, whatever kind of item it is', async () => {
    await longTermCustomer(world);
    for (const sample of [
      'vehicle-sold',
      'first-service-due',
      'repair-quote-high',
      'service-visit-completed',
    ])
      await world.putSample(sample);
    await world.putSample('vehicle-sold', { dealType: 'unheard of', dealNumber: '5' });
    await world.advance(60);
    const items = await itemsOfCustomers();
    const kinds = new Set(items.map(({ kind }) => kind));
    for (const kind of ['task', 'card', 'look-up', 'order', 'decision', 'refusal', 'first visit', 'remarks'])
      expect(kinds).toContain(kind);
    expect(items.filter(({ expiresAt }) => !(expiresAt <= YEAR_LATER))).toEqual([]);
  });

  it('is kept longer than two years only with a reason', () => {
    expect(retention.parse({})).toEqual({ months: 24 });
    expect(retention.safeParse({ months: 25 }).error?.issues[0]?.message).toMatch(/expected 'because'/);
    expect(
      retention.safeParse({ months: 84, because: 'State law: repair orders, seven years' }).success,
    ).toBe(true);
  });
});
