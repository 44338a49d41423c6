import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../functions/group/group.ts';
import { DAY, World } from '../support/world.ts';

const SOLD_AT = '2026-11-20T22:40:00.000Z';
const CUSTOMER = 'maria.kowalski@example.com';

/** The advisor is asked, the salesperson gets the checklist and reads in a list that it is accepted. */
describe.each<[string, Partial<Store>, { staff: number; customer: number }]>([
  ['is off', { mode: 'off' }, { staff: 0, customer: 0 }],
  ['writes to staff only', { mode: 'staff-only' }, { staff: 3, customer: 0 }],
  ['is live', { mode: 'live' }, { staff: 3, customer: 1 }],
  ['is live for others only', { mode: 'live', allowList: ['@lakeshore.example'] }, { staff: 3, customer: 0 }],
  ['is live for this customer', { mode: 'live', allowList: [CUSTOMER] }, { staff: 3, customer: 1 }],
])('a store that %s', (_name, change, expected) => {
  let world: World;
  beforeAll(async () => {
    world = await World.open(SOLD_AT, (group) => ({
      ...group,
      stores: group.stores.map((store) => ({ ...store, ...change })),
    }));
  });
  afterAll(() => world.close());

  it(`sends ${expected.staff} emails to staff and ${expected.customer} to the customer`, async () => {
    await world.sellAndAccept();
    expect(world.inbox(CUSTOMER)).toHaveLength(expected.customer);
    expect(world.inbox()).toHaveLength(expected.staff + expected.customer);
  });

  it('writes what it did not send to the log of the task', async () => {
    const [task] = await world.tasks();
    const notSent = task?.log.filter(({ what }) => what === 'email not sent') ?? [];
    expect(notSent).toHaveLength(expected.staff > 0 && expected.customer === 0 ? 1 : 0);
  });
});

describe('what SES tells', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open(SOLD_AT);
  });
  beforeEach(() => world.reset(SOLD_AT));
  afterEach(() => expect(world.deadLetters).toEqual([]));
  afterAll(() => world.close());
  const sentTo = (address: string) => {
    const [email] = world.inbox(address);
    if (!email) throw new Error(`nothing was sent to ${address}`);
    return email;
  };

  it('of a customer address that does not exist asks staff for the right one, once, and sends nothing there', async () => {
    await world.sellAndAccept();
    await world.report(sentTo(CUSTOMER), 'Bounce', 'Permanent');
    await world.report(sentTo(CUSTOMER), 'Bounce', 'Permanent');
    const asked = world.inbox('maya.torres@lakeshore.example').slice(1);
    expect(asked).toHaveLength(1);
    await world.putSample('first-service-due', {
      customer: { customerNumber: 'C-20417', lastName: 'Kowalski', email: CUSTOMER },
      dueOn: '2026-12-01',
    });
    expect(world.inbox(CUSTOMER)).toHaveLength(1);
  });

  it('before is known to the staff of the next handoff, too, who are asked for the right address', async () => {
    await world.sellAndAccept();
    await world.report(sentTo(CUSTOMER), 'Bounce', 'Permanent');
    await world.sellAndAccept({ dealNumber: '48212', serviceAdvisorNumber: '1043' });
    const asked = world.inbox('greg.lindqvist@lakeshore.example').map(({ subject }) => subject);
    expect(asked).toContain('Our email to Maria Kowalski bounced: get the right address');
  });

  it("of an advisor's dead mailbox gives the task to the manager, and no loop begins", async () => {
    await world.putSample('vehicle-sold');
    await world.report(sentTo('maya.torres@lakeshore.example'), 'Bounce', 'Permanent');
    const manager = 'denise.whitaker@lakeshore.example';
    expect(await world.tasks()).toMatchObject([{ state: 'open', assignee: { employeeNumber: '1001' } }]);
    expect(world.inbox(manager)).toHaveLength(1);
    await world.report(sentTo(manager), 'Bounce', 'Permanent');
    const before = world.inbox().length;
    await world.advance(30);
    expect(world.inbox().length).toBe(before);
  });

  it('of a complaint is an opt-out from everything, at every store', async () => {
    await world.sellAndAccept();
    await world.report(sentTo(CUSTOMER), 'Complaint');
    await world.advance(160 * DAY);
    expect(world.inbox(CUSTOMER)).toHaveLength(1);
  });

  it('for a task that nobody knows changes nothing', async () => {
    await world.sellAndAccept();
    const stranger = { ...sentTo(CUSTOMER), tags: { task: 'unknown', entry: 'e1' } };
    expect(await world.report(stranger, 'Delivery')).toBe('unknown-task');
  });
});
