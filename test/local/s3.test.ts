import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketLocationCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandInput,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { clientOptions } from '../../local/aws.ts';
import { type Fixture, startFixture } from './support.ts';

const Bucket = 'fixture-drop';
const quiet = 'fixture-quiet';
let fixture: Fixture;
let s3: S3Client;

beforeAll(async () => {
  fixture = await startFixture();
  s3 = new S3Client({ ...clientOptions(fixture.run.awsUrl), maxAttempts: 1 });
});
afterAll(async () => {
  s3.destroy();
  await fixture.stop();
});

const put = (Key: string, Body: string | Readable, change: object = {}) =>
  s3.send(new PutObjectCommand({ Bucket, Key, Body, ...change }));
const get = (Key: string, change: object = {}) => s3.send(new GetObjectCommand({ Bucket, Key, ...change }));
const textOf = async (Key: string, change: object = {}) => (await get(Key, change)).Body?.transformToString();
const list = (change: Partial<ListObjectsV2CommandInput> = {}) =>
  s3.send(new ListObjectsV2Command({ Bucket, ...change }));
const keysOf = async (change: Partial<ListObjectsV2CommandInput> = {}) =>
  (await list(change)).Contents?.map(({ Key }) => Key) ?? [];
const advance = (duration: string) => fixture.post('/clock', { advance: duration });
const filesOnDisk = () => readdirSync(join(fixture.data, 's3'));

beforeEach(async () => {
  for (const Key of await keysOf()) await s3.send(new DeleteObjectCommand({ Bucket, Key }));
});

/** What the bucket has told the default bus, oldest first. */
async function told(detailType: string) {
  await advance('PT0S');
  return fixture.run.desk.events
    .latest(50, true)
    .filter(({ event }) => event.source === 'aws.s3' && event['detail-type'] === detailType)
    .map(({ event, deliveries }) => ({ event, deliveries }))
    .reverse();
}

