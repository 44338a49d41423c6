import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askAll } from '../../../bin/preflight/ask.ts';
import { runChecks } from '../../../bin/preflight/checks.ts';
import type { Place } from '../../../bin/preflight/place.ts';
import { readRosterCsv } from '../../../bin/roster/csv.ts';
import { applyPlan, planImport } from '../../../bin/roster/import.ts';
import { RosterStore } from '../../../functions/adapters/roster-store.ts';
import { openTable, type TestTable } from '../../support/table.ts';
import { handoff } from '../command-line/handoff.ts';
import { sampleText } from '../roster/people.ts';
import { group } from './recorded.ts';

/** What AWS sends over the wire, by operation; `status` where it is not 200. */
type Wire = Record<string, { readonly body: string; readonly status?: number }>;

const xml = (operation: string, content: string) =>
  `<${operation}Response><${operation}Result>${content}</${operation}Result></${operation}Response>`;
const error = (code: string, message: string) =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;

const account = '111122223333';
const good: Wire = {
  DescribeStacks: {
    body: xml(
      'DescribeStacks',
      `<Stacks><member><StackName>handoff-lakeshore</StackName><StackStatus>CREATE_COMPLETE</StackStatus>
       <CreationTime>2026-11-01T00:00:00Z</CreationTime><Outputs>
       <member><OutputKey>AlarmTopicArn</OutputKey><OutputValue>arn:aws:sns:us-east-2:${account}:alarms</OutputValue></member>
       </Outputs></member></Stacks>`,
    ),
  },
  'GET /v2/email/account': {
    body: JSON.stringify({
      ...{ ProductionAccessEnabled: true, SendingEnabled: true, EnforcementStatus: 'HEALTHY' },
      SendQuota: { Max24HourSend: 50000, MaxSendRate: 14, SentLast24Hours: 1 },
    }),
  },
  'GET /v2/email/identities/lakeshore.example': {
    body: JSON.stringify({
      ...{ VerifiedForSendingStatus: true, DkimAttributes: { Status: 'SUCCESS' } },
      MailFromAttributes: { MailFromDomain: 'bounce.lakeshore.example', MailFromDomainStatus: 'SUCCESS' },
    }),
  },
  'GET /v2/email/suppression/addresses': {
    body: JSON.stringify({
      SuppressedDestinationSummaries: [{ EmailAddress: 'a@b.example', Reason: 'BOUNCE', LastUpdateTime: 1 }],
    }),
  },
  'GET /2016-08-19/account-settings': {
    body: JSON.stringify({
      AccountLimit: { ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 900 },
    }),
  },
  GetCallerIdentity: { body: xml('GetCallerIdentity', `<Account>${account}</Account>`) },
  GetRole: {
    body: xml(
      'GetRole',
      `<Role><RoleName>dms-adapter</RoleName><Arn>arn:aws:iam::${account}:role/dms-adapter</Arn></Role>`,
    ),
  },
  ListSubscriptionsByTopic: {
    body: xml(
      'ListSubscriptionsByTopic',
      '<Subscriptions><member><Endpoint>ops@lakeshore.example</Endpoint><SubscriptionArn>PendingConfirmation</SubscriptionArn></member></Subscriptions>',
    ),
  },
};

let wire: Wire = good;
let aws = '';
const server = createServer(async (request, response) => {
  const form = new URLSearchParams(Buffer.concat(await request.toArray()).toString());
  const path = `${request.method} ${new URL(request.url ?? '/', 'http://aws').pathname.replace(/\/$/, '')}`;
  const { status = 200, body = '' } = wire[form.get('Action') ?? path] ?? {
    status: 403,
    body: error('AccessDenied', 'not allowed'),
  };
  const type = body.startsWith('<') ? 'text/xml' : 'application/json';
  response.writeHead(status, { 'content-type': type }).end(body);
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  aws = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});
afterAll(() => void server.close());

const dmarc = async () => [['v=DMARC1; p=none']];

async function complaintsOn(given: Wire): Promise<string[]> {
  wire = given;
  const place: Place = {
    ...{ where: 'the test', stackName: 'handoff-lakeshore', isLocal: false, outputs: new Map() },
    clientOptions: {
      endpoint: aws,
      region: 'us-east-2',
      credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    },
    now: '2026-11-20T18:00:00.000Z',
  };
  const findings = runChecks(await askAll(place, group, dmarc, () => undefined), group);
  return findings
    .filter(({ state }) => state !== 'fine')
    .map(({ state, what, found }) => `${state}: ${what}: ${found}`);
}

