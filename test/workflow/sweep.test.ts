import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { toItem } from '../../functions/adapters/dynamodb.ts';
import { keys } from '../../functions/adapters/keys.ts';
import { plusMinutes } from '../../functions/group/business-time.ts';
import { sweepDueWork } from '../../functions/lambdas/sweep-due-work/sweep-due-work.ts';
import { World } from '../support/world.ts';

const FRIDAY_NOON = '2026-11-20T18:00:00.000Z';
const HOURS_LATER = 24 * 60;

let world: World;
beforeAll(async () => {
  world = await World.open(FRIDAY_NOON);
});
beforeEach(() => world.reset(FRIDAY_NOON));
afterAll(() => world.close());

/** As a release wrote it that this one does not know. */
async function unreadable(taskId: string): Promise<void> {
  const { dynamodb, tableName: TableName } = world.target();
  const { Item } = await dynamodb.send(
    new GetItemCommand({ TableName, Key: toItem(keys.task(taskId)), ConsistentRead: true }),
  );
  await dynamodb.send(
    new PutItemCommand({ TableName, Item: { ...Item, kind: { S: 'of another release' } } }),
  );
}

async function sweepLater() {
  world.now = plusMinutes(world.now, HOURS_LATER);
  const swept = await world.sweep();
  return 'error' in swept ? expect.fail(String(swept.error)) : swept;
}

describe('work that fails in every sweep', () => {
  it('counts as failed, and as late since it was due, so that alarms ring; what is due beside it is done', async () => {
    await world.putSample('vehicle-sold');
    await world.putSample('vehicle-sold', { dealNumber: '48212' });
    const [broken] = await world.tasks('service-introduction');
    await unreadable(broken?.taskId ?? '');
    const { failed, acted, oldestSeconds } = await sweepLater();
    expect(failed).toEqual([{ id: broken?.taskId, error: expect.any(Error) }]);
    expect(acted).toBeGreaterThan(0);
    // Both are the same advisor's, whose reminder tells of the one that can be read.
    expect(world.sent.map(({ subject }) => subject)).toContain('Reminder: 1 customer is waiting on you');
    expect(oldestSeconds).toBeGreaterThan(900);
    expect((await sweepLater()).oldestSeconds).toBeGreaterThan(oldestSeconds);
  });

  it('is no store that left the group: its mornings are over', async () => {
    await world.sweep();
    world.now = plusMinutes(world.now, HOURS_LATER);
    const services = { ...world.services(), group: { ...world.group, stores: [] } };
    expect(await sweepDueWork(services, () => false)).toMatchObject({ failed: [], oldestSeconds: 0 });
  });
});
