import * as z from 'zod';
import { document, quoted, sendNothing, sendXml, tag, unquoted } from './answer.ts';
import { checksumHeader } from './checksum.ts';
import { invalid, malformedXml, S3Error } from './error.ts';
import { objectArn, requireWritable, type S3Parts } from './objects.ts';
import { metadataIn, refuseParameters, type S3Request, uploadIn, xmlIn } from './request.ts';
import { objectOf } from './store.ts';
import { childText } from './xml.ts';

const metadataSchema = z.record(z.string(), z.string());

export async function beginUpload(request: S3Request, { store, clock }: S3Parts): Promise<void> {
  refuseParameters(request, ['uploads']);
  request.require({ action: 's3:PutObject', resource: objectArn(request) });
  const { bucket, key } = request;
  const id = store.beginUpload(bucket.name, key, metadataIn(request), Math.round(clock.now()));
  const content = tag('Bucket', bucket.name) + tag('Key', key) + tag('UploadId', id);
  sendXml(request.response, 200, document('InitiateMultipartUploadResult', content));
}

const uploadId = ({ query }: S3Request): string => query.get('uploadId') ?? '';

export async function putPart(request: S3Request, { store }: S3Parts): Promise<void> {
  refuseParameters(request, ['uploadId', 'partNumber']);
  request.require({ action: 's3:PutObject', resource: objectArn(request) });
  const number = Number(request.query.get('partNumber'));
  if (!Number.isInteger(number) || number < 1 || number > 10_000) {
    throw invalid('Part number must be an integer between 1 and 10000, inclusive');
  }
  const upload = store.upload(request.bucket.name, request.key, uploadId(request));
  const body = uploadIn(request);
  const received = await store.receive(body.content);
  try {
    const checksum = body.check(received);
    const etag = store.addPart(upload, number, received);
    sendNothing(request.response, 200, { etag: quoted(etag), ...(checksum ? checksumHeader(checksum) : {}) });
  } catch (error) {
    if (error instanceof S3Error) store.discard(received.file);
    throw error;
  }
}

export async function completeUpload(request: S3Request, { store, clock, events }: S3Parts): Promise<void> {
  refuseParameters(request, ['uploadId']);
  request.require({ action: 's3:PutObject', resource: objectArn(request) });
  const { bucket, key } = request;
  const upload = store.upload(bucket.name, key, uploadId(request));
  const asked = await xmlIn(request);
  if (asked.name !== 'CompleteMultipartUpload') throw malformedXml();
  const named = asked.children
    .filter(({ name }) => name === 'Part')
    .map((part) => ({
      number: Number(childText(part, 'PartNumber')),
      etag: unquoted(childText(part, 'ETag') ?? ''),
    }));
  const { received, etag } = await store.join(upload, named);
  try {
    requireWritable(request, store);
  } catch (error) {
    store.discard(received.file);
    throw error;
  }
  const metadata = metadataSchema.parse(JSON.parse(upload.metadata));
  const object = objectOf({ bucket: bucket.name, key }, received, { etag, metadata, at: clock.now() });
  store.put(object, () => events.created(bucket, object, 'CompleteMultipartUpload'));
  store.endUpload(upload);
  const content = tag('Bucket', bucket.name) + tag('Key', key) + tag('ETag', quoted(etag));
  sendXml(request.response, 200, document('CompleteMultipartUploadResult', content));
}

export async function abortUpload(request: S3Request, { store }: S3Parts): Promise<void> {
  refuseParameters(request, ['uploadId']);
  request.require({ action: 's3:AbortMultipartUpload', resource: objectArn(request) });
  store.endUpload(store.upload(request.bucket.name, request.key, uploadId(request)));
  sendNothing(request.response, 204);
}
