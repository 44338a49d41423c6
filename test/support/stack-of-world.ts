import { execFile } from 'node:child_process';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as z from 'zod';
import type { BusEvent, World } from './world.ts';

export interface Invoked {
  readonly functionName: string;
  readonly event: BusEvent;
}

const busEvent = z.object({
  id: z.string(),
  source: z.string(),
  'detail-type': z.string(),
  time: z.string(),
  detail: z.unknown(),
});
const invocation = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;

/**
 * The world as the stack of the demo group, at an address as a local run has one. Its table answers; of its functions
 * it only notes which were invoked, and with what: a test lets them work when it likes.
 */
export class StackOfWorld {
  readonly invoked: Invoked[] = [];
  readonly #world: World;
  readonly #server: Server;
  #url = '';

  private constructor(world: World) {
    this.#world = world;
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch(() => response.writeHead(500).end());
    });
  }

  static async open(world: World): Promise<StackOfWorld> {
    const stack = new StackOfWorld(world);
    await new Promise<void>((resolve) => stack.#server.listen(0, '127.0.0.1', resolve));
    stack.#url = `http://127.0.0.1:${portOf(stack.#server)}`;
    return stack;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  /** An operator's command on the stack, as a process of its own. */
  command(...args: string[]): Promise<{ code: number; output: string }> {
    return new Promise((resolve) => {
      execFile(
        process.execPath,
        ['bin/handoff.ts', ...args, '--local', this.#url],
        (error, stdout, stderr) => {
          resolve({ code: typeof error?.code === 'number' ? error.code : 0, output: stdout + stderr });
        },
      );
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { url = '' } = request;
    const [, functionName] = invocation.exec(url) ?? [];
    if (url === '/healthz') {
      response.end(JSON.stringify(this.#health()));
    } else if (functionName !== undefined) {
      this.invoked.push({ functionName, event: busEvent.parse(JSON.parse(await bodyOf(request))) });
      response.writeHead(202).end();
    } else {
      await this.#askTable(request, response);
    }
  }

  #health() {
    const { tableName } = this.#world.target();
    const { now, group } = this.#world;
    return { aws: this.#url, table: tableName, bus: 'handoff', stack: `handoff-${group.name}`, now };
  }

  async #askTable(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { endpoint } = this.#world.target();
    if (endpoint === undefined) throw new Error('A command needs a world on a DynamoDB server');
    const headers = ['authorization', 'content-type', 'x-amz-date', 'x-amz-target'].flatMap(
      (name): [string, string][] => [[name, String(request.headers[name] ?? '')]],
    );
    const answer = await fetch(endpoint, { method: 'POST', headers, body: await bodyOf(request) });
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(await answer.text());
  }
}

const portOf = (server: Server): number => {
  const address: AddressInfo | string | null = server.address();
  return typeof address === 'object' && address ? address.port : 0;
};

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}
