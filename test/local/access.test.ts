import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { clientOptions } from '../../local/aws.ts';
import { asksOf } from '../../local/emulator/dynamodb/asks.ts';
import type { Ask, Context } from '../../local/emulator/iam/ask.ts';
import { compilePolicy, judge } from '../../local/emulator/iam/policy.ts';
import { type Fixture, startFixture } from './support.ts';

const compile = (...Statement: unknown[]) => compilePolicy({ Version: '2012-10-17', Statement }, 'P');
const allow = (Action: string | string[], Resource: string | string[], Condition = {}) => ({
  Effect: 'Allow',
  ...{ Action, Resource, Condition },
});

describe('a policy', () => {
  const table = 'arn:aws:dynamodb:us-east-1:000000000000:table/T';
  it.each<[string, object, Ask, string]>([
    [
      'its action',
      allow('dynamodb:GetItem', table),
      { action: 'dynamodb:GetItem', resource: table },
      'allowed',
    ],
    [
      'an action in another case',
      allow('DynamoDB:getitem', table),
      { action: 'dynamodb:GetItem', resource: table },
      'allowed',
    ],
    [
      'an action by its beginning',
      allow('dynamodb:Get*', '*'),
      { action: 'dynamodb:GetItem', resource: table },
      'allowed',
    ],
    [
      'another action',
      allow('dynamodb:GetItem', table),
      { action: 'dynamodb:PutItem', resource: table },
      'not allowed',
    ],
    [
      'another resource',
      allow('dynamodb:*', `${table}2`),
      { action: 'dynamodb:PutItem', resource: table },
      'not allowed',
    ],
    [
      'an index, with the table only',
      allow('dynamodb:*', table),
      { action: 'dynamodb:Query', resource: `${table}/index/due` },
      'not allowed',
    ],
    [
      '? for one character',
      allow('s3:GetObject', 'arn:aws:s3:::b?d/*'),
      { action: 's3:GetObject', resource: 'arn:aws:s3:::bad/k/l' },
      'allowed',
    ],
    [
      'a dot is a dot',
      allow('s3:GetObject', 'arn:aws:s3:::a.b'),
      { action: 's3:GetObject', resource: 'arn:aws:s3:::aXb' },
      'not allowed',
    ],
  ])('allows or not: %s', (_name, statement, ask, verdict) => {
    expect(judge(compile(statement), ask, {})).toBe(verdict);
  });

  it('that denies wins', () => {
    const statements = compile(allow('s3:*', '*'), { ...allow('s3:DeleteObject', '*'), Effect: 'Deny' });
    expect(judge(statements, { action: 's3:DeleteObject', resource: 'x' }, {})).toBe('denied');
    expect(judge(statements, { action: 's3:GetObject', resource: 'x' }, {})).toBe('allowed');
  });

  const key = 'dynamodb:LeadingKeys';
  it.each<[string, object, Context, boolean]>([
    ['equal', { StringEquals: { [key]: 'a' } }, { [key]: ['a'] }, true],
    ['one of several', { StringEquals: { [key]: ['a', 'b'] } }, { [key]: ['b'] }, true],
    ['not equal', { StringEquals: { [key]: 'a' } }, { [key]: ['b'] }, false],
    ['absent', { StringEquals: { [key]: 'a' } }, {}, false],
    ['absent, if it exists', { StringEqualsIfExists: { [key]: 'a' } }, {}, true],
    ['two values without a set operator', { StringEquals: { [key]: 'a' } }, { [key]: ['a', 'a'] }, false],
    ['like', { StringLike: { [key]: 'task#*' } }, { [key]: ['task#1'] }, true],
    ['a prefix only', { StringLike: { [key]: 'task#*' } }, { [key]: ['xtask#1'] }, false],
    [
      'all of them',
      { 'ForAllValues:StringLike': { [key]: ['a#*', 'b#*'] } },
      { [key]: ['a#1', 'b#2'] },
      true,
    ],
    ['all but one', { 'ForAllValues:StringLike': { [key]: ['a#*'] } }, { [key]: ['a#1', 'b#2'] }, false],
    ['all of none', { 'ForAllValues:StringLike': { [key]: ['a#*'] } }, {}, true],
    ['any of them', { 'ForAnyValue:StringEquals': { [key]: 'b' } }, { [key]: ['a', 'b'] }, true],
    ['any of none', { 'ForAnyValue:StringEquals': { [key]: 'b' } }, {}, false],
    ['none of them', { StringNotEquals: { [key]: ['a', 'b'] } }, { [key]: ['c'] }, true],
    ['one of those excluded', { StringNotEquals: { [key]: ['a', 'b'] } }, { [key]: ['b'] }, false],
    ['excluded, but absent', { StringNotLike: { [key]: 'a*' } }, {}, true],
    ['null', { Null: { [key]: 'true' } }, {}, true],
    ['not null', { Null: { [key]: 'false' } }, {}, false],
    [
      'both lines',
      { StringLike: { [key]: 'a*' }, StringNotEquals: { [key]: 'ab' } },
      { [key]: ['ab'] },
      false,
    ],
    ['the key in another case', { StringEquals: { 'DynamoDB:leadingkeys': 'a' } }, { [key]: ['a'] }, true],
  ])('holds its condition: %s', (_name, condition, context, holds) => {
    const ask = { action: 'dynamodb:GetItem', resource: table };
    expect(judge(compile(allow('dynamodb:GetItem', table, condition)), ask, context) === 'allowed').toBe(
      holds,
    );
  });

  it.each<[string, object, RegExp]>([
    [
      'an unknown operator',
      allow('s3:GetObject', '*', { NumericLessThan: { 's3:max-keys': 5 } }),
      /P: .*NumericLessThan/,
    ],
    [
      'an unknown set operator',
      allow('s3:GetObject', '*', { 'ForSome:StringLike': { 's3:prefix': 'a' } }),
      /ForSome/,
    ],
    [
      'an unknown key',
      allow('dynamodb:Query', '*', { StringEquals: { 'dynamodb:Select': 'COUNT' } }),
      /dynamodb:Select/,
    ],
    [
      'a policy variable',
      allow('s3:GetObject', ['arn:aws:s3:::b/', '{aws:username}/*'].join('$')),
      /policy variables/,
    ],
    ['NotAction', { Effect: 'Allow', NotAction: 's3:*', Resource: '*' }, /NotAction/],
    ['NotResource', { Effect: 'Allow', Action: 's3:*', NotResource: '*' }, /NotResource/],
  ])('is refused with %s', (_name, statement, message) => {
    expect(() => compile(statement)).toThrow(message);
  });

  it('about services that nobody asks here is left alone', () => {
    expect(compile(allow('kms:Decrypt', '*', { StringEquals: { 'kms:ViaService': 'x' } }))).toEqual([]);
  });

  it('of several statements: one taken away fails its own call and no other', () => {
    const grants: [object, Ask][] = [
      [allow('dynamodb:GetItem', table), { action: 'dynamodb:GetItem', resource: table }],
      [
        allow('dynamodb:Query', `${table}/index/due`),
        { action: 'dynamodb:Query', resource: `${table}/index/due` },
      ],
      [allow('s3:PutObject', 'arn:aws:s3:::b/*'), { action: 's3:PutObject', resource: 'arn:aws:s3:::b/k' }],
      [allow('events:PutEvents', 'arn:bus'), { action: 'events:PutEvents', resource: 'arn:bus' }],
      [allow('ses:SendEmail', ['arn:i', 'arn:c']), { action: 'ses:SendEmail', resource: 'arn:c' }],
    ];
    for (const taken of grants.keys()) {
      const left = compile(...grants.filter((_grant, at) => at !== taken).map(([statement]) => statement));
      const allowed = grants.map(([, ask]) => judge(left, ask, {}) === 'allowed');
      expect(allowed).toEqual(grants.map((_grant, at) => at !== taken));
    }
  });
});

