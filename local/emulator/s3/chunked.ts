import { S3Error } from './error.ts';

const broken = (why: string): S3Error =>
  new S3Error(400, 'IncompleteBody', `The body is not framed as aws-chunked: ${why}`);

const longestLine = 4096;

/**
 * Removes the framing of a body that an SDK streams: `<hex size>[;chunk-signature=…]`, the bytes, and after the last
 * chunk the trailers, such as a checksum that is known only at the end.
 */
export class ChunkedBody {
  readonly trailers = new Map<string, string>();
  readonly #source: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  async *content(): AsyncGenerator<Buffer> {
    for (let size = await this.#chunkSize(); size > 0; size = await this.#chunkSize()) {
      yield* this.#bytes(size);
      if ((await this.#line()) !== '') throw broken('a chunk is longer than its size');
    }
    for (let line = await this.#line(); line !== ''; line = await this.#line()) {
      const colon = line.indexOf(':');
      if (colon < 1) throw broken('a trailer has no colon');
      this.trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
    }
  }

  async #chunkSize(): Promise<number> {
    const [size = ''] = (await this.#line()).split(';');
    if (!/^[0-9a-f]{1,12}$/i.test(size)) throw broken('a chunk has no size');
    return Number.parseInt(size, 16);
  }

  async *#bytes(size: number): AsyncGenerator<Buffer> {
    for (let left = size; left > 0; ) {
      if (this.#rest.length === 0) await this.#more();
      const taken = this.#rest.subarray(0, left);
      this.#rest = this.#rest.subarray(taken.length);
      left -= taken.length;
      yield taken;
    }
  }

  async #line(): Promise<string> {
    let end = this.#rest.indexOf('\r\n');
    while (end < 0) {
      if (this.#rest.length > longestLine) throw broken('a line does not end');
      await this.#more();
      end = this.#rest.indexOf('\r\n');
    }
    const line = this.#rest.subarray(0, end).toString('latin1');
    this.#rest = this.#rest.subarray(end + 2);
    return line;
  }

  async #more(): Promise<void> {
    const next = await this.#source.next();
    if (next.done) throw broken('it ends too early');
    this.#rest = this.#rest.length === 0 ? next.value : Buffer.concat([this.#rest, next.value]);
  }
}
