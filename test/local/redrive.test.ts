import { execFile } from 'node:child_process';
import { DeleteItemCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { toItem } from '../../functions/adapters/dynamodb.ts';
import { type Key, keys } from '../../functions/adapters/keys.ts';
import { taskIdOf } from '../../functions/handoffs/kinds.ts';
import { clientOptions } from '../../local/emulator/aws.ts';
import { LocalRun, until } from '../browser/local-run.ts';

/** What failed goes back, as an operator does it: the command, the local run of the whole stack, the inbox. */
const FRIDAY_MORNING = '2026-11-20T15:30:00Z';
const COMPLAINER = 'complaint@simulator.amazonses.com';

let run: LocalRun;
let dynamodb: DynamoDBClient;
let TableName: string;

beforeAll(async () => {
  run = await LocalRun.start(FRIDAY_MORNING);
  const health = await (await fetch(`${run.desk}/healthz`)).json();
  const { aws, table } = z.object({ aws: z.string(), table: z.string() }).parse(health);
  dynamodb = new DynamoDBClient(clientOptions(aws));
  TableName = table;
}, 180_000);
afterAll(async () => {
  dynamodb?.destroy();
  await run?.stop();
});

function command(...args: readonly string[]): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['bin/handoff.ts', 'dead-letters', ...args, '--local', run.desk],
      (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code) : 0, said: stdout + stderr });
      },
    );
  });
}

/** An item is one that this release cannot read, until it is mended. */
async function unreadable(key: Key): Promise<() => Promise<unknown>> {
  const Key = toItem(key);
  const { Item } = await dynamodb.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
  await dynamodb.send(new PutItemCommand({ TableName, Item: { ...Key, kind: { S: 'of another release' } } }));
  return () =>
    Item
      ? dynamodb.send(new PutItemCommand({ TableName, Item }))
      : dynamodb.send(new DeleteItemCommand({ TableName, Key }));
}

/** Once there are any: on a busy machine the function fails after the clock was moved, and its retries are still to come. */
const sendersOf = () =>
  until('a dead letter', async () => {
    await run.advance('PT1M');
    const { said } = await command('--json');
    const found = z.array(z.object({ source: z.string(), detailType: z.string() })).parse(JSON.parse(said));
    return found.length > 0 ? found : undefined;
  });

describe('what only SES may say', () => {
  it('is heard when the function that failed on it works again: a complaint is obeyed by the next email', async () => {
    const customer = {
      customerNumber: 'C-501',
      firstName: 'Ann',
      lastName: 'Loud',
      email: COMPLAINER,
    };
    await run.putSample('vehicle-sold', { dealNumber: '501', customer });
    const taskId = taskIdOf({
      kind: 'service-introduction',
      storeId: 'lakeshore-subaru',
      dealNumber: '501',
    });
    await run.accept(taskId);
    await run.link(taskId, COMPLAINER);
    const mend = await unreadable(keys.task(taskId));
    await run.advance('PT15M');
    expect(await sendersOf()).toContainEqual({
      source: 'aws.ses',
      detailType: 'Email Complaint Received',
    });
    await mend();
    expect(await command('redrive', '--all')).toMatchObject({
      code: 0,
      said: expect.stringContaining('given to handoff-lakeshore-settle-email again'),
    });
    await run.advance('PT1M');
    expect((await command()).said).toContain('No dead letters');
    await run.putSample('vehicle-sold', { dealNumber: '502', customer });
    const nextId = taskIdOf({
      kind: 'service-introduction',
      storeId: 'lakeshore-subaru',
      dealNumber: '502',
    });
    await run.accept(nextId);
    const next = await until('the next sale', () => run.task(nextId));
    expect(next.outbox.map(({ state }) => state)).toContain('withheld');
  });
});

describe('what only we ourselves may say', () => {
  it('is heard when the function that failed on it works again: Sales is told of a customer who is open to it', async () => {
    const order = { storeId: 'lakeshore-ford', roNumber: '601' };
    await run.putSample('repair-quote-high-new-customer', {
      ...order,
      serviceAdvisorNumber: undefined,
      salespersonNumber: undefined,
    });
    const sheet = await run.linkOfNamed(taskIdOf({ kind: 'repair-options', ...order }));
    const conversation = taskIdOf({ kind: 'upgrade-conversation', ...order });
    const mend = await unreadable(keys.task(conversation));
    const body = new URLSearchParams({ choice: 'open-to-looking' });
    expect((await fetch(sheet, { method: 'POST', body })).status).toBe(200);
    await run.advance('PT15M');
    expect(await sendersOf()).toEqual([{ source: 'handoff', detailType: 'upgrade-conversation-due' }]);
    await mend();
    expect(await command('redrive', '--all')).toMatchObject({
      code: 0,
      said: expect.stringContaining('given to handoff-lakeshore-start-upgrade-conversation again'),
    });
    expect(await run.linkOfNamed(conversation)).toContain(conversation);
  });
});

