import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addressHash } from '../../../functions/adapters/keys.ts';
import { mayWrite } from '../../../functions/customers/may-contact.ts';
import { withNoToAllOfGroup } from '../../../functions/customers/opt-outs.ts';
import { withFirstService } from '../../../functions/history/car-owners.ts';
import { type LedgerFact, ledgerFact } from '../../../functions/ledger/facts.ts';
import type { Cell } from '../../../functions/numbers/definition.ts';
import visited from '../../../samples/service-visit-completed.json' with { type: 'json' };
import sold from '../../../samples/vehicle-sold.json' with { type: 'json' };
import { numbersOfFacts } from '../../numbers/week.ts';
import { openDynamoDBServer } from '../../support/dynamodb-server.ts';
import { unchanged, World } from '../../support/world.ts';
import { handoff } from '../command-line/handoff.ts';

const NOW = '2026-11-20T22:40:00.000Z';
const { storeId, customer, vehicle } = sold.detail;
const BY_NUMBER = ['--number', customer.customerNumber, '--store', storeId];
/** Somebody else at the same address and with the same car, whom erasing Maria must not touch. */
const ADAM = { customerNumber: '77', firstName: 'Adam', lastName: 'Kowalski', email: customer.email };

let world: World;
let urls: { readonly aws: string; readonly desk: string };
const folder = mkdtempSync(join(tmpdir(), 'customer-'));

/** AWS at one address, as the local run has it: the table's server, and the one secret. */
const aws = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  if (String(request.headers['x-amz-target']).startsWith('secretsmanager.')) {
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.end(JSON.stringify({ SecretString: 'a key for tests' }));
    return;
  }
  const { host: _own, connection: _kept, ...headers } = request.headers;
  const answer = await fetch(new URL(request.url ?? '/', world.target().endpoint), {
    method: request.method ?? 'GET',
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    body: Buffer.concat(chunks),
  });
  response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
});
const desk = createServer((_, response) => {
  const { tableName } = world.target();
  const health = {
    ...{ ok: true, aws: urls.aws, table: tableName, bus: 'b', stack: 'handoff-lakeshore', now: world.now },
    outputs: { CustomerKeyArn: 'customer-key' },
  };
  response.setHeader('content-type', 'application/json').end(JSON.stringify(health));
});

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

beforeAll(async () => {
  world = await World.open(NOW, unchanged, await openDynamoDBServer());
  world.keepsCustomers = true;
  urls = { aws: await listening(aws), desk: await listening(desk) };
});
beforeEach(() => world.reset(NOW));
afterEach(() => {
  world.keepsOutcomes = false;
});
afterAll(async () => {
  desk.close();
  aws.close();
  await world.close();
});

async function run(...args: string[]): Promise<{ code: number; output: string }> {
  const { code, stdout, stderr } = await handoff(['customer', ...args, '--local', urls.desk]);
  return { code, output: stdout + stderr };
}
const erase = (...args: string[]) => run('erase', ...args, '--yes');
const soldToAdam = () => world.putSample('vehicle-sold', { dealNumber: '9', customer: ADAM });
const refusedOf = async (customerNumber: string, store = storeId) =>
  (await world.services().contacts.read({ storeId: store, customerNumber })).refused;
/** What the report says of these facts: the first line of each number. */
async function numbersOf(facts: readonly LedgerFact[]): Promise<Readonly<Record<string, string>>> {
  const gathering = { countedAt: NOW, today: '2026-12-31', storeIds: [storeId] };
  const cells = (await numbersOfFacts(facts, gathering)).get(storeId)?.months.cells ?? new Map();
  return Object.fromEntries(
    [...cells].flatMap(([name, all]) => {
      const most = all.toSorted((a: Cell, b: Cell) => b.part - a.part)[0];
      return most ? [[name, `${most.part} of ${most.whole}`]] : [];
    }),
  );
}

const cardOf = (number: string) => world.services().customers.read(storeId, number);

