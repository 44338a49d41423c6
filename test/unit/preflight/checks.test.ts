import { describe, expect, test } from 'vitest';
import type { Answers } from '../../../bin/preflight/answers.ts';
import { askDmarc } from '../../../bin/preflight/ask.ts';
import { runChecks } from '../../../bin/preflight/checks.ts';
import { parseGroup } from '../../../functions/group/group-file.ts';
import demo from '../../../groups/demo.json' with { type: 'json' };
import { samplePeople } from '../roster/people.ts';
import { good, group, pending, sender } from './recorded.ts';

/** What is not fine, with its state. */
const complaints = (change: Partial<Answers>, of = group) =>
  runChecks({ ...good, ...change }, of)
    .filter(({ state }) => state !== 'fine')
    .map(({ state, what, found }) => `${state}: ${what}: ${found}`);

test('an account where everything is as it should be is fine, line by line', () => {
  expect(complaints({})).toEqual([]);
  expect(runChecks(good, group).map(({ what }) => what)).toEqual([
    'The stack',
    'SES is out of its sandbox',
    'SES sends for this account',
    'The sending rate of SES',
    'DKIM of lakeshore.example',
    'MAIL FROM of lakeshore.example',
    'DMARC of lakeshore.example',
    'Somebody gets the alarms',
    "The links' origin answers",
    `Event sender ${sender}`,
    'Lambda concurrency of the account',
    'People of Lakeshore Subaru (lakeshore-subaru)',
    'People of Lakeshore Honda (lakeshore-honda)',
    'People of Lakeshore Ford (lakeshore-ford)',
    'People of Lakeshore Used Car Superstore (lakeshore-used)',
    "Staff on SES's suppression list",
    ...group.stores.map(({ id, name }) => `Events of ${name} (${id}) from dms.cdk`),
  ]);
});

test('every line says why it matters and how to fix it', () => {
  for (const { why, fix } of runChecks(good, group)) {
    expect(why).toMatch(/^[A-Z].{20,}\.$/);
    expect(fix.length).toBeGreaterThan(20);
  }
});

const ses = (change: object): Partial<Answers> => ({
  sesAccount:
    'value' in good.sesAccount ? { value: { ...good.sesAccount.value, ...change } } : good.sesAccount,
});
const identity = (change: object): Partial<Answers> => ({
  identity: 'value' in good.identity ? { value: { ...good.identity.value, ...change } } : good.identity,
});
const stack = (
  StackStatus: 'ROLLBACK_COMPLETE' | 'UPDATE_ROLLBACK_FAILED' | 'UPDATE_IN_PROGRESS',
): Partial<Answers> => ({
  stack: { value: { StackName: 'handoff-lakeshore', CreationTime: new Date(0), StackStatus } },
});
const without = (role: string): Partial<Answers> => ({
  roster: {
    value: Map.groupBy(
      samplePeople.filter((person) => person.role !== role || person.storeId !== 'lakeshore-honda'),
      ({ storeId }) => storeId,
    ),
  },
});
const bouncing: Partial<Answers> = {
  roster: {
    value: Map.groupBy(
      samplePeople.map((person) =>
        person.storeId === 'lakeshore-ford' && person.role === 'sales manager'
          ? { ...person, emailBouncedAt: '2026-11-19T12:00:00Z' }
          : person,
      ),
      ({ storeId }) => storeId,
    ),
  },
};
const lastAt = (at: string): Partial<Answers> => ({
  lastEvents: {
    value: group.stores.map(({ id }) => ({
      source: 'dms.cdk',
      storeId: id,
      heardAt: id.endsWith('ford') ? at : good.now,
    })),
  },
});