describe('an event that two functions failed on', () => {
  const functions = ['handoff-lakeshore-introduce-service', 'handoff-lakeshore-keep-customers'];
  const listed = async () =>
    z
      .array(z.object({ id: z.string(), eventId: z.string(), functionName: z.string() }))
      .parse(JSON.parse((await command('--json')).said))
      .toSorted((one, other) => one.functionName.localeCompare(other.functionName));

  async function soldInVain(number: string) {
    const sale = { storeId: 'lakeshore-subaru', dealNumber: number };
    const customer = { customerNumber: `C-${number}`, firstName: 'Mia', lastName: 'Stone' };
    const taskId = taskIdOf({ kind: 'service-introduction', ...sale });
    const card = keys.card(sale.storeId, customer.customerNumber);
    const mends = await Promise.all([unreadable(keys.task(taskId)), unreadable(card)]);
    await run.putSample('vehicle-sold', { ...sale, customer });
    await run.advance('PT15M');
    const failed = await until('both dead letters', async () => {
      await run.advance('PT1M');
      const found = await listed();
      return found.length === functions.length ? found : undefined;
    });
    return { taskId, card, failed, mend: () => Promise.all(mends.map((mend) => mend())) };
  }

  it('is on the list once for each, and goes back to both: the handoff begins, and the card is written', async () => {
    const { taskId, card, failed, mend } = await soldInVain('651');
    expect(failed.map(({ functionName }) => functionName)).toEqual(functions);
    expect(new Set(failed.map(({ eventId }) => eventId)).size).toBe(1);
    const { said } = await command('list');
    for (const name of functions) expect(said).toContain(`from dms.cdk, ${name} failed each time`);
    await mend();
    const { code, said: went } = await command('redrive', failed[0]?.eventId ?? '');
    expect([code, went.match(/given to \S+ again/g)?.toSorted()]).toEqual([
      0,
      functions.map((name) => `given to ${name} again`),
    ]);
    expect(await run.linkOfNamed(taskId)).toContain(taskId);
    await until('the card', async () => {
      const { Item } = await dynamodb.send(new GetItemCommand({ TableName, Key: toItem(card) }));
      return Item?.['name'];
    });
    expect((await command()).said).toContain('No dead letters');
  });

  it('stays for the one where the other is forgotten', async () => {
    const { failed, mend } = await soldInVain('652');
    const [first, second] = failed;
    expect((await command('forget', first?.id ?? '')).code).toBe(0);
    expect(await listed()).toEqual([second]);
    await mend();
    expect((await command('redrive', '--all')).said).toContain(`given to ${functions[1]} again`);
  });
});

describe('an event that is too large to be kept whole', () => {
  it('is on the list with its beginning, and stays there: only its sender has the rest', async () => {
    // A letter that is two bytes long, at an odd place: the cut must not make half a letter of it.
    await run.putSample('vehicle-sold', { dealNumber: 701, note: `x${'ä'.repeat(320 * 1024)}` });
    const { id, detail, wholeBytes } = await until('the refusal', async () => {
      const { said } = await command('--json');
      return z
        .array(z.object({ id: z.string(), detail: z.string(), wholeBytes: z.number() }))
        .parse(JSON.parse(said))
        .at(0);
    });
    expect(Buffer.byteLength(detail)).toBeGreaterThan(300 * 1024 - 2);
    expect(detail).not.toContain('\uFFFD');
    expect(wholeBytes).toBeGreaterThan(640 * 1024);
    const note = /only the first 300 KB of its 64\d KB are kept/;
    expect((await command()).said).toMatch(note);
    expect(await command('redrive', id)).toMatchObject({
      code: 1,
      said: expect.stringMatching(new RegExp(`${note.source}: let its sender send it again`)),
    });
    expect((await command()).said).toContain(id);
  });
});
