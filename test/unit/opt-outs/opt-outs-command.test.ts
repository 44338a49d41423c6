import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import {
  GetSuppressedDestinationCommand,
  PutSuppressedDestinationCommand,
  type SuppressionListReason,
} from '@aws-sdk/client-sesv2';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AddressTable } from '../../../functions/adapters/address-table.ts';
import { AppointmentTable } from '../../../functions/adapters/appointment-table.ts';
import { ClaimTable } from '../../../functions/adapters/claim-table.ts';
import { ContactTable } from '../../../functions/adapters/contact-table.ts';
import { keyedBy } from '../../../functions/adapters/customer-key.ts';
import { toItem } from '../../../functions/adapters/dynamodb.ts';
import { addressHash, keys, nameHash } from '../../../functions/adapters/keys.ts';
import { MemoryTable } from '../../../functions/adapters/memory-table.ts';
import { RosterStore } from '../../../functions/adapters/roster-store.ts';
import { bookingOf } from '../../../functions/customers/appointments.ts';
import { placeLookUp } from '../../../functions/customers/identity.ts';
import { mayWrite } from '../../../functions/customers/may-contact.ts';
import { nameKey } from '../../../functions/customers/name-key.ts';
import { withBounce, withWishes } from '../../../functions/customers/opt-outs.ts';
import { hash } from '../../../functions/group/hash.ts';
import { DEMO_GROUP } from '../../../lib/group-file.ts';
import { type Fixture, startFixture } from '../../local/support.ts';
import { openTable, type TestTable } from '../../support/table.ts';
import { handoff } from '../command-line/handoff.ts';

const NOW = '2026-11-20T18:00:00.000Z';
const MARIA = 'maria.kowalski@example.com';
const JOE = 'joe.smith@example.com';

let table: TestTable;
let fixture: Fixture;
/** AWS at one address, as the local run has it: SES is played by the emulator, the table is of our own kind. */
const aws = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  if (String(request.headers['x-amz-target']).startsWith('secretsmanager.')) {
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.end(JSON.stringify({ SecretString: secret }));
    return;
  }
  const isSes = request.url?.startsWith('/v2/email/') === true;
  const { host: _own, connection: _kept, ...headers } = request.headers;
  const answer = await fetch(new URL(request.url ?? '/', isSes ? fixture.run.awsUrl : table.endpoint), {
    method: request.method ?? 'GET',
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    ...(chunks.length > 0 ? { body: Buffer.concat(chunks) } : {}),
  });
  response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
});
const desk = createServer((_, response) => {
  const health = {
    ...{ ok: true, aws: awsUrl, table: table.name, bus: 'b' },
    ...{ stack: 'handoff-lakeshore', now: NOW },
    outputs: { CustomerKeyArn: 'customer-key' },
  };
  response.setHeader('content-type', 'application/json').end(JSON.stringify(health));
});
/** The value of the group's key. */
let secret = '';
let awsUrl = '';
let deskUrl = '';
const folder = mkdtempSync(join(tmpdir(), 'opt-outs-'));

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

beforeAll(async () => {
  fixture = await startFixture();
  awsUrl = await listening(aws);
  deskUrl = await listening(desk);
});
afterAll(async () => {
  desk.close();
  aws.close();
  await fixture.stop();
});
beforeEach(async () => {
  secret = 'a key for tests';
  table = await openTable();
});
afterEach(() => table.close());

const key = { read: async () => keyedBy(secret) };
const addresses = (alsoPlain = false) => new AddressTable(table.client, table.name, { key, alsoPlain });
const hashOf = (place: string) => keyedBy(secret)(placeLookUp(addressHash(place)));
const memory = () => new MemoryTable(table.client, table.name, { key, alsoPlain: false });
const claims = () => new ClaimTable(table.client, table.name, { key, alsoPlain: false });
const appointments = () =>
  new AppointmentTable(table.client, table.name, { key, alsoPlain: false, clock: { now: () => NOW } });
const people = () => new RosterStore(table.client, table.name);

async function optOuts(...args: string[]): Promise<{ code: number; output: string }> {
  const { code, stdout, stderr } = await handoff(['opt-outs', ...args, '--local', deskUrl]);
  return { code, output: stdout + stderr };
}

