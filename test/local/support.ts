import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { clientOptions } from '../../local/emulator/aws.ts';
import { type LocalRun, startLocal } from '../../local/run.ts';

export const fixtureApp = join(import.meta.dirname, 'fixture', 'app.ts');
export const startAt = '2026-11-20T15:00:00.000Z';

const rowSchema = z.object({ pk: z.string(), kind: z.string(), value: z.string() });

export type Row = { pk: string; kind: string; value: Record<string, unknown> };

/** What the functions of the fixture have written. */
export async function rows(awsUrl: string, tableName: string): Promise<Row[]> {
  const client = new DynamoDBClient(clientOptions(awsUrl));
  const { Items = [] } = await client.send(new ScanCommand({ TableName: tableName }));
  client.destroy();
  return Items.map((item) => {
    const { pk, kind, value } = rowSchema.parse(unmarshall(item));
    return { pk, kind, value: z.record(z.string(), z.unknown()).parse(JSON.parse(value)) };
  }).sort((a, b) => (a.pk < b.pk ? -1 : 1));
}

export interface Fixture {
  /** The data directory of the run. */
  data: string;
  run: LocalRun;
  said: string[];
  events: EventBridgeClient;
  ses: SESv2Client;
  put(detailType: string, detail: object): Promise<string>;
  get(path: string): Promise<unknown>;
  post(path: string, body: object): Promise<unknown>;
  rows(kind: string): Promise<Row[]>;
  stop(): Promise<void>;
}

/** Plays the fixture in this process, on a clock that starts at a known instant. */
export async function startFixture(apisAt: ReadonlyMap<string, string> = new Map()): Promise<Fixture> {
  const data = mkdtempSync(join(tmpdir(), 'local-'));
  const said: string[] = [];
  const run = await startLocal(
    {
      ...{ app: fixtureApp, group: undefined, port: 0, awsPort: 0, data, fresh: false, firstStart: false },
      now: Date.parse(startAt),
      apisAt,
    },
    (line) => said.push(line),
  );
  const events = new EventBridgeClient(clientOptions(run.awsUrl));
  const ses = new SESv2Client({ ...clientOptions(run.awsUrl), maxAttempts: 1 });
  const table = run.desk.health().table ?? '';
  return {
    ...{ data, run, said, events, ses },
    put: async (DetailType, detail) => {
      const entry = {
        EventBusName: 'fixture-bus',
        Source: 'test',
        DetailType,
        Detail: JSON.stringify(detail),
      };
      const answer = await events.send(new PutEventsCommand({ Entries: [entry] }));
      return answer.Entries?.[0]?.EventId ?? '';
    },
    get: async (path) => (await fetch(run.deskUrl + path)).json(),
    post: async (path, body) =>
      (await fetch(run.deskUrl + path, { method: 'POST', body: JSON.stringify(body) })).json(),
    rows: async (kind) => (await rows(run.awsUrl, table)).filter((row) => row.kind === kind),
    stop: async () => {
      events.destroy();
      ses.destroy();
      await run.stop();
      rmSync(data, { recursive: true });
    },
  };
}
