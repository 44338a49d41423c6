import {
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
  QueryCommand,
  type QueryCommandInput,
  type QueryCommandOutput,
  ScanCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fromItem, toItem } from '../../../functions/adapters/dynamodb.ts';
import { longTermCustomer } from '../../support/customers.ts';
import { openDynamoDBServer } from '../../support/dynamodb-server.ts';
import { MemoryDynamoDB } from '../../support/memory-dynamodb.ts';
import { indexKeys } from '../../support/table-schema.ts';
import type { TestDynamoDB } from '../../support/test-dynamodb.ts';
import { DAY, unchanged, World } from '../../support/world.ts';
import { linkTo, post } from '../../workflow/answer-visitor.ts';

/** One script for the table that the workflow tests run on and for a DynamoDB server: both do the same. */
const tables: readonly (readonly [name: string, open: () => Promise<TestDynamoDB>])[] = [
  ['the table in memory', async () => new MemoryDynamoDB()],
  ['a DynamoDB server', openDynamoDBServer],
];

describe.each(tables)('%s', (_name, open) => {
  let dynamodb: TestDynamoDB;
  let TableName: string;
  beforeAll(async () => {
    dynamodb = await open();
    TableName = await dynamodb.createTable();
  });
  beforeEach(() => dynamodb.emptyTable(TableName));
  afterAll(() => dynamodb.close());

  const put = (item: object, rest: Partial<PutItemCommandInput> = {}) =>
    dynamodb.client.send(new PutItemCommand({ TableName, Item: toItem(item), ...rest }));
  const get = async (pk: string, sk = 'a') => {
    const key = { TableName, Key: toItem({ pk, sk }), ConsistentRead: true };
    const { Item } = await dynamodb.client.send(new GetItemCommand(key));
    return Item && fromItem(Item);
  };
  const update = (rest: Omit<UpdateItemCommandInput, 'TableName' | 'Key'>, pk = 'p') =>
    dynamodb.client.send(new UpdateItemCommand({ TableName, Key: toItem({ pk, sk: 'a' }), ...rest }));
  const query = (input: Omit<QueryCommandInput, 'TableName'>) =>
    dynamodb.client.send(
      new QueryCommand({ TableName, ...(input.IndexName ? {} : { ConsistentRead: true }), ...input }),
    );
  const itemsOf = ({ Items = [] }: QueryCommandOutput) => Items.map((item) => fromItem(item));

  const isNew = { ConditionExpression: 'attribute_not_exists(pk)' };
  const atVersion = (version: number) => ({
    ConditionExpression: 'attribute_not_exists(pk) OR #version = :read',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: toItem({ ':read': version }),
  });

  describe('a conditional write', () => {
    it('takes effect where its condition holds, and changes nothing where it does not', async () => {
      await put({ pk: 'p', sk: 'a', version: 1 }, isNew);
      await expect(put({ pk: 'p', sk: 'a', version: 9 }, isNew)).rejects.toThrow(
        ConditionalCheckFailedException,
      );
      await put({ pk: 'p', sk: 'a', version: 2 }, atVersion(1));
      await expect(put({ pk: 'p', sk: 'a', version: 9 }, atVersion(1))).rejects.toThrow(
        ConditionalCheckFailedException,
      );
      expect(await get('p')).toEqual({ pk: 'p', sk: 'a', version: 2 });
    });

    it('replaces the whole item', async () => {
      await put({ pk: 'p', sk: 'a', old: true });
      await put({ pk: 'p', sk: 'a', next: { list: [1, 'two', null], text: '' } });
      expect(await get('p')).toEqual({ pk: 'p', sk: 'a', next: { list: [1, 'two', null], text: '' } });
    });

    it('compares only what is there and of the same type', async () => {
      const condition = (value: unknown) => ({
        ConditionExpression: 'seen <= :most',
        ExpressionAttributeValues: toItem({ ':most': value }),
      });
      await put({ pk: 'p', sk: 'a' });
      await expect(put({ pk: 'p', sk: 'a' }, condition(5))).rejects.toThrow(ConditionalCheckFailedException);
      await put({ pk: 'p', sk: 'a', seen: '5' });
      await expect(put({ pk: 'p', sk: 'a' }, condition(5))).rejects.toThrow(ConditionalCheckFailedException);
      await put({ pk: 'p', sk: 'a', seen: 10 });
      await expect(put({ pk: 'p', sk: 'a' }, condition(9))).rejects.toThrow(ConditionalCheckFailedException);
      await put({ pk: 'p', sk: 'a' }, condition(10));
    });

    it('is lost by all but one of those that race for it', async () => {
      const races = await Promise.allSettled(
        Array.from({ length: 8 }, (_one, at) => put({ pk: 'p', sk: 'a', by: at }, isNew)),
      );
      expect(races.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    });

    it.each([
      ['is there', [{ pk: 'p', sk: 'a', version: 7 }]],
      ['is not there', []],
    ])('deletes under a condition what %s', async (_what, before) => {
      for (const item of before) await put(item);
      const remove = (most: number) =>
        dynamodb.client.send(
          new DeleteItemCommand({
            TableName,
            Key: toItem({ pk: 'p', sk: 'a' }),
            ConditionExpression: 'attribute_not_exists(version) OR version <= :most',
            ExpressionAttributeValues: toItem({ ':most': most }),
          }),
        );
      if (before.length > 0) await expect(remove(6)).rejects.toThrow(ConditionalCheckFailedException);
      await remove(7);
      expect(await get('p')).toBeUndefined();
    });
  });

  describe('an update', () => {
    const change = {
      UpdateExpression: 'SET #type = :type, since = :on REMOVE former, obsolete',
      ExpressionAttributeNames: { '#type': 'type' },
      ExpressionAttributeValues: toItem({ ':type': 'customer', ':on': '2026-01-01' }),
    };

    it('sets and removes attributes, and leaves the others alone', async () => {
      await put({ pk: 'p', sk: 'a', former: 1, obsolete: 2, kept: 3 });
      await update(change);
      expect(await get('p')).toEqual({
        pk: 'p',
        sk: 'a',
        kept: 3,
        type: 'customer',
        since: '2026-01-01',
      });
    });

    it('makes the item where there is none', async () => {
      await update(change);
      expect(await get('p')).toEqual({ pk: 'p', sk: 'a', type: 'customer', since: '2026-01-01' });
    });

    it('is refused by its condition, and then makes no item', async () => {
      const since = {
        UpdateExpression: 'SET since = :on',
        ConditionExpression: 'attribute_exists(pk) AND (attribute_not_exists(since) OR since > :on)',
        ExpressionAttributeValues: toItem({ ':on': '2026-01-01' }),
      };
      await expect(update(since)).rejects.toThrow(ConditionalCheckFailedException);
      expect(await get('p')).toBeUndefined();
      await put({ pk: 'p', sk: 'a', since: '2026-02-01' });
      await update(since);
      await expect(update(since)).rejects.toThrow(ConditionalCheckFailedException);
    });
  });

  describe('a query', () => {
    const visits = Array.from({ length: 6 }, (_one, at) => ({ pk: 'car', sk: `visit#${at}`, at }));
    beforeEach(async () => {
      for (const visit of visits.toReversed()) await put(visit);
      await put({ pk: 'car', sk: 'other', at: 99 });
      await put({ pk: 'another car', sk: 'visit#0', at: 99 });
    });
    const between = {
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: toItem({ ':pk': 'car', ':from': 'visit#1', ':to': 'visit#4' }),
    };

    it('reads a range of one partition in the order of its sort key, both ends included', async () => {
      expect(itemsOf(await query(between))).toEqual(visits.slice(1, 5));
      expect(itemsOf(await query({ ...between, ScanIndexForward: false }))).toEqual(
        visits.slice(1, 5).toReversed(),
      );
    });

    it('stops at its limit, and says where it stopped, also where nothing follows', async () => {
      const whole = await query({ ...between, Limit: 4 });
      expect(whole.LastEvaluatedKey).toEqual(toItem({ pk: 'car', sk: 'visit#4' }));
      const page = await query({ ...between, Limit: 3 });
      expect(itemsOf(page)).toEqual(visits.slice(1, 4));
      expect(page.LastEvaluatedKey).toEqual(toItem({ pk: 'car', sk: 'visit#3' }));
    });

    it.each([1, 2, 3, 4, 5])(
      'finds each item once in pages of %i, whether the last is empty or not',
      async (Limit) => {
        const found: Record<string, unknown>[] = [];
        let start: QueryCommandOutput['LastEvaluatedKey'];
        do {
          const page = await query({ ...between, Limit, ...(start && { ExclusiveStartKey: start }) });
          const items = itemsOf(page);
          if (page.LastEvaluatedKey) expect(items).toHaveLength(Limit);
          found.push(...items);
          start = page.LastEvaluatedKey;
        } while (start);
        expect(found).toEqual(visits.slice(1, 5));
      },
    );

    it('finds nothing where nothing is', async () => {
      const ExpressionAttributeValues = toItem({ ':pk': 'no car' });
      const page = await query({ KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues });
      expect([page.Items, page.LastEvaluatedKey]).toEqual([[], undefined]);
    });
  });

  describe.each(Object.entries(indexKeys))("the index '%s'", (IndexName, [partition, sort]) => {
    const value = (at: number) => `2026-01-0${at}`;
    const item = (pk: string, at: number, of = 'x') => ({ pk, sk: 'a', [partition]: of, [sort]: value(at) });
    const shows = (rest: Partial<QueryCommandInput> = {}) =>
      query({
        IndexName,
        KeyConditionExpression: `${partition} = :of`,
        ExpressionAttributeValues: toItem({ ':of': 'x' }),
        ...rest,
      });

    it('shows the keys, and nothing else, of the items that carry its attributes, in order', async () => {
      await put({ ...item('second', 2), secret: 'not projected' });
      await put(item('first', 1));
      await put({ pk: 'sparse', sk: 'a' });
      await put({ pk: 'half', sk: 'a', [partition]: 'x' });
      await put(item('elsewhere', 1, 'y'));
      expect(itemsOf(await shows())).toEqual([item('first', 1), item('second', 2)]);
    });

    it('follows each change of an item: moved, left and gone', async () => {
      await put(item('moves', 1));
      await put(item('stays', 2));
      await put(item('moves', 3));
      await put(item('leaves', 4));
      await put({ pk: 'leaves', sk: 'a' });
      expect(itemsOf(await shows())).toEqual([item('stays', 2), item('moves', 3)]);
    });

    it('is read up to a value, in pages that show items of one instant once', async () => {
      const names = ['a', 'b', 'c', 'd', 'e'];
      for (const name of names) await put(item(name, 5));
      await put(item('later', 6));
      const upTo = {
        KeyConditionExpression: `${partition} = :of AND ${sort} <= :now`,
        ExpressionAttributeValues: toItem({ ':of': 'x', ':now': value(5) }),
        Limit: 2,
      };
      const found: unknown[] = [];
      let start: QueryCommandOutput['LastEvaluatedKey'];
      do {
        const page = await shows({ ...upTo, ...(start && { ExclusiveStartKey: start }) });
        found.push(...itemsOf(page).map(({ pk }) => pk));
        start = page.LastEvaluatedKey;
        if (start) expect(Object.keys(start).toSorted()).toEqual(['pk', 'sk', partition, sort].toSorted());
      } while (start);
      expect(found.toSorted()).toEqual(names);
    });
  });

  describe('what cannot be done', () => {
    it('is refused: another table, a key that is not whole, an index that is not there', async () => {
      const elsewhere = {
        TableName: 'no-such-table',
        Key: toItem({ pk: 'p', sk: 'a' }),
        ConsistentRead: true,
      };
      await expect(dynamodb.client.send(new GetItemCommand(elsewhere))).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
      });
      await expect(put({ pk: 'p' })).rejects.toThrow();
      const ExpressionAttributeValues = toItem({ ':pk': 'p' });
      const onIndex = {
        IndexName: 'no-such-index',
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues,
      };
      await expect(query(onIndex)).rejects.toThrow();
    });

    it('is refused: an expression that names what is not given, or is none', async () => {
      await expect(put({ pk: 'p', sk: 'a' }, { ConditionExpression: 'version = :read' })).rejects.toThrow();
      await expect(put({ pk: 'p', sk: 'a' }, { ConditionExpression: 'version =' })).rejects.toThrow();
      expect(await get('p')).toBeUndefined();
    });

    it('is refused: an item of more than 400 KB', async () => {
      const itemOf = (bytes: number) => ({ pk: 'p', sk: 'a', t: 'x'.repeat(bytes - 'pkpskat'.length) });
      await put(itemOf(400 * 1024));
      await expect(put(itemOf(400 * 1024 + 1))).rejects.toMatchObject({ name: 'ValidationException' });
    });
  });

  it('takes a batch, and is read as a whole', async () => {
    const requests = ['a', 'b'].map((pk) => ({ PutRequest: { Item: toItem({ pk, sk: 'a' }) } }));
    await dynamodb.client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: requests } }));
    const { Items = [] } = await dynamodb.client.send(new ScanCommand({ TableName, ConsistentRead: true }));
    expect(Items.map(({ pk }) => pk?.S).toSorted()).toEqual(['a', 'b']);
  });
});

