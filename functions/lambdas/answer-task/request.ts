import * as z from 'zod';
import { type LinkPath, readPath } from '../../links/paths.ts';

/** An HTTP API request (payload 2.0), reduced to the fields that the pages use. */
const httpEvent = z.looseObject({
  rawPath: z.string(),
  rawQueryString: z.string().default(''),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.string().optional(),
  isBase64Encoded: z.boolean().default(false),
  requestContext: z.looseObject({ http: z.looseObject({ method: z.string() }) }),
});

export interface Request extends LinkPath {
  readonly method: string;
  readonly query: URLSearchParams;
  readonly contentType: string;
  readonly body: Buffer;
}

export function readRequest(event: unknown): Request {
  const {
    rawPath,
    rawQueryString,
    headers,
    body = '',
    isBase64Encoded,
    requestContext,
  } = httpEvent.parse(event);
  return {
    ...readPath(rawPath),
    method: requestContext.http.method,
    query: new URLSearchParams(rawQueryString),
    contentType: headers['content-type'] ?? '',
    body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
  };
}

/** Larger than our longest form: a list of two hundred handoffs. */
export const BODY_BYTES = 65_536;

/** Parses a form in which each field occurs once; anything else is not one of our forms. */
export async function readForm({ contentType, body }: Request): Promise<ReadonlyMap<string, string>> {
  const type = contentType.split(';')[0]?.trim().toLowerCase();
  if (type === 'application/x-www-form-urlencoded')
    return new Map(new URLSearchParams(body.toString('utf8')));
  return type === 'multipart/form-data' ? readParts(contentType, body) : new Map();
}

/** Mail clients should post their one click as multipart (RFC 8058); an unreadable body has no fields. */
async function readParts(contentType: string, body: Buffer): Promise<ReadonlyMap<string, string>> {
  try {
    const parts = await new Response(new Uint8Array(body), {
      headers: { 'content-type': contentType },
    }).formData();
    return new Map([...parts].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
  } catch {
    return new Map();
  }
}
