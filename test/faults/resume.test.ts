import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serviceVisitCompleted } from '../../functions/contracts/service-visit-completed.ts';
import { questionOf } from '../../functions/handoff/choices.ts';
import { visitFrom } from '../../functions/history/visits.ts';
import { emailsIn } from '../support/emails-in.ts';
import { World } from '../support/world.ts';

const STARTED_AT = '2026-11-20T18:00:00.000Z';
let world: World;
beforeAll(async () => {
  world = await World.open(STARTED_AT);
});
afterAll(() => world.close());

interface Story {
  /** What was there before; not disturbed. */
  readonly before?: (it: World) => Promise<void>;
  readonly tell: (it: World) => Promise<unknown>;
}

const SUBARU = { storeId: 'lakeshore-subaru', dealNumber: '48211' };
const stories: Record<string, Story> = {
  'a car is sold': { tell: (it) => it.putSample('vehicle-sold') },
  'a first service is due': { tell: (it) => it.putSample('first-service-due', { dueOn: '2026-12-01' }) },
  'a deal is unwound': {
    before: (it) => it.putSample('vehicle-sold'),
    tell: (it) => it.putSample('deal-unwound', SUBARU),
  },
  'a high repair is quoted to a long-term customer': {
    before: fillHistory,
    tell: (it) => it.putSample('repair-quote-high'),
  },
  'the advisor accepts, and the customer is written to': {
    before: (it) => it.putSample('vehicle-sold'),
    tell: (it) => it.answerAgain({ choice: 'accept' }),
  },
  'the advisor declines, and another has it': {
    before: (it) => it.putSample('vehicle-sold'),
    tell: (it) => it.answerAgain({ choice: 'decline', reason: 'on vacation' }),
  },
};

async function fillHistory(it: World): Promise<void> {
  const lines = readFileSync(new URL('../../samples/history.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n');
  const { history } = it.services();
  // The first visit ever and the last three: enough to be long known, and quick to lay down for every call.
  for (const line of [lines[0] ?? '', ...lines.slice(-3)])
    await history.record(visitFrom(serviceVisitCompleted.schema.parse(JSON.parse(line))));
}

/** What people and tasks see in the end: ids of links and leases differ from run to run and do not count. */
async function whatCame(of: World) {
  const tasks = await of.tasks();
  return {
    tasks: tasks
      .map((task) => ({
        taskId: task.taskId,
        kind: task.kind,
        state: task.state,
        assignee: task.assignee?.employeeNumber,
        outbox: emailsIn(task)
          .filter(({ message }) => !isQuestion(message))
          .map(({ message, to, state: at }) => ({ message, to, at })),
      }))
      .toSorted((one, other) => (one.taskId < other.taskId ? -1 : 1)),
    emails: of
      .inbox()
      .filter(({ subject }) => !subject.startsWith('We’re not sure'))
      .map(({ to, subject }) => `${to}: ${subject}`)
      .toSorted(),
  };
}

/**
 * SES's own events come, and the sweeps of the next hour find what a stopped invocation left. Where nobody can say
 * whether the customer was written to, the advisor is asked, and says: send it again.
 */
async function recover(of: World): Promise<void> {
  await of.reportSent();
  await of.advance(40);
  await of.reportSent();
  for (const task of await of.tasks()) {
    if (questionOf(task)) await of.answer(task.taskId, { choice: 'send-again' });
  }
  await of.reportSent();
}

const isQuestion = (message: string) => message === 'customer-email-problem';

describe.each(Object.entries(stories))('%s', (_name, { before, tell }) => {
  const begin = async () => {
    await world.reset(STARTED_AT);
    await before?.(world);
    await world.reportSent();
  };

  it('ends as if nothing had happened, whichever call it was stopped at', async () => {
    await begin();
    const first = world.calls.made.length;
    await tell(world);
    await recover(world);
    const undisturbed = await whatCame(world);
    const calls = world.calls.made.length - first;
    expect(undisturbed.emails.length).toBeGreaterThan(0);

    for (const when of ['before', 'after'] as const) {
      for (let call = 0; call < calls; call += 1) {
        await begin();
        world.calls.stopAt(call, when);
        await tell(world);
        await recover(world);
        expect(await whatCame(world), `stopped ${when} call ${call}`).toEqual(undisturbed);
      }
    }
  });
});
