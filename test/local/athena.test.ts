import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import {
  AthenaClient,
  BatchGetQueryExecutionCommand,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  type QueryExecution,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientOptions } from '../../local/aws.ts';
import { type Fixture, startFixture } from './support.ts';

const Bucket = 'fixture-facts';
let fixture: Fixture;
let athena: AthenaClient;
let s3: S3Client;

beforeAll(async () => {
  fixture = await startFixture();
  athena = new AthenaClient({ ...clientOptions(fixture.run.awsUrl), maxAttempts: 1 });
  s3 = new S3Client({ ...clientOptions(fixture.run.awsUrl), forcePathStyle: true });
  const put = (Key: string, Body: string | Buffer) => s3.send(new PutObjectCommand({ Bucket, Key, Body }));
  await put(
    'visits/month=2026-10/a.jsonl.gz',
    gzipSync(
      '{"storeId":"north","minutes":5,"people":["S1","S2"],"more":1}\n{"storeId":"south","ok":true}\n',
    ),
  );
  await put('visits/b.jsonl', '{"storeId":"a \\"quoted\\" one","minutes":7}\n');
  await put('large/a.jsonl', '{}\n'.repeat(3_400_000));
});
afterAll(async () => {
  athena.destroy();
  s3.destroy();
  await fixture.stop();
});

const start = async (QueryString: string, change: object = {}, client = athena) => {
  const request = {
    ...{ QueryString, WorkGroup: 'fixture', QueryExecutionContext: { Database: 'fixture' } },
    ...change,
  };
  return (await client.send(new StartQueryExecutionCommand(request))).QueryExecutionId ?? '';
};

async function ended(QueryExecutionId: string, client = athena): Promise<QueryExecution> {
  for (;;) {
    const { QueryExecution } = await client.send(new GetQueryExecutionCommand({ QueryExecutionId }));
    if (QueryExecution && QueryExecution.Status?.State !== 'RUNNING') return QueryExecution;
  }
}

const ask = async (sql: string) => {
  const query = await ended(await start(sql));
  return { id: query.QueryExecutionId ?? '', ...query.Status };
};

describe('a question', () => {
  it('is answered in a file of the bucket, over all files of the folder, whatever the case of their fields', async () => {
    const { id, State } = await ask('SELECT storeId, minutes, ok, people FROM visits ORDER BY storeId');
    expect(State).toBe('SUCCEEDED');
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: `results/${id}.csv` }));
    expect(await Body?.transformToString()).toBe(
      '"storeid","minutes","ok","people"\n"a ""quoted"" one","7",,\n"north","5",,"[S1, S2]"\n"south",,"true",\n',
    );
  });

  it('is answered page by page, too', async () => {
    const { id: QueryExecutionId } = await ask('SELECT storeId, minutes FROM visits ORDER BY storeId');
    const page = (NextToken?: string) =>
      athena.send(new GetQueryResultsCommand({ QueryExecutionId, MaxResults: 2, NextToken }));
    const first = await page();
    const second = await page(first.NextToken);
    const rows = [first, second].flatMap(({ ResultSet }) => ResultSet?.Rows ?? []);
    expect(rows.map(({ Data = [] }) => Data.map(({ VarCharValue }) => VarCharValue))).toEqual([
      ['storeid', 'minutes'],
      ['a "quoted" one', '7'],
      ['north', '5'],
      ['south', undefined],
    ]);
    expect(second.NextToken).toBeUndefined();
  });

  it('of a folder without any file finds nothing', async () => {
    expect((await ask('SELECT count(minutes) AS n FROM none HAVING count(minutes) > 0')).State).toBe(
      'SUCCEEDED',
    );
  });

  it('with the same token is the same, and no other one has it', async () => {
    const ClientRequestToken = randomUUID();
    const id = await start('SELECT 1 AS n', { ClientRequestToken });
    expect(await start('SELECT 1 AS n', { ClientRequestToken })).toBe(id);
    await expect(start('SELECT 2 AS n', { ClientRequestToken })).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: 'Idempotent parameters do not match',
    });
  });

  it('stands with others in one answer, and an unknown one beside them', async () => {
    const { id } = await ask('SELECT 1 AS n');
    const { QueryExecutions, UnprocessedQueryExecutionIds } = await athena.send(
      new BatchGetQueryExecutionCommand({ QueryExecutionIds: [id, 'unknown'] }),
    );
    expect(QueryExecutions?.map(({ QueryExecutionId }) => QueryExecutionId)).toEqual([id]);
    expect(UnprocessedQueryExecutionIds?.map(({ QueryExecutionId }) => QueryExecutionId)).toEqual([
      'unknown',
    ]);
  });
});

describe('what Athena refuses', () => {
  it.each([
    [
      'a work group that is not there',
      'SELECT 1 AS n',
      { WorkGroup: 'other' },
      /WorkGroup other is not found/,
    ],
    ['a token that is too short', 'SELECT 1 AS n', { ClientRequestToken: 'short' }, /32/],
    ['another statement than a question', 'DROP TABLE visits', {}, /SELECT only/],
    ['words of DuckDB alone', 'SELECT * EXCLUDE (ok) FROM visits', {}, /not supported/],
    ['a question of more than 256 kilobytes', `SELECT '${'x'.repeat(262_144)}' AS n`, {}, /262144/],
  ])('%s', async (_title, sql, change, message) => {
    await expect(start(sql, change)).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: expect.stringMatching(message),
    });
  });

  it('a column that no table has fails the question, whose answer can then not be read', async () => {
    const { id: QueryExecutionId, State, StateChangeReason } = await ask('SELECT mileage FROM visits');
    expect([State, StateChangeReason]).toEqual(['FAILED', expect.stringContaining('mileage')]);
    await expect(athena.send(new GetQueryResultsCommand({ QueryExecutionId }))).rejects.toThrow(
      'Final query state: FAILED',
    );
  });

  it('a question that reads more than the work group allows is cancelled', async () => {
    expect(await ask('SELECT count(*) AS n FROM large')).toMatchObject({
      State: 'CANCELLED',
      StateChangeReason: expect.stringContaining('Bytes scanned limit'),
    });
  });

  it('a function asks with its own role: the work group is not enough without the table', async () => {
    const credentials = { accessKeyId: 'local.fixture-caller', secretAccessKey: 'local' };
    const client = new AthenaClient({ ...clientOptions(fixture.run.awsUrl), credentials, maxAttempts: 1 });
    const { Status } = await ended(await start('SELECT minutes FROM visits', {}, client), client);
    expect(Status).toMatchObject({
      State: 'FAILED',
      StateChangeReason: expect.stringMatching(
        /fixture-caller is not authorized to perform: glue:GetDatabase/,
      ),
    });
    await expect(
      client.send(
        new BatchGetQueryExecutionCommand({ QueryExecutionIds: [(await ask('SELECT 1 AS n')).id] }),
      ),
    ).rejects.toMatchObject({ name: 'AccessDeniedException' });
    client.destroy();
  });
});