describe('a week of handoffs', () => {
  it('ends the same on both, by the calls, the emails and the items', async () => {
    const [inMemory, served] = await Promise.all(
      tables.map(async ([, open]) => {
        const world = await World.open('2026-11-20T18:00:00.000Z', unchanged, await open());
        await aWeekOfHandoffs(world);
        const came = await whatCameOf(world);
        await world.close();
        return came;
      }),
    );
    expect(new Set(served?.calls)).toEqual(
      new Set([
        ...[
          'GetItemCommand',
          'BatchGetItemCommand',
          'PutItemCommand',
          'UpdateItemCommand',
          'DeleteItemCommand',
          'QueryCommand',
        ],
        ...['SendEmailCommand', 'PutEventsCommand'],
      ]),
    );
    expect(inMemory).toEqual(served);
  });
});

/** Every adapter has something to do: sales, repairs, opt-outs, refusals, bounces and mornings. */
async function aWeekOfHandoffs(world: World): Promise<void> {
  await longTermCustomer(world);
  for (const sample of ['vehicle-sold', 'repair-quote-high', 'bad/unknown-store']) {
    await world.putSample(sample);
  }
  await post(world, linkTo(world, 'maya.torres@lakeshore.example'), { choice: 'accept' });
  await world.advance(2 * DAY);
  await world.putSample('first-service-due', { dueOn: '2026-12-10' });
  await world.putSample('service-visit-completed', { closedOn: '2026-11-21' });
  await world.putSample('service-visit-completed', { closedOn: '2026-11-22' });
  const [toStaff] = world.inbox('maya.torres@lakeshore.example');
  if (toStaff) await world.report(toStaff, 'Bounce', 'Permanent');
  const [toCustomer] = world.inbox('maria.kowalski@example.com');
  if (toCustomer) await world.report(toCustomer, 'Complaint');
  await world.advance(5 * DAY);
}

/** Without the order in which items of one instant are worked on: an index promises none. */
async function whatCameOf(world: World) {
  const { dynamodb, tableName } = world.target();
  const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName: tableName, ConsistentRead: true }));
  return {
    calls: world.calls.made.toSorted(),
    sent: world.sent.map(({ at, to, subject }) => `${at} ${to}: ${subject}`).toSorted(),
    items: Items.map((item) => JSON.stringify(masked(fromItem(item)))).toSorted(),
  };
}

/** The random and numbered ids of a world, and the hashes of its links: they follow that order. */
const ids = /^(?:(?:secret|id|ses|event|put)-\d+|[\w-]{43})$/;

/** An item with its attributes in one order, and without such ids. */
function masked(value: unknown): unknown {
  if (typeof value === 'string') return ids.test(value) ? 'an id' : value;
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, one]) => [name, masked(one)] as const);
  return Object.fromEntries(entries.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