function fileWith(...lines: string[]): string {
  const path = join(folder, 'some.csv');
  writeFileSync(path, lines.join('\n'));
  return path;
}

test('a list comes in, is listed by hash, goes out, and comes in again in another table', async () => {
  const file = fileWith(
    'Email Address,kind,store,since',
    `${MARIA.toUpperCase()},upgrade,lakeshore-subaru,11/16/2026`,
    `${JOE},all,,`,
    `${JOE},bounce,,2026-11-17`,
  );
  const asked = await optOuts('import', file);
  expect(asked.code).toBe(2);
  expect(asked.output).toContain('3 good (1 upgrade, 1 all, 1 bounce), 0 refused\n');
  expect(asked.output).toContain('Nothing was changed: add --yes');
  expect((await optOuts('list')).output).toBe('Nobody said no, and nothing bounced.\n');

  const done = await optOuts('import', file, '--yes');
  expect([done.code, done.output]).toEqual([0, expect.stringContaining('3 added, 0 known before\n')]);
  const known = await addresses().read(MARIA);
  expect(mayWrite(known, 'upgrade', 'lakeshore-subaru')).toBe(false);
  expect(mayWrite(known, 'service', 'lakeshore-subaru')).toBe(true);

  const { output } = await optOuts('list');
  expect(output).toContain(
    `No to upgrade emails: 1\n  ${hashOf(MARIA)}  lakeshore-subaru  2026-11-16T00:00:00.000Z\n`,
  );
  expect(output).toContain(`No to all emails: 1\n  ${hashOf(JOE)}  whole group  ${NOW}\n`);
  expect(output).toContain(`Bounced: 1\n  ${hashOf(JOE)}  2026-11-17T00:00:00.000Z\n`);
  expect(output).not.toContain('@');

  const written = join(folder, 'export.csv');
  expect((await optOuts('export', written)).output).toBe(`2 addresses are in ${written}\n`);
  await table.close();
  table = await openTable();
  expect((await optOuts('import', written, '--yes')).output).toContain('3 added, 0 known before\n');
  expect((await optOuts('import', written, '--yes')).output).toContain('0 added, 3 known before\n');
  expect((await optOuts('export')).output).toBe(readFileSync(written, 'utf8').replace('\uFEFF', ''));
});

test('a bad row is named and never stops the good ones', async () => {
  const file = fileWith(
    'email,kind,store,since,note',
    `${MARIA},upgrade,,,`,
    'maria at example,promo,lakeshore-kia,soon,',
    `${JOE},servise,,2027-11-20,`,
    `${JOE},service`,
    `${JOE},service,group,,asked by phone`,
  );
  const { code, output } = await optOuts('import', file, '--yes');
  expect(code).toBe(1);
  expect(output).toContain('note: columns that are not read: note\n');
  expect(output).toContain(
    "  refused  line 3: email: expected an email address such as 'maria@example.com'; kind: ",
  );
  expect(output).toContain('store: expected group or one of lakeshore-subaru, ');
  expect(output).toContain("since: expected a date such as 2026-11-20, got 'soon'\n");
  expect(output).toMatch(
    /line 4: kind: expected one of .*Did you mean service\?; since: expected no day to come/,
  );
  expect(output).toContain('  refused  line 5: expected 5 cells as in the first line, got 2\n');
  expect(output).toContain('2 added, 0 known before\n');
  expect(mayWrite(await addresses().read(JOE), 'service', 'lakeshore-honda')).toBe(false);
});

test('an import takes no opt-out back: a narrower one changes nothing', async () => {
  await optOuts('import', fileWith('email,kind', `${MARIA},all`), '--yes');
  const before = await addresses().read(MARIA);
  const narrower = fileWith('email,kind,store', `${MARIA},upgrade,lakeshore-subaru`, `${MARIA},all,`);
  expect((await optOuts('import', narrower, '--yes')).output).toContain('0 added, 2 known before\n');
  expect(await addresses().read(MARIA)).toEqual(before);
});

