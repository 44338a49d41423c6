import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Caller, linkExpiry } from '../http/caller.ts';
import type { Access } from '../iam/access.ts';
import type { Ask } from '../iam/ask.ts';
import { messageOf } from '../problem.ts';
import { document, sendXml, tag } from './answer.ts';
import { errorXml, noSuchBucket, notPlayed, S3Error } from './error.ts';
import { bucketLocation, headBucket, listObjects } from './listing.ts';
import { copyObject, deleteObject, deleteObjects, getObject, putObject, type S3Parts } from './objects.ts';
import { addressOf, type S3Request } from './request.ts';
import { abortUpload, beginUpload, completeUpload, putPart } from './uploads.ts';

type Operation = (request: S3Request, parts: S3Parts) => Promise<void>;

function objectOperation({ http, query }: S3Request): Operation {
  const isUpload = query.has('uploadId');
  const isCopy = http.headers['x-amz-copy-source'] !== undefined;
  if (isUpload && isCopy) throw notPlayed('UploadPartCopy');
  const operations: Record<string, Operation | undefined> = {
    PUT: isUpload ? putPart : isCopy ? copyObject : putObject,
    GET: isUpload ? undefined : getObject,
    HEAD: getObject,
    DELETE: isUpload ? abortUpload : deleteObject,
    POST: isUpload ? completeUpload : query.has('uploads') ? beginUpload : undefined,
  };
  const operation = operations[http.method ?? ''];
  if (!operation) throw notPlayed(`this ${http.method} of an object`);
  return operation;
}

function bucketOperation({ http, query }: S3Request): Operation {
  if (http.method === 'HEAD') return headBucket;
  if (http.method === 'POST' && query.has('delete')) return deleteObjects;
  if (http.method === 'GET' && query.has('location')) return bucketLocation;
  if (http.method === 'GET' && query.get('list-type') === '2') return listObjects;
  throw notPlayed(`this ${http.method} of a bucket`);
}

/** The part of the S3 API that the local run emulates. */
export class S3Endpoint {
  readonly #parts: S3Parts;
  readonly #access: Access;

  constructor(parts: S3Parts, access: Access) {
    this.#parts = parts;
    this.#access = access;
  }

  /** Whether a request that names no service may be meant for a bucket here. */
  owns(http: IncomingMessage): boolean {
    const [, first = ''] = /^\/([^/?]*)/.exec(http.url ?? '') ?? [];
    return this.#parts.buckets.some(({ name }) => name === first);
  }

  async handle(http: IncomingMessage, response: ServerResponse, caller: Caller): Promise<void> {
    try {
      await this.#serve(http, response, caller);
    } catch (error) {
      this.#fail(http, response, error);
    }
  }

  async #serve(http: IncomingMessage, response: ServerResponse, caller: Caller): Promise<void> {
    const { bucket: name, key, query } = addressOf(http);
    this.#refuseExpired(query, caller);
    const denial = (ask: Ask): string | undefined => this.#access.denialOf(caller, ask);
    const require = (ask: Ask): void => {
      const message = denial(ask);
      if (message !== undefined) throw new S3Error(403, 'AccessDenied', message);
    };
    if (name === '') {
      require({ action: 's3:ListAllMyBuckets', resource: '*' });
      return this.#listBuckets(response);
    }
    const bucket = this.#parts.buckets.find((each) => each.name === name);
    if (!bucket) throw noSuchBucket();
    const isAllowed = (ask: Ask): boolean => denial(ask) === undefined;
    const request: S3Request = { http, response, bucket, key, query, caller, require, isAllowed };
    const operation = key === '' ? bucketOperation(request) : objectOperation(request);
    await operation(request, this.#parts);
    if (http.method !== 'GET' && http.method !== 'HEAD') this.#parts.changed();
  }

  #refuseExpired(query: URLSearchParams, caller: Caller): void {
    const now = this.#access.isFunction(caller) ? this.#parts.clock.now() : Date.now();
    if ((linkExpiry(query) ?? now) < now) throw new S3Error(403, 'AccessDenied', 'Request has expired');
  }

  #listBuckets(response: ServerResponse): void {
    const all = this.#parts.buckets.map(({ name }) => `<Bucket>${tag('Name', name)}</Bucket>`).join('');
    sendXml(response, 200, document('ListAllMyBucketsResult', `<Buckets>${all}</Buckets>`));
  }

  /** A disconnected client gets no response; any other failure is answered with S3's XML. */
  #fail(http: IncomingMessage, response: ServerResponse, error: unknown): void {
    if (response.headersSent || http.socket.destroyed) {
      response.destroy();
      return;
    }
    const known = error instanceof S3Error ? error : new S3Error(500, 'InternalError', messageOf(error));
    // The rest of a refused upload is discarded, so that the client can read the reason.
    http.resume();
    sendXml(response, known.status, errorXml(known, http.url ?? '/'));
  }
}
