import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { contextAt } from '../../functions/handoff/context.ts';
import { moveFromLeaver } from '../../functions/handoff/leavers.ts';
import { type AnyTask, kindOf, type TaskKind, type TaskOf } from '../../functions/handoffs/kinds.ts';
import { contextOf } from '../../functions/outbox/decide-and-deliver.ts';
import type { StaffMember } from '../../functions/people/staff.ts';
import { DAY, World } from '../support/world.ts';
import { choose, linkTo, open } from './answer-visitor.ts';

/** A Friday, 4:40 PM in Evanston. */
const SOLD_AT = '2026-11-20T22:40:00.000Z';
const STORE = 'lakeshore-subaru';
const MAYA = 'maya.torres@lakeshore.example';
const GREG = 'greg.lindqvist@lakeshore.example';
const JORDAN = 'jordan.blake@lakeshore.example';
const CUSTOMER = 'maria.kowalski@example.com';

let world: World;
beforeAll(async () => {
  world = await World.open(SOLD_AT);
});
beforeEach(() => world.reset(SOLD_AT));
afterAll(() => world.close());

async function theTask(): Promise<AnyTask>;
async function theTask<Name extends TaskKind>(kind: Name): Promise<TaskOf<Name>>;
async function theTask(kind?: TaskKind): Promise<AnyTask> {
  const [task] = await (kind ? world.tasks(kind) : world.tasks());
  if (!task) throw new Error('there is no task');
  return task;
}
const has = async () => (await theTask()).assignee?.employeeNumber;
const subjects = (to: string) => world.inbox(to).map(({ subject }) => subject);

const rosterSays = (employeeNumber: string, change: Partial<StaffMember>) =>
  world.rosterSays(STORE, employeeNumber, change);

describe('an advisor leaves', () => {
  beforeEach(() => world.putSample('vehicle-sold'));

  it('hands their open introduction to another advisor at the next sweep, who is told why', async () => {
    await rosterSays('1042', { endsOn: '2026-11-19' });
    const before = world.inbox(MAYA).length;
    await world.sweep();
    expect(await theTask()).toMatchObject({
      state: 'open',
      assignee: { employeeNumber: '1043', reason: 'fair choice' },
      declinedBy: ['1042'],
    });
    const [toGreg] = world.inbox(GREG);
    expect(toGreg?.text).toContain('The person who had this has left.');
    expect(subjects(JORDAN).at(-1)).toBe('Walk Maria Kowalski to Greg Lindqvist');
    expect(world.inbox(MAYA)).toHaveLength(before);
  });

  it('moves what they had accepted, too, and the clock begins anew', async () => {
    await choose(world, linkTo(world, MAYA), 'accept');
    await rosterSays('1042', { endsOn: '2026-11-19' });
    await world.sweep();
    const { state, deadlines } = await theTask();
    expect(state).toBe('open');
    expect(Object.keys(deadlines)).toContain('accept-reminder');
  });

  it('corrects the customer, who had been told of them, once; and names no leaver to a customer', async () => {
    await world.acceptIntroductions();
    await rosterSays('1042', { endsOn: '2026-11-19' });
    await world.sweep();
    await world.sweep();
    expect(world.inbox(CUSTOMER)).toHaveLength(1);
    await choose(world, linkTo(world, GREG), 'accept');
    const [, correction, ...more] = world.inbox(CUSTOMER);
    expect(more).toEqual([]);
    expect(correction?.text).toContain('Greg Lindqvist');
    expect(`${correction?.subject} ${correction?.text} ${correction?.html}`).not.toMatch(/Maya|Torres/);
  });

  it('moves nothing twice, also when two sweeps run at the same time', async () => {
    await rosterSays('1042', { endsOn: '2026-11-19' });
    await Promise.all([world.sweep(), world.sweep(), world.sweep()]);
    await world.sweep();
    expect(world.inbox(GREG)).toHaveLength(1);
    expect((await theTask()).log.filter(({ what }) => what === 'moved')).toHaveLength(1);
  });

  it('leaves them what they have on their last day, and moves it on the next', async () => {
    await rosterSays('1042', { endsOn: '2026-11-20' });
    await world.sweep();
    expect(await has()).toBe('1042');
    // Midnight in Evanston is at six in the morning, UTC.
    world.now = '2026-11-21T05:55:00.000Z';
    await world.sweep();
    expect(await has()).toBe('1042');
    world.now = '2026-11-21T06:00:00.000Z';
    await world.sweep();
    expect(await has()).toBe('1043');
  });

  it('moves it also when the roster says so months late', async () => {
    await rosterSays('1042', { endsOn: '2026-03-31' });
    await world.sweep();
    expect(await has()).toBe('1043');
  });

  it('moves what a suspended person has, without saying so, and gives them new handoffs once they are back', async () => {
    const link = linkTo(world, MAYA);
    await rosterSays('1042', { suspendedFrom: '2026-11-20' });
    await world.sweep();
    expect(await has()).toBe('1043');
    expect(world.inbox(GREG)[0]?.text).toContain('The person who had this is not at work for now.');
    expect(world.inbox(GREG)[0]?.text).not.toMatch(/suspend/i);
    expect((await open(world, link)).status).toBe(404);
    await rosterSays('1042', { suspendedFrom: undefined });
    await world.putSample('vehicle-sold', { dealNumber: '48212', serviceAdvisorNumber: '1042' });
    const tasks = await world.tasks('service-introduction');
    expect(tasks.map(({ assignee }) => assignee?.employeeNumber).toSorted()).toEqual(['1042', '1043']);
  });

  it('ends their links with them', async () => {
    const link = linkTo(world, MAYA);
    await rosterSays('1042', { endsOn: '2026-11-19' });
    expect((await open(world, link)).status).toBe(404);
  });

  it('falls to the manager when no advisor is left', async () => {
    for (const number of ['1042', '1043', '1044']) await rosterSays(number, { endsOn: '2026-11-19' });
    await world.sweep();
    expect((await theTask()).assignee).toMatchObject({ employeeNumber: '1001', reason: 'manager' });
  });
});

