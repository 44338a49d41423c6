import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { command } from '../support/command.ts';
import { openDynamoDBServer } from '../support/dynamodb-server.ts';
import { unchanged, World } from '../support/world.ts';

const NOON = '2026-11-20T18:00:00.000Z';
const MARIA = 'maria.kowalski@example.com';
const MAYA = 'maya.torres@lakeshore.example';

let world: World;
beforeAll(async () => {
  world = await World.open(NOON, unchanged, await openDynamoDBServer());
});
beforeEach(() => world.reset(NOON));
afterAll(() => world.close());

async function bounceFirst(address: string): Promise<void> {
  const [email] = world.inbox(address);
  if (!email) throw new Error('nothing was sent');
  await world.report(email, 'Bounce', 'Permanent');
}
const sell = (dealNumber: string) => world.sellAndAccept({ dealNumber, serviceAdvisorNumber: '1042' });

describe('a mailbox that bounced and is mended', () => {
  it('of a customer gets the next email', async () => {
    await sell('48211');
    await bounceFirst(MARIA);
    await sell('48212');
    expect(world.inbox(MARIA)).toHaveLength(1);

    const { code, output } = await command(world, 'opt-outs', 'clear-bounce', '--email', MARIA);
    expect([code, output]).toEqual([
      0,
      expect.stringContaining("Customers' emails go to this address again."),
    ]);
    await sell('48213');
    expect(world.inbox(MARIA)).toHaveLength(2);
  });

  it('of an advisor gets handoffs again', async () => {
    await sell('48211');
    await bounceFirst(MAYA);
    const before = world.inbox(MAYA).length;
    await sell('48212');
    expect(world.inbox(MAYA)).toHaveLength(before);

    const { code, output } = await command(world, 'opt-outs', 'clear-bounce', '--email', MAYA.toUpperCase());
    expect([code, output]).toEqual([0, expect.stringContaining('lakeshore-subaru 1042 gets emails')]);
    await sell('48213');
    expect(world.inbox(MAYA).length).toBeGreaterThan(before);
    const tasks = await world.tasks('service-introduction');
    expect(tasks.find(({ subject }) => subject.dealNumber === '48213')?.assignee?.employeeNumber).toBe(
      '1042',
    );
  });

  it('of a customer who said no to everything stays silent', async () => {
    await sell('48211');
    await bounceFirst(MARIA);
    const [email] = world.inbox(MARIA);
    if (email) await world.report(email, 'Complaint');
    await command(world, 'opt-outs', 'clear-bounce', '--email', MARIA);
    await sell('48213');
    expect(world.inbox(MARIA)).toHaveLength(1);
  });

  it('gets nothing where an imported list says no', async () => {
    const list = join(mkdtempSync(join(tmpdir(), 'said-no-')), 'said-no.csv');
    writeFileSync(list, `email,kind,store\n${MARIA},introduction,lakeshore-subaru\n`);
    const { code } = await command(world, 'opt-outs', 'import', list, '--yes');
    expect(code).toBe(0);
    await sell('48211');
    expect(world.inbox(MARIA)).toEqual([]);
    expect(world.inbox(MAYA)).toHaveLength(1);
  });
});