test.each<[string, Partial<Answers>, string[]]>([
  [
    'the sandbox',
    ses({ ProductionAccessEnabled: false }),
    ['wrong: SES is out of its sandbox: still in the sandbox'],
  ],
  [
    'a paused account',
    ses({ SendingEnabled: false }),
    ['wrong: SES sends for this account: paused, HEALTHY'],
  ],
  [
    'probation',
    ses({ EnforcementStatus: 'PROBATION' }),
    ['wrong: SES sends for this account: enabled, PROBATION'],
  ],
  [
    'a rate below the setting',
    ses({ SendQuota: { Max24HourSend: 200, MaxSendRate: 1, SentLast24Hours: 0 } }),
    ['wrong: The sending rate of SES: 1 emails a second allowed, sender.emailsPerSecond is 10'],
  ],
  [
    'DKIM that is not seen yet',
    identity({ DkimAttributes: { Status: 'PENDING' }, VerifiedForSendingStatus: false }),
    ['wrong: DKIM of lakeshore.example: PENDING, not verified for sending'],
  ],
  [
    'an identity that is not there',
    { identity: { value: undefined } },
    [
      'wrong: DKIM of lakeshore.example: SES does not know the domain in this account and region',
      "warning: MAIL FROM of lakeshore.example: SES's own, amazonses.com",
    ],
  ],
  [
    'MAIL FROM whose records are missing',
    identity({
      MailFromAttributes: { MailFromDomain: 'bounce.lakeshore.example', MailFromDomainStatus: 'FAILED' },
    }),
    ['wrong: MAIL FROM of lakeshore.example: bounce.lakeshore.example is FAILED'],
  ],
  [
    'no DMARC',
    { dmarc: { value: ['google-site-verification=x'] } },
    ['wrong: DMARC of lakeshore.example: no record'],
  ],
  [
    'DMARC without a policy',
    { dmarc: { value: ['v=DMARC1; rua=mailto:a@b.example'] } },
    ['wrong: DMARC of lakeshore.example: a record without a policy (p=): v=DMARC1; rua=mailto:a@b.example'],
  ],
  [
    'DMARC twice',
    { dmarc: { value: ['v=DMARC1; p=none', 'v=DMARC1; p=reject'] } },
    ['wrong: DMARC of lakeshore.example: 2 records, so receivers read none of them'],
  ],
  [
    'a subscription that is not confirmed',
    { subscriptions: { value: [pending] } },
    ['wrong: Somebody gets the alarms: ops@lakeshore.example has not confirmed'],
  ],
  [
    'no subscription',
    { subscriptions: { value: [] } },
    ['wrong: Somebody gets the alarms: ops@lakeshore.example is not subscribed'],
  ],
  [
    'an origin that does not answer',
    { origin: { value: { failure: 'https://handoff.example does not answer: fetch failed: ENOTFOUND' } } },
    ["wrong: The links' origin answers: https://handoff.example does not answer: fetch failed: ENOTFOUND"],
  ],
  [
    'an origin in trouble',
    { origin: { value: { status: 503 } } },
    ["wrong: The links' origin answers: answers with 503"],
  ],
  [
    'a sender that does not exist',
    { senders: new Map([[sender, { value: 'missing' as const }]]) },
    [`wrong: Event sender ${sender}: does not exist`],
  ],
  [
    'a sender of another account',
    { senders: new Map([[sender, { unanswered: 'it is of account 1, and you are in 2' }]]) },
    [`warning: Event sender ${sender}: could not be checked here: it is of account 1, and you are in 2`],
  ],
  [
    'the concurrency of a new account',
    { lambda: { value: { AccountLimit: { ConcurrentExecutions: 10, UnreservedConcurrentExecutions: 10 } } } },
    ['wrong: Lambda concurrency of the account: 10 at the same time, expected 100 or more'],
  ],
  [
    'a store without its service manager',
    without('service manager'),
    ['wrong: People of Lakeshore Honda (lakeshore-honda): no active service manager with a working address'],
  ],
  [
    'a store without an advisor',
    without('service advisor'),
    ['wrong: People of Lakeshore Honda (lakeshore-honda): no active service advisor with a working address'],
  ],
  [
    'a manager whose mail bounces',
    bouncing,
    ['wrong: People of Lakeshore Ford (lakeshore-ford): no active sales manager with a working address'],
  ],
  [
    'an advisor on the suppression list, in any case of letters',
    {
      suppressed: {
        value: [
          { EmailAddress: 'Maya.Torres@lakeshore.example', Reason: 'BOUNCE', LastUpdateTime: new Date(0) },
        ],
      },
    },
    ["wrong: Staff on SES's suppression list: lakeshore-subaru 1042 maya.torres@lakeshore.example"],
  ],
  [
    'a stack that is not deployed',
    { stack: { value: undefined } },
    ['warning: The stack: is not deployed yet'],
  ],
  [
    'a stack on its way',
    stack('UPDATE_IN_PROGRESS'),
    ['warning: The stack: handoff-lakeshore is UPDATE_IN_PROGRESS'],
  ],
  [
    'a stack left halfway',
    stack('UPDATE_ROLLBACK_FAILED'),
    ['wrong: The stack: handoff-lakeshore is UPDATE_ROLLBACK_FAILED'],
  ],
  [
    'a stack never made',
    stack('ROLLBACK_COMPLETE'),
    ['wrong: The stack: handoff-lakeshore is ROLLBACK_COMPLETE'],
  ],
  [
    'a feed that is silent for a week',
    lastAt('2026-11-13T12:00:00.000Z'),
    [
      'warning: Events of Lakeshore Ford (lakeshore-ford) from dms.cdk: last at 2026-11-13T12:00:00.000Z, more than 24 opening hours ago',
    ],
  ],
  ['a feed that rested for a day', lastAt('2026-11-19T12:00:00.000Z'), []],
  [
    'a feed of which nothing is recorded',
    { lastEvents: { unanswered: 'not recorded' } },
    ['warning: The last event of each source and store: could not be checked here: not recorded'],
  ],
  [
    'a call that nobody answers',
    { sesAccount: { unanswered: 'the local run does not play it' } },
    [
      'warning: SES is out of its sandbox: could not be checked here: the local run does not play it',
      'warning: SES sends for this account: could not be checked here: the local run does not play it',
      'warning: The sending rate of SES: could not be checked here: the local run does not play it',
    ],
  ],
])('%s is found, and nothing else', (_, change, expected) => expect(complaints(change)).toEqual(expected));

