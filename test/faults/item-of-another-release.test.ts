import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toItem } from '../../functions/adapters/dynamodb.ts';
import { keys } from '../../functions/adapters/keys.ts';
import { World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await World.open('2026-11-20T18:00:00.000Z');
});
afterAll(() => world.close());

it.each([
  ['without a version', { kind: 'of another release' }],
  ['with a version', { kind: 'of another release', version: 1 }],
])('a sale never replaces a handoff that only another release can read, %s', async (_which, content) => {
  await world.reset('2026-11-20T18:00:00.000Z');
  await world.putSample('vehicle-sold');
  const [task] = await world.tasks('service-introduction');
  const Key = toItem({ ...keys.task(task?.taskId ?? '') });
  const { dynamodb, tableName: TableName } = world.target();
  const Item = { ...Key, ...toItem(content) };
  await dynamodb.send(new PutItemCommand({ TableName, Item }));
  const before = world.sent.length;
  await world.putSample('vehicle-sold');
  const kept = await dynamodb.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
  expect(kept.Item).toEqual(Item);
  expect(world.sent).toHaveLength(before);
  expect(world.deadLetters).toHaveLength(1);
});
