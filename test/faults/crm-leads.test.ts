import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LEADS, withCrm } from '../support/crm.ts';
import { longTermCustomer } from '../support/customers.ts';
import { World } from '../support/world.ts';

/** Ten minutes past ten at the store. */
const TODAY = '2026-11-20T17:10:00.000Z';

let world: World;
beforeAll(async () => {
  world = await World.open(TODAY, withCrm);
});
afterAll(() => world.close());

/** The salesperson has accepted, and says now that they talked to the customer. */
async function begin(): Promise<string> {
  await world.reset(TODAY);
  await longTermCustomer(world);
  await world.putSample('repair-quote-high');
  await world.advance(35);
  const [talk] = await world.tasks('upgrade-conversation');
  if (!talk) throw new Error('Sales has nothing');
  await world.answer(talk.taskId, { choice: 'accept' });
  return talk.taskId;
}
const leads = () => world.sent.filter(({ to }) => to === LEADS).map(({ text }) => text);

/** Whoever gets no answer clicks again, and the sweeps go on. */
async function contacted(taskId: string): Promise<void> {
  const click = () => world.answer(taskId, { choice: 'contacted', seen: TODAY });
  await click().catch(click);
  await world.advance(30);
}

describe('a lead', () => {
  for (const when of ['before', 'after'] as const) {
    it(`leaves in the end, whichever call its process was stopped ${when}, and every copy is the same`, async () => {
      for (let call = 0, isOver = false; !isOver; call += 1) {
        const taskId = await begin();
        const wasStopped = world.calls.stopAt(call, when);
        await contacted(taskId);
        isOver = !wasStopped();
        world.calls.reset();
        expect(leads().length, `stopped ${when} call ${call}`).toBeGreaterThan(0);
        expect(new Set(leads()).size).toBe(1);
        expect(await world.services().leads.of('lakeshore-honda')).toMatchObject([{ taskId }]);
      }
    });
  }
});
