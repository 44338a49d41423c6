import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { clientOptions } from '../../local/emulator/aws.ts';
import { type Fixture, startAt, startFixture } from './support.ts';

let fixture: Fixture;

beforeAll(async () => {
  fixture = await startFixture();
});

afterAll(() => fixture.stop());

const advance = (duration: string) => fixture.post('/clock', { advance: duration });
/** Answers when everything that is due now has been done. */
const settle = () => advance('PT0S');

const entry = (change: object) => ({
  EventBusName: 'fixture-bus',
  Source: 'test',
  DetailType: 'recorded',
  Detail: '{}',
  ...change,
});

describe('PutEvents', () => {
  it('answers each entry as AWS does', async () => {
    const { FailedEntryCount, Entries } = await fixture.events.send(
      new PutEventsCommand({
        Entries: [
          entry({}),
          entry({ Source: undefined }),
          entry({ DetailType: '' }),
          entry({ Detail: undefined }),
          entry({ Detail: 'not json' }),
          entry({ Detail: '[]' }),
          entry({ Source: 'aws.ses' }),
          entry({ EventBusName: 'no-such-bus' }),
        ],
      }),
    );
    expect(FailedEntryCount).toBe(6);
    expect(Entries?.map((each) => each.ErrorCode ?? 'accepted')).toEqual([
      'accepted',
      'InvalidArgument',
      'InvalidArgument',
      'InvalidArgument',
      'MalformedDetail',
      'MalformedDetail',
      'NotAuthorizedForSourceException',
      'accepted',
    ]);
    expect(fixture.said.at(-1)).toContain('no-such-bus');
  });

  it('refuses more than ten entries, and more than a megabyte', async () => {
    const many = Array.from({ length: 11 }, () => entry({}));
    await expect(fixture.events.send(new PutEventsCommand({ Entries: many }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
    const large = JSON.stringify({ text: 'x'.repeat(600_000) });
    const Entries = [entry({ Detail: large }), entry({ Detail: large })];
    await expect(fixture.events.send(new PutEventsCommand({ Entries }))).rejects.toThrow(/over the limit/);
  });

  it('honours the time of an entry, and takes a bus by its ARN', async () => {
    const EventBusName = 'arn:aws:events:us-east-1:000000000000:event-bus/fixture-bus';
    const Time = new Date('2026-11-01T10:20:30Z');
    const { Entries } = await fixture.events.send(
      new PutEventsCommand({ Entries: [entry({ EventBusName, Time })] }),
    );
    const logged = fixture.run.desk.events.find(Entries?.[0]?.EventId ?? '');
    expect(logged?.event.time).toBe('2026-11-01T10:20:30Z');
  });
});

describe('a function behind a rule', () => {
  it('gets the event, the context and the time of the clock', async () => {
    const id = await fixture.put('recorded', { name: "O'Brien <b>" });
    await settle();
    const [row] = (await fixture.rows('recorded')).filter(({ pk }) => pk === id);
    expect(row?.value).toMatchObject({
      event: { id, 'detail-type': 'recorded', source: 'test', detail: { name: "O'Brien <b>" }, version: '0' },
      at: expect.stringMatching(/^2026-11-20T15:0/),
      context: { functionVersion: '$LATEST', memoryLimitInMB: '128' },
    });
  });

  it('gets every field of a detail, whatever its name', async () => {
    const Detail = '{"__proto__":{"admin":true},"constructor":1}';
    const { Entries } = await fixture.events.send(new PutEventsCommand({ Entries: [entry({ Detail })] }));
    await settle();
    const row = (await fixture.rows('recorded')).find(({ pk }) => pk === Entries?.[0]?.EventId);
    expect(JSON.stringify(row?.value['event'])).toContain(`"detail":${Detail}`);
  });

  it('is tried three times in three minutes, then the event lies in the queue', async () => {
    const id = await fixture.put('failed', { until: '2030-01-01' });
    await advance('PT10M');
    const tries = (await fixture.rows('try')).filter(({ value }) => value['id'] === id);
    const times = tries.map(({ pk }) => Date.parse(pk.replace('try ', '')));
    // The clock goes on while a busy machine works: the minutes count, not the seconds.
    const minutes = times.slice(1).map((at, index) => Math.round((at - (times[index] ?? 0)) / 60_000));
    expect(minutes).toEqual([1, 2]);
    expect(await fixture.get('/dead-letters.json')).toContainEqual({
      id,
      queue: expect.stringContaining('FunctionFailures'),
      at: expect.stringMatching(/^2026-11-20T15:/),
      reason: 'not yet (RetriesExhausted after 3 tries)',
      event: expect.objectContaining({ id }),
    });
  });

  it('succeeds at a later try', async () => {
    const id = await fixture.put('failed', {
      until: new Date(fixture.run.desk.now() + 90_000).toISOString(),
    });
    await advance('PT5M');
    expect(fixture.run.desk.events.find(id)?.deliveries).toMatchObject([{ state: 'done', attempts: 3 }]);
  });

  it('is stopped at its timeout', async () => {
    const id = await fixture.put('slow', { ms: 5000 });
    await settle();
    const [delivery] = fixture.run.desk.events.find(id)?.deliveries ?? [];
    expect(delivery).toMatchObject({ state: 'retrying', note: 'Task timed out after 1.00 seconds' });
  });

  it('is given an event by whoever may invoke it, and is tried as often as with any other', async () => {
    const id = await fixture.put('failed', { until: '2030-01-01' });
    await settle();
    const [{ destination = '' } = {}] = fixture.run.desk.events.find(id)?.deliveries ?? [];
    const again = { id: 'again', detail: { until: '2030-01-01' } };
    const lambda = new LambdaClient(clientOptions(fixture.run.awsUrl));
    const invoke = (FunctionName: string) =>
      lambda.send(
        new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload: JSON.stringify(again) }),
      );
    expect(await invoke(destination)).toMatchObject({ StatusCode: 202 });
    await advance('PT10M');
    expect((await fixture.rows('try')).filter(({ value }) => value['id'] === 'again')).toHaveLength(3);
    await expect(invoke('nobody')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('is left to the target queue when EventBridge cannot reach it', async () => {
    await fixture.post('/faults', { targets: 'unavailable', count: 3 });
    const id = await fixture.put('recorded', {});
    await advance('PT1M');
    const message = fixture.run.desk.events.find(id)?.deliveries;
    expect(message).toMatchObject([{ state: 'dead', attempts: 3 }]);
    expect(await fixture.get('/dead-letters.json')).toContainEqual(
      expect.objectContaining({
        id,
        queue: expect.stringContaining('TargetFailures'),
        reason: expect.stringContaining('unavailable'),
        event: expect.objectContaining({ id }),
      }),
    );
  });
});

describe('a function behind a queue', () => {
  it('gets again only what it did not finish, after the visibility timeout', async () => {
    const good = await fixture.put('inspect-good', {});
    const bad = await fixture.put('inspect-bad', {});
    await settle();
    const bodies = async () =>
      (await fixture.rows('inspected')).map(({ value }) => JSON.parse(String(value['body'])).id);
    expect(await bodies()).toEqual([good]);
    await advance('PT3M');
    expect(new Set(await bodies())).toEqual(new Set([good, bad]));
    const rows = await fixture.rows('inspected');
    const late = rows.find(({ value }) => String(value['body']).includes(bad));
    expect(late?.value['attributes']).toMatchObject({ ApproximateReceiveCount: '3' });
  });
});

describe('the clock', () => {
  it('plays every tick on the way, in order, at its time', async () => {
    const from = fixture.run.desk.now();
    const before = (await fixture.rows('tick')).length;
    const { now } = z.object({ now: z.string() }).parse(await advance('PT2H'));
    expect(Date.parse(now) - from).toBeGreaterThanOrEqual(7_200_000);
    const ticks = (await fixture.rows('tick')).slice(before);
    expect(ticks).toHaveLength(24);
    for (const [at, { pk, value }] of ticks.entries()) {
      const planned = Date.parse(pk.replace('tick ', ''));
      expect(Math.abs(Date.parse(String(value['at'])) - planned)).toBeLessThan(2000);
      expect(value['ticks']).toBe(before + at + 1);
    }
    expect(await fixture.get('/clock')).toEqual({ now: expect.stringMatching(/^2026-11-20T17:/) });
  });

  it('takes durations only, and goes forward only', async () => {
    expect(await advance('two days')).toMatchObject({ message: expect.stringContaining('ISO 8601') });
    expect(await advance('-PT1H')).toMatchObject({ message: expect.stringContaining('forward') });
    expect(fixture.run.desk.now()).toBeGreaterThan(Date.parse(startAt));
  });
});

const answerSchema = z.object({
  event: z.record(z.string(), z.unknown()),
  env: z.record(z.string(), z.string()),
});

describe('the HTTP API', () => {
  it('gets a form encoded as API Gateway encodes it', async () => {
    const body = new URLSearchParams({ choice: 'accept', note: 'Nguyễn & <b>' });
    const response = await fetch(`${fixture.run.deskUrl}/t/a%20b/s?x=1&x=2`, {
      method: 'POST',
      body,
      headers: { cookie: 'a=1; b=2' },
    });
    const { event, env } = answerSchema.parse(await response.json());
    expect(Buffer.from(String(event['body']), 'base64').toString()).toBe(body.toString());
    expect(event).toMatchObject({
      ...{
        version: '2.0',
        routeKey: 'POST /t/{taskId}/{secret}',
        rawPath: '/t/a%20b/s',
        isBase64Encoded: true,
      },
      ...{ rawQueryString: 'x=1&x=2', queryStringParameters: { x: '1,2' }, cookies: ['a=1', 'b=2'] },
      pathParameters: { taskId: 'a b', secret: 's' },
      requestContext: { http: { method: 'POST', path: '/t/a%20b/s' }, stage: '$default' },
    });
    expect(env).toMatchObject({ LINKS: fixture.run.deskUrl, AWS_ENDPOINT_URL_DYNAMODB: fixture.run.awsUrl });
  });

  it('leaves JSON as it is, and knows no other path or method', async () => {
    const url = `${fixture.run.deskUrl}/t/a/s`;
    const response = await fetch(url, {
      method: 'POST',
      body: '{"a":1}',
      headers: { 'content-type': 'application/json' },
    });
    expect(answerSchema.parse(await response.json()).event).toMatchObject({
      body: '{"a":1}',
      isBase64Encoded: false,
    });
    for (const [path, method] of [
      ['/t/a', 'GET'],
      ['/t/a/s', 'HEAD'],
      ['/t/a/s', 'DELETE'],
    ]) {
      const other = await fetch(`${fixture.run.deskUrl}${path}`, { method: method ?? 'GET' });
      expect(other.status).toBe(404);
    }
  });
});

describe('a second HTTP API', () => {
  const hooks = () => String(fixture.run.desk.health().outputs['HooksUrl']);

  it('answers under its own path, and its function sees the path that it has on AWS', async () => {
    const response = await fetch(`${hooks()}/hooks/cdk?x=1`, { method: 'POST', body: '{}' });
    expect(hooks()).toBe(`${fixture.run.deskUrl}/apis/Hooks`);
    expect(answerSchema.parse(await response.json()).event).toMatchObject({
      rawPath: '/hooks/cdk',
      rawQueryString: 'x=1',
      routeKey: 'POST /hooks/{source}',
      pathParameters: { source: 'cdk' },
      requestContext: { http: { path: '/hooks/cdk' } },
    });
    expect((await fetch(`${hooks()}/nowhere`)).status).toBe(404);
    expect((await fetch(`${fixture.run.deskUrl}/hooks/cdk`, { method: 'POST' })).status).toBe(404);
  });

  it('throttles each of its routes, and no other API', async () => {
    await advance('PT10M');
    const statusesOf = (url: string) =>
      Promise.all(
        Array.from({ length: 10 }, async () => (await fetch(url, { method: 'POST', body: '{}' })).status),
      );
    const limited = await statusesOf(`${hooks()}/hooks/cdk`);
    expect(limited.toSorted()).toEqual([200, 200, 200, 429, 429, 429, 429, 429, 429, 429]);
    expect(new Set(await statusesOf(`${hooks()}/open`))).toEqual(new Set([200]));
    expect(new Set(await statusesOf(`${fixture.run.deskUrl}/t/a/s`))).toEqual(new Set([200]));
  });
});
