import { once } from 'node:events';
import { connect } from 'node:net';
import {
  DeleteMessageCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { clientOptions } from '../../local/aws.ts';
import { type Fixture, startFixture } from './support.ts';

let fixture: Fixture;

beforeAll(async () => {
  fixture = await startFixture();
});

afterAll(() => fixture.stop());

const headersOf = (target: string): Record<string, string> => ({
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-target': target,
  'x-amz-date': '20261120T000000Z',
  authorization:
    'AWS4-HMAC-SHA256 Credential=a/20261120/us-east-1/x/aws4_request, SignedHeaders=host, Signature=aa',
});

async function post(target: string, body: string): Promise<{ status: number; type: string }> {
  const answer = await fetch(fixture.run.awsUrl, { method: 'POST', headers: headersOf(target), body });
  const { __type = '' } = z.object({ __type: z.string().optional() }).parse(await answer.json());
  return { status: answer.status, type: __type.split('#').at(-1) ?? '' };
}

const dynamodb = (operation: string, body: string) => post(`DynamoDB_20120810.${operation}`, body);
const deep = (levels: number): string => `${'{"a":'.repeat(levels)}0${'}'.repeat(levels)}`;
const isAlive = async (): Promise<boolean> => (await fetch(`${fixture.run.awsUrl}/healthz`)).ok;

describe('what the DynamoDB door refuses', () => {
  it.each([
    ['null', 'Query', 'null', 'SerializationException'],
    ['a number', 'Query', '5', 'SerializationException'],
    ['a list', 'PutItem', '[]', 'SerializationException'],
    ['no JSON', 'PutItem', '{"a":', 'SerializationException'],
    ['nothing', 'PutItem', '', 'SerializationException'],
    ['a null map', 'GetItem', '{"TableName":"tab","Key":null}', 'ValidationException'],
    ['a null value', 'GetItem', '{"TableName":"tab","Key":{"pk":null}}', 'ValidationException'],
    ['a null value called N', 'GetItem', '{"TableName":"tab","Key":{"N":null}}', 'SerializationException'],
    ['a null request', 'BatchWriteItem', '{"RequestItems":{"tab":[null]}}', 'ValidationException'],
    ['null requests', 'BatchWriteItem', '{"RequestItems":{"tab":null}}', 'ValidationException'],
    ['a null key', 'BatchGetItem', '{"RequestItems":{"tab":{"Keys":[null]}}}', 'ValidationException'],
    ['a null in a list', 'PutItem', '{"TableName":"tab","Item":{"pk":{"L":[null]}}}', 'ValidationException'],
    [
      'values nested too deep',
      'PutItem',
      `{"TableName":"tab","Item":{"pk":${'{"L":['.repeat(40)}{"S":"x"}${']}'.repeat(40)}}}`,
      'ValidationException',
    ],
    ['JSON nested too deep', 'PutItem', deep(20_000), 'SerializationException'],
  ])('%s', async (_name, operation, body, type) => {
    expect(await dynamodb(operation, body)).toEqual({ status: 400, type });
    expect(await isAlive()).toBe(true);
  });

  it('null in place of a parameter means that it is left out', async () => {
    const table = fixture.run.desk.health().table;
    const body = { TableName: table, Key: { pk: { S: 'a', N: null } }, ProjectionExpression: null };
    expect(await dynamodb('GetItem', JSON.stringify(body))).toEqual({ status: 200, type: '' });
  });

  it('whatever JSON it is: the run goes on', async () => {
    const table = fixture.run.desk.health().table ?? '';
    const operations = ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query', 'Scan', 'BatchGetItem'];
    const names = ['Key', 'Item', 'pk', 'S', 'L', 'M', 'kind', 'Keys', 'Expected', ':v', '#n'];
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(null, true, 3, 'pk', 'S', '#n = :v', ''),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...names), tie('tree'), { maxKeys: 3 }),
      ),
    }));
    const parts = fc.constantFrom(
      ...['Key', 'Item', 'KeyConditionExpression', 'ExpressionAttributeValues', 'ExpressionAttributeNames'],
      ...['UpdateExpression', 'Expected', 'RequestItems', 'ExclusiveStartKey', 'Limit', 'IndexName'],
    );
    const bodies = fc.dictionary(parts, tree, { maxKeys: 4 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...operations), bodies, async (operation, body) => {
        const { status } = await dynamodb(operation, JSON.stringify({ TableName: table, ...body }));
        expect([200, 400]).toContain(status);
      }),
      { seed: 7, numRuns: 400 },
    );
    expect(await isAlive()).toBe(true);
  });
});

/** A client that announces more than it sends, and goes. */
async function cutOff(headers: Record<string, string>): Promise<void> {
  const { hostname, port } = new URL(fixture.run.awsUrl);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  const lines = Object.entries({ host: 'local', ...headers, 'content-length': '100000' });
  socket.write(
    `POST / HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n{"a":`,
  );
  socket.end();
  socket.resume();
  await once(socket, 'close');
}

