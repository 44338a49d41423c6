import { EventEmitter } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { readJson, sendJson } from '../http/body.ts';
import { messageOf, Problem } from '../problem.ts';
import { nullProblem } from './nulls.ts';

const serialization = 'com.amazon.coral.service#SerializationException';
const validation = 'com.amazon.coral.validate#ValidationException';

interface Refusal {
  __type: string;
  message?: string;
}

/** The body as an object, or DynamoDB's refusal. */
function refusalOf(body: Buffer): Refusal | undefined {
  let value: unknown;
  try {
    value = readJson(body);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { __type: serialization, message: error.message };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { __type: serialization };
  const message = nullProblem(value);
  return message === undefined ? undefined : { __type: validation, message };
}

function refuse(request: IncomingMessage, response: ServerResponse, status: number, refusal: Refusal): void {
  const contentType = String(request.headers['content-type'] ?? 'application/x-amz-json-1.0');
  sendJson(response, status, refusal, { 'content-type': contentType });
}

const isFromDynalite = (error: unknown): boolean =>
  error instanceof Error && /[\\/]node_modules[\\/]dynalite[\\/]/.test(error.stack ?? '');

/**
 * The door to dynalite. dynalite throws on some requests that DynamoDB refuses, and on a broken connection: it gets
 * only whole requests whose body has been looked at, and an exception that it throws all the same is an answer.
 */
export class DynamoDbEndpoint {
  readonly #server: Server;
  readonly #complain: (line: string) => void;
  readonly #open = new Map<ServerResponse, IncomingMessage>();
  readonly #crashed = (error: unknown): void => this.#afterCrash(error);

  constructor(server: Server, complain: (line: string) => void) {
    this.#server = server;
    this.#complain = complain;
    process.on('uncaughtException', this.#crashed);
  }

  stop(): void {
    process.off('uncaughtException', this.#crashed);
  }

  handle(request: IncomingMessage, body: Buffer, response: ServerResponse): void {
    const refusal = refusalOf(body);
    if (refusal) {
      refuse(request, response, 400, refusal);
      return;
    }
    this.#open.set(response, request);
    response.once('close', () => this.#open.delete(response));
    try {
      this.#handOver(request, body, response);
    } catch (error) {
      this.#complain(`DynamoDB: a request that dynalite cannot read: ${messageOf(error)}`);
      refuse(request, response, 400, { __type: serialization });
    }
  }

  /** Its listeners run at once: what they throw, they throw to the caller. */
  #handOver({ method, url, headers }: IncomingMessage, body: Buffer, response: ServerResponse): void {
    const whole = Object.assign(new EventEmitter(), { method, url, headers });
    this.#server.emit('request', whole, response);
    whole.emit('data', body);
    whole.emit('end');
  }

  /** Thrown later, from its store: the requests under way are answered, as it is not known whose it was. */
  #afterCrash(error: unknown): void {
    if (!isFromDynalite(error)) {
      if (process.listenerCount('uncaughtException') === 1) throw error;
      return;
    }
    this.#complain(`DynamoDB: dynalite failed: ${messageOf(error)}`);
    for (const [response, request] of this.#open) {
      if (!response.headersSent) refuse(request, response, 500, { __type: 'InternalServerError' });
    }
    this.#open.clear();
  }
}
