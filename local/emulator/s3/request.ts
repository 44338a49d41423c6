import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller } from '../http/caller.ts';
import type { Ask } from '../iam/ask.ts';
import type { BucketSpec } from '../stack/buckets.ts';
import { type Checksum, checksumIn, type Finished, requireChecksum } from './checksum.ts';
import { ChunkedBody } from './chunked.ts';
import { invalid, notPlayed, S3Error } from './error.ts';
import type { Metadata } from './store.ts';
import { type Element, readXml } from './xml.ts';

/** A request to S3: the bucket, the key, and the caller. */
export interface S3Request {
  http: IncomingMessage;
  response: ServerResponse;
  bucket: BucketSpec;
  key: string;
  query: URLSearchParams;
  caller: Caller;
  /** Throws S3's error if the caller's policies do not allow it. */
  require(ask: Ask): void;
  isAllowed(ask: Ask): boolean;
}

export interface Address {
  bucket: string;
  key: string;
  query: URLSearchParams;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw invalid('The address is not encoded right');
  }
}

const longestKey = 1024;
const virtualHost = /^([a-z0-9][a-z0-9.-]+)\.localhost(?::\d+)?$/;

/**
 * Reads `/bucket/key`, or `/key` on a host such as `bucket.localhost`. Not parsed by URL, which would resolve `..` in
 * a key.
 */
export function addressOf({ url = '/', headers }: Pick<IncomingMessage, 'url' | 'headers'>): Address {
  const [path = '', search = ''] = url.split(/\?(.*)/s);
  const query = new URLSearchParams(search);
  const [, hosted] = virtualHost.exec(headers.host ?? '') ?? [];
  const [bucket = '', ...rest] = hosted === undefined ? path.slice(1).split('/') : [hosted, path.slice(1)];
  const key = decoded(rest.join('/'));
  if (Buffer.byteLength(key) > longestKey) throw new S3Error(400, 'KeyTooLongError', 'Your key is too long');
  return { bucket: decoded(bucket), key, query };
}

export function header({ http }: Pick<S3Request, 'http'>, name: string): string | undefined {
  const value = http.headers[name];
  return Array.isArray(value) ? value.join(',') : value;
}

const keptHeaders = ['content-type', 'cache-control', 'content-disposition', 'content-language', 'expires'];
const mostMetadata = 2048;

/** The headers of a request that S3 stores with the object. */
export function metadataIn(request: S3Request): Metadata {
  const kept = keptHeaders.flatMap((name): [string, string][] => {
    const value = header(request, name);
    return value === undefined ? [] : [[name, value]];
  });
  const own = Object.entries(request.http.headers).flatMap(([name, value]): [string, string][] =>
    name.startsWith('x-amz-meta-') ? [[name, String(value)]] : [],
  );
  if (
    own.reduce((size, [name, value]) => size + name.length - 'x-amz-meta-'.length + value.length, 0) >
    mostMetadata
  ) {
    throw new S3Error(
      400,
      'MetadataTooLarge',
      'Your metadata headers exceed the maximum allowed metadata size',
    );
  }
  const encodings = (header(request, 'content-encoding') ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '' && each !== 'aws-chunked');
  return {
    'content-type': 'binary/octet-stream',
    ...Object.fromEntries([...kept, ...own]),
    ...(encodings.length > 0 ? { 'content-encoding': encodings.join(',') } : {}),
  };
}

/** The bytes of an upload, and the checks to make once they are complete. */
export interface Upload {
  content: AsyncIterable<Buffer>;
  /** Throws S3's error if they are not the bytes that the client meant. Returns the checksum to store. */
  check(body: Finished): Checksum | undefined;
}

const isChunked = (request: S3Request): boolean =>
  (header(request, 'x-amz-content-sha256') ?? '').startsWith('STREAMING-') ||
  (header(request, 'content-encoding') ?? '').includes('aws-chunked');

export function uploadIn(request: S3Request): Upload {
  // If a handler stops reading, it must still be able to respond on the same connection.
  const bytes = request.http.iterator({ destroyOnReturn: false });
  const framed = isChunked(request) ? new ChunkedBody(bytes) : undefined;
  return {
    content: framed ? framed.content() : bytes,
    check: (body) => {
      const decodedLength = header(request, 'x-amz-decoded-content-length');
      if (framed && decodedLength !== undefined && Number(decodedLength) !== body.size) {
        const message = 'You did not provide the number of bytes specified by the Content-Length header';
        throw new S3Error(400, 'IncompleteBody', message);
      }
      const sent = checksumIn((name) => header(request, name) ?? framed?.trailers.get(name));
      requireChecksum(sent, header(request, 'content-md5'), body);
      requireSha256(request, body);
      return sent;
    },
  };
}

/** Checks the body's hash that the client signed. */
function requireSha256(request: S3Request, body: Finished): void {
  const signed = header(request, 'x-amz-content-sha256') ?? '';
  if (!/^[0-9a-f]{64}$/.test(signed)) return;
  if (Buffer.from(signed, 'hex').toString('base64') === body.known.get('sha256')) return;
  const message = 'The provided x-amz-content-sha256 header does not match what was computed.';
  throw new S3Error(400, 'XAmzContentSHA256Mismatch', message);
}

const mostXml = 2 * 1024 * 1024;

export async function xmlIn(request: S3Request): Promise<Element> {
  const upload = uploadIn(request);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of upload.content) {
    size += chunk.length;
    if (size > mostXml) throw new S3Error(400, 'MaxMessageLengthExceeded', 'Your request was too large.');
    chunks.push(chunk);
  }
  return readXml(Buffer.concat(chunks));
}

/** A parameter that changes the meaning of a request must not be ignored. */
export function refuseParameters(request: S3Request, played: string[]): void {
  const harmless = /^(x-id|X-Amz-.*|AWSAccessKeyId|Signature|Expires|response-.*)$/i;
  for (const name of request.query.keys()) {
    if (!played.includes(name) && !harmless.test(name)) throw notPlayed(`the parameter ${name} of S3`);
  }
}
