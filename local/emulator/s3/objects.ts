import type { OutgoingHttpHeaders } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Clock } from '../clock.ts';
import type { BucketSpec } from '../stack/buckets.ts';
import { document, quoted, sendNothing, sendXml, tag, unquoted } from './answer.ts';
import { checksumHeader } from './checksum.ts';
import {
  invalid,
  malformedXml,
  noSuchBucket,
  noSuchKey,
  notPlayed,
  preconditionFailed,
  S3Error,
} from './error.ts';
import type { BucketEvents } from './events.ts';
import {
  addressOf,
  header,
  metadataIn,
  refuseParameters,
  type S3Request,
  uploadIn,
  xmlIn,
} from './request.ts';
import { type ObjectStore, objectOf, type StoredObject } from './store.ts';
import { childText } from './xml.ts';

export interface S3Parts {
  store: ObjectStore;
  clock: Clock;
  events: BucketEvents;
  buckets: BucketSpec[];
  changed(): void;
}

export const objectArn = ({ bucket, key }: { bucket: BucketSpec; key: string }): string =>
  `${bucket.arn}/${key}`;

/** Conditional writes: `If-None-Match: *` only creates, `If-Match` only replaces the version that the client knows. */
export function requireWritable(request: S3Request, store: ObjectStore): void {
  const stands = store.find(request.bucket.name, request.key);
  const noneMatch = header(request, 'if-none-match');
  if (noneMatch !== undefined && noneMatch !== '*')
    throw notPlayed('If-None-Match with an entity tag on a write');
  if (noneMatch === '*' && stands) throw preconditionFailed();
  const match = header(request, 'if-match');
  if (match === undefined) return;
  if (!stands) throw noSuchKey();
  if (unquoted(match) !== stands.etag) throw preconditionFailed();
}

export async function putObject(request: S3Request, { store, clock, events }: S3Parts): Promise<void> {
  refuseParameters(request, []);
  request.require({ action: 's3:PutObject', resource: objectArn(request) });
  const { bucket, key, response } = request;
  const metadata = metadataIn(request);
  const upload = uploadIn(request);
  const received = await store.receive(upload.content);
  try {
    const checksum = upload.check(received);
    requireWritable(request, store);
    const object = objectOf({ bucket: bucket.name, key }, received, { metadata, checksum, at: clock.now() });
    store.put(object, () => events.created(bucket, object, 'PutObject'));
    const headers = checksum ? checksumHeader(checksum) : {};
    sendNothing(response, 200, { etag: quoted(object.etag), ...headers });
  } catch (error) {
    if (error instanceof S3Error) store.discard(received.file);
    throw error;
  }
}

function copySource(request: S3Request, { buckets }: S3Parts): { bucket: BucketSpec; key: string } {
  const source = header(request, 'x-amz-copy-source') ?? '';
  const {
    bucket: name,
    key,
    query,
  } = addressOf({
    url: source.startsWith('/') ? source : `/${source}`,
    headers: {},
  });
  if (query.has('versionId')) throw notPlayed('versions of objects');
  const bucket = buckets.find((each) => each.name === name);
  if (!bucket) throw noSuchBucket();
  return { bucket, key };
}

export async function copyObject(request: S3Request, parts: S3Parts): Promise<void> {
  const { store, clock, events } = parts;
  refuseParameters(request, []);
  const source = copySource(request, parts);
  request.require({ action: 's3:GetObject', resource: objectArn(source) });
  request.require({ action: 's3:PutObject', resource: objectArn(request) });
  const from = store.find(source.bucket.name, source.key);
  if (!from) throw missing(request, source.bucket);
  const { bucket, key, response } = request;
  const replaces = header(request, 'x-amz-metadata-directive') === 'REPLACE';
  if (!replaces && from.bucket === bucket.name && from.key === key) {
    const message =
      'This copy request is illegal because it is trying to copy an object to itself without changing it.';
    throw new S3Error(400, 'InvalidRequest', message);
  }
  const metadata = replaces ? metadataIn(request) : from.metadata;
  const received = await store.receive(store.open(from));
  const kept = { metadata, checksum: from.checksum, at: clock.now() };
  const object = objectOf({ bucket: bucket.name, key }, received, kept);
  store.put(object, () => events.created(bucket, object, 'CopyObject'));
  const content =
    tag('LastModified', new Date(object.modified_at).toISOString()) + tag('ETag', quoted(object.etag));
  sendXml(response, 200, document('CopyObjectResult', content));
}

/** A caller who may not list a bucket does not learn which keys are missing, either. */
function missing(request: S3Request, bucket: BucketSpec): S3Error {
  if (request.isAllowed({ action: 's3:ListBucket', resource: bucket.arn })) return noSuchKey();
  return new S3Error(403, 'AccessDenied', 'Access Denied');
}

