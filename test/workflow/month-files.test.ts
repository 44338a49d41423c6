import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LedgerBucket } from '../../functions/adapters/ledger-bucket.ts';
import { plusDays, plusMinutes } from '../../functions/group/business-time.ts';
import { kindOf } from '../../functions/handoffs/kinds.ts';
import { writeLedger } from '../../functions/lambdas/write-ledger/write-ledger.ts';
import { factsOf } from '../../functions/ledger/facts-of-task.ts';
import { ledgerServices } from '../../functions/runtime/ledger-services.ts';
import due from '../../samples/first-service-due.json' with { type: 'json' };
import quoted from '../../samples/repair-quote-high.json' with { type: 'json' };
import visited from '../../samples/service-visit-completed.json' with { type: 'json' };
import { longTermCustomer } from '../support/customers.ts';
import { standIn } from '../support/stand-in.ts';
import { headStartOf, World } from '../support/world.ts';

const TODAY = '2026-11-20T18:00:00.000Z';
const { customer, vehicle, storeId, roNumber } = quoted.detail;

let world: World;
const stored = new Map<string, Buffer>();
const s3 = standIn<S3Client>(async (command) => {
  if (command instanceof PutObjectCommand) {
    const { Key = '', Body } = command.input;
    stored.set(Key, Buffer.from(Body instanceof Uint8Array ? Body : ''));
    return {};
  }
  if (!(command instanceof GetObjectCommand)) throw new Error('not asked of S3');
  return { Body: Readable.from([stored.get(command.input.Key ?? '')]) };
});

beforeAll(async () => {
  world = await World.open(TODAY, headStartOf(0));
  world.keepsOutcomes = true;
});
beforeEach(async () => {
  stored.clear();
  await world.reset(TODAY);
  await longTermCustomer(world);
});
afterAll(() => world.close());

function services(mostFacts?: number) {
  const { dynamodb, tableName } = world.target();
  const environment = { TABLE_NAME: tableName, LEDGER_BUCKET: 'ledger' };
  const given = { clock: { now: () => world.now }, dynamodb, s3, group: world.group };
  const made = ledgerServices(environment, given);
  return mostFacts === undefined ? made : { ...made, files: new LedgerBucket(s3, 'ledger', mostFacts) };
}
const night = (mostFacts?: number) => writeLedger(services(mostFacts), () => false);
const textOf = (key: string): string => gunzipSync(stored.get(key) ?? Buffer.alloc(0)).toString();
const factsIn = (key: string) =>
  textOf(key)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
const NOVEMBER = 'ledger/month=2026-11/facts.jsonl.gz';

const handedOver = () => world.putSample('repair-quote-high');
const sold = () =>
  world.putSample('vehicle-sold', {
    ...{ storeId, dealNumber: '60001', customer, salespeople: [{ employeeNumber: '2051' }] },
    vehicle: { vin: '2HKRW2H59MH600001', year: 2027, make: 'Honda', model: 'CR-V' },
    ...{ occurredAt: world.now, deliveryAt: undefined, tradeIns: [{ vin: vehicle.vin }] },
  });
const everything = async () => {
  await handedOver();
  await world.advance(60);
  await sold();
  await world.put('service-visit-completed', {
    ...visited.detail,
    storeId,
    roNumber,
    customer,
    vehicle,
    closedOn: '2026-11-20',
    openedOn: undefined,
    occurredAt: world.now,
  });
};