describe('a no by channel', () => {
  const PHONE = '(847) 555-0188';
  const reached = { storeId: 'lakeshore-subaru', customerNumber: 'C-1', email: MARIA, phone: '847.555.0188' };
  const refused = async (whom: object = {}) => {
    const contacts = new ContactTable(table.client, table.name, key);
    return (await contacts.read({ ...reached, ...whom })).refused;
  };
  const rows = [
    `${PHONE},,,phone,,CRM,2026-11-16`,
    `${PHONE},,,text,,,`,
    `,${MARIA},,email,,,`,
    ',,C-1,mail,lakeshore-subaru,,',
  ];
  const header = 'phone,email,customer number,channel,store,said by,since';

  test('comes in, is listed, goes out, and holds in another table as it did in the first', async () => {
    const done = await optOuts('import', fileWith(header, ...rows), '--yes');
    expect(done.output).toContain('4 good (1 no phone, 1 no text, 1 no email, 1 no mail), 0 refused\n');
    expect(await refused()).toEqual(['email', 'phone', 'text', 'mail']);
    expect(await refused({ customerNumber: 'C-2', storeId: 'lakeshore-honda' })).toEqual([
      'email',
      'phone',
      'text',
    ]);
    const { output } = await optOuts('list', '--phone', '+1 847 555 0188');
    expect(output).toMatch(
      /^No to contact by phone: 1\n.*whole group.*2026-11-16.*\nNo to contact by text: 1\n/,
    );
    expect((await optOuts('list', '--number', 'C-1', '--store', 'lakeshore-subaru')).output).toContain(
      'No to contact by mail: 1\n',
    );
    const written = join(folder, 'channels.csv');
    await optOuts('export', written);
    expect(readFileSync(written, 'utf8')).toContain(',channel,group,2026-11-16T00:00:00.000Z,phone,CRM\n');
    await table.close();
    table = await openTable();
    expect((await optOuts('import', written, '--yes')).output).toContain('4 added, 0 known before\n');
    expect(await refused()).toEqual(['email', 'phone', 'text', 'mail']);
    expect((await optOuts('export')).output).toBe(readFileSync(written, 'utf8').replace('\uFEFF', ''));
  });

  test('that a customer took back in part goes out and comes in as it stands', async () => {
    await optOuts('import', fileWith('email,channel', `${MARIA},email`), '--yes');
    const wishes = { introduction: 'yes', service: 'yes', upgrade: 'no-group' } as const;
    await addresses().change(MARIA, (known) => withWishes(known, wishes, 'lakeshore-subaru', NOW));
    const written = join(folder, 'in-part.csv');
    await optOuts('export', written);
    await table.close();
    table = await openTable();
    await optOuts('import', written, '--yes');
    const known = await addresses().read(MARIA);
    expect([mayWrite(known, 'service', 'x'), mayWrite(known, 'upgrade', 'x')]).toEqual([true, false]);
  });

  test.each([
    [`,${MARIA},,phone,,,`, "channel: a no to 'phone' needs a 'phone' or a 'customer number'"],
    [`${PHONE},,,mail,,,`, "channel: a no to 'mail' needs a 'customer number'"],
    [',,C-1,phone,,,', "store: expected the store whose customer number 'C-1' is"],
    ['555,,,phone,,,', "phone: expected a phone number such as '(847) 555-0188', got '555'"],
    [`${PHONE},,,fax,,,`, "channel: expected one of email, phone, text, mail, got 'fax'"],
    [`${PHONE},,,,,,`, "kind: expected one of introduction, service, upgrade, all, bounce, got ''"],
  ])('is refused where it says too little: %s', async (row, problem) => {
    const { code, output } = await optOuts('import', fileWith(header, row), '--yes');
    expect([code, output]).toEqual([1, expect.stringContaining(`line 2: ${problem}`)]);
  });
});