/** Without a table and links in the stack's outputs. */
const people = expect.stringMatching(/^warning: (People of|Staff on|The links' origin|The last event of)/);

describe('what AWS answers', () => {
  test('is understood', async () => {
    expect(await complaintsOn(good)).toEqual([
      'wrong: Somebody gets the alarms: ops@lakeshore.example has not confirmed',
      "warning: The links' origin answers: could not be checked here: the stack has no output LinkOrigin",
      ...group.stores.map(() => people),
      people,
      people,
    ]);
  });

  test('that something does not exist is an answer, too', async () => {
    const missing = {
      ...good,
      DescribeStacks: {
        status: 400,
        body: error('ValidationError', 'Stack with id handoff-lakeshore does not exist'),
      },
      'GET /v2/email/identities/lakeshore.example': {
        status: 404,
        body: '{"__type":"NotFoundException","message":"no"}',
      },
      GetRole: { status: 404, body: error('NoSuchEntity', 'no role') },
    };
    const complaints = await complaintsOn(missing);
    expect(complaints).toContain('warning: The stack: is not deployed yet');
    expect(complaints).toContain(
      'wrong: DKIM of lakeshore.example: SES does not know the domain in this account and region',
    );
    expect(complaints).toContain(
      `wrong: Event sender arn:aws:iam::${account}:role/dms-adapter: does not exist`,
    );
    expect(complaints).toContain(
      'warning: Somebody gets the alarms: could not be checked here: handoff-lakeshore is not deployed yet',
    );
  });

  test('a role of the same name at another path is another role', async () => {
    const elsewhere = xml('GetRole', `<Role><Arn>arn:aws:iam::${account}:role/ci/dms-adapter</Arn></Role>`);
    expect(await complaintsOn({ ...good, GetRole: { body: elsewhere } })).toContain(
      `wrong: Event sender arn:aws:iam::${account}:role/dms-adapter: does not exist`,
    );
  });

  test('a sender of another account cannot be looked up from here', async () => {
    const other = xml('GetCallerIdentity', '<Account>999988887777</Account>');
    expect(await complaintsOn({ ...good, GetCallerIdentity: { body: other } })).toContain(
      `warning: Event sender arn:aws:iam::${account}:role/dms-adapter: could not be checked here: it is of account ${account}, and you are in 999988887777`,
    );
  });

  test('a call that is denied is a warning with AWS’s reason, and the others go on', async () => {
    const { DescribeStacks: _, ...denied } = good;
    const complaints = await complaintsOn(denied);
    expect(complaints).toContain('warning: The stack: could not be checked here: AccessDenied: not allowed');
    expect(complaints).not.toContainEqual(expect.stringContaining('SES is out of its sandbox'));
  });
});

describe('the command', () => {
  let table: TestTable;
  const desk = createServer((_, response) => {
    const health = {
      ...{ aws: table.endpoint, table: table.name, bus: 'handoff-lakeshore', stack: 'handoff-lakeshore' },
      ...{ now: '2026-11-20T18:00:00.000Z', outputs: { TableName: table.name, LinkOrigin: aws } },
    };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(health));
  });
  let deskUrl = '';
  beforeAll(async () => {
    table = await openTable();
    await new Promise<void>((resolve) => desk.listen(0, '127.0.0.1', resolve));
    const address = desk.address();
    deskUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  });
  afterAll(async () => {
    desk.close();
    await table.close();
  });

  test('fails on a local run without people, and tells what could not be checked', async () => {
    const { code, stdout } = await handoff(['preflight', '--local', deskUrl]);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^WRONG {4}People of Lakeshore Subaru \(lakeshore-subaru\): no active sales manager, no active service manager, /m,
    );
    expect(stdout).toMatch(/^ {9}fix: npm run roster -- import roster\.csv/m);
    expect(stdout).toMatch(
      /^warning {2}SES is out of its sandbox: could not be checked here: the local run does not play it$/m,
    );
    expect(stdout).toMatch(/^fine {5}The links' origin answers: answers with 403$/m);
    expect(stdout).toMatch(/\d fine, \d+ to look at, 4 wrong\n$/);
  });

  test('ends with 0 where nothing is wrong, and is there for programs', async () => {
    const asked = {
      ...{ people: new RosterStore(table.client, table.name), group, now: '2026-11-20T18:00:00.000Z' },
      rows: readRosterCsv(sampleText).rows,
    };
    await applyPlan(asked, await planImport(asked));
    const { code, stdout } = await handoff(['preflight', '--local', deskUrl, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toContainEqual({
      ...{ what: 'People of Lakeshore Subaru (lakeshore-subaru)', state: 'fine' },
      ...{ found: expect.any(String), why: expect.any(String), fix: expect.any(String) },
    });
  });

  test('needs a stack or the local run', async () => {
    const { code, stderr } = await handoff(['preflight', '--table', table.name]);
    expect([code, stderr]).toEqual([2, 'A preflight looks at a stack or the local run, not at --table\n']);
  });

  test('says what to do where nobody is logged in', async () => {
    const env = {
      ...{
        AWS_EC2_METADATA_DISABLED: 'true',
        AWS_CONFIG_FILE: '/nowhere',
        AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
      },
      ...{ AWS_PROFILE: undefined, AWS_ACCESS_KEY_ID: undefined },
    };
    const { code, stderr } = await handoff(['preflight', '--group', 'groups/demo.json'], env);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^Say which AWS account and region first/)]);
  });
});