describe('what a request to DynamoDB asks for', () => {
  const tables = [
    {
      TableName: 'T',
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' as const }],
      AttributeDefinitions: [],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'due',
          KeySchema: [{ AttributeName: 'bucket', KeyType: 'HASH' as const }],
          Projection: { ProjectionType: 'KEYS_ONLY' as const },
        },
      ],
    },
  ];
  const arn = 'arn:aws:dynamodb:us-east-1:000000000000:table/T';
  const pk = { pk: { S: 'a' } };
  it.each<[string, object, { resource: string; keys: string[] }[]]>([
    ['GetItem', { TableName: 'T', Key: pk }, [{ resource: arn, keys: ['a'] }]],
    ['PutItem', { TableName: 'T', Item: { ...pk, other: { S: 'b' } } }, [{ resource: arn, keys: ['a'] }]],
    ['Scan', { TableName: 'T' }, [{ resource: arn, keys: [] }]],
    [
      'Query',
      {
        TableName: 'T',
        KeyConditionExpression: '#p = :p AND begins_with(sk, :s)',
        ExpressionAttributeNames: { '#p': 'pk' },
        ExpressionAttributeValues: { ':p': { S: 'a' }, ':s': { S: 'b' } },
      },
      [{ resource: arn, keys: ['a'] }],
    ],
    [
      'Query',
      {
        ...{ TableName: 'T', IndexName: 'due' },
        KeyConditionExpression: 'at < :now AND :b = bucket',
        ExpressionAttributeValues: { ':b': { S: 'x' }, ':now': { S: 'y' } },
      },
      [{ resource: `${arn}/index/due`, keys: ['x'] }],
    ],
    [
      'BatchGetItem',
      { RequestItems: { T: { Keys: [pk, { pk: { N: '2' } }] } } },
      [{ resource: arn, keys: ['a', '2'] }],
    ],
    [
      'BatchWriteItem',
      { RequestItems: { T: [{ PutRequest: { Item: pk } }, { DeleteRequest: { Key: { pk: { S: 'b' } } } }] } },
      [{ resource: arn, keys: ['a', 'b'] }],
    ],
    ['ListTables', {}, [{ resource: '*', keys: [] }]],
  ])('%s', (operation, body, expected) => {
    const asked = asksOf(operation, body, tables);
    expect(
      asked.map(({ resource, context }) => ({ resource, keys: context?.['dynamodb:LeadingKeys'] ?? [] })),
    ).toEqual(expected);
    expect(new Set(asked.map(({ action }) => action))).toEqual(new Set([`dynamodb:${operation}`]));
  });
});