describe('a no to calls that an operator lifts', () => {
  const PHONE = '(847) 555-0188';
  const noted = ['phone,customer number,channel,store', `${PHONE},C-1,phone,lakeshore-subaru`];
  const whose = ['--phone', '847.555.0188', '--number', 'C-1', '--store', 'lakeshore-subaru'];
  const by = ['--by', 'Anna Lee, asked for at the desk'];

  test('is lifted at the phone and at the number, and who did it and when is kept and goes along', async () => {
    await optOuts('import', fileWith(...noted), '--yes');
    const asked = await optOuts('lift', ...whose, '--channel', 'phone', ...by);
    expect([asked.code, asked.output]).toEqual([2, expect.stringContaining('Nothing was changed')]);
    const done = await optOuts('lift', ...whose, '--channel', 'phone', ...by, '--yes');
    expect([done.code, done.output]).toEqual([0, 'Lifted: the no to contact by phone.\n']);
    const { output } = await optOuts('list');
    expect(output).toContain('Taken back: 2\n');
    expect(output).toContain(`contact by phone  ${NOW}  Anna Lee, asked for at the desk\n`);
    const written = join(folder, 'lifted.csv');
    await optOuts('export', written);
    await table.close();
    table = await openTable();
    expect((await optOuts('import', written, '--yes')).output).toContain('2 added, 0 known before\n');
    expect((await optOuts('list')).output).toBe(output);
  });

  test('comes back with no list of what was lifted, because a file takes no no back', async () => {
    const said = await optOuts('import', fileWith(...noted), '--yes');
    expect(said.output).toContain('added');
    const file = fileWith('phone,kind,channel,since', `${PHONE},lifted,phone,2026-11-20`);
    await optOuts('import', file, '--yes');
    expect((await optOuts('list', '--phone', PHONE)).output).toContain('No to contact by phone: 1\n');
  });

  test.each([
    [[...whose, '--channel', 'email', ...by], 2, "argument 'email' is invalid"],
    [[...whose, '--channel', 'phone'], 2, "required option '--by <text>' not specified"],
    [['--channel', 'phone', ...by], 2, 'Whose? Give --phone, --number with its --store, or both.'],
    [[...whose, '--channel', 'text', ...by, '--yes'], 1, 'nothing was changed'],
  ])('%j is told what is wrong', async (args, exit, message) => {
    const { code, output } = await optOuts('lift', ...args);
    expect([code, output]).toEqual([exit, expect.stringContaining(message)]);
  });
});

test('one address, and one store, can be asked for', async () => {
  const file = fileWith(
    'email,kind,store',
    `${MARIA},upgrade,lakeshore-subaru`,
    `${JOE},upgrade,lakeshore-honda`,
  );
  await optOuts('import', file, '--yes');
  const one = await optOuts('list', '--email', 'Maria.Kowalski@example.com', '--json');
  expect(JSON.parse(one.output)).toEqual([
    { keyedHash: hashOf(MARIA), optOuts: [{ kind: 'upgrade', storeId: 'lakeshore-subaru', at: NOW }] },
  ]);
  const { output } = await optOuts('list', '--store', 'lakeshore-honda');
  expect([output.includes(hashOf(JOE)), output.includes(hashOf(MARIA))]).toEqual([true, false]);
});

