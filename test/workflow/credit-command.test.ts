import type { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plusDays } from '../../functions/group/business-time.ts';
import { ledgerServices } from '../../functions/runtime/ledger-services.ts';
import quoted from '../../samples/repair-quote-high.json' with { type: 'json' };
import { command } from '../support/command.ts';
import { longTermCustomer } from '../support/customers.ts';
import { openDynamoDBServer } from '../support/dynamodb-server.ts';
import { standIn } from '../support/stand-in.ts';
import { headStartOf, World } from '../support/world.ts';

const TODAY = '2026-11-20T18:00:00.000Z';
const { customer, storeId } = quoted.detail;
const NOVEMBER = ['--from', '2026-11-01', '--to', '2026-12-31'];

let world: World;
beforeAll(async () => {
  world = await World.open(TODAY, headStartOf(0), await openDynamoDBServer());
  world.keepsOutcomes = true;
  await longTermCustomer(world);
  await world.putSample('repair-quote-high');
  world.now = plusDays(TODAY, 8);
  await world.putSample('vehicle-sold', {
    ...{ storeId, dealNumber: '60001', customer, salespeople: [{ employeeNumber: '2051' }] },
    vehicle: { vin: '2HKRW2H59MH600001', year: 2027, make: 'Honda', model: 'CR-V' },
    ...{ occurredAt: world.now, deliveryAt: undefined },
  });
});
afterAll(() => world.close());

const credit = (...args: string[]) => command(world, 'credit', ...args);

describe('npm run credit', () => {
  it('lists who handed over, who took it and which deal followed', async () => {
    const { code, output } = await credit('list', ...NOVEMBER);
    expect(code).toBe(0);
    expect(output).toMatch(
      /2026-11-20 +lakeshore-honda +upgrade-conversation +2031 +2051 +bought +found +60001/,
    );
  });

  it('finds them by person and store, and nothing of others', async () => {
    expect((await credit('list', ...NOVEMBER, '--person', '2031')).output).toContain('60001');
    expect((await credit('list', ...NOVEMBER, '--store', 'lakeshore-subaru')).output).toContain('No handoff');
    expect((await credit('list', '--from', '2026-11-21', '--to', '2026-12-31')).output).toContain(
      'No handoff',
    );
  });

  it('exports the same as CSV and as JSON, without a name and without an amount', async () => {
    const csv = await credit('export', ...NOVEMBER);
    expect(csv.output).toContain('upgrade-conversation,lakeshore-honda');
    const json = await credit('export', '--json', ...NOVEMBER);
    expect(JSON.parse(json.output)).toMatchObject([
      {
        from: [{ number: '2031', store: storeId }],
        deals: [{ deal: { dealNumber: '60001' }, counts: true }],
      },
    ]);
    for (const { output } of [csv, json]) expect(output).not.toMatch(/Okafor|cents|amount/i);
  });
});

describe('npm run import-history', () => {
  it('keeps the facts of past visits at once, so that their months are written the next night', async () => {
    const services = ledgerOf(world);
    const before = (await services.months.all()).map(({ month }) => month);
    expect(before).not.toContain('2022-01');
    expect((await command(world, 'import-history', 'samples/history.jsonl')).code).toBe(0);
    const months = (await services.months.all()).map(({ month }) => month);
    expect(months.length).toBeGreaterThan(before.length + 5);
    const [oldest = ''] = months;
    const facts = await services.months.factsOf(storeId, oldest);
    expect(facts).toMatchObject([{ what: 'visited', paidBy: 'customer' }]);
    expect((await command(world, 'import-history', 'samples/history.jsonl')).code).toBe(0);
    expect(await services.months.factsOf(storeId, oldest)).toHaveLength(1);
  });
});

function ledgerOf({ now, group }: World) {
  const { dynamodb, tableName } = world.target();
  const s3 = standIn<S3Client>(() => {
    throw new Error('no file is asked for');
  });
  const environment = { TABLE_NAME: tableName, LEDGER_BUCKET: 'ledger' };
  return ledgerServices(environment, { clock: { now: () => now }, dynamodb, s3, group });
}
