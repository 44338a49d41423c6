import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { afterAll, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { clientOptions } from '../../local/emulator/aws.ts';
import { closed, listen } from '../../local/emulator/http/listen.ts';
import { fixtureApp, rows, startAt } from './support.ts';

const data = mkdtempSync(join(tmpdir(), 'local-'));
let child: ChildProcess | undefined;
/** Real processes start here, beside whatever else the machine does. */
const LONG_ENOUGH = { timeout: 120_000, interval: 100 };

afterAll(() => {
  child?.kill('SIGKILL');
  rmSync(data, { recursive: true });
});

const healthSchema = z.object({ table: z.string(), now: z.string() });

const json = async (url: string, body?: object): Promise<unknown> =>
  (await fetch(url, body ? { method: 'POST', body: JSON.stringify(body) } : {})).json();

interface Started {
  desk: string;
  aws: string;
  table: string;
  exited: Promise<number | null>;
}

async function start(): Promise<Started> {
  const args = ['bin/local.ts', '--app', fixtureApp, '--data', data, '--empty', '--now', startAt];
  const started = spawn(process.execPath, [...args, '--port', '0', '--aws-port', '0']);
  child = started;
  const exited = new Promise<number | null>((done) => started.once('exit', done));
  const [, desk = '', aws = ''] = await printed(started, /^ready: desk (\S+), aws (\S+)$/m);
  const { table } = healthSchema.parse(await json(`${desk}/healthz`));
  return { desk, aws, table, exited };
}

/** Waits until a process has printed what is looked for, in however many pieces it arrives. */
function printed(from: ChildProcess, wanted: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    let output = '';
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const found = wanted.exec(output);
      if (found) resolve(found);
    };
    from.stdout?.on('data', read);
    from.stderr?.on('data', read);
    from.once('close', (code) => reject(new Error(`The process ended with ${code}: ${output}`)));
  });
}

/** What a process printed from its start to its end. */
async function everythingPrinted(from: ChildProcess): Promise<string> {
  let output = '';
  from.stdout?.on('data', (chunk) => {
    output += String(chunk);
  });
  from.stderr?.on('data', (chunk) => {
    output += String(chunk);
  });
  await new Promise((resolve) => from.once('close', resolve));
  return output;
}

it('a killed run goes on where it was', async () => {
  const first = await start();
  const entry = (DetailType: string, detail: object) => ({
    ...{ EventBusName: 'fixture-bus', Source: 'test', DetailType, Detail: JSON.stringify(detail) },
  });
  await json(`${first.desk}/clock`, { advance: 'PT3H' });
  const ses = new SESv2Client(clientOptions(first.aws));
  await ses.send(
    new SendEmailCommand({
      FromEmailAddress: 'hello@demo.example',
      Destination: { ToAddresses: ['maria@example.com'] },
      Content: { Simple: { Subject: { Data: 's' }, Body: { Text: { Data: 't' } } } },
    }),
  );
  const { Entries } = await new EventBridgeClient(clientOptions(first.aws)).send(
    new PutEventsCommand({
      Entries: [entry('recorded', {}), entry('slow', { ms: 900 }), entry('failed', { until: '2030-01-01' })],
    }),
  );
  // Killed as soon as the events are taken: nothing has been delivered yet, or is half done.
  child?.kill('SIGKILL');
  await first.exited;

  const second = await start();
  expect(healthSchema.parse(await json(`${second.desk}/healthz`)).now > '2026-11-20T18:00').toBe(true);
  expect(await json(`${second.desk}/inbox.json`)).toMatchObject([{ to: 'maria@example.com' }]);
  await json(`${second.desk}/clock`, { advance: 'PT10M' });
  await vi.waitFor(async () => {
    const kept = await rows(second.aws, second.table);
    expect(kept.map(({ pk }) => pk)).toEqual(
      expect.arrayContaining([Entries?.[0]?.EventId, Entries?.[1]?.EventId]),
    );
  }, LONG_ENOUGH);
  await vi.waitFor(async () => {
    const letters = await json(`${second.desk}/dead-letters.json`);
    expect(letters).toMatchObject([{ event: { id: Entries?.[2]?.EventId } }]);
  }, LONG_ENOUGH);

  const third = spawn(process.execPath, [
    'bin/local.ts',
    '--data',
    data,
    '--fresh',
    '--port',
    '0',
    '--aws-port',
    '0',
  ]);
  expect(await everythingPrinted(third)).toContain('another local run uses');

  child?.kill('SIGINT');
  expect(await second.exited).toBe(0);
});

it('says in one line that a port is taken', async () => {
  const other = createServer();
  const port = await listen(other, 0);
  const refused = spawn(process.execPath, ['bin/local.ts', '--port', '0', '--aws-port', String(port)]);
  expect(await everythingPrinted(refused)).toBe(
    `port ${port} is taken: stop what uses it, or choose another with --aws-port\n`,
  );
  await closed(other);
});