describe('what a release before 2026-12 stored by plain hash', () => {
  const putPlain = (place: string, kind: string) => {
    const Item = {
      ...{ ...keys.address(place), type: 'address', version: 3 },
      optOuts: [{ kind, storeId: 'lakeshore-subaru', at: NOW }],
    };
    return table.client.send(new PutItemCommand({ TableName: table.name, Item: toItem(Item) }));
  };
  const plainLeft = async () => {
    const { Items = [] } = await table.client.send(new ScanCommand({ TableName: table.name }));
    return Items.filter(({ pk }) => /^(cap#)?address#/.test(pk?.S ?? '')).length;
  };
  const storedBefore = async () => {
    await putPlain(MARIA, 'upgrade');
    await putPlain(JOE, 'all');
    await addresses(true).change(JOE, (known) => withBounce(known, NOW));
  };

  test('is listed and written out with what is stored since, moved by one command, and listed the same', async () => {
    await storedBefore();
    const [listed, exported] = [(await optOuts('list')).output, (await optOuts('export')).output];
    expect(listed).toContain(`No to upgrade emails: 1\n  ${hashOf(MARIA)}`);
    expect(listed).toContain(`No to all emails: 1\n  ${hashOf(JOE)}`);
    const moved = await optOuts('rekey');
    expect(moved.output).toBe('2 items moved. Nothing is stored by a plain hash any more.\n');
    expect(await plainLeft()).toBe(0);
    expect([(await optOuts('list')).output, (await optOuts('export')).output]).toEqual([listed, exported]);
    expect((await optOuts('rekey')).output).toBe('Nothing is stored by a plain hash.\n');
  });

  test('is copied, and stays for the former release, while the group says that it may come back', async () => {
    await storedBefore();
    const group = { ...JSON.parse(readFileSync(DEMO_GROUP, 'utf8')), alsoPlainOptOuts: true };
    const file = join(folder, 'upgrading.json');
    writeFileSync(file, JSON.stringify(group));
    const { output } = await optOuts('rekey', '--group', file);
    expect(output).toContain('2 items copied. The plain ones stay');
    expect(await plainLeft()).toBe(2);
    expect((await addresses().read(JOE)).optOuts).toHaveLength(1);
  });

  test('remarks, appointments and caps of households are found before they are moved, and after', async () => {
    const maria = {
      ...{ storeId: 'lakeshore-subaru', customerNumber: 'C-1', email: MARIA },
      ...{ firstName: 'Maria', lastName: 'Kowalski' },
    };
    const name = nameHash(nameKey(maria) ?? '');
    const remarks = [{ said: 'advisor said no', at: NOW, storeId: 'lakeshore-subaru', roNumber: '1' }];
    const reports = [
      {
        report: bookingOf({
          ...{ version: 1, storeId: 'lakeshore-subaru', occurredAt: NOW, durationMinutes: 60 },
          ...{ appointmentNumber: 'A-1', startsAt: '2026-12-01T15:00:00.000Z', email: MARIA },
        }),
      },
    ];
    const household = `address#${hash([MARIA, 'kowalski'])}`;
    const put = (item: object) =>
      table.client.send(new PutItemCommand({ TableName: table.name, Item: toItem({ ...item, version: 2 }) }));
    await put({ ...keys.formerMemory(addressHash(MARIA), name), remarks });
    await put({ ...keys.formerMemory(addressHash(JOE)), remarks });
    await put({ ...keys.formerAppointments(addressHash(MARIA)), reports });
    await put({ ...keys.cap(household), holders: [{ taskId: 'task-1', at: NOW }] });
    const known = async () => ({
      remarks: (await memory().read(maria)).map(({ said }) => said),
      nameless: (await memory().read({ ...maria, email: JOE })).map(({ said }) => said),
      reports: (await appointments().of([{ by: 'email', email: MARIA }]))[0]?.list.reports.length,
      holders: (await claims().holders(household)).map(({ taskId }) => taskId),
    });
    const all = {
      remarks: ['advisor said no'],
      nameless: ['advisor said no'],
      reports: 1,
      holders: ['task-1'],
    };
    expect(await known()).toEqual(all);
    expect((await optOuts('rekey')).output).toContain('4 items moved.');
    expect(await plainLeft()).toBe(0);
    expect(await known()).toEqual(all);
  });

  test('comes in from a list that was written then', async () => {
    const file = fileWith('address hash,kind,store,since', `${addressHash(MARIA)},service,group,2026-03-01`);
    expect((await optOuts('import', file, '--yes')).output).toContain('1 added, 0 known before\n');
    expect(mayWrite(await addresses().read(MARIA), 'service', 'lakeshore-honda')).toBe(false);
  });
});

test('a list of another key is refused, because nobody would find what it says', async () => {
  await optOuts('import', fileWith('email,kind', `${MARIA},all`), '--yes');
  const written = join(folder, 'of-this-key.csv');
  await optOuts('export', written);
  secret = 'another key';
  const { code, output } = await optOuts('import', written, '--yes');
  expect([code, output]).toEqual([1, expect.stringMatching(/line 2: key: the hash is of another key/)]);
  expect((await optOuts('list')).output).not.toContain('No to all emails: 2');
});

describe('a mended mailbox', () => {
  const listed = (EmailAddress: string) =>
    fixture.ses.send(new GetSuppressedDestinationCommand({ EmailAddress })).then(
      ({ SuppressedDestination }) => SuppressedDestination?.Reason,
      (error: Error) => error.name,
    );
  const suppress = (EmailAddress: string, Reason: SuppressionListReason) =>
    fixture.ses.send(new PutSuppressedDestinationCommand({ EmailAddress, Reason }));
  const onlyTable = (...args: string[]) => {
    const env = {
      AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: awsUrl,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    };
    return handoff(['opt-outs', ...args, '--table', table.name], env);
  };

  test('of a customer is written to again, and what the customer said no to stands', async () => {
    await optOuts('import', fileWith('email,kind', `${MARIA},upgrade`, `${MARIA},bounce`), '--yes');
    await suppress(MARIA, 'BOUNCE');
    const { code, output } = await optOuts('clear-bounce', '--email', MARIA);
    expect([code, output]).toEqual([
      0,
      "Customers' emails go to this address again.\nIt is off SES's suppression list.\n",
    ]);
    expect(await listed(MARIA)).toBe('NotFoundException');
    const known = await addresses().read(MARIA);
    expect([known.bouncedAt, known.optOuts.length]).toEqual([undefined, 1]);
  });

  test('of staff is cleared at every store where the person works', async () => {
    const csv = ['lakeshore-subaru', 'lakeshore-honda'].map(
      (store) => `${store},9001,Ann Lee,Ann.Lee@lakeshore.example,salesperson,11/16/2026`,
    );
    const file = fileWith('store,employee number,name,email,role,start date', ...csv);
    await handoff(['roster', 'import', file, '--yes', '--local', deskUrl]);
    const everywhere = [
      ...(await people().read('lakeshore-subaru')),
      ...(await people().read('lakeshore-honda')),
    ];
    for (const ann of everywhere) await people().flagBounced({ ...ann, address: ann.email, at: NOW });
    const { code, output } = await optOuts('clear-bounce', '--email', 'ann.lee@lakeshore.example', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(output)).toEqual({
      customer: false,
      staff: [
        { storeId: 'lakeshore-subaru', employeeNumber: '9001' },
        { storeId: 'lakeshore-honda', employeeNumber: '9001' },
      ],
      suppression: { is: 'not listed' },
    });
    expect((await people().read('lakeshore-honda'))[0]?.emailBouncedAt).toBeUndefined();
  });

  test('stays on the list of SES where the reason is a complaint', async () => {
    await suppress(JOE, 'COMPLAINT');
    const { code, output } = await optOuts('clear-bounce', '--email', JOE);
    expect([code, output]).toEqual([1, expect.stringContaining('No bounce is noted for this address')]);
    expect(output).toContain('because of a complaint, and keeps it');
    expect(await listed(JOE)).toBe('COMPLAINT');
  });

  test('with a table only, the operator is told how to take it off the list of SES', async () => {
    await addresses().change(MARIA, (known) => withBounce(known, NOW));
    const { code, stdout } = await onlyTable('clear-bounce', '--email', MARIA, '--customer-key', 'key');
    expect(code).toBe(0);
    expect(stdout).toContain(`  aws sesv2 delete-suppressed-destination --email-address ${MARIA}\n`);
  });
});

test.each([
  [['import', 'no-such.csv'], 'no-such.csv cannot be read'],
  [['list', '--store', 'nowhere'], "'nowhere' is not a store of the group: lakeshore-subaru, "],
  [['list', '--phone', '555'], "--phone takes a phone number such as (847) 555-0188, not '555'"],
  [['list', '--number', 'C-1'], 'unique per store only'],
  [['list', '--number', 'C-1', '--phone', '5'], 'Ask by one'],
  [['list', '--email', 'maria'], "--email takes an email address such as maria@example.com, not 'maria'"],
  [['clear-bounce'], "required option '--email <address>' not specified"],
  [['delete'], "unknown command 'delete'"],
])('%j is told what is wrong', async (args, message) => {
  const { code, output } = await optOuts(...args);
  expect([code, output]).toEqual([2, expect.stringContaining(message)]);
});

test.each([
  ['email,store', "The list has no column 'kind' or 'channel'; its columns are: email, store"],
  [
    'name,kind',
    "The list has no column 'email', 'phone', 'customer number' or 'keyed hash'; its columns are: name, kind",
  ],
  ['email,address,kind', "The list has the column 'address' twice"],
])('a file with the columns %s is told what it lacks', async (header, message) => {
  const { code, output } = await optOuts('import', fileWith(header, 'a,b'), '--yes');
  expect([code, output]).toEqual([1, expect.stringContaining(message)]);
});
