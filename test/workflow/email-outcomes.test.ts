import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withOneClick } from '../../functions/customers/opt-outs.ts';
import sold from '../../samples/vehicle-sold.json' with { type: 'json' };
import { type SentEmail, World } from '../support/world.ts';

/** In the evening of the last day of October at the store, which is November in UTC. */
const EVENING = '2026-11-01T00:30:00.000Z';
const { storeId, customer } = sold.detail;

let world: World;
beforeAll(async () => {
  world = await World.open(EVENING);
  world.keepsOutcomes = true;
});
beforeEach(() => world.reset(EVENING));
afterAll(() => world.close());

async function introduced(): Promise<SentEmail> {
  await world.putSample('vehicle-sold', { occurredAt: EVENING, deliveryAt: undefined });
  const [task] = await world.tasks('service-introduction');
  expect(await world.answer(task?.taskId ?? '', { choice: 'accept' })).toBe('done');
  const [letter] = world.inbox(customer.email);
  return letter ?? expect.fail('no letter');
}

const outcomes = async () =>
  (await world.items('outcome'))
    .filter(({ what }) => what === 'emailed')
    .map(({ message, became, at, localDate }) => [message, became, at, localDate]);

describe('what became of an email to the customer', () => {
  it('is known once SES reports it, on the day by the store’s own clock', async () => {
    const letter = await introduced();
    expect(await outcomes()).toEqual([]);
    await world.report(letter, 'Send');
    expect(await outcomes()).toEqual([]);
    await world.report(letter, 'Delivery');
    expect(await outcomes()).toEqual([['introduction-to-customer', 'delivered', letter.at, '2026-10-31']]);
  });

  it('is one outcome, however often it is reported, and whatever the handoff tells afterwards', async () => {
    const letter = await introduced();
    await world.report(letter, 'Delivery');
    await world.report(letter, 'Delivery');
    for (const event of world.ours) await world.keepOutcome(event);
    expect(await outcomes()).toHaveLength(1);
  });

  it('is found by a report that comes once more, where the first one stopped before it was kept', async () => {
    const letter = await introduced();
    world.keepsOutcomes = false;
    await world.report(letter, 'Bounce', 'Permanent');
    world.keepsOutcomes = true;
    expect(await outcomes()).toEqual([]);
    await world.report(letter, 'Bounce', 'Permanent');
    expect((await outcomes()).map(([, became]) => became)).toEqual(['bounced']);
  });

  it.each([
    ['returned after it was taken', ['Delivery', 'Bounce'], ['delivered', 'bounced']],
    ['returned for now: a full mailbox', ['Bounce for now'], ['bounced']],
    ['complained of', ['Delivery', 'Complaint'], ['delivered', 'complained']],
    ['complained of, and reported late as delivered', ['Complaint', 'Delivery'], ['complained']],
  ])('%s', async (_, reports, became) => {
    const letter = await introduced();
    for (const report of reports)
      if (report === 'Bounce for now') await world.report(letter, 'Bounce', 'Transient', 'MailboxFull');
      else await world.report(letter, report, report === 'Bounce' ? 'Permanent' : undefined);
    expect((await outcomes()).map(([, one]) => one).toSorted()).toEqual(became.toSorted());
  });

  it('is that none left, where the customer had opted out', async () => {
    await world
      .services()
      .addresses.change(customer.email, (known) => withOneClick(known, 'introduction', storeId, EVENING));
    await world.putSample('vehicle-sold', { occurredAt: EVENING, deliveryAt: undefined });
    const [task] = await world.tasks('service-introduction');
    await world.answer(task?.taskId ?? '', { choice: 'accept' });
    expect(world.inbox(customer.email)).toEqual([]);
    await world.answer(task?.taskId ?? '', { choice: 'introduced-in-person' });
    expect((await outcomes()).map(([, became]) => became)).toEqual(['opted out']);
  });

  it('says nothing of emails to staff', async () => {
    const letter = await introduced();
    const toStaff = world.sent.filter(({ to }) => to !== customer.email);
    expect(toStaff.length).toBeGreaterThan(0);
    for (const email of toStaff) await world.report(email, 'Bounce', 'Permanent');
    await world.report(letter, 'Delivery');
    expect(await outcomes()).toHaveLength(1);
  });
});
