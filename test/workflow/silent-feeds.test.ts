import '../simulation/quiet.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { silentFeeds } from '../../functions/group/feeds.ts';
import { refuseUnknownEvent } from '../../functions/lambdas/refuse-unknown-event/refuse-unknown-event.ts';
import { countEvent } from '../../functions/runtime/counted-event.ts';
import { DAY, type SentEmail, World } from '../support/world.ts';
import { open, plain } from './answer-visitor.ts';

/** Friday noon in Evanston. Service is open for 24 hours more until Tuesday at 8:00, Sales until Monday at 17:00. */
const FRIDAY_NOON = '2026-11-20T18:00:00.000Z';
const TUESDAY_EIGHT = '2026-11-24T14:00:00.000Z';
const PAUL = 'paul.szymanski@lakeshore.example';
const MAYA = 'maya.torres@lakeshore.example';
const STORE = 'lakeshore-subaru';

let world: World;
beforeAll(async () => {
  world = await World.open(FRIDAY_NOON);
});
beforeEach(async () => {
  await world.reset(FRIDAY_NOON);
  await world.sweep();
});
afterAll(() => world.close());

/** An accepted event that makes no handoff. */
const visited = (roNumber = '9001', source = 'dms.cdk') =>
  world.putSample('service-visit-completed', { storeId: STORE, roNumber }, source);
const refused = (dealNumber: string) =>
  world.putSample('vehicle-sold', { storeId: STORE, dealNumber, vehicle: 'a car' }, 'dms.cdk');
const until = (instant: string) => world.advance((Date.parse(instant) - Date.parse(world.now)) / 60_000);

async function silent(): Promise<readonly string[]> {
  const swept = await world.sweep();
  if ('error' in swept) throw swept.error;
  expect(swept.failed).toEqual([]);
  return swept.silent.map(({ storeId, source }) => `${storeId} ${source}`);
}
const mornings = (to: string): SentEmail[] =>
  world.inbox(to).filter(({ subject }) => subject.includes(' today: '));
const heard = async () =>
  (await world.services().feeds.heard()).map(({ source, heardAt }) => `${source} ${heardAt}`);

describe('a sender that says nothing about a store', () => {
  it('is silent once 24 opening hours of both departments have passed, and no minute before', async () => {
    await visited();
    await until('2026-11-24T13:59:00.000Z');
    expect(await silent()).toEqual([]);
    await until(TUESDAY_EIGHT);
    expect(await silent()).toEqual([`${STORE} dms.cdk`]);
  });

  it('is silent no more when something comes, be it refused', async () => {
    await visited();
    await until(TUESDAY_EIGHT);
    await refused('1');
    expect(await silent()).toEqual([]);
  });

  it('is silent for itself: what another one sends about the store does not speak for it', async () => {
    await visited();
    await until('2026-11-23T18:00:00.000Z');
    await visited('9002', 'dms.tekion');
    await until(TUESDAY_EIGHT);
    expect(await silent()).toEqual([`${STORE} dms.cdk`]);
  });

  it('is not waited for where it is a CRM, which tells of single customers only', async () => {
    const contacted = { storeId: STORE, occurredAt: '2026-11-20T17:00:00Z' };
    await world.putSample('customer-contacted', contacted, 'dms.tekion');
    expect(await heard()).toEqual([]);
    // What a DMS says beside it counts as before.
    await visited('9001', 'dms.tekion');
    expect(await heard()).toHaveLength(1);
  });

  it('is not waited for where no sender of the group’s file has its source, or the store is off', async () => {
    await visited('9001', 'dms.of-nobody');
    expect(await heard()).toEqual([]);
    await visited();
    await until(TUESDAY_EIGHT);
    const all = await world.services().feeds.heard();
    expect(silentFeeds(world.group, all, world.now)).toHaveLength(1);
    const off = world.group.stores.map((store) => ({ ...store, mode: 'off' as const }));
    expect(silentFeeds({ ...world.group, stores: off }, all, world.now)).toEqual([]);
    expect(silentFeeds({ ...world.group, eventSenders: [] }, all, world.now)).toEqual([]);
  });

  it('costs one write an hour, however much it sends', async () => {
    await world.keepWarm();
    await until('2026-11-20T20:00:00.000Z');
    for (const roNumber of ['9001', '9002', '9003']) await visited(roNumber);
    expect(await heard()).toContain('dms.cdk 2026-11-20T20:00:00.000Z');
    const [, second, third] = world.invocations.slice(-3).map(({ made }) => made);
    expect(third).toEqual(second);
    await world.advance(59);
    await visited('9004');
    expect(await heard()).toContain('dms.cdk 2026-11-20T20:00:00.000Z');
    await world.advance(1);
    await visited('9005');
    expect(await heard()).toContain('dms.cdk 2026-11-20T21:00:00.000Z');
  });
});

describe('the morning email of a manager', () => {
  it('says which sender stopped and since when, although nothing is open, and nobody else gets one', async () => {
    await visited();
    await until('2026-11-24T15:05:00.000Z');
    const [email] = mornings(PAUL);
    expect(email?.at).toBe('2026-11-24T15:00:00.000Z');
    expect(email?.text).toContain('Nothing has come from dms.cdk since Fri, Nov 20, 12:00 PM');
    expect(world.inbox(MAYA)).toEqual([]);
    const link = /https:\/\/handoff\.example\.com\/me\/\w+\/[\w-]+/.exec(email?.text ?? '')?.[0] ?? '';
    expect(plain((await open(world, link)).body)).toContain(
      'Nothing has come from dms.cdk since Fri, Nov 20',
    );
  });

  it('says of five refused events since the last working day how many there were, of four nothing', async () => {
    for (const deal of ['1', '2', '3', '4']) await refused(deal);
    await until('2026-11-21T15:05:00.000Z');
    expect(mornings(PAUL)).toEqual([]);
    await refused('5');
    await world.advance(2 * DAY);
    await until('2026-11-23T15:05:00.000Z');
    expect(mornings(PAUL).map(({ at }) => at)).toEqual([]);
    for (const deal of ['6', '7', '8', '9', '10']) await refused(deal);
    await until('2026-11-24T15:05:00.000Z');
    expect(mornings(PAUL).map(({ text }) => text)).toEqual([
      expect.stringContaining('5 events from dms.cdk were refused since Monday, November 23, 2026'),
    ]);
  });

  it('counts an event that no contract knows, too', async () => {
    const unknown = (id: string) => ({
      ...{ id, source: 'dms.cdk', detailType: 'vehicle-solt', time: undefined },
      detail: { storeId: STORE },
    });
    for (const id of ['a', 'b', 'c', 'd', 'e']) {
      await refuseUnknownEvent(world.services(), unknown(id));
      await countEvent(world.services(), unknown(id), 'refused');
    }
    await until('2026-11-21T15:05:00.000Z');
    expect(mornings(PAUL)[0]?.text).toContain('5 events from dms.cdk were refused since Friday');
  });
});
