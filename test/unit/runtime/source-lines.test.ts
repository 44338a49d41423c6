import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { transform } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { nameSourceLines } from '../../../functions/runtime/source-lines.ts';

const folder = mkdtempSync(join(tmpdir(), 'source-lines-'));
const source = `
export function decide(deal: { number: string }): never {
  throw new Error('deal ' + deal.number);
}

export function deliver(deal: { number: string }): never {
  try {
    return decide(deal);
  } catch (cause) {
    throw new Error('not delivered', { cause });
  }
}
`;

const bundled = z.object({
  deliver: z.custom<(deal: object) => never>((given) => typeof given === 'function'),
});

/** The error that a minified file throws; its map is beside it, or not. */
async function thrownBy(name: string): Promise<Error> {
  const { deliver } = bundled.parse(await import(pathToFileURL(join(folder, `${name}.mjs`)).href));
  try {
    return deliver({ number: '48211' });
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
}

const causeOf = ({ cause }: Error) => (cause instanceof Error ? cause : undefined);

beforeAll(async () => {
  const { code, map } = await transform(source, {
    loader: 'ts',
    minify: true,
    sourcemap: 'external',
    sourcefile: '../functions/outbox/deliver.ts',
  });
  writeFileSync(join(folder, 'index.mjs'), code);
  writeFileSync(join(folder, 'index.mjs.map'), map);
  writeFileSync(join(folder, 'without-map.mjs'), code);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the stack of an error in the log', () => {
  it('names the lines of the source, also of what caused it', async () => {
    const error = await thrownBy('index');
    nameSourceLines(error);
    expect(error.stack).toMatch(/^Error: not delivered\n.*functions\/outbox\/deliver\.ts:10:\d+/);
    expect(causeOf(error)?.stack).toMatch(/^Error: deal 48211\n.*functions\/outbox\/deliver\.ts:3:\d+/);
    expect(causeOf(error)?.stack).toMatch(/functions\/outbox\/deliver\.ts:8:\d+/);
  });

  it('is the same when it is logged again on its way out', async () => {
    const error = await thrownBy('index');
    nameSourceLines(error);
    const { stack } = error;
    nameSourceLines(error);
    expect(error.stack).toBe(stack);
  });

  it('stays as it is where the map is missing', async () => {
    const error = await thrownBy('without-map');
    const { stack } = error;
    nameSourceLines(error);
    expect(error.stack).toBe(stack);
  });
});
