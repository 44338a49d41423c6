import '../simulation/quiet.ts';
import { readdirSync, readFileSync } from 'node:fs';
import { MessageRejected } from '@aws-sdk/client-sesv2';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { keepDeadLetter } from '../../functions/lambdas/keep-dead-letters/keep-dead-letters.ts';
import { type LogLine, logLines } from '../../functions/runtime/log-lines.ts';
import { telemetry } from '../../functions/runtime/telemetry.ts';
import type { AlarmSpec } from '../../lib/alarms/spec.ts';
import { queryFor } from '../../lib/alarms/where-to-look.ts';
import { alarmGroups } from '../../lib/alarms.ts';
import quoted from '../../samples/repair-quoted.json' with { type: 'json' };
import { command } from '../support/command.ts';
import { openDynamoDBServer } from '../support/dynamodb-server.ts';
import { unchanged, World } from '../support/world.ts';

const NOON = '2026-11-20T18:00:00.000Z';
const MARIA = 'maria.kowalski@example.com';
const MAYA = 'maya.torres@lakeshore.example';
const alarms: readonly AlarmSpec[] = alarmGroups.flatMap(({ specs }) => specs);

let world: World;
beforeAll(async () => {
  world = await World.open(NOON, unchanged, await openDynamoDBServer());
});
beforeEach(() => world.reset(NOON));
afterEach(() => vi.restoreAllMocks());
afterAll(() => world.close());

async function reportedBy(address: string, report: 'Bounce' | 'Complaint'): Promise<void> {
  await world.sellAndAccept({ serviceAdvisorNumber: '1042' });
  const [email] = world.inbox(address);
  if (!email) throw new Error('nothing was sent');
  await world.report(email, report, report === 'Bounce' ? 'Permanent' : undefined);
}

const refuseOne = () => world.putSample('vehicle-sold', { vehicle: 'a car' });
const keepLetter = async (body: object) => {
  await keepDeadLetter(world.services(), {
    ...{ messageId: 'm-1', body: JSON.stringify(body) },
    messageAttributes: { ERROR_MESSAGE: { stringValue: 'The function does not exist' } },
  });
};
const failedIn = (name: string, requestPayload: object) => ({
  requestContext: {
    functionArn: `arn:aws:lambda:us-east-1:1:function:handoff-lakeshore-${name}`,
    approximateInvokeCount: 3,
  },
  ...{ requestPayload, responsePayload: { errorMessage: 'the table is gone' } },
});
const event = {
  id: 'e-1',
  source: 'dms.cdk',
  'detail-type': 'vehicle-sold',
  detail: { dealNumber: '48211' },
};

/** Nothing of an empty file is read, and what was expected of the night has not come. */
const stopFile = () => world.drop('drop/honda-orders/orders-2026-11-20.csv', '');

/** What makes an alarm ring, and what its reader has to find in the list that it leads to. */
interface Ring {
  readonly cause: () => Promise<unknown>;
  readonly shown: RegExp;
  /** The command says by its exit code, too, that something is wrong. */
  readonly code?: 1;
}
const rings: Readonly<Record<string, Ring>> = {
  'staff-bouncing': { cause: () => reportedBy(MAYA, 'Bounce'), shown: /1042.*mail bounces/ },
  bounces: { cause: () => reportedBy(MARIA, 'Bounce'), shown: /Bounced: 1/ },
  complaints: { cause: () => reportedBy(MARIA, 'Complaint'), shown: /No to all emails: [1-9]/ },
  'events-refused': { cause: refuseOne, shown: /vehicle: expected/ },
  'events-refused-share': { cause: refuseOne, shown: /vehicle: expected/ },
  'file-stopped': { cause: stopFile, shown: /orders-2026-11-20\.csv: STOPPED/, code: 1 },
  'file-late': { cause: stopFile, shown: /orders-2026-11-20\.csv: STOPPED/, code: 1 },
  'event-undeliverable': { cause: () => keepLetter(event), shown: /The function does not exist/ },
  'function-gave-up': {
    cause: () => keepLetter(failedIn('follow-dms', event)),
    shown: /the table is gone/,
  },
};

