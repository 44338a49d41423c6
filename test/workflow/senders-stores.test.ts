import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { World } from '../support/world.ts';

const NOON = '2026-11-20T18:00:00.000Z';
const arn = (name: string) => `arn:aws:iam::111122223333:role/${name}`;

let world: World;
beforeAll(async () => {
  world = await World.open(NOON, (group) => ({
    ...group,
    eventSenders: [
      { arn: arn('subaru-dms'), sources: ['dms.subaru'], stores: ['lakeshore-subaru'] },
      { arn: arn('ford-feed'), sources: ['feed.*'], stores: ['lakeshore-ford'] },
      { arn: arn('group-crm'), sources: ['crm.group'] },
      { arn: arn('operator'), sources: ['*'] },
    ],
  }));
});
afterAll(() => world.close());
beforeEach(() => world.reset(NOON));

it.each([
  ['may speak for its store', 'dms.subaru', 'lakeshore-subaru', true],
  ['may not speak for another store', 'dms.subaru', 'lakeshore-ford', false],
  [
    'may not, by the beginning of its source, speak for another store',
    'feed.nightly',
    'lakeshore-subaru',
    false,
  ],
  ['of all stores may speak for each', 'crm.group', 'lakeshore-ford', true],
])('a sender %s', async (_says, source, storeId, isTaken) => {
  await world.putSample('vehicle-sold', { storeId }, source);
  const refusals = await world.refusals();
  const reason = `storeId: expected a store that the sender of '${source}' may speak for, got '${storeId}'`;
  expect(refusals.map((refusal) => refusal['reason'])).toEqual(isTaken ? [] : [reason]);
  expect(await world.tasks('service-introduction')).toHaveLength(isTaken ? 1 : 0);
});