describe('export', () => {
  it('writes everything about the customer to a file, and nothing about anybody else', async () => {
    await world.putSample('vehicle-sold');
    await world.putSample('vehicle-sold', {
      dealNumber: '8',
      customer: { ...ADAM, email: 'adam@example.com' },
    });
    const file = join(folder, 'maria.json');
    expect(await run('export', file, ...BY_NUMBER)).toMatchObject({ code: 0 });
    const text = readFileSync(file, 'utf8');
    const { customers, items } = JSON.parse(text);
    expect(customers).toMatchObject([{ storeId, customerNumber: customer.customerNumber }]);
    const types = new Set(items.map(({ type }: { type: string }) => type));
    expect(types).toEqual(new Set(['task', 'memory', 'card', 'look-up', 'deal', 'sale']));
    expect(text).not.toContain('adam@example.com');
    expect(text).not.toContain('"hash"');
  });

  it('asks who, where nobody or too much is named, and says when nobody is known', async () => {
    expect((await run('export')).code).toBe(2);
    expect((await run('export', '--number', '1')).output).toContain('--store');
    expect(await run('export', '--email', 'nobody@example.com')).toMatchObject({ code: 1 });
  });
});

describe('erase', () => {
  it('deletes the customer in the middle of a handoff, and says so; what they said no to stays', async () => {
    await world.putSample('vehicle-sold');
    await soldToAdam();
    await world.services().addresses.change(customer.email, (known) => withNoToAllOfGroup(known, NOW));
    const { code, output } = await erase(...BY_NUMBER);
    expect(output).toContain('1 of the handoffs are open: they end without an email');
    expect(output).toContain('of backups by 2026-12-25');
    expect(code).toBe(0);
    expect(await cardOf(customer.customerNumber)).toBeUndefined();
    expect((await world.tasks('service-introduction')).map(({ subject }) => subject.dealNumber)).toEqual([
      '9',
    ]);
    expect(await cardOf(ADAM.customerNumber)).toBeDefined();
    expect(mayWrite(await world.services().addresses.read(customer.email), 'service', storeId)).toBe(false);
  });

  it('leaves no part of the customer in the table, but for keyed and address hashes', async () => {
    await world.putSample('vehicle-sold');
    await world.putSample('vehicle-sold', { dealType: 'unheard of', dealNumber: '5' });
    expect(await world.refusals()).toHaveLength(1);
    await erase(...BY_NUMBER);
    const { code, output } = await run('export', '--email', customer.email);
    expect(output).toContain('Nobody is known by that');
    expect(code).toBe(1);
    expect(await world.refusals()).toEqual([]);
  });

  it('keeps them erased: the sale that is replayed is refused, and a later one begins anew', async () => {
    await world.putSample('vehicle-sold');
    world.now = '2026-11-20T23:00:00.000Z';
    await erase(...BY_NUMBER);
    const sent = world.sent.length;
    await world.putSample('vehicle-sold', { occurredAt: NOW });
    await world.putSample('vehicle-sold', { occurredAt: NOW, dealType: 'unheard of' });
    await world.putSample('vehicle-sold', { occurredAt: 'last week' });
    expect(await world.tasks()).toEqual([]);
    expect(await cardOf(customer.customerNumber)).toBeUndefined();
    expect(world.sent).toHaveLength(sent);
    expect(await world.refusals()).toEqual([]);
    world.now = '2026-11-21T18:00:00.000Z';
    await world.putSample('vehicle-sold', { occurredAt: world.now, dealNumber: '10' });
    expect(await world.tasks('service-introduction')).toHaveLength(1);
  });

  it('leaves what was counted, and nothing that leads from it to the customer, also of what comes late', async () => {
    world.keepsOutcomes = true;
    await world.putSample('vehicle-sold', { occurredAt: NOW, deliveryAt: undefined });
    const [task] = await world.tasks('service-introduction');
    await world.answer(task?.taskId ?? '', { choice: 'accept' });
    await world.answer(task?.taskId ?? '', { choice: 'introduced-in-person' });
    const [letter] = world.inbox(customer.email);
    if (!letter) return expect.fail('no letter');
    await world.report(letter, 'Delivery');
    const facts = async () => (await world.items('outcome')).map((item) => ledgerFact.parse(item));
    const before = await facts();
    const counted = await numbersOf(before);
    expect(counted).toMatchObject({ sold: '1 of 1', introduced: '1 of 1', 'email-outcomes': '1 of 1' });

    world.now = '2026-11-20T23:00:00.000Z';
    await erase(...BY_NUMBER);
    await world.report(letter, 'Complaint');
    for (const event of world.ours) await world.keepOutcome(event);
    await world.putSample('vehicle-sold', { occurredAt: NOW });
    expect(await facts()).toEqual(before);
    expect(await numbersOf(await facts())).toEqual(counted);
    const { Items = [] } = await world
      .target()
      .dynamodb.send(new ScanCommand({ TableName: world.target().tableName }));
    const elsewhere = JSON.stringify(Items.filter(({ type }) => type?.S !== 'outcome'));
    for (const { customer: who, car, deal, handoff: which } of before)
      for (const pseudonym of [who, car, deal, which].filter((one) => one !== undefined))
        expect(elsewhere).not.toContain(pseudonym);
  });

  it('takes with it what was said of a number alone, and a number that was merged; a no by any channel stays', async () => {
    const phone = '(847) 555-0188';
    const number = 'K-9';
    await world.putSample('vehicle-sold');
    await world.put('customer-changed', {
      ...{ storeId, occurredAt: NOW, replaces: [customer.customerNumber] },
      customer: {
        customerNumber: number,
        firstName: 'Maria',
        lastName: 'Nowak',
        email: 'nowak@example.com',
        phone,
      },
    });
    await world.put('customer-preferences-changed', {
      ...{ storeId, occurredAt: NOW, customerNumber: number, email: 'nowak@example.com', phone },
      mayContact: { phone: false, email: false },
    });
    const { code, output } = await erase('--email', 'nowak@example.com');
    expect(output).toContain('What they said no to is kept by hash, at 3 of their addresses and numbers.');
    expect(code).toBe(0);
    expect(await world.tasks()).toEqual([]);
    const { dynamodb, tableName } = world.target();
    const left = JSON.stringify((await dynamodb.send(new ScanCommand({ TableName: tableName }))).Items);
    for (const part of ['Nowak', 'Kowalski', 'nowak@', '555-0188', number, customer.customerNumber])
      expect(left).not.toContain(part);
    expect(await refusedOf(number)).toEqual(['email', 'phone']);
  });

  it('leaves what is left of a car to be disposed of when it would have been', async () => {
    const { dynamodb, tableName } = world.target();
    const owners = async () =>
      (await dynamodb.send(new ScanCommand({ TableName: tableName }))).Items?.find(
        ({ sk }) => sk?.S === 'owners',
      );
    for (const customerNumber of [customer.customerNumber, ADAM.customerNumber])
      await world
        .services()
        .cars.change(vehicle.vin, (known) => withFirstService(known, { storeId, customerNumber }));
    const before = await owners();
    world.now = '2027-03-20T22:40:00.000Z';
    expect((await erase(...BY_NUMBER)).code).toBe(0);
    expect(JSON.stringify(await owners())).not.toContain(customer.customerNumber);
    expect((await owners())?.['expiresAt']).toEqual(before?.['expiresAt']);
  });

  it('leaves the other owners of a car as they are, and takes the car with the last of them', async () => {
    await world.putSample('vehicle-sold');
    await soldToAdam();
    const maria = { storeId, customerNumber: customer.customerNumber };
    const adam = { storeId, customerNumber: ADAM.customerNumber };
    const { cars } = world.services();
    await cars.change(vehicle.vin, (known) => withFirstService(withFirstService(known, maria), adam));
    await erase(...BY_NUMBER);
    expect((await cars.read(vehicle.vin)).firstServices).toEqual([adam]);
    expect((await erase('--number', ADAM.customerNumber, '--store', storeId)).code).toBe(0);
    const { dynamodb, tableName } = world.target();
    const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName: tableName }));
    expect(Items.filter(({ sk }) => sk?.S === 'owners')).toEqual([]);
  });

  it('takes the note that they are coming in tomorrow, and leaves that of others', async () => {
    const tomorrow = { occurredAt: NOW, startsAt: '2026-11-21T15:00:00.000Z' };
    await world.putSample('service-appointment-booked', tomorrow);
    const ofAdam = { appointmentNumber: 'A-77', customerNumber: ADAM.customerNumber };
    await world.putSample('service-appointment-booked', { ...tomorrow, ...ofAdam });
    await erase(...BY_NUMBER);
    const ahead = await world.services().ahead.on(storeId, '2026-11-21');
    expect(ahead.map(({ customerNumber }) => customerNumber)).toEqual([ADAM.customerNumber]);
  });

  it('keeps a no that was on its way while they were erased', async () => {
    await world.putSample('vehicle-sold');
    world.now = '2026-11-20T23:00:00.000Z';
    await erase(...BY_NUMBER);
    await world.put('customer-preferences-changed', {
      ...{ storeId, occurredAt: NOW, customerNumber: customer.customerNumber, mayContact: { phone: false } },
    });
    expect(await refusedOf(customer.customerNumber)).toEqual(['phone']);
  });

  it('keeps them erased when past visits are imported again', async () => {
    const visit = { ...visited.detail, occurredAt: '2026-11-10T20:00:00Z', closedOn: '2026-11-10' };
    const file = join(folder, 'visits.jsonl');
    writeFileSync(file, JSON.stringify(visit));
    const { dynamodb, tableName } = world.target();
    const visits = async () =>
      (await dynamodb.send(new ScanCommand({ TableName: tableName }))).Items?.filter(
        ({ type }) => type?.S === 'visit',
      );
    await handoff(['import-history', file, '--local', urls.desk]);
    expect(await visits()).toHaveLength(2);
    await erase('--number', visited.detail.customer.customerNumber, '--store', visited.detail.storeId);
    expect(await visits()).toEqual([]);
    await handoff(['import-history', file, '--local', urls.desk]);
    expect(await visits()).toEqual([]);
  });

  it.each([
    ['a past visit', visited.detail, { closedOn: '2026-11-10' }],
    ['a past sale', sold.detail, { deliveryOn: '2026-11-10' }],
  ])(
    'leaves a no that comes with %s to be obeyed, also of somebody who was erased',
    async (_, detail, change) => {
      const { storeId: store, customer: whose } = detail;
      const past = {
        ...{ ...detail, occurredAt: '2026-11-10T20:00:00Z', ...change },
        customer: { ...whose, mayContact: { phone: false, mail: 'no' } },
      };
      const file = join(folder, 'past.jsonl');
      writeFileSync(file, JSON.stringify(past));
      const { code } = await handoff(['import-history', file, '--local', urls.desk]);
      expect(code).toBe(0);
      await erase('--number', whose.customerNumber, '--store', store);
      await handoff(['import-history', file, '--local', urls.desk]);
      expect(await refusedOf(whose.customerNumber, store)).toEqual(['phone', 'mail']);
    },
  );

  it('says the second time that they were erased, and that nobody is known of somebody unknown', async () => {
    await world.putSample('vehicle-sold');
    await erase(...BY_NUMBER);
    expect(await erase(...BY_NUMBER)).toMatchObject({
      code: 1,
      output: expect.stringContaining(`erased at ${NOW}`),
    });
    const unknown = await erase('--number', '404', '--store', storeId);
    expect(unknown).toMatchObject({ code: 1, output: expect.stringContaining('Nobody is known') });
  });

  it('asks which of two customers with one address or car is meant', async () => {
    await world.putSample('vehicle-sold');
    await soldToAdam();
    for (const by of [
      ['--email', customer.email],
      ['--vin', vehicle.vin],
    ]) {
      const { code, output } = await erase(...by);
      expect(code).toBe(2);
      expect(output).toContain(`customer 77 of ${storeId}`);
    }
    expect(await world.tasks('service-introduction')).toHaveLength(2);
  });

  it('prints a certificate that names nobody', async () => {
    await world.putSample('vehicle-sold');
    const { output } = await run('erase', '--email', customer.email, '--yes', '--json');
    const certificate = JSON.parse(output);
    expect(certificate).toMatchObject({ at: NOW, deleted: { task: 1, card: 1, 'look-up': 3 } });
    for (const part of [customer.email, customer.customerNumber, vehicle.vin, addressHash(customer.email)])
      expect(output).not.toContain(part);
  });

  it('changes nothing without --yes where nobody can be asked', async () => {
    await world.putSample('vehicle-sold');
    expect(await run('erase', ...BY_NUMBER)).toMatchObject({ code: 2 });
    expect(await world.tasks('service-introduction')).toHaveLength(1);
  });
});