describe('what the group says', () => {
  test('a store that is off needs nobody', () => {
    const off = parseGroup({ ...demo, stores: demo.stores.map((store) => ({ ...store, mode: 'off' })) });
    const nobody = { roster: { value: new Map() } };
    expect(
      runChecks({ ...good, ...nobody }, off).filter(({ what }) => /^(People|Events) of/.test(what)),
    ).toEqual([]);
  });

  test('without alarmEmail any confirmed subscription will do', () => {
    const { alarmEmail: _, ...rest } = group;
    expect(complaints({}, rest)).toEqual([]);
    expect(complaints({ subscriptions: { value: [pending] } }, rest)).toEqual([
      'wrong: Somebody gets the alarms: nobody is subscribed',
    ]);
  });
});

describe('DMARC in the DNS', () => {
  const records: Record<string, string[][]> = { '_dmarc.lakeshore.example': [['v=DMARC1; p=', 'reject']] };
  const asked: string[] = [];
  const resolve = async (name: string) => {
    asked.push(name);
    const found = records[name];
    if (found) return found;
    throw Object.assign(new Error('queryTxt ENOTFOUND'), { code: 'ENOTFOUND' });
  };
  const away = { isLocal: false };

  test('is looked for at the domain, then above it, and long records are put together', async () => {
    expect(await askDmarc(away, 'mail.lakeshore.example', resolve)).toEqual({
      value: ['v=DMARC1; p=reject'],
    });
    expect(asked).toEqual(['_dmarc.mail.lakeshore.example', '_dmarc.lakeshore.example']);
  });

  test('that is nowhere is an answer', async () => {
    expect(await askDmarc(away, 'elsewhere.example', resolve)).toEqual({ value: [] });
  });

  test('that cannot be asked for is none', async () => {
    const broken = () => Promise.reject(Object.assign(new Error('queryTxt ETIMEOUT'), { code: 'ETIMEOUT' }));
    expect(await askDmarc(away, 'lakeshore.example', broken)).toEqual({ unanswered: 'queryTxt ETIMEOUT' });
    expect(await askDmarc({ isLocal: true }, 'lakeshore.example', resolve)).toEqual({
      unanswered: 'the local run has no DNS',
    });
  });
});
