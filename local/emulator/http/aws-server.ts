import { randomUUID } from 'node:crypto';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AthenaEndpoint } from '../athena/endpoint.ts';
import type { DynamoDbEndpoint } from '../dynamodb/endpoint.ts';
import type { Bus } from '../eventbridge/bus.ts';
import { eventBridgeCall } from '../eventbridge/endpoint.ts';
import type { Access } from '../iam/access.ts';
import type { DenialOf } from '../iam/ask.ts';
import { isLambdaCall } from '../lambda/endpoint.ts';
import { messageOf, Problem } from '../problem.ts';
import type { S3Endpoint } from '../s3/endpoint.ts';
import type { SecretsEndpoint } from '../secrets/endpoint.ts';
import type { SesAnswer, SesEndpoint } from '../ses/endpoint.ts';
import { type AwsAnswer, awsError, Xml } from './aws-answer.ts';
import { readBody, readJson, sendJson } from './body.ts';
import { type Caller, callerOf } from './caller.ts';
import { isQueryCall, queryCall, queryError } from './query-protocol.ts';

/** The services behind the AWS endpoint; they are created after the port is known. */
export interface AwsServices {
  dynamodb: DynamoDbEndpoint;
  bus: Bus;
  buses: string[];
  ses: SesEndpoint;
  sqs: (operation: string, body: unknown, denialOf: DenialOf) => AwsAnswer;
  s3: S3Endpoint;
  secrets: SecretsEndpoint;
  athena: AthenaEndpoint;
  lambda: (path: string, headers: IncomingHttpHeaders, payload: unknown, denialOf: DenialOf) => AwsAnswer;
  access: Access;
  health: () => object;
}

interface Call {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  caller: Caller;
}

/** An email of 40 MB becomes larger in Base64. */
const mostBytes = 64 * 1024 * 1024;
/** How long a request without a response is held open, unless the client disconnects first. */
const silenceMs = 60_000;

const targetOf = ({ request }: Call): string[] => String(request.headers['x-amz-target'] ?? '').split('.');

/** The services that speak JSON. */
function jsonCall(services: AwsServices, call: Call, bytes: Buffer): SesAnswer {
  const { request, url, caller } = call;
  const [service, operation = ''] = targetOf(call);
  const body = readJson(bytes);
  const denialOf: DenialOf = (ask) => services.access.denialOf(caller, ask);
  if (service === 'AWSEvents') return eventBridgeCall(operation, body, { ...services, denialOf });
  if (service === 'AmazonSQS') return services.sqs(operation, body, denialOf);
  if (service === 'secretsmanager') return services.secrets.answer(operation, body, caller);
  if (url.pathname.startsWith('/v2/email/')) {
    const { method = '' } = request;
    return services.ses.answer({ method, path: url.pathname, query: url.searchParams, body }, denialOf);
  }
  if (isLambdaCall(url.pathname)) return services.lambda(url.pathname, request.headers, body, denialOf);
  if (url.pathname === '/healthz') return { status: 200, body: services.health() };
  const played = 'EventBridge, DynamoDB, S3, Athena, Secrets Manager, SES v2, SQS and Lambda';
  return awsError(400, 'UnknownOperationException', `The local run plays ${played}`);
}

function hold(request: IncomingMessage): void {
  const timer = setTimeout(() => request.socket.destroy(), silenceMs);
  request.socket.once('close', () => clearTimeout(timer));
}

function sendXml(
  response: ServerResponse,
  { status, headers }: AwsAnswer,
  xml: Xml,
  requestId: string,
): void {
  response.writeHead(status, { 'content-type': 'text/xml', 'x-amzn-requestid': requestId, ...headers });
  response.end(xml.text);
}

function respond({ request, response }: Call, answer: SesAnswer): void {
  const requestId = randomUUID();
  if (answer === 'silence') {
    hold(request);
    return;
  }
  if (answer.body instanceof Xml) {
    sendXml(response, answer, answer.body, requestId);
    return;
  }
  const contentType = String(request.headers['content-type'] ?? 'application/json');
  sendJson(response, answer.status, answer.body, {
    ...answer.headers,
    ...(contentType.startsWith('application/x-amz-json') ? { 'content-type': contentType } : {}),
    'x-amzn-requestid': requestId,
  });
}

/** S3 is recognized by the request's signature, because its paths can be anything. A link need not even be signed. */
const isS3Call = (services: AwsServices, { request, caller }: Call): boolean =>
  caller.service === 's3' ||
  (request.headers['x-amz-target'] === undefined && caller.service === '' && services.s3.owns(request));

async function serve(services: AwsServices, call: Call): Promise<void> {
  const { request, response, caller } = call;
  if (isS3Call(services, call)) return services.s3.handle(request, response, caller);
  const bytes = await readBody(request, mostBytes);
  if (targetOf(call)[0]?.startsWith('DynamoDB')) {
    return services.dynamodb.handle(request, bytes, response, (ask) => services.access.denialOf(caller, ask));
  }
  const [service, operation = ''] = targetOf(call);
  if (service === 'AmazonAthena')
    return respond(call, await services.athena.answer(operation, readJson(bytes), caller));
  if (isQueryCall(request.headers['content-type'])) {
    return respond(call, queryCall(bytes, caller, services.access.arnOf(caller)));
  }
  respond(call, jsonCall(services, call, bytes));
}

function errorAnswer({ request }: Call, error: unknown): AwsAnswer {
  const known = error instanceof Problem;
  const [status, type] = known ? [400, 'SerializationException'] : [500, 'InternalFailure'];
  const asXml = isQueryCall(request.headers['content-type']);
  return (asXml ? queryError : awsError)(status, type, messageOf(error));
}

/** A disconnected client gets no response; if the response has begun, the connection is closed. */
function fail(call: Call, error: unknown): void {
  if (call.response.headersSent || call.response.destroyed) call.response.destroy();
  else respond(call, errorAnswer(call, error));
}

function urlOf(request: IncomingMessage): URL {
  return URL.parse(request.url ?? '/', 'http://local') ?? new URL('http://local/');
}

/** One endpoint for every AWS client. */
export function createAwsServer(services: () => AwsServices | undefined): Server {
  return createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    const url = urlOf(request);
    const call = { request, response, url, caller: callerOf(request.headers, url) };
    const ready = services();
    if (!ready) return respond(call, awsError(503, 'ServiceUnavailable', 'The local run is starting'));
    void serve(ready, call).catch((error: unknown) => fail(call, error));
  });
}
