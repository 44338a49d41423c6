import { randomUUID } from 'node:crypto';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Bus } from '../eventbridge/bus.ts';
import { eventBridgeCall } from '../eventbridge/endpoint.ts';
import { isLambdaCall } from '../lambda/endpoint.ts';
import { messageOf, Problem } from '../problem.ts';
import type { SesAnswer } from '../ses/endpoint.ts';
import { type AwsAnswer, awsError } from './aws-answer.ts';
import { readBody, readJson, sendJson } from './body.ts';

/** What stands behind the AWS endpoint; it comes to be after the port is known. */
export interface AwsServices {
  dynamodb: Server;
  bus: Bus;
  buses: string[];
  ses: (method: string, path: string, body: unknown) => SesAnswer;
  sqs: (operation: string, body: unknown) => AwsAnswer;
  lambda: (path: string, headers: IncomingHttpHeaders, payload: unknown) => AwsAnswer;
  health: () => object;
}

/** Base64 makes an email of 40 MB larger on the way. */
const mostBytes = 64 * 1024 * 1024;
/** How long a request that is never answered is held, unless the client leaves first. */
const silenceMs = 60_000;

async function route(services: AwsServices, request: IncomingMessage): Promise<SesAnswer> {
  const url = new URL(request.url ?? '/', 'http://local');
  const [service, operation = ''] = String(request.headers['x-amz-target'] ?? '').split('.');
  const body = readJson(await readBody(request, mostBytes));
  if (service === 'AWSEvents') return eventBridgeCall(operation, body, services.bus, services.buses);
  if (service === 'AmazonSQS') return services.sqs(operation, body);
  if (url.pathname.startsWith('/v2/email/')) return services.ses(request.method ?? '', url.pathname, body);
  if (isLambdaCall(url.pathname)) return services.lambda(url.pathname, request.headers, body);
  if (url.pathname === '/healthz') return { status: 200, body: services.health() };
  return awsError(
    400,
    'UnknownOperationException',
    'The local run plays EventBridge, DynamoDB, SES v2, SQS and Lambda',
  );
}

function respond(request: IncomingMessage, response: ServerResponse, answer: SesAnswer): void {
  if (answer === 'silence') {
    const timer = setTimeout(() => request.socket.destroy(), silenceMs);
    request.socket.once('close', () => clearTimeout(timer));
    return;
  }
  const contentType = String(request.headers['content-type'] ?? 'application/json');
  sendJson(response, answer.status, answer.body, {
    ...answer.headers,
    ...(contentType.startsWith('application/x-amz-json') ? { 'content-type': contentType } : {}),
    'x-amzn-requestid': randomUUID(),
  });
}

async function handle(
  services: AwsServices,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    respond(request, response, await route(services, request));
  } catch (error) {
    const known = error instanceof Problem;
    const type = known ? 'SerializationException' : 'InternalFailure';
    respond(request, response, awsError(known ? 400 : 500, type, messageOf(error)));
  }
}

/** One endpoint for every AWS client. */
export function createAwsServer(services: () => AwsServices | undefined): Server {
  return createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    const ready = services();
    if (!ready) {
      respond(request, response, awsError(503, 'ServiceUnavailable', 'The local run is starting'));
    } else if (String(request.headers['x-amz-target'] ?? '').startsWith('DynamoDB')) {
      ready.dynamodb.emit('request', request, response);
    } else {
      void handle(ready, request, response);
    }
  });
}