describe('an object', () => {
  it('comes back as it was put, with its type and metadata', async () => {
    const { ETag, ChecksumCRC32 } = await put('a/naïve file+1.csv', 'héllo', {
      ContentType: 'text/csv',
      Metadata: { dealer: 'lakeshore' },
    });
    expect(ETag).toBe(`"${createHash('md5').update('héllo').digest('hex')}"`);
    const found = await get('a/naïve file+1.csv', { ChecksumMode: 'ENABLED' });
    expect(await found.Body?.transformToString()).toBe('héllo');
    expect(found).toMatchObject({
      ContentType: 'text/csv',
      ContentLength: 6,
      Metadata: { dealer: 'lakeshore' },
      ETag,
      ChecksumCRC32,
    });
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'a/naïve file+1.csv' }));
    expect(head).toMatchObject({ ContentLength: 6, ETag, LastModified: expect.any(Date) });
  });

  it('streams in as aws-chunked with a trailing checksum, and is stored without the frames', async () => {
    const chunk = Buffer.alloc(70_000, 'x');
    const chunks = Array.from({ length: 40 }, () => chunk);
    await put('streamed', Readable.from(chunks), {
      ContentLength: chunk.length * chunks.length,
      ChecksumAlgorithm: 'CRC32',
    });
    const found = await get('streamed');
    expect(found.ContentLength).toBe(2_800_000);
    expect(found.ContentEncoding).toBeUndefined();
    const text = await found.Body?.transformToString();
    expect(text === 'x'.repeat(2_800_000)).toBe(true);
  });

  it.each([
    ['bytes=0-3', '0123', 'bytes 0-3/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-2', '89', 'bytes 8-9/10'],
    ['bytes=5-500', '56789', 'bytes 5-9/10'],
  ])('gives the range %s', async (Range, text, ContentRange) => {
    await put('digits', '0123456789');
    const found = await get('digits', { Range });
    expect(await found.Body?.transformToString()).toBe(text);
    expect(found).toMatchObject({ ContentRange, $metadata: { httpStatusCode: 206 } });
  });

  it('refuses a range beyond its end', async () => {
    await put('digits', '0123456789');
    await expect(get('digits', { Range: 'bytes=10-' })).rejects.toMatchObject({ name: 'InvalidRange' });
  });

  it('obeys conditions on reads and writes', async () => {
    const { ETag } = await put('once', '1', { IfNoneMatch: '*' });
    await expect(put('once', '2', { IfNoneMatch: '*' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    await expect(put('once', '2', { IfMatch: '"other"' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    await put('once', '3', { IfMatch: ETag });
    expect(await textOf('once')).toBe('3');
    await expect(get('once', { IfMatch: ETag })).rejects.toMatchObject({ name: 'PreconditionFailed' });
    const { ETag: now } = await s3.send(new HeadObjectCommand({ Bucket, Key: 'once' }));
    await expect(get('once', { IfNoneMatch: now })).rejects.toMatchObject({
      $metadata: { httpStatusCode: 304 },
    });
  });

  it('is copied, with its metadata or with new ones', async () => {
    await put('from', 'body', { ContentType: 'text/csv' });
    await s3.send(new CopyObjectCommand({ Bucket: quiet, Key: 'to', CopySource: `${Bucket}/from` }));
    const copied = await s3.send(new GetObjectCommand({ Bucket: quiet, Key: 'to' }));
    expect(await copied.Body?.transformToString()).toBe('body');
    expect(copied.ContentType).toBe('text/csv');
    const itself = { Bucket, Key: 'from', CopySource: `${Bucket}/from` };
    await expect(s3.send(new CopyObjectCommand(itself))).rejects.toMatchObject({ name: 'InvalidRequest' });
    await s3.send(
      new CopyObjectCommand({ ...itself, MetadataDirective: 'REPLACE', ContentType: 'text/plain' }),
    );
    expect((await get('from')).ContentType).toBe('text/plain');
  });

  it('is gone after it is deleted, one or several at a time', async () => {
    for (const key of ['a', 'b', 'c']) await put(key, key);
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    const Objects = ['b', 'never'].map((Key) => ({ Key }));
    const { Deleted } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    expect(Deleted?.map(({ Key }) => Key)).toEqual(['b', 'never']);
    expect(await keysOf()).toEqual(['c']);
    await expect(get('a')).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(s3.send(new HeadObjectCommand({ Bucket, Key: 'a' }))).rejects.toMatchObject({
      name: 'NotFound',
    });
  });
});

describe('a listing', () => {
  const keys = ['a/1', 'a/2', 'b', 'c/1', 'c/2/x', 'd&<é>'];
  beforeEach(async () => {
    for (const key of keys) await put(key, key);
  });

  it('has the keys in order, by prefix and after a key', async () => {
    expect(await keysOf()).toEqual(keys);
    expect(await keysOf({ Prefix: 'c/' })).toEqual(['c/1', 'c/2/x']);
    expect(await keysOf({ StartAfter: 'b' })).toEqual(['c/1', 'c/2/x', 'd&<é>']);
    expect(await keysOf({ EncodingType: 'url', Prefix: 'd' })).toEqual([encodeURIComponent('d&<é>')]);
  });

  it('joins keys to common prefixes', async () => {
    const { Contents, CommonPrefixes, KeyCount } = await list({ Delimiter: '/' });
    expect(Contents?.map(({ Key }) => Key)).toEqual(['b', 'd&<é>']);
    expect(CommonPrefixes?.map(({ Prefix }) => Prefix)).toEqual(['a/', 'c/']);
    expect(KeyCount).toBe(4);
  });

  it.each([
    [1, undefined],
    [2, undefined],
    [4, undefined],
    [1, '/'],
    [3, '/'],
  ])('goes on from page to page of %i, delimiter %s', async (MaxKeys, Delimiter) => {
    const found: (string | undefined)[] = [];
    let ContinuationToken: string | undefined;
    do {
      const page = await list({ MaxKeys, Delimiter, ContinuationToken });
      const lines = [
        ...(page.Contents ?? []).map(({ Key }) => Key),
        ...(page.CommonPrefixes ?? []).map((each) => each.Prefix),
      ];
      expect(lines.length).toBeLessThanOrEqual(MaxKeys);
      expect(lines.length).toBeGreaterThan(0);
      found.push(...lines);
      expect(page.IsTruncated).toBe(page.NextContinuationToken !== undefined);
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);
    expect(found.toSorted()).toEqual(Delimiter ? ['a/', 'b', 'c/', 'd&<é>'] : keys);
  });
});

describe('a multipart upload', () => {
  const begin = async (Key: string) => {
    const { UploadId } = await s3.send(
      new CreateMultipartUploadCommand({ Bucket, Key, ContentType: 'text/csv' }),
    );
    const part = async (PartNumber: number, Body: Buffer | string) => {
      const { ETag } = await s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }));
      return { PartNumber, ETag };
    };
    const complete = (Parts: { PartNumber: number; ETag: string | undefined }[]) =>
      s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }));
    return { UploadId, part, complete };
  };
  const large = Buffer.alloc(5 * 1024 * 1024, 'p');

  it('becomes one object', async () => {
    const { part, complete } = await begin('large');
    const second = await part(2, 'end');
    const first = await part(1, large);
    expect(await complete([first, second])).toMatchObject({ ETag: expect.stringMatching(/-2"$/) });
    const found = await get('large');
    expect(found).toMatchObject({ ContentLength: large.length + 3, ContentType: 'text/csv' });
    expect(await textOf('large', { Range: `bytes=${large.length - 1}-` })).toBe('pend');
    const [event] = (await told('Object Created')).slice(-1);
    expect(event?.event.detail).toMatchObject({
      reason: 'CompleteMultipartUpload',
      object: { key: 'large' },
    });
  });

  it('is refused with small, unknown or unordered parts, and is gone when aborted', async () => {
    const { UploadId, part, complete } = await begin('small');
    const parts = [await part(1, 'a'), await part(2, 'b')];
    await expect(complete(parts)).rejects.toMatchObject({ name: 'EntityTooSmall' });
    await expect(complete(parts.toReversed())).rejects.toMatchObject({ name: 'InvalidPartOrder' });
    await expect(complete([{ PartNumber: 3, ETag: '"x"' }])).rejects.toMatchObject({ name: 'InvalidPart' });
    await s3.send(new AbortMultipartUploadCommand({ Bucket, Key: 'small', UploadId }));
    await expect(part(3, 'c')).rejects.toMatchObject({ name: 'NoSuchUpload' });
    expect(await keysOf()).toEqual([]);
  });
});

describe('events', () => {
  it('tell the default bus of a new object, in EventBridge’s form, and reach the rule’s function', async () => {
    const { ETag } = await put('daily/deals 1.csv', 'rows');
    const [created] = (await told('Object Created')).slice(-1);
    expect(created).toMatchObject({
      event: {
        source: 'aws.s3',
        account: '000000000000',
        region: 'us-east-1',
        resources: ['arn:aws:s3:::fixture-drop'],
        detail: {
          version: '0',
          bucket: { name: Bucket },
          object: {
            key: 'daily/deals 1.csv',
            size: 4,
            etag: ETag?.slice(1, -1),
            sequencer: expect.any(String),
          },
          'request-id': expect.stringMatching(/^[0-9A-F]{16}$/),
          requester: '000000000000',
          'source-ip-address': '127.0.0.1',
          reason: 'PutObject',
        },
      },
      deliveries: [{ state: 'done' }],
    });
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'daily/deals 1.csv' }));
    const [deleted] = (await told('Object Deleted')).slice(-1);
    expect(deleted?.event.detail).toMatchObject({
      reason: 'DeleteObject',
      'deletion-type': 'Permanently Deleted',
    });
  });

  it('a bucket without the configuration tells nothing', async () => {
    const before = (await told('Object Created')).length;
    await s3.send(new PutObjectCommand({ Bucket: quiet, Key: 'a', Body: 'a' }));
    expect((await told('Object Created')).length).toBe(before);
  });
});