describe('the file of a month', () => {
  it('has one line for each fact: handed over, ended, sold, matched, visited', async () => {
    await everything();
    expect(await night()).toEqual({ written: ['2026-11'], left: 0 });
    const whats = new Set(factsIn(NOVEMBER).map(({ what }) => what));
    for (const what of ['handed over', 'ended', 'sold', 'matched', 'visited']) expect(whats).toContain(what);
  });

  it('names nobody: no customer, car, deal, order or handoff, by no number, name, address or plain hash', async () => {
    await everything();
    await night();
    const text = textOf(NOVEMBER);
    const tasks = await world.tasks();
    const known = [
      ...[
        customer.customerNumber,
        customer.firstName,
        customer.lastName,
        customer.email,
        '555-0134',
        '5550134',
      ],
      ...[vehicle.vin, vehicle.vin.slice(-8), '2HKRW2H59MH600001', 'MH600001', '60001', roNumber],
      ...tasks.map(({ taskId }) => taskId),
    ];
    expect(tasks.length).toBeGreaterThan(2);
    for (const one of known) expect(text.toLowerCase()).not.toContain(one.toLowerCase());
  });

  it('is the same, to the byte, when it is written again, and when every event comes once more', async () => {
    await everything();
    await night();
    const first = stored.get(NOVEMBER);
    for (const event of world.ours) await world.keepOutcome(event);
    await night();
    expect(stored.get(NOVEMBER)).toEqual(first);
  });

  it('is left alone in a night without anything new, and written again after a late fact', async () => {
    await everything();
    await night();
    world.now = plusDays(TODAY, 2);
    await night();
    stored.clear();
    world.now = plusDays(TODAY, 3);
    expect((await night()).written).toEqual([]);
    await world.put('service-visit-completed', {
      ...visited.detail,
      storeId,
      roNumber: '90001',
      customer,
      vehicle,
      closedOn: '2026-11-21',
      openedOn: undefined,
      occurredAt: plusDays(TODAY, 1),
    });
    expect((await night()).written).toEqual(['2026-11']);
    expect(factsIn(NOVEMBER).filter(({ what }) => what === 'visited')).toHaveLength(2);
  });

  it('keeps what an old file has and the table no longer', async () => {
    await everything();
    await night();
    const before = factsIn(NOVEMBER);
    await world.reset('2030-01-10T09:30:00.000Z');
    const { months } = services();
    await months.written('2026-11', { readFrom: TODAY, parts: 1, facts: before.length });
    const late = { v: 1, id: 'late', storeId, at: plusMinutes(TODAY, 1), what: 'unwound' } as const;
    await world.services().outcomes.keep([{ fact: late }], world.now);
    await night();
    expect(factsIn(NOVEMBER)).toHaveLength(before.length + 1);
  });

  it('has why Sales heard of an order, and who signed the introduction and brought the customer over', async () => {
    await handedOver();
    await sold();
    const [introduction] = await world.tasks('service-introduction');
    const seller = '2051';
    world.now = plusMinutes(world.now, 25);
    expect(await world.answer(introduction?.taskId ?? '', { choice: 'accept' })).toBe('done');
    expect(await world.answer(introduction?.taskId ?? '', { choice: 'walked-over' }, seller)).toBe('done');
    expect(await world.answer(introduction?.taskId ?? '', { choice: 'introduced-in-person' })).toBe('done');
    await night();
    const facts = factsIn(NOVEMBER);
    const accepted = facts.filter(({ what }) => what === 'accepted');
    expect(accepted.map(({ minutes }) => minutes)).toContain(25);
    expect(facts.find(({ what }) => what === 'nudged').reasonsFor).toContain('repair-against-value');
    const signed = facts.filter(({ what }) => what === 'introduced').map(({ how, by }) => [how, by]);
    expect(signed.toSorted()).toEqual([
      ['in person', '2031'],
      ['walked over', seller],
    ]);
  });

  it('is to have the day on which a first service falls due', async () => {
    await world.putSample('first-service-due');
    const [visit] = await world.tasks('first-service-visit');
    const facts = visit ? factsOf(visit, kindOf(visit), undefined) : [];
    expect(facts.map(({ outcome }) => outcome)).toContainEqual(
      expect.objectContaining({ what: 'fell due', on: due.detail.dueOn }),
    );
  });

  it('goes on in a second file beyond what one holds', async () => {
    await everything();
    await night(2);
    const parts = [...stored.keys()];
    expect(parts[0]).toBe(NOVEMBER);
    expect(parts[1]).toBe('ledger/month=2026-11/facts-2.jsonl.gz');
    const counts = parts.map((key) => factsIn(key).length);
    expect(Math.max(...counts)).toBe(2);
  });
});
