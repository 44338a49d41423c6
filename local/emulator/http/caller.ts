import type { IncomingHttpHeaders } from 'node:http';

/** The signer of a request and the service it is for. Signatures are not checked: nothing here is secret. */
export interface Caller {
  /** Empty if the request is not signed. */
  accessKeyId: string;
  /** The name in the signature's scope: `dynamodb`, `s3`, `sts`. */
  service: string;
}

const scope = /(?:^|Credential=)([^/,\s]+)\/\d{8}\/[^/]*\/([\w-]+)\/aws4_request/;

/** Presigned links with the older signature, which the AWS CLI still creates, contain the key but no service. */
const formerKeyName = 'AWSAccessKeyId';

/** Reads the signature's scope from the header, or from the URL of a presigned request. */
export function callerOf(headers: IncomingHttpHeaders, url: URL): Caller {
  const signed = headers.authorization ?? url.searchParams.get('X-Amz-Credential') ?? '';
  const [, accessKeyId = '', service = ''] = scope.exec(signed) ?? [];
  const [formerKey] = url.searchParams.getAll(formerKeyName);
  return formerKey === undefined ? { accessKeyId, service } : { accessKeyId: formerKey, service: 's3' };
}

/** When a presigned link expires, in milliseconds since 1970; undefined for any other request. */
export function linkExpiry(query: URLSearchParams): number | undefined {
  if (query.has(formerKeyName)) return Number(query.get('Expires')) * 1000;
  const [, date, time] = /^(\d{8})T(\d{6})Z$/.exec(query.get('X-Amz-Date') ?? '') ?? [];
  if (!date || !time || !query.has('X-Amz-Expires')) return undefined;
  const day = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;
  const signedAt = Date.parse(`${day}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4)}Z`);
  return signedAt + Number(query.get('X-Amz-Expires')) * 1000;
}