/** `npm run preflight` needs a stack: test/unit/preflight has its findings on silent senders. */
const withCommand = alarms.filter(({ look }) => 'command' in look && look.command !== 'npm run preflight');

describe('an alarm that leads to a command', () => {
  it.each(withCommand.map(({ name, look }) => [name, look] as const))(
    '%s: the list has what rang',
    async (name, look) => {
      const ring = rings[name];
      if (!ring || !('command' in look)) throw new Error(`nothing plays ${name}`);
      const [npm, run, called = '', ...args] = look.command.split(' ').filter((word) => word !== '--');
      expect([npm, run]).toEqual(['npm', 'run']);

      const before = await command(world, called, ...args);
      expect(before.output).not.toMatch(ring.shown);
      await ring.cause();
      const { code, output } = await command(world, called, ...args);
      expect(output).toMatch(ring.shown);
      expect(code).toBe(ring.code ?? 0);
    },
  );
});

it('a Monday’s tick that failed is on the list, under the function that gets it again', async () => {
  const time = '2026-11-23T10:30:00Z';
  const tick = { id: 't-1', source: 'aws.events', 'detail-type': 'Scheduled Event', time, detail: {} };
  await keepLetter(failedIn('count-numbers', tick));
  const { output } = await command(world, 'dead-letters', 'list', '--json');
  const [letter] = z.array(z.looseObject({})).parse(JSON.parse(output));
  expect(letter).toMatchObject({ eventId: 't-1', time, functionName: 'handoff-lakeshore-count-numbers' });
});

describe('an alarm that leads to a line of the log', () => {
  const refused = new MessageRejected({ $metadata: {}, message: 'The address is malformed' });
  const totalCents = quoted.detail.quote.totalCents / 100;

  it.each<[string, LogLine, () => Promise<unknown>]>([
    [
      'emails-given-up',
      logLines.emailsGivenUp,
      async () => {
        world.calls.sesAnswers = [refused, undefined];
        await world.putSample('vehicle-sold');
      },
    ],
    [
      'amounts-suspicious',
      logLines.oddFields,
      () => world.putSample('repair-quoted', { quote: { ...quoted.detail.quote, totalCents } }),
    ],
    [
      'items-near-bound',
      logLines.itemNearBound,
      async () => {
        await world.putSample('vehicle-sold');
        const [task] = await world.tasks();
        for (let at = 1; at < 16; at += 1)
          await world.answer(task?.taskId ?? '', { choice: 'note', note: `Called ${at} times` });
      },
    ],
  ])('%s: the line is there, with an id that npm run trace takes', async (_, line, cause) => {
    const warn = vi.spyOn(telemetry, 'warn').mockReturnValue(undefined);
    await cause();
    const [, fields] = warn.mock.calls.find(([message]) => message === line.message) ?? [];
    const id = line.fields.find((field) => field.endsWith('Id') && fields?.[field] !== undefined);
    expect(queryFor(line)).toContain(`filter message = "${line.message}" | display`);
    const asked = id === 'eventId' ? '--event' : '--task';
    const { code, output } = await command(world, 'trace', asked, String(fields?.[id ?? '']));
    expect([code, output]).toEqual([0, expect.stringContaining('dms: ')]);
  });

  it('is written by the code under the name that the alarm asks for', () => {
    const sources = readdirSync('functions', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(`functions/${file}`, 'utf8'))
      .join('\n');
    for (const name of Object.keys(logLines)) expect(sources).toContain(`logLines.${name}.message`);
  });
});

it('only what AWS measures and nothing of ours can name leads to AWS', () => {
  expect(alarms.filter(({ look }) => 'inAws' in look).map(({ name }) => name)).toEqual([
    'files-not-fetched',
    'follower-unreachable',
    'delivery-failing',
    'event-lost',
    'sweep-stopped',
    'sweep-crashing',
    'failures-not-kept',
    'errors',
    'throttled',
    'table-throttled',
  ]);
});