/** 304 or an error if the client's conditions require it. */
function conditionOf(request: S3Request, object: StoredObject): 304 | undefined {
  const seconds = Math.floor(object.modified_at / 1000);
  const instant = (name: string) => Date.parse(header(request, name) ?? '') / 1000;
  const match = header(request, 'if-match');
  if (match !== undefined && match !== '*' && unquoted(match) !== object.etag) throw preconditionFailed();
  if (match === undefined && instant('if-unmodified-since') < seconds) throw preconditionFailed();
  const noneMatch = header(request, 'if-none-match');
  if (noneMatch !== undefined)
    return noneMatch === '*' || unquoted(noneMatch) === object.etag ? 304 : undefined;
  return instant('if-modified-since') >= seconds ? 304 : undefined;
}

/** Inclusive on both ends; undefined for the whole object. */
function rangeOf(request: S3Request, size: number): { start: number; end: number } | undefined {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header(request, 'range') ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (start >= size || start > end)
    throw new S3Error(416, 'InvalidRange', 'The requested range is not satisfiable');
  return { start, end };
}

function headersOf(request: S3Request, object: StoredObject): OutgoingHttpHeaders {
  const replaced = [...request.query].flatMap(([name, value]): [string, string][] =>
    name.startsWith('response-') ? [[name.slice('response-'.length), value]] : [],
  );
  if (replaced.some(([, value]) => !/^[\x20-\x7e]*$/.test(value)))
    throw invalid('A response header is malformed');
  const wantsChecksum = header(request, 'x-amz-checksum-mode')?.toUpperCase() === 'ENABLED';
  const isWhole = header(request, 'range') === undefined;
  return {
    ...object.metadata,
    ...Object.fromEntries(replaced),
    etag: quoted(object.etag),
    'last-modified': new Date(object.modified_at).toUTCString(),
    'accept-ranges': 'bytes',
    ...(wantsChecksum && isWhole && object.checksum ? checksumHeader(object.checksum) : {}),
  };
}

export async function getObject(request: S3Request, { store }: S3Parts): Promise<void> {
  refuseParameters(request, []);
  request.require({ action: 's3:GetObject', resource: objectArn(request) });
  const { bucket, key, response, http } = request;
  const object = store.find(bucket.name, key);
  if (!object) throw missing(request, bucket);
  const headers = headersOf(request, object);
  if (conditionOf(request, object) === 304) return sendNothing(response, 304, { etag: quoted(object.etag) });
  const range = rangeOf(request, object.size);
  const length = range ? range.end - range.start + 1 : object.size;
  response.writeHead(range ? 206 : 200, {
    ...headers,
    'content-length': length,
    ...(range ? { 'content-range': `bytes ${range.start}-${range.end}/${object.size}` } : {}),
  });
  if (http.method === 'HEAD' || length === 0) return void response.end();
  await pipeline(store.open(object, range), response);
}

/** Deleting an object that does not exist succeeds. */
function remove(bucket: BucketSpec, key: string, { store, events }: S3Parts): void {
  const object = store.find(bucket.name, key);
  if (object) store.remove(object, () => events.deleted(bucket, object, 'DeleteObject'));
}

export async function deleteObject(request: S3Request, parts: S3Parts): Promise<void> {
  refuseParameters(request, []);
  request.require({ action: 's3:DeleteObject', resource: objectArn(request) });
  remove(request.bucket, request.key, parts);
  sendNothing(request.response, 204);
}

const mostDeleted = 1000;

export async function deleteObjects(request: S3Request, parts: S3Parts): Promise<void> {
  refuseParameters(request, ['delete']);
  const asked = await xmlIn(request);
  const keys = asked.children
    .filter(({ name }) => name === 'Object')
    .map((each) => childText(each, 'Key') ?? '');
  if (asked.name !== 'Delete' || keys.length === 0 || keys.length > mostDeleted) throw malformedXml();
  if (keys.includes('')) throw invalid('A key is empty');
  const isQuiet = childText(asked, 'Quiet') === 'true';
  const results = keys.map((key) => {
    const resource = objectArn({ bucket: request.bucket, key });
    if (!request.isAllowed({ action: 's3:DeleteObject', resource })) {
      return `<Error>${tag('Key', key)}${tag('Code', 'AccessDenied')}${tag('Message', 'Access Denied')}</Error>`;
    }
    remove(request.bucket, key, parts);
    return isQuiet ? '' : `<Deleted>${tag('Key', key)}</Deleted>`;
  });
  sendXml(request.response, 200, document('DeleteResult', results.join('')));
}
