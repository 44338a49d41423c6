import type { IncomingHttpHeaders } from 'node:http';

/** Who signed a request, and for which service. Signatures are not checked: nothing here is secret. */
export interface Caller {
  /** Empty when the request is not signed. */
  accessKeyId: string;
  /** As the signature's scope names it: `dynamodb`, `s3`, `sts`. */
  service: string;
}

const scope = /(?:^|Credential=)([^/,\s]+)\/\d{8}\/[^/]*\/([\w-]+)\/aws4_request/;

/** Reads the signature's scope from the header, or from the address of a presigned request. */
export function callerOf(headers: IncomingHttpHeaders, url: URL): Caller {
  const signed = headers.authorization ?? url.searchParams.get('X-Amz-Credential') ?? '';
  const [, accessKeyId = '', service = ''] = scope.exec(signed) ?? [];
  return { accessKeyId, service };
}
