import { createHmac, randomUUID } from 'node:crypto';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fromItem } from '../../functions/adapters/dynamodb.ts';
import { fileFeed } from '../../functions/feeds/file-feed.ts';
import { readPost } from '../../functions/lambdas/receive-webhook/read-post.ts';
import { receiveWebhook } from '../../functions/lambdas/receive-webhook/receive-webhook.ts';
import { postServices } from '../../functions/runtime/post-services.ts';
import { readSourceFile } from '../../lib/sources.ts';
import { command } from '../support/command.ts';
import { openDynamoDBServer } from '../support/dynamodb-server.ts';
import { standIn } from '../support/stand-in.ts';
import type { TestDynamoDB } from '../support/test-dynamodb.ts';

const START = '2026-11-26T18:00:00.000Z';
const ISSUER = 'https://identity.fortellis.io/oauth2/aus1p1ixy7YL8cMq02p7';
/** Shopmonkey writes its keys in Base64. */
const IN_BASE64 = Buffer.from('the key').toString('base64');
const names = ['tekmetric', 'shopmonkey', 'shop-ware', 'fortellis-relay', 'quotes-json', 'dealervault-sv'];
const feeds = names.map((source) =>
  fileFeed(
    { name: source, source, store: 'lakeshore-honda', codes: {}, posted: true },
    readSourceFile(`sources/${source}.json`),
  ),
);

const issuer = await generateKeyPair('RS256');
const stranger = await generateKeyPair('RS256');

/** AWS and the issuer as the function sees them, with every call that it makes. */
class Outside {
  now = START;
  readonly objects = new Map<string, string>();
  readonly secrets = new Map<string, object>();
  readonly calls: string[] = [];
  issuerAnswers = 200;
  readonly #dynamodb: TestDynamoDB;
  readonly #table: string;

  constructor(dynamodb: TestDynamoDB, table: string) {
    this.#dynamodb = dynamodb;
    this.#table = table;
    for (const name of names) this.secrets.set(name, { current: 'the key' });
    this.secrets.set('shopmonkey', { current: IN_BASE64 });
  }