describe('nobody left', () => {
  beforeEach(() => world.putSample('vehicle-sold'));

  it('takes nothing from a person who is off today', async () => {
    await rosterSays('1042', { daysOff: ['2026-11-20'] });
    await world.sweep();
    expect(await has()).toBe('1042');
  });

  it('takes nothing from a person whose row is missing: only a last day says that somebody left', async () => {
    const context = await contextOf(world.services(), STORE);
    const roster = context.roster.filter(({ employeeNumber }) => employeeNumber !== '1042');
    const task = await theTask();
    expect(moveFromLeaver(task, kindOf(task), contextAt({ ...context, roster }))).toBe(task);
  });
});

it('moves what rests with a leaver on the day it comes back, and nobody is bothered before', async () => {
  await world.putSample('first-service-due', { dueOn: '2026-12-01', occurredAt: SOLD_AT });
  const task = await theTask('first-service-visit');
  const named = task.assignee?.employeeNumber ?? '';
  const address = (await world.services().roster.read(STORE)).find(
    (one) => one.employeeNumber === named,
  )?.email;
  await choose(world, linkTo(world, address ?? ''), 'snooze', { date: '2026-11-25' });
  expect((await theTask('first-service-visit')).state).toBe('waiting');
  await rosterSays(named, { endsOn: '2026-11-21' });
  world.now = '2026-11-23T16:00:00.000Z';
  await world.sweep();
  expect(await theTask('first-service-visit')).toMatchObject({
    state: 'waiting',
    assignee: { employeeNumber: named },
  });
  await world.advance(3 * DAY);
  const after = await theTask('first-service-visit');
  expect(after.state).toBe('open');
  expect(after.assignee?.employeeNumber).not.toBe(named);
  expect(world.inbox(address).filter(({ at }) => at > '2026-11-22')).toEqual([]);
});

describe('what it costs', () => {
  const readsOf = async () => {
    world.calls.reset();
    await world.sweep();
    return world.calls.made.filter((call) => call !== 'SendEmailCommand').length;
  };

  it('asks nothing about leavers while nobody left: two reads a store, one of what is due, and one of the feeds', async () => {
    await world.sweep();
    world.now = '2026-11-21T03:00:00.000Z';
    await world.sweep();
    expect(await readsOf()).toBe(world.group.stores.length * 2 + 2);
  });
});
