import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decisionsOfOrder } from '../../bin/history/past-decisions.ts';
import { whyOf } from '../../functions/handoffs/letters.ts';
import { command as commandOn } from '../support/command.ts';
import { longTermCustomer } from '../support/customers.ts';
import { type DynamoDBServer, openDynamoDBServer } from '../support/dynamodb-server.ts';
import { headStartOf, World } from '../support/world.ts';

const TODAY = '2026-11-20T18:00:00.000Z';
const order = ['--store', 'lakeshore-honda', '--ro', '77120'];

const folder = mkdtempSync(join(tmpdir(), 'policy-'));
let server: DynamoDBServer;
let world: World;
beforeAll(async () => {
  server = await openDynamoDBServer();
  world = await World.open(TODAY, headStartOf(0), server);
});
beforeEach(async () => {
  await world.reset(TODAY);
  await longTermCustomer(world);
  await world.putSample('repair-quote-high');
  await world.putSample('repair-quote-high-new-customer');
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await world.close();
});

function policy(given: unknown): string {
  const file = join(folder, 'other.json');
  writeFileSync(file, typeof given === 'string' ? given : JSON.stringify(given));
  return file;
}

const command = (name: string, ...args: string[]) => commandOn(world, name, ...args);

describe('another policy on what was kept', () => {
  it('shows who would have been told, beside who was, and changes nothing', async () => {
    const before = await everything();
    const { code, output } = await command('replay-policy', '--policy', policy({ reasonsNeeded: 6 }));
    expect(code).toBe(0);
    expect(output).toMatch(/store +day +person +quotes +nudged +would be +over the cap/);
    expect(output).toMatch(/lakeshore-honda +2026-11-20 +2051 +1 +1 +0 +0/);
    expect(output).toMatch(/all +2 +1 +0 +0/);
    expect(output).toContain(
      'lakeshore-honda 77120: Sales was notified, would not be. No nudge: 3 of 6 independent',
    );
    expect(await everything()).toEqual(before);
  });

  it('agrees with the past under the same policy', async () => {
    const { output } = await command('replay-policy', '--policy', policy({}));
    expect(output).toContain('No order would have been decided differently.');
  });

  it('finds who would be told by a policy that asks for less', async () => {
    const other = { reasonsNeeded: 1, longTermMonths: 0, longTermVisits: 0, boughtWithinMonths: 0 };
    const { output } = await command('replay-policy', '--policy', policy(other));
    expect(output).toMatch(/Sales was not notified, would be\. A nudge/);
  });

  it('looks only at the days that it is asked for', async () => {
    const { output } = await command('replay-policy', '--policy', policy({}), '--from', '2026-11-21');
    expect(output).toBe('No decisions were made in that time.\n');
  });

  it('is for programs, too', async () => {
    const { output } = await command('replay-policy', '--policy', policy({ reasonsNeeded: 6 }), '--json');
    expect(JSON.parse(output)).toMatchObject([
      { storeId: 'lakeshore-ford', happened: 0, would: 0 },
      { storeId: 'lakeshore-honda', person: '2051', happened: 1, would: 0, orders: [{ roNumber: '77120' }] },
    ]);
  });

  it.each([
    [
      { repairSharePercent: 60 },
      'repairStrongSharePercent: expected repairStrongSharePercent (50) not below',
    ],
    [
      { reasonsNeeded: 0 },
      'reasonsNeeded: expected reasonsNeeded above 0: a nudge without a reason is noise',
    ],
    [{ reasonNeeded: 2 }, 'reasonNeeded: is no field here'],
    [{ reasonsNeeded: '2' }, 'reasonsNeeded: expected a number, got a text'],
    ['{', 'cannot be read'],
  ])('refuses the policy %j with the reason', async (given, reason) => {
    const { code, output } = await command('replay-policy', '--policy', policy(given));
    expect(code).toBe(1);
    expect(output).toContain(reason);
  });

  it('refuses a day that is none', async () => {
    const { code, output } = await command('replay-policy', '--policy', policy({}), '--to', '11/20/2026');
    expect([code, output]).toEqual([2, "--to takes a date such as 2026-11-20, not '11/20/2026'\n"]);
  });
});

describe('why', () => {
  it('answers why Sales was told', async () => {
    const { output } = await command('why', ...order);
    expect(output).toContain('A nudge: 3 independent reasons where 2 are needed.');
    expect(output).toContain('the repair is 31% of the trade-in value ($2,890 of $9,200) — AAA, 4 days old');
    expect(output).toContain('Sales was told: 2051, who has not accepted yet.');
  });

  it('answers why not, and keeps why it was otherwise before the quote changed', async () => {
    await world.putSample('repair-quote-high-revised');
    const { output } = await command('why', ...order);
    expect(output).toMatch(/^No nudge: /);
    expect(output).toContain('Sales was told: 2051, and it ended: the customer chose the repair.');
    expect(output).toContain('Decided before:');
    expect(output).toContain('A nudge: 3 independent reasons');
  });

  it('keeps every decision with what it rested on, once for each version', async () => {
    await world.putSample('repair-quote-high-revised');
    await world.putSample('repair-quote-high-revised');
    await world.putSample('repair-quote-high');
    const kept = await decisionsOfOrder(
      { ...world.target(), dynamodb: server.client },
      'lakeshore-honda',
      '77120',
    );
    expect(kept.map(({ assessment }) => assessment.nudge)).toEqual([true, false]);
    expect(kept[0]).toMatchObject({
      person: '2051',
      history: { visits12: 4 },
      circumstances: {},
      assessment: { policyVersion: expect.stringMatching(/^[0-9a-f]{12}$/) },
    });
  });

  it('says so where nothing was ever assessed', async () => {
    const { code, output } = await command('why', '--store', 'lakeshore-honda', '--ro', '1');
    expect([code, output]).toEqual([
      1,
      'No quote or visit of repair order 1 at lakeshore-honda was ever assessed here.\n',
    ]);
  });
});

async function everything() {
  const { dynamodb, tableName } = world.target();
  const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName: tableName }));
  return Items.map((item) => JSON.stringify(item)).toSorted();
}

describe('the desk', () => {
  it('says the same of a repair order as the command does, and nothing of other tasks', async () => {
    const tasks = await world.tasks();
    const said = tasks.map((task) => whyOf(task, tasks));
    const { output } = await command('why', ...order);
    expect(said.map((lines) => lines.join('\n'))).toContain(output.trimEnd());
    expect(said.filter((lines) => lines.length === 0)).toHaveLength(1);
  });
});
