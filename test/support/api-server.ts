import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One call that the API got. */
export interface ApiCall {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** A small JSON API, such as a CRM's: it answers as it is told, and keeps what it got. */
export class ApiServer {
  readonly calls: ApiCall[] = [];
  /** The status of each answer; the last one stays. */
  answers: number[] = [200];
  /** Takes calls, and answers none of them. */
  isHanging = false;
  readonly #server: Server;
  #heard: () => void = () => undefined;

  private constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method, url, headers } = request;
        this.calls.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
        this.#heard();
        if (this.isHanging) return;
        const status = this.answers.length > 1 ? this.answers.shift() : this.answers[0];
        response.writeHead(status ?? 200).end('{}');
      });
    });
  }

  static async start(): Promise<ApiServer> {
    const server = new ApiServer();
    await new Promise<void>((ready) => server.#server.listen(0, '127.0.0.1', ready));
    return server;
  }

  /** Resolves with the next call. */
  nextCall(): Promise<void> {
    return new Promise((heard) => {
      this.#heard = heard;
    });
  }

  get url(): string {
    const address = this.#server.address();
    const isOfNet = (one: typeof address): one is AddressInfo => typeof one === 'object' && one !== null;
    if (!isOfNet(address)) throw new Error('the API does not listen');
    return `http://127.0.0.1:${address.port}/events`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((stopped) => this.#server.close(stopped));
  }
}
