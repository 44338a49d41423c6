import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { fromItem } from '../../functions/adapters/dynamodb.ts';
import sold from '../../samples/vehicle-sold.json' with { type: 'json' };
import { LocalRun, until } from '../browser/local-run.ts';
import { blockIn } from '../support/docs.ts';

/** The lines of docs/connect.md, as an integrator pastes them. */
const folder = mkdtempSync(join(tmpdir(), 'connect-'));
const MORNING = '2026-11-20T15:30:00Z';

beforeAll(() => {
  for (const name of ['put-events.mjs', 'put_events.py', 'closed-orders.mjs'])
    writeFileSync(join(folder, name), blockIn('docs/connect.md', name));
  writeFileSync(
    join(folder, 'send.mjs'),
    `import { send } from './put-events.mjs';
const [events, options] = process.argv.slice(2).map((text) => JSON.parse(text));
console.log(JSON.stringify(await send(events, options)));`,
  );
  writeFileSync(
    join(folder, 'send.py'),
    `import json, sys
from put_events import send
print(json.dumps(send(json.loads(sys.argv[1]), **json.loads(sys.argv[2]))))`,
  );
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function run(program: string, args: readonly string[], env: object): Promise<{ code: number; said: string }> {
  const credentials = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
  const whole = { ...process.env, ...credentials, AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'us-east-1' };
  return new Promise((done) => {
    execFile(program, args, { cwd: folder, env: { ...whole, ...env } }, (error, stdout, stderr) =>
      done({ code: error ? 1 : 0, said: stdout + stderr }),
    );
  });
}

const hasPython = spawnSync('python3', ['-c', 'import boto3']).status === 0;
const languages = [
  { language: 'Node', program: process.execPath, file: 'send.mjs' },
  ...(hasPython ? [{ language: 'Python', program: 'python3', file: 'send.py' }] : []),
];
const event = (dealNumber: string) => ({
  source: 'dms.cdk',
  'detail-type': 'vehicle-sold',
  detail: { ...sold.detail, dealNumber, occurredAt: '2026-11-20T09:00:00-06:00', deliveryAt: undefined },
});

describe('put-events, in each language', () => {
  const request = z.object({ Entries: z.array(z.object({ Detail: z.string(), EventBusName: z.string() })) });
  const batches: string[][] = [];
  /** How the bus answers an entry, by its deal and by how often it came. */
  let answer: (dealNumber: string, times: number) => object;
  let server: Server;
  let endpoint = '';

  beforeAll(async () => {
    server = createServer(async (incoming, response) => {
      const body = await new Response(new Uint8Array(Buffer.concat(await incoming.toArray()))).json();
      const numbers = request.parse(body).Entries.map(({ Detail }) => String(JSON.parse(Detail).dealNumber));
      batches.push(numbers);
      const times = (number: string) => batches.flat().filter((one) => one === number).length;
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      response.end(JSON.stringify({ Entries: numbers.map((number) => answer(number, times(number))) }));
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const address = server.address();
    endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  });
  afterAll(() => server.close());

  it.each(languages)(
    'puts again what the bus did not take for now, and nothing else: $language',
    async (one) => {
      batches.length = 0;
      answer = (deal, times) =>
        deal === '2' && times === 1 ? { ErrorCode: 'ThrottlingException' } : { EventId: `id-${deal}` };
      const events = Array.from({ length: 12 }, (_, at) => event(String(at + 1)));
      const env = { AWS_ENDPOINT_URL: endpoint, HANDOFF_BUS: 'handoff-lakeshore' };
      const { said } = await run(one.program, [one.file, JSON.stringify(events), '{"pause":0}'], env);
      expect(batches.map(({ length }) => length)).toEqual([10, 2, 1]);
      expect(batches.at(-1)).toEqual(['2']);
      expect(said.trimEnd().split('\n').at(-1)).toBe('[]');
    },
  );

  it.each(languages)('returns what the bus never takes, with the reason: $language', async (one) => {
    batches.length = 0;
    answer = (deal) => (deal === '1' ? { ErrorCode: 'MalformedDetail' } : { ErrorCode: 'InternalFailure' });
    const env = { AWS_ENDPOINT_URL: endpoint, HANDOFF_BUS: 'handoff-lakeshore' };
    const args = [one.file, JSON.stringify([event('1'), event('2')]), '{"pause":0,"attempts":3}'];
    const { said } = await run(one.program, args, env);
    expect(batches).toEqual([['1', '2'], ['2'], ['2']]);
    expect(said).toContain('MalformedDetail');
    expect(JSON.parse(said.trimEnd().split('\n').at(-1) ?? '')).toHaveLength(2);
  });

  it.each(languages)('puts nothing on the default bus: $language', async (one) => {
    const { code, said } = await run(one.program, [one.file, '[]', '{}'], { HANDOFF_BUS: undefined });
    expect([code, said]).toEqual([1, expect.stringContaining('HANDOFF_BUS')]);
  });
});

describe('on the local run', () => {
  let local: LocalRun;
  let env: Record<string, string>;
  let dynamodb: DynamoDBClient;
  let TableName: string;

  beforeAll(async () => {
    local = await LocalRun.start(MORNING);
    const { aws, bus, table } = z
      .object({ aws: z.string(), bus: z.string(), table: z.string() })
      .parse(await (await fetch(`${local.desk}/healthz`)).json());
    env = { AWS_ENDPOINT_URL_EVENTBRIDGE: aws, HANDOFF_BUS: bus };
    TableName = table;
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    dynamodb = new DynamoDBClient({ endpoint: aws, region: 'us-east-1', credentials });
  }, 180_000);
  afterAll(async () => {
    dynamodb?.destroy();
    await local?.stop();
  });

  const visits = async () => {
    const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName, ConsistentRead: true }));
    const stored = z.object({ pk: z.string(), sk: z.string() });
    return Items.map((item) => stored.parse(fromItem(item)))
      .filter(({ pk, sk }) => pk.startsWith('vehicle#') && sk.startsWith('visit#'))
      .map(({ sk }) => sk)
      .filter((sk) => sk.includes('#R-901'))
      .sort();
  };

  it.each(languages)(
    'a sale that is sent with the lines of the docs is handed over: $language',
    async (one) => {
      const args = [one.file, JSON.stringify([event(`7${one.language}`)]), '{}'];
      expect((await run(one.program, args, env)).code).toBe(0);
      await until('the handoff', async () => {
        const tasks = await (await fetch(`${local.desk}/tasks.json`)).text();
        return tasks.includes(`7${one.language}`) || undefined;
      });
    },
  );

  it('a nightly file of closed orders fills the history, and sent again it changes nothing', async () => {
    const file = resolve('docs/examples/closed-orders.csv');
    const send = () => run(process.execPath, ['closed-orders.mjs', file], env);
    expect(await send()).toEqual({
      code: 0,
      said: expect.stringMatching(/^(sent service-visit-completed .*\n){2}$/),
    });
    const found = await until('two visits', async () => {
      const known = await visits();
      return known.length >= 2 ? known : undefined;
    });
    expect(found).toEqual([
      'visit#2026-11-18#lakeshore-subaru#R-90117',
      'visit#2026-11-19#lakeshore-subaru#R-90118',
    ]);
    await send();
    await local.advance('PT1M');
    expect(await visits()).toEqual(found);
    expect(await (await fetch(`${local.desk}/dead-letters.json`)).json()).toEqual([]);
  });
});