it.each([
  ['DynamoDB', headersOf('DynamoDB_20120810.PutItem')],
  ['EventBridge', headersOf('AWSEvents.PutEvents')],
  ['STS', { 'content-type': 'application/x-www-form-urlencoded' }],
])('an upload to %s that is cut off leaves the run alive', async (_name, headers) => {
  await cutOff(headers);
  expect(await isAlive()).toBe(true);
});

describe('what the other doors refuse', () => {
  it.each([
    ['null', 'AWSEvents.PutEvents', 'null', 'ValidationException'],
    ['null entries', 'AWSEvents.PutEvents', '{"Entries":[null]}', 'ValidationException'],
    ['a null bus to describe', 'AWSEvents.DescribeEventBus', 'null', 'ResourceNotFoundException'],
    ['null to SQS', 'AmazonSQS.SendMessage', 'null', 'InvalidParameterValue'],
    ['JSON nested too deep', 'AWSEvents.PutEvents', deep(20_000), 'SerializationException'],
    [
      'a time that no calendar has',
      'AWSEvents.PutEvents',
      '{"Entries":[{"Source":"a","DetailType":"b","Detail":"{}","Time":1e300}]}',
      'ValidationException',
    ],
    [
      'a delay that never ends',
      'AmazonSQS.SendMessage',
      '{"QueueUrl":"q","MessageBody":"b","DelaySeconds":1e300}',
      'InvalidParameterValue',
    ],
  ])('%s', async (_name, target, body, type) => {
    expect(await post(target, body)).toEqual({ status: 400, type });
  });

  it('a detail nested 5,000 deep: that entry, not the batch', async () => {
    const entry = { EventBusName: 'fixture-bus', Source: 'test', DetailType: 'unheard' };
    const headers = headersOf('AWSEvents.PutEvents');
    const body = JSON.stringify({
      Entries: [
        { ...entry, Detail: '{}' },
        { ...entry, Detail: deep(5000) },
      ],
    });
    const answer = await fetch(fixture.run.awsUrl, { method: 'POST', headers, body });
    expect(await answer.json()).toMatchObject({
      FailedEntryCount: 1,
      Entries: [{ EventId: expect.any(String) }, { ErrorCode: 'MalformedDetail' }],
    });
  });

  it.each([
    [
      'of another region',
      'arn:aws:events:eu-west-1:000000000000:event-bus/fixture-bus',
      'AccessDeniedException',
    ],
    [
      'of another account',
      'arn:aws:events:us-east-1:111122223333:event-bus/fixture-bus',
      'AccessDeniedException',
    ],
    ['that is a rule', 'arn:aws:events:us-east-1:000000000000:rule/fixture-bus', 'ValidationException'],
    ['of another service', 'arn:aws:sqs:us-east-1:000000000000:fixture-bus', 'ValidationException'],
    ['with a blank', 'fixture bus', 'ValidationException'],
  ])('a bus %s', async (_name, EventBusName, type) => {
    const entry = { EventBusName, Source: 'test', DetailType: 'unheard', Detail: '{}' };
    expect(await post('AWSEvents.PutEvents', JSON.stringify({ Entries: [entry] }))).toEqual({
      status: 400,
      type,
    });
  });

  it('an empty message and a receipt handle that no queue gave', async () => {
    const sqs = new SQSClient({ ...clientOptions(fixture.run.awsUrl), maxAttempts: 1 });
    const { QueueUrls: [QueueUrl] = [] } = await sqs.send(new ListQueuesCommand({}));
    await expect(sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '' }))).rejects.toThrow(
      'The request must contain the parameter MessageBody.',
    );
    await expect(
      sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: 'garbage' })),
    ).rejects.toMatchObject({ name: 'ReceiptHandleIsInvalid' });
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'kept' }));
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    const ReceiptHandle = Messages[0]?.ReceiptHandle;
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    sqs.destroy();
  });
});

it('the desk refuses what it cannot read', async () => {
  const { deskUrl } = fixture.run;
  for (const [path, status] of [
    ['/events.json?limit=many', 400],
    ['/desk/mail/%zz', 404],
    ['//', 400],
  ] as const) {
    expect((await fetch(deskUrl + path)).status).toBe(status);
  }
  for (const path of ['/clock', '/faults', '/samples']) {
    expect((await fetch(deskUrl + path, { method: 'POST', body: 'null' })).status).toBe(400);
  }
});

describe('services that speak XML', () => {
  it('STS tells who asks', async () => {
    const sts = new STSClient(clientOptions(fixture.run.awsUrl));
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: '000000000000',
      Arn: 'arn:aws:iam::000000000000:user/local',
    });
    sts.destroy();
  });

  it('the others refuse in XML', async () => {
    const answer = await fetch(fixture.run.awsUrl, {
      method: 'POST',
      body: new URLSearchParams({ Action: 'Describe<Stacks>', Version: '2010-05-15' }),
    });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toBe('text/xml');
    expect(await answer.text()).toMatch(/<Code>InvalidAction<\/Code>.*Describe&lt;Stacks&gt;/);
  });
});