it('the lifecycle expires objects and abandoned uploads by the local clock', async () => {
  await put('daily/old', 'x');
  await put('kept', 'x');
  const begun = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'abandoned' }));
  const part = { Bucket, Key: 'abandoned', UploadId: begun.UploadId, PartNumber: 1, Body: 'x' };
  await s3.send(new UploadPartCommand(part));
  await advance('P1D');
  expect(await keysOf()).toEqual(['daily/old', 'kept']);
  await advance('P2D');
  expect(await keysOf()).toEqual(['kept']);
  await expect(s3.send(new UploadPartCommand(part))).rejects.toMatchObject({ name: 'NoSuchUpload' });
  const [deleted] = (await told('Object Deleted')).slice(-1);
  expect(deleted?.event.detail).toMatchObject({
    reason: 'Lifecycle Expiration',
    requester: 's3.amazonaws.com',
    object: { key: 'daily/old' },
  });
  expect(deleted?.event.time).toMatch(/T00:00:00Z$/);
});

describe('what S3 refuses', () => {
  it('an unknown bucket, a wrong checksum, a key that is too long', async () => {
    await expect(s3.send(new HeadBucketCommand({ Bucket: 'nobody' }))).rejects.toMatchObject({
      name: 'NotFound',
    });
    await expect(put('a', 'a', { ChecksumCRC32: 'AAAAAA==' })).rejects.toMatchObject({ name: 'BadDigest' });
    await expect(put('a', 'a', { ContentMD5: 'AAAAAAAAAAAAAAAAAAAAAA==' })).rejects.toMatchObject({
      name: 'BadDigest',
    });
    await expect(put('k'.repeat(1025), 'a')).rejects.toMatchObject({ name: 'KeyTooLongError' });
    expect(await keysOf()).toEqual([]);
  });

  it('what it does not play is said, not overlooked', async () => {
    const answer = await fetch(`${fixture.run.awsUrl}/${Bucket}?acl`);
    expect(answer.status).toBe(501);
    expect(await answer.text()).toContain('<Code>NotImplemented</Code>');
  });

  it.each([
    ['no frame', 'hello'],
    ['a chunk that is cut off', '5\r\nhe'],
    ['a chunk that is longer than it says', '2\r\nhello\r\n0\r\n\r\n'],
    ['another length than announced', '5\r\nhello\r\n0\r\n\r\n'],
  ])('an aws-chunked body with %s', async (_name, body) => {
    const answer = await fetch(`${fixture.run.awsUrl}/${Bucket}/framed`, {
      method: 'PUT',
      body,
      headers: { 'content-encoding': 'aws-chunked', 'x-amz-decoded-content-length': '6' },
    });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('<Code>IncompleteBody</Code>');
    expect(await keysOf()).toEqual([]);
  });

  it('XML with a document type', async () => {
    const body = '<!DOCTYPE d [<!ENTITY e "x">]><Delete><Object><Key>&e;</Key></Object></Delete>';
    const answer = await fetch(`${fixture.run.awsUrl}/${Bucket}?delete`, { method: 'POST', body });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('<Code>MalformedXML</Code>');
  });

  it('an upload that is cut off leaves nothing, and the run alive', async () => {
    const before = filesOnDisk().length;
    const { hostname, port } = new URL(fixture.run.awsUrl);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.write(`PUT /${Bucket}/cut HTTP/1.1\r\nhost: local\r\ncontent-length: 100000\r\n\r\nhello`);
    await vi.waitFor(() => expect(filesOnDisk().length).toBe(before + 1));
    socket.destroy();
    await vi.waitFor(() => expect(filesOnDisk().length).toBe(before));
    expect(await keysOf()).toEqual([]);
  });
});

