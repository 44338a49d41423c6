import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import { account } from '../aws.ts';
import type { Clock } from '../clock.ts';
import { decodedPart, readBody, sendJson, TooLarge } from '../http/body.ts';
import type { Runtime } from '../lambda/runtime.ts';
import type { ApiSpec, RouteSpec } from '../stack/http-apis.ts';
import { Bucket } from './throttle.ts';

interface CompiledRoute {
  spec: RouteSpec;
  method: string;
  pattern: RegExp;
  /** The route with the higher rank wins: a specific method before ANY, fixed parts before variables. */
  rank: number;
}

export interface Match {
  spec: RouteSpec;
  parameters: Record<string, string>;
}

const mostBytes = 6 * 1024 * 1024;

function compile(spec: RouteSpec): CompiledRoute {
  if (spec.key === '$default') return { spec, method: 'ANY', pattern: /^/, rank: -1 };
  const [method = '', path = ''] = spec.key.split(' ');
  const segments = path.split('/').slice(1);
  const source = segments.map((segment) => {
    const variable = /^\{(\w+)(\+?)\}$/.exec(segment);
    if (!variable) return segment.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return variable[2] ? `(?<${variable[1]}>.+)` : `(?<${variable[1]}>[^/]+)`;
  });
  const fixed = segments.filter((segment) => !segment.startsWith('{')).length;
  const greedy = path.includes('+}');
  const rank = (greedy ? 0 : 10_000) + fixed * 10 + (method === 'ANY' ? 0 : 1);
  return { spec, method, pattern: new RegExp(`^/${source.join('/')}$`), rank };
}

/** Finds the route for a request as an HTTP API does. */
export function createRouter(routes: RouteSpec[]): (method: string, path: string) => Match | undefined {
  const compiled = routes.map(compile).sort((a, b) => b.rank - a.rank);
  return (method, path) => {
    for (const route of compiled) {
      if (route.method !== 'ANY' && route.method !== method) continue;
      const found = route.pattern.exec(path);
      if (!found) continue;
      const parameters = Object.entries(found.groups ?? {}).map(([name, part]) => [name, decodedPart(part)]);
      return { spec: route.spec, parameters: Object.fromEntries(parameters) };
    }
    return undefined;
  };
}

const textual = /^(text\/|application\/(json|javascript|xml)|[^;]*\+(json|xml))/i;

function bodyPart(request: IncomingMessage, body: Buffer): object {
  if (body.length === 0) return { isBase64Encoded: false };
  if (textual.test(request.headers['content-type'] ?? 'text/plain')) {
    return { body: body.toString('utf8'), isBase64Encoded: false };
  }
  return { body: body.toString('base64'), isBase64Encoded: true };
}

function query(search: URLSearchParams): object {
  const names = [...new Set(search.keys())];
  if (names.length === 0) return {};
  const joined = names.map((name) => [name, search.getAll(name).join(',')]);
  return { queryStringParameters: Object.fromEntries(joined) };
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function logTime(at: Date): string {
  const [date = '', time = ''] = at.toISOString().split('T');
  const [year, month, day] = date.split('-');
  return `${day}/${months[Number(month) - 1]}/${year}:${time.slice(0, 8)} +0000`;
}

function requestContext(request: IncomingMessage, path: string, spec: RouteSpec, now: number): object {
  const host = request.headers.host ?? '127.0.0.1';
  return {
    accountId: account,
    apiId: spec.apiId,
    domainName: host,
    domainPrefix: host.split('.')[0],
    http: {
      method: request.method,
      path,
      protocol: `HTTP/${request.httpVersion}`,
      sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
      userAgent: request.headers['user-agent'] ?? '',
    },
    requestId: randomUUID(),
    routeKey: spec.key,
    stage: '$default',
    time: logTime(new Date(now)),
    timeEpoch: now,
  };
}

/** The request in payload format 2.0, with its body encoded as API Gateway does it. */
function toEvent(request: IncomingMessage, url: URL, match: Match, body: Buffer, now: number): object {
  const { cookie, ...rest } = request.headers;
  const headers = Object.entries(rest).map(([name, value]) => [name, [value].flat().join(',')]);
  return {
    version: '2.0',
    routeKey: match.spec.key,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    ...(cookie ? { cookies: cookie.split('; ') } : {}),
    headers: Object.fromEntries(headers),
    ...query(url.searchParams),
    requestContext: requestContext(request, url.pathname, match.spec, now),
    ...(Object.keys(match.parameters).length > 0 ? { pathParameters: match.parameters } : {}),
    ...bodyPart(request, body),
  };
}

const answerSchema = z.object({
  statusCode: z.coerce.number().int().min(100).max(599),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String)).nullish(),
  cookies: z.array(z.string()).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

/** Sends the function's result as API Gateway does: a result without statusCode is the body itself. */
function respond(response: ServerResponse, payload: unknown): void {
  const shaped = typeof payload === 'object' && payload !== null && 'statusCode' in payload;
  if (!shaped) {
    const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
    response.writeHead(200, { 'content-type': 'application/json' }).end(body);
    return;
  }
  const answer = answerSchema.safeParse(payload);
  if (answer.success) respondShaped(response, answer.data);
  else sendJson(response, 500, { message: 'Internal Server Error' });
}

function respondShaped(response: ServerResponse, answer: z.infer<typeof answerSchema>): void {
  const { statusCode, headers, cookies, body, isBase64Encoded } = answer;
  const bytes = Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8');
  response.writeHead(statusCode, {
    'content-type': 'text/plain;charset=UTF-8',
    ...Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value])),
    ...(cookies ? { 'set-cookie': cookies } : {}),
    'content-length': String(bytes.length),
  });
  response.end(bytes);
}

