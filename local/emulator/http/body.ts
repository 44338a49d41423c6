import type { IncomingMessage, ServerResponse } from 'node:http';
import { Problem } from '../problem.ts';

export class TooLarge extends Problem {}

export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > limit) throw new TooLarge(`the body is larger than ${limit} bytes`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/**
 * JSON nested deeper is refused: a recursive function such as JSON.stringify would exhaust the stack. This is the
 * default limit of the JSON parser in AWS's open-source event matcher.
 */
export const deepestNesting = 1000;

/** Whether a parsed JSON value is nested deeper than a limit; checked without recursion. */
export function isDeeperThan(value: unknown, limit: number): boolean {
  const open: { value: unknown; depth: number }[] = [{ value, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value: inner, depth } = next;
    if (typeof inner !== 'object' || inner === null) continue;
    if (depth >= limit) return true;
    for (const child of Object.values(inner)) open.push({ value: child, depth: depth + 1 });
  }
  return false;
}

function parsed(body: Buffer): unknown {
  try {
    return body.length === 0 ? {} : JSON.parse(body.toString('utf8'));
  } catch {
    throw new Problem('the body is not JSON');
  }
}

export function readJson(body: Buffer): unknown {
  const value = parsed(body);
  if (isDeeperThan(value, deepestNesting)) {
    throw new Problem(`the body is nested deeper than ${deepestNesting} levels`);
  }
  return value;
}

/** Decodes percent signs in a part of a path. A malformed part is returned unchanged. */
export function decodedPart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function sendJson(response: ServerResponse, status: number, body: unknown, headers = {}): void {
  const text = `${JSON.stringify(body)}\n`;
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    ...headers,
  });
  response.end(text);
}

/** Clients drop a silent connection after some minutes, and moving the clock far ahead may take longer. */
const patienceMs = 20_000;

/** Answers with the result of the work; while that takes long, spaces keep the connection alive. */
export async function sendJsonSoon(response: ServerResponse, work: Promise<unknown>): Promise<void> {
  const timer = setInterval(() => {
    if (!response.headersSent) {
      response.writeHead(200, {
        'content-type': 'application/json; charset=utf-8',
        'cache-control': 'no-store',
      });
    }
    response.write(' ');
  }, patienceMs);
  try {
    const body = await work;
    if (response.headersSent) response.end(`${JSON.stringify(body)}\n`);
    else sendJson(response, 200, body);
  } finally {
    clearInterval(timer);
  }
}
