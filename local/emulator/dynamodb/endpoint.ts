import { EventEmitter } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { readJson, sendJson } from '../http/body.ts';
import type { DenialOf } from '../iam/ask.ts';
import { messageOf, Problem } from '../problem.ts';
import type { TableSpec } from '../stack/tables.ts';
import { asksOf } from './asks.ts';
import { nullProblem } from './nulls.ts';
import type { Tables } from './tables.ts';

const serialization = 'com.amazon.coral.service#SerializationException';
const denied = 'com.amazon.coral.service#AccessDeniedException';
const validation = 'com.amazon.coral.validate#ValidationException';

interface Refused {
  __type: string;
  message?: string;
  /** The field's spelling in DynamoDB's AccessDeniedException. */
  Message?: string;
}

/** DynamoDB's error for a malformed body; undefined if the body is fine. */
function bodyProblem(body: Buffer): Refused | undefined {
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

function refuse(request: IncomingMessage, response: ServerResponse, status: number, refused: Refused): void {
  const contentType = String(request.headers['content-type'] ?? 'application/x-amz-json-1.0');
  sendJson(response, status, refused, { 'content-type': contentType });
}

const isFromDynalite = (error: unknown): boolean =>
  error instanceof Error && /[\\/]node_modules[\\/]dynalite[\\/]/.test(error.stack ?? '');

/**
 * The DynamoDB endpoint, in front of dynalite. dynalite throws on broken connections and on some requests that DynamoDB
 * refuses. It therefore gets complete and checked requests only, and any exception it still throws becomes an answer.
 */
export class DynamoDbEndpoint {
  readonly #server: Server;
  readonly #tables: TableSpec[];
  readonly #complain: (line: string) => void;
  readonly #open = new Map<ServerResponse, IncomingMessage>();
  readonly #crashed = (error: unknown): void => this.#afterCrash(error);

  constructor({ server, specs }: Tables, complain: (line: string) => void) {
    this.#server = server;
    this.#tables = specs;
    this.#complain = complain;
    process.on('uncaughtException', this.#crashed);
  }

  stop(): void {
    process.off('uncaughtException', this.#crashed);
  }

  handle(request: IncomingMessage, body: Buffer, response: ServerResponse, denialOf: DenialOf): void {
    const refused = bodyProblem(body) ?? this.#denial(request, body, denialOf);
    if (refused) {
      refuse(request, response, 400, refused);
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

  #denial(request: IncomingMessage, body: Buffer, denialOf: DenialOf): Refused | undefined {
    const [, operation = ''] = String(request.headers['x-amz-target'] ?? '').split('.');
    const Message = asksOf(operation, readJson(body), this.#tables).map(denialOf).find(Boolean);
    return Message === undefined ? undefined : { __type: denied, message: Message, Message };
  }

  /** dynalite's listeners run synchronously, so that their exceptions reach the caller. */
  #handOver({ method, url, headers }: IncomingMessage, body: Buffer, response: ServerResponse): void {
    const whole = Object.assign(new EventEmitter(), { method, url, headers });
    this.#server.emit('request', whole, response);
    whole.emit('data', body);
    whole.emit('end');
  }

  /**
   * For an exception thrown later, in dynalite's store: answers all open requests, because it is unknown which one
   * caused it.
   */
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