interface HttpApiSurroundings {
  runtime: Runtime;
  clock: Clock;
  complain: (line: string) => void;
}

/** One HTTP API of the template, with a throttle for each route. */
class HttpApi {
  readonly #aws: HttpApiSurroundings;
  readonly #find: (method: string, path: string) => Match | undefined;
  readonly #buckets: Map<RouteSpec, Bucket>;

  constructor({ routes }: ApiSpec, surroundings: HttpApiSurroundings) {
    this.#aws = surroundings;
    this.#find = createRouter(routes);
    this.#buckets = new Map(
      routes.flatMap((spec) =>
        spec.throttle ? [[spec, new Bucket(spec.throttle, surroundings.clock)] as const] : [],
      ),
    );
  }

  async handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const match = this.#find(request.method ?? 'GET', url.pathname);
    if (!match) return sendJson(response, 404, { message: 'Not Found' });
    if (this.#buckets.get(match.spec)?.take() === false) {
      return sendJson(response, 429, { message: 'Too Many Requests' });
    }
    try {
      await this.#call(request, response, url, match);
    } catch (error) {
      if (!(error instanceof TooLarge)) throw error;
      sendJson(response, 413, { message: 'Request Entity Too Large' });
    }
  }

  async #call(request: IncomingMessage, response: ServerResponse, url: URL, match: Match): Promise<void> {
    const { runtime, clock, complain } = this.#aws;
    const event = toEvent(request, url, match, await readBody(request, mostBytes), Math.round(clock.now()));
    const outcome = await runtime.invoke(match.spec.functionName, randomUUID(), event);
    if (outcome.ok) return respond(response, outcome.payload);
    complain(`${match.spec.key} failed: ${outcome.error.errorType}: ${outcome.error.errorMessage}`);
    const late = outcome.error.errorType === 'Sandbox.Timedout';
    sendJson(response, late ? 503 : 500, { message: late ? 'Service Unavailable' : 'Internal Server Error' });
  }
}

/** All HTTP APIs of the template. On AWS each has its own host; here each one but the first has a path. */
export class HttpApis {
  readonly #apis: { path: string; api: HttpApi }[];

  constructor(specs: ApiSpec[], surroundings: HttpApiSurroundings) {
    this.#apis = specs
      .map((spec) => ({ path: spec.path, api: new HttpApi(spec, surroundings) }))
      .toSorted((one, other) => other.path.length - one.path.length);
  }

  async handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const found = this.#apis.find(({ path }) => path === '' || url.pathname.startsWith(`${path}/`));
    if (!found) return sendJson(response, 404, { message: 'Not Found' });
    const inside = new URL(url);
    inside.pathname = url.pathname.slice(found.path.length);
    await found.api.handle(request, response, inside);
  }
}