describe('a function with a narrow role', () => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await startFixture();
    const s3 = new S3Client(clientOptions(fixture.run.awsUrl));
    for (const Key of ['in/a', 'in/secret', 'out/a']) {
      await s3.send(new PutObjectCommand({ Bucket: 'fixture-drop', Key, Body: Key }));
    }
    s3.destroy();
  });
  afterAll(() => fixture.stop());

  const resultSchema = z.object({ status: z.number(), text: z.string() });
  async function call(request: object): Promise<z.infer<typeof resultSchema>> {
    const url = `${fixture.run.desk.health().outputs['HooksUrl']}/call`;
    const answer = await fetch(url, { method: 'POST', body: JSON.stringify(request) });
    return resultSchema.parse(await answer.json());
  }

  const dynamodb = (operation: string, body: object) => ({
    service: 'dynamodb',
    headers: {
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      'content-type': 'application/x-amz-json-1.0',
    },
    body: { TableName: fixture.run.desk.health().table, ...body },
  });
  const query = (operands: object) =>
    dynamodb('Query', {
      KeyConditionExpression: 'pk = :k',
      ExpressionAttributeValues: { ':k': { S: 'own#1' } },
      ...operands,
    });
  const byKind = (kind: string) =>
    query({
      IndexName: 'by-kind',
      KeyConditionExpression: 'kind = :k',
      ExpressionAttributeValues: { ':k': { S: kind } },
    });
  const json = (service: string, target: string, body: object) => ({
    ...{ service, body },
    headers: { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.1' },
  });
  const s3 = (method: string, path: string, body?: string) => ({ service: 's3', path, method, body });
  const event = (Source: string, EventBusName: string) =>
    json('events', 'AWSEvents.PutEvents', {
      Entries: [{ EventBusName, Source, DetailType: 'd', Detail: '{}' }],
    });
  const email = (FromEmailAddress: string, ConfigurationSetName = 'fixture-mail') => ({
    service: 'ses',
    path: '/v2/email/outbound-emails',
    headers: { 'content-type': 'application/json' },
    body: {
      ...{ FromEmailAddress, ConfigurationSetName, Destination: { ToAddresses: ['maria@example.com'] } },
      Content: { Simple: { Subject: { Data: 's' }, Body: { Text: { Data: 't' } } } },
    },
  });
  const secret = (SecretId: string) => json('secretsmanager', 'secretsmanager.GetSecretValue', { SecretId });

  it.each<[string, () => object, number]>([
    ['an item of its own', () => dynamodb('PutItem', { Item: { pk: { S: 'own#1' } } }), 200],
    ['a read of its own', () => dynamodb('GetItem', { Key: { pk: { S: 'own#1' } } }), 200],
    ['a query of its own', () => query({}), 200],
    ['a query of its own kind', () => byKind('mine'), 200],
    ['an object it may read', () => s3('GET', '/fixture-drop/in/a'), 200],
    ['an object it may write', () => s3('PUT', '/fixture-drop/in/b', 'b'), 200],
    ['its secret', () => secret('plain'), 200],
    ['an event of its source', () => event('fixture', 'fixture-bus'), 200],
    ['an email from its address', () => email('Care <care@demo.example>'), 200],
  ])('makes the call it is allowed: %s', async (_name, request, status) => {
    expect(await call(request())).toMatchObject({ status });
  });

  it.each<[string, () => object, number, string]>([
    ['another key', () => dynamodb('PutItem', { Item: { pk: { S: 'other#1' } } }), 400, 'dynamodb:PutItem'],
    [
      'a batch with another key',
      () =>
        dynamodb('BatchWriteItem', {
          TableName: undefined,
          RequestItems: {
            [fixture.run.desk.health().table ?? '']: [
              { PutRequest: { Item: { pk: { S: 'own#2' } } } },
              { PutRequest: { Item: { pk: { S: 'other#1' } } } },
            ],
          },
        }),
      400,
      'dynamodb:BatchWriteItem',
    ],
    [
      'another action',
      () => dynamodb('DeleteItem', { Key: { pk: { S: 'own#1' } } }),
      400,
      'dynamodb:DeleteItem',
    ],
    ['a query of another kind', () => byKind('theirs'), 400, '/index/by-kind'],
    ['an object elsewhere', () => s3('GET', '/fixture-drop/out/a'), 403, 's3:GetObject'],
    ['an object that is denied', () => s3('GET', '/fixture-drop/in/secret'), 403, 'explicit deny'],
    ['deleting', () => s3('DELETE', '/fixture-drop/in/a'), 403, 's3:DeleteObject'],
    [
      'an object that is not there, without the list',
      () => s3('GET', '/fixture-drop/in/none'),
      403,
      'AccessDenied',
    ],
    ['a listing', () => s3('GET', '/fixture-drop?list-type=2'), 403, 's3:ListBucket'],
    ['another secret', () => secret('fixture/webhook'), 400, 'secretsmanager:GetSecretValue'],
    ['another source', () => event('other', 'fixture-bus'), 400, 'events:PutEvents'],
    ['another bus', () => event('fixture', 'default'), 400, 'event-bus/default'],
    ['another sender', () => email('other@demo.example'), 403, 'ses:SendEmail'],
    ['another configuration set', () => email('care@demo.example', 'other'), 403, 'configuration-set/other'],
    ['a queue', () => json('sqs', 'AmazonSQS.ListQueues', {}), 403, 'sqs:ListQueues'],
  ])('is denied: %s', async (_name, request, status, named) => {
    const answer = await call(request());
    expect(answer.status).toBe(status);
    expect(answer.text).toContain('AccessDenied');
    expect(answer.text).toContain(named);
  });

  it('is named by its role and its own name', async () => {
    const { text } = await call(event('other', 'fixture-bus'));
    expect(text).toMatch(
      /User: arn:aws:sts::000000000000:assumed-role\/Fixture-CallerServiceRole\w+\/fixture-caller is not authorized to perform: events:PutEvents on resource: arn:aws:events:us-east-1:000000000000:event-bus\/fixture-bus because no identity-based policy allows/,
    );
  });
});