  target() {
    const { client, endpoint } = this.#dynamodb;
    return { dynamodb: client, tableName: this.#table, endpoint };
  }

  services() {
    const environment = {
      TABLE_NAME: this.#table,
      DROP_BUCKET: 'drop',
      FEED_SECRETS: JSON.stringify(Object.fromEntries(names.map((name) => [name, name]))),
    };
    return postServices(environment, {
      clock: { now: () => this.now },
      dynamodb: {
        send: standIn<TestDynamoDB['client']>((command) => {
          this.calls.push(command.constructor.name);
          return Reflect.apply(this.#dynamodb.client.send, this.#dynamodb.client, [command]);
        }).send,
      },
      s3: standIn<S3Client>(async (command) => this.#put(command)),
      secrets: standIn<SecretsManagerClient>(async (command) => {
        this.calls.push(command.constructor.name);
        if (!(command instanceof GetSecretValueCommand)) throw new Error('expected GetSecretValue');
        return { SecretString: JSON.stringify(this.secrets.get(command.input.SecretId ?? '')) };
      }),
      fetch: async () => {
        this.calls.push('fetch');
        const key = { ...(await exportJWK(issuer.publicKey)), kid: 'one', alg: 'RS256' };
        return new Response(JSON.stringify({ keys: [key] }), { status: this.issuerAnswers });
      },
      feeds,
    });
  }

  #put(command: object) {
    this.calls.push(command.constructor.name);
    if (!(command instanceof PutObjectCommand)) throw new Error('expected PutObject');
    const { Key = '', Body, IfNoneMatch } = command.input;
    if (IfNoneMatch === '*' && this.objects.has(Key))
      throw new S3ServiceException({
        ...{ name: 'PreconditionFailed', $fault: 'client' },
        $metadata: { httpStatusCode: 412 },
      });
    if (!(Body instanceof Uint8Array)) throw new Error('expected the bytes that came');
    this.objects.set(Key, Buffer.from(Body).toString());
    return {};
  }

  async refusals(feed: string): Promise<Record<string, unknown>> {
    const { Items = [] } = await this.#dynamodb.client.send(new ScanCommand({ TableName: this.#table }));
    const found = Items.map((item) => fromItem(item)).find(({ pk }) => pk === `posts#${feed}`);
    const { pk: _pk, sk: _sk, type: _type, expiresAt: _expiresAt, ...counts } = found ?? {};
    return counts;
  }
}

let dynamodb: TestDynamoDB;
let outside: Outside;
let services: ReturnType<Outside['services']>;
beforeAll(async () => {
  dynamodb = await openDynamoDBServer();
});
beforeEach(async () => {
  outside = new Outside(dynamodb, await dynamodb.createTable());
  services = outside.services();
});
afterAll(() => dynamodb.close());

interface Posting {
  readonly headers?: Record<string, string>;
  readonly query?: string;
  readonly body?: string;
}

function send(feed: string, { headers = {}, query = '', body = '{"a":1}' }: Posting) {
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  const event = {
    ...{ rawPath: `/in/${feed}`, rawQueryString: query, headers: Object.fromEntries(lower) },
    ...{ body: Buffer.from(body).toString('base64'), isBase64Encoded: true },
  };
  const { feed: named, post } = readPost(event);
  return receiveWebhook(services, named, post);
}

const seconds = (minutes = 0) => String(Date.parse(outside.now) / 1_000 + minutes * 60);
const own = (body: string, { key = 'the key', time = seconds() } = {}): Posting => ({
  body,
  headers: {
    'X-Timestamp': time,
    'X-Signature': `sha256=${createHmac('sha256', key).update(`${time}.${body}`).digest('hex')}`,
  },
});
const shopmonkey = (body: string, { key = IN_BASE64, time = seconds(), id = 'msg_1' } = {}): Posting => ({
  body,
  headers: {
    'webhook-id': id,
    'webhook-timestamp': time,
    'webhook-signature': `v1,${createHmac('sha256', Buffer.from(key, 'base64')).update(`${id}.${time}.${body}`).digest('base64')}`,
  },
});
async function fortellis(body: string, claims: JWTPayload = {}, by = issuer.privateKey): Promise<Posting> {
  const now = Date.parse(outside.now) / 1_000;
  const payload = {
    iss: ISSUER,
    aud: 'api_providers',
    sub: 'the key',
    cid: 'the key',
    iat: now,
    exp: now + 3_600,
  };
  const token = await new SignJWT({ ...payload, ...claims })
    .setProtectedHeader({ alg: 'RS256', kid: 'one' })
    .sign(by);
  return { body, headers: { Authorization: `Bearer ${token}` } };
}

describe('a post of the vendor', () => {
  it.each<[string, () => Posting | Promise<Posting>]>([
    ['quotes-json', () => own('{"a":1}')],
    ['shopmonkey', () => shopmonkey('{"a":1}')],
    ['tekmetric', () => ({ query: 'token=the%20key' })],
    ['shop-ware', () => ({ headers: { 'X-Api-Secret': 'the key' } })],
    ['fortellis-relay', () => fortellis('{"a":1}')],
  ])('of %s is stored as it came, and answered at once', async (feed, posting) => {
    expect(await send(feed, await posting())).toEqual({ status: 202, outcome: 'stored' });
    const [[key, body] = expect.fail('nothing is stored')] = [...outside.objects];
    expect(key).toMatch(new RegExp(`^drop/${feed}/[0-9a-f]{32}\\.json$`));
    expect(body).toBe('{"a":1}');
    expect(await outside.refusals(feed)).toEqual({});
  });

  it('that is a file keeps its name, which says when it was made', async () => {
    const name = 'DVD46315_20261119_0312_SV.txt';
    const headers = { 'X-Api-Key': 'the key', 'X-File-Name': name };
    expect(await send('dealervault-sv', { headers })).toEqual({ status: 202, outcome: 'stored' });
    expect([...outside.objects.keys()][0]).toMatch(new RegExp(`^drop/dealervault-sv/.*/${name}$`));
  });

  it.each(['', '../other/x.txt', 'a/b.txt', '.hidden', '\u0000'])(
    'that is a file with the name %j is refused: it would be misdated, or lie elsewhere',
    async (name) => {
      const headers = { 'X-Api-Key': 'the key', 'X-File-Name': name };
      expect(await send('dealervault-sv', { headers })).toMatchObject({ status: 400 });
      expect(outside.objects.size).toBe(0);
    },
  );

  it('is answered alike when it comes again, and does nothing, and the receipt says so', async () => {
    outside.now = '2026-11-26T17:59:00.000Z';
    const posting = own('{"a":1}');
    await send('quotes-json', posting);
    outside.now = '2026-11-26T18:02:00.000Z';
    expect(await send('quotes-json', posting)).toEqual({ status: 202, outcome: 'repeated' });
    expect(outside.objects.size).toBe(1);
    expect(await outside.refusals('quotes-json')).toEqual({ repeated: 1 });
  });

  it('says again what it said before where it is so again: it is signed at another time', async () => {
    await send('quotes-json', own('{"state":"open"}'));
    outside.now = '2026-11-26T18:10:00.000Z';
    expect(await send('quotes-json', own('{"state":"open"}'))).toMatchObject({ outcome: 'stored' });
  });

  it('is known again within the hour where its source signs no time, and may be true again after it', async () => {
    const posting = { query: 'token=the%20key', body: '{"status":"open"}' };
    await send('tekmetric', posting);
    outside.now = '2026-11-26T18:59:00.000Z';
    expect(await send('tekmetric', posting)).toEqual({ status: 202, outcome: 'repeated' });
    outside.now = '2026-11-26T19:00:00.000Z';
    expect(await send('tekmetric', posting)).toEqual({ status: 202, outcome: 'stored' });
  });

  it('costs one call to AWS once the function is warm', async () => {
    await send('quotes-json', own('{"a":1}'));
    outside.calls.length = 0;
    await send('quotes-json', own('{"a":2}'));
    expect(outside.calls).toEqual(['PutObjectCommand']);
  });
});

describe('a post that is not the vendor’s does nothing, and the receipt says why', () => {
  const cases: [what: string, feed: string, posting: () => Posting | Promise<Posting>, because: string][] = [
    ['no signature', 'quotes-json', () => ({}), 'missing'],
    ['another key', 'quotes-json', () => own('{}', { key: 'a guess' }), 'wrong'],
    ['another body', 'quotes-json', () => ({ ...own('{"a":1}'), body: '{"a":2}' }), 'wrong'],
    ['a signature of six minutes ago', 'quotes-json', () => own('{}', { time: seconds(-6) }), 'old'],
    ['a signature of the future', 'quotes-json', () => own('{}', { time: seconds(6) }), 'old'],
    ['no id', 'shopmonkey', () => ({ ...shopmonkey('{}', { id: '' }), headers: {} }), 'missing'],
    ['another key', 'shopmonkey', () => shopmonkey('{}', { key: 'guess' }), 'wrong'],
    ['an old signature', 'shopmonkey', () => shopmonkey('{}', { time: seconds(-10) }), 'old'],
    ['no key', 'tekmetric', () => ({}), 'missing'],
    ['another key', 'tekmetric', () => ({ query: 'token=guess' }), 'wrong'],
    ['another key', 'shop-ware', () => ({ headers: { 'X-Api-Secret': 'guess' } }), 'wrong'],
    ['no token', 'fortellis-relay', () => ({}), 'missing'],
    ['no token at all', 'fortellis-relay', () => ({ headers: { Authorization: 'Bearer x.y.z' } }), 'wrong'],
    [
      'a token of another issuer',
      'fortellis-relay',
      () => fortellis('{}', { iss: 'https://evil.example' }),
      'wrong',
    ],
    ['a token for others', 'fortellis-relay', () => fortellis('{}', { aud: 'others' }), 'wrong'],
    [
      'a token of another app',
      'fortellis-relay',
      () => fortellis('{}', { sub: 'other', cid: 'other' }),
      'wrong',
    ],
    [
      'a token of another app in our name',
      'fortellis-relay',
      () => fortellis('{}', { cid: 'other' }),
      'wrong',
    ],
    [
      'a token of yesterday',
      'fortellis-relay',
      () => fortellis('{}', { exp: Date.parse(START) / 1_000 - 86_400 }),
      'old',
    ],
    ['a token by another key', 'fortellis-relay', () => fortellis('{}', {}, stranger.privateKey), 'wrong'],
  ];

  it.each(cases)('with %s (%s)', async (_what, feed, posting, because) => {
    expect(await send(feed, await posting())).toEqual({ status: 401, outcome: because });
    expect(outside.objects.size).toBe(0);
    expect(await outside.refusals(feed)).toEqual({ [because]: 1 });
  });

  it('and `feed receipts` lists them, by day', async () => {
    await send('tekmetric', { query: 'token=guess' });
    await send('tekmetric', {});
    outside.now = '2026-11-27T18:00:00.000Z';
    await send('tekmetric', { query: 'token=guess' });
    const { code, output } = await command(outside, 'feed', 'receipts', '--feed', 'tekmetric');
    expect(output).toContain(`tekmetric
  no file has come yet
  posts on 2026-11-27 (UTC) that did nothing: 1 wrong
  posts on 2026-11-26 (UTC) that did nothing: 1 missing, 1 wrong
`);
    expect(code).toBe(0);
    const asJson = await command(outside, 'feed', 'receipts', '--feed', 'tekmetric', '--json');
    expect(JSON.parse(asJson.output)).toEqual({
      receipts: [],
      refusedPosts: [
        { feed: 'tekmetric', day: '2026-11-27', counts: { wrong: 1 } },
        { feed: 'tekmetric', day: '2026-11-26', counts: { missing: 1, wrong: 1 } },
      ],
    });
  });

  it('with a token that nobody signed', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const payload = { iss: ISSUER, aud: 'api_providers', sub: 'the key', cid: 'the key', exp: 9_999_999_999 };
    const headers = { Authorization: `Bearer ${part({ alg: 'none' })}.${part(payload)}.` };
    expect(await send('fortellis-relay', { headers })).toEqual({ status: 401, outcome: 'wrong' });
  });

  it('with a body that is longer than its source may send, before anything of it is read', async () => {
    const body = 'x'.repeat(600 * 1_024);
    expect(await send('quotes-json', own(body))).toEqual({ status: 413, outcome: 'too-large' });
    expect(outside.calls).toEqual(['UpdateItemCommand']);
  });

  it('with nothing in it', async () => {
    expect(await send('quotes-json', own(''))).toEqual({ status: 400, outcome: 'empty' });
  });

  it('to a feed that there is not', async () => {
    expect(await send('nobody', own('{}'))).toEqual({ status: 404, outcome: 'no-feed' });
    expect(outside.calls).toEqual([]);
  });
});

describe('the key of a feed', () => {
  it('is taken as soon as it is rotated, beside the old one', async () => {
    await send('quotes-json', own('{"a":1}'));
    outside.secrets.set('quotes-json', { current: 'the new key', previous: 'the key' });
    outside.now = '2026-11-26T18:01:30.000Z';
    expect(await send('quotes-json', own('{"a":2}', { key: 'the new key' }))).toMatchObject({ status: 202 });
    expect(await send('quotes-json', own('{"a":3}', { key: 'the key' }))).toMatchObject({ status: 202 });
  });

  it('is no longer taken five minutes after it was taken away', async () => {
    outside.secrets.set('quotes-json', { current: 'new', previous: 'the key' });
    await send('quotes-json', own('{"a":1}'));
    outside.secrets.set('quotes-json', { current: 'new' });
    outside.now = '2026-11-26T18:05:01.000Z';
    expect(await send('quotes-json', own('{"a":2}'))).toMatchObject({ status: 401 });
  });

  it('is asked for once a minute at most, however many guesses come', async () => {
    for (let guess = 0; guess < 50; guess += 1)
      await send('quotes-json', own('{}', { key: `guess ${guess}` }));
    expect(outside.calls.filter((call) => call === 'GetSecretValueCommand')).toHaveLength(1);
  });
});

describe('the keys of an issuer', () => {
  it('are fetched once, however many tokens come', async () => {
    for (let at = 0; at < 5; at += 1) await send('fortellis-relay', await fortellis(JSON.stringify({ at })));
    expect(outside.calls.filter((call) => call === 'fetch')).toHaveLength(1);
    expect(outside.objects.size).toBe(5);
  });

  it('that can’t be read refuse nobody: the vendor posts again', async () => {
    outside.issuerAnswers = 503;
    await expect(send('fortellis-relay', await fortellis('{}'))).rejects.toThrow();
    expect(await outside.refusals('fortellis-relay')).toEqual({});
  });
});

it('a storm of 2,000 posts, half of them guesses, makes one call each and none that a page of staff waits for', async () => {
  await send('quotes-json', own('{"a":0}'));
  outside.calls.length = 0;
  for (let at = 1; at <= 1_000; at += 1) {
    await send('quotes-json', own(JSON.stringify({ at })));
    await send('quotes-json', own(JSON.stringify({ at, id: randomUUID() }), { key: 'a guess' }));
  }
  const counts = Object.groupBy(outside.calls, (call) => call);
  expect(counts['PutObjectCommand']).toHaveLength(1_000);
  expect(counts['UpdateItemCommand']).toHaveLength(1_000);
  expect(Object.keys(counts).toSorted()).toEqual(['PutObjectCommand', 'UpdateItemCommand']);
  expect(await outside.refusals('quotes-json')).toEqual({ wrong: 1_000 });
});
