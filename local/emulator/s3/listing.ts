import * as z from 'zod';
import { region } from '../aws.ts';
import type { BucketSpec } from '../stack/buckets.ts';
import { document, quoted, sendNothing, sendXml, tag } from './answer.ts';
import { invalid } from './error.ts';
import type { S3Parts } from './objects.ts';
import { refuseParameters, type S3Request } from './request.ts';
import { afterPrefix, type ObjectStore, type StoredObject } from './store.ts';

const mostKeys = 1000;

const listSchema = z.object({
  prefix: z.string().default(''),
  delimiter: z.string().default(''),
  'max-keys': z.coerce.number().int().min(0).default(mostKeys),
  'start-after': z.string().default(''),
  'continuation-token': z.string().optional(),
  'encoding-type': z.literal('url').optional(),
});

type List = z.infer<typeof listSchema>;

interface Page {
  objects: StoredObject[];
  prefixes: string[];
  /** The last key or common prefix of the page, if there are more. */
  next: string | undefined;
}

const compareUtf8 = (one: string, other: string): number =>
  Buffer.compare(Buffer.from(one), Buffer.from(other));

function commonPrefix(key: string, { prefix, delimiter }: List): string | undefined {
  const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
  return end < 0 ? undefined : key.slice(0, end + delimiter.length);
}

function pageOf(store: ObjectStore, bucket: BucketSpec, list: List): Page {
  const limit = Math.min(list['max-keys'], mostKeys);
  const after = tokenIn(list) ?? list['start-after'];
  const page: Page = { objects: [], prefixes: [], next: undefined };
  let last = after;
  let from = compareUtf8(after, list.prefix) > 0 ? after : list.prefix;
  for (let isDone = limit === 0; !isDone; ) {
    isDone = true;
    for (const object of store.from(bucket.name, from)) {
      if (!object.key.startsWith(list.prefix)) break;
      if (compareUtf8(object.key, after) <= 0) continue;
      const shared = commonPrefix(object.key, list);
      if (shared !== undefined && shared === last) continue;
      if (page.objects.length + page.prefixes.length === limit) return { ...page, next: last };
      last = shared ?? object.key;
      if (shared === undefined) {
        page.objects.push(object);
      } else {
        page.prefixes.push(shared);
        // The keys below a common prefix are one line of the list, so continue after them.
        from = afterPrefix(shared);
        isDone = false;
        break;
      }
    }
  }
  return page;
}

function tokenIn(list: List): string | undefined {
  const token = list['continuation-token'];
  if (token === undefined) return undefined;
  const [, after] = /^k(.*)$/s.exec(Buffer.from(token, 'base64url').toString('utf8')) ?? [];
  if (after === undefined) throw invalid('The continuation token provided is incorrect');
  return after;
}

const tokenOf = (after: string): string => Buffer.from(`k${after}`).toString('base64url');

export async function listObjects(request: S3Request, { store }: S3Parts): Promise<void> {
  refuseParameters(request, [...Object.keys(listSchema.shape), 'list-type', 'fetch-owner']);
  const parsed = listSchema.safeParse(Object.fromEntries(request.query));
  if (!parsed.success) throw invalid(z.prettifyError(parsed.error).replaceAll('\n', ' '));
  const list = parsed.data;
  const { bucket } = request;
  request.require({
    action: 's3:ListBucket',
    resource: bucket.arn,
    context: {
      's3:prefix': [list.prefix],
      's3:delimiter': [list.delimiter],
      's3:max-keys': [String(list['max-keys'])],
    },
  });
  const page = pageOf(store, bucket, list);
  const encode = (text: string): string => (list['encoding-type'] ? encodeKey(text) : text);
  const content = [
    tag('Name', bucket.name),
    tag('Prefix', encode(list.prefix)),
    tag('Delimiter', list.delimiter === '' ? undefined : encode(list.delimiter)),
    tag('StartAfter', list['start-after'] === '' ? undefined : encode(list['start-after'])),
    tag('ContinuationToken', list['continuation-token']),
    tag('EncodingType', list['encoding-type']),
    tag('KeyCount', page.objects.length + page.prefixes.length),
    tag('MaxKeys', Math.min(list['max-keys'], mostKeys)),
    tag('IsTruncated', page.next !== undefined),
    tag('NextContinuationToken', page.next === undefined ? undefined : tokenOf(page.next)),
    ...page.objects.map((object) => contents(object, encode)),
    ...page.prefixes.map((prefix) => `<CommonPrefixes>${tag('Prefix', encode(prefix))}</CommonPrefixes>`),
  ];
  sendXml(request.response, 200, document('ListBucketResult', content.join('')));
}

const encodeKey = (text: string): string =>
  encodeURIComponent(text).replaceAll('%2F', '/').replaceAll('%20', '+');

const contents = ({ key, modified_at, etag, size }: StoredObject, encode: (text: string) => string): string =>
  `<Contents>${tag('Key', encode(key))}${tag('LastModified', new Date(modified_at).toISOString())}` +
  `${tag('ETag', quoted(etag))}${tag('Size', size)}${tag('StorageClass', 'STANDARD')}</Contents>`;

export async function headBucket(request: S3Request): Promise<void> {
  request.require({ action: 's3:ListBucket', resource: request.bucket.arn });
  sendNothing(request.response, 200, { 'x-amz-bucket-region': region });
}

/** An empty element stands for us-east-1. */
export async function bucketLocation(request: S3Request): Promise<void> {
  request.require({ action: 's3:GetBucketLocation', resource: request.bucket.arn });
  sendXml(request.response, 200, document('LocationConstraint', region === 'us-east-1' ? '' : region));
}
