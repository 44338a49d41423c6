import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { plusMinutes } from '../../functions/group/business-time.ts';
import { DAY, unchanged, World } from '../support/world.ts';
import { choose, open, plain, post } from './answer-visitor.ts';

const NOW = '2026-11-20T22:40:00.000Z';
const CUSTOMER = 'maria.kowalski@example.com';
const inService = (world: World) => world.inbox().filter(({ subject }) => /hasn’t met .+ yet$/.test(subject));

let world: World;
beforeAll(async () => {
  world = await World.open(NOW, unchanged);
  world.keepsOutcomes = true;
});
beforeEach(async () => {
  await world.reset(NOW);
  await world.putSample('vehicle-sold');
  await world.answer((await introduction()).taskId, { choice: 'accept' });
});
afterEach(() => expect(world.deadLetters).toEqual([]));
afterAll(() => world.close());

async function introduction() {
  const [task] = await world.tasks('service-introduction');
  if (!task) throw new Error('no introduction');
  return task;
}
function link(page: 'met' | 'not-met'): string {
  const { html } = world.inbox(CUSTOMER).at(-1) ?? { html: '' };
  const found = new RegExp(`https://[^"]+/${page}(?=")`).exec(html)?.[0];
  return found ?? expect.fail(`no link to ${page}`);
}
const said = async () => (await introduction()).met?.answer;

describe('the customer’s own word whether they met their advisor', () => {
  it('is asked in the letter, and nothing is said by opening a link', async () => {
    for (const page of ['met', 'not-met'] as const) {
      const seen = await open(world, link(page));
      expect(seen.status).toBe(200);
      expect(plain(seen.body)).toContain('Have you met Maya Torres?');
      expect(seen.body.match(/<button/g)).toHaveLength(1);
    }
    expect(await said()).toBeUndefined();
  });

  it('is one tap more, stands beside the signature of the staff and changes no state', async () => {
    const { state, version } = await introduction();
    const thanks = await choose(world, link('met'), 'say');
    expect(plain(thanks.body)).toContain('Thank you for telling us.');
    expect(await introduction()).toMatchObject({ state, met: { answer: 'yes' } });
    expect((await introduction()).version).toBeGreaterThan(version);
    expect(world.ours.at(-1)).toMatchObject({ 'detail-type': 'handoff-task-noted' });
  });

  it('reaches the manager of Service in a list where it is a no, once and kindly', async () => {
    await choose(world, link('not-met'), 'say');
    await choose(world, link('met'), 'say');
    world.now = plusMinutes(world.now, 1);
    await choose(world, link('not-met'), 'say');
    expect(await said()).toBe('no');
    await world.untilListsLeft();
    expect(inService(world)).toHaveLength(1);
    expect(inService(world)[0]?.text).toContain('A hello by phone, or at the next visit, makes up for it.');
  });

  it('reaches the manager in words of their own where the letter was theirs, because nobody accepted in time', async () => {
    await world.reset(NOW);
    await world.putSample('vehicle-sold');
    for (let day = 0; day < 4 && world.inbox(CUSTOMER).length === 0; day += 1) await world.advance(DAY);
    await choose(world, link('not-met'), 'say');
    await world.untilListsLeft();
    const [told, ...more] = world
      .inbox()
      .filter(({ subject }) => subject === 'Maria Kowalski hasn’t met you yet');
    expect(more).toHaveLength(0);
    expect(told?.to).toBe('denise.whitaker@lakeshore.example');
    expect(told?.text).toContain('tapped “not yet” in your letter');
  });

  it('is not taken by a page whose button was not pressed, or from a link that was never sent', async () => {
    expect((await post(world, link('met'), { choice: 'yes' })).status).toBe(422);
    expect((await open(world, link('met').replace(/secret-\d+/, 'secret-0'))).status).toBe(404);
    expect(await said()).toBeUndefined();
  });

  it('is asked no more once the deal is unwound', async () => {
    const before = link('met');
    await world.put('deal-unwound', {
      ...{ storeId: 'lakeshore-subaru', dealNumber: '48211' },
      occurredAt: plusMinutes(world.now, 0),
    });
    expect(plain((await open(world, before)).body)).toContain('There is nothing left to answer here');
    expect((await post(world, before, { choice: 'say' })).status).toBe(422);
    expect(await said()).toBeUndefined();
  });
});