describe('a presigned link', () => {
  const link = (parameters: object) => {
    const query = new URLSearchParams({ 'response-content-type': 'text/plain', ...parameters });
    return `${fixture.run.awsUrl}/${Bucket}/linked?${query}`;
  };
  const signedAt = (at: Date) => ({
    'X-Amz-Credential': 'local/20261120/us-east-1/s3/aws4_request',
    'X-Amz-Date': at.toISOString().replaceAll(/[-:]|\.\d{3}/g, ''),
    'X-Amz-Expires': '60',
    'X-Amz-Signature': 'x',
  });
  const former = (at: number) => ({ AWSAccessKeyId: 'local', Signature: 'x', Expires: String(at) });

  it('gives its object until it expires', async () => {
    await put('linked', 'body');
    for (const parameters of [signedAt(new Date()), former(Math.ceil(Date.now() / 1000) + 60)]) {
      const answer = await fetch(link(parameters));
      expect(answer.headers.get('content-type')).toBe('text/plain');
      expect(await answer.text()).toBe('body');
    }
    const anHourAgo = Date.now() - 3600_000;
    for (const parameters of [signedAt(new Date(anHourAgo)), former(Math.floor(anHourAgo / 1000))]) {
      const answer = await fetch(link(parameters));
      expect(answer.status).toBe(403);
      expect(await answer.text()).toContain('Request has expired');
    }
  });
});

it('names its buckets and where they are', async () => {
  const { Buckets } = await s3.send(new ListBucketsCommand({}));
  expect(Buckets?.map(({ Name }) => Name)).toEqual([Bucket, quiet, 'fixture-facts']);
  expect(await s3.send(new HeadBucketCommand({ Bucket }))).toMatchObject({ BucketRegion: 'us-east-1' });
  expect((await s3.send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint || 'us-east-1').toBe(
    'us-east-1',
  );
});
