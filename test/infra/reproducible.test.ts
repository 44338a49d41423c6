import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_GROUP, readGroupFile } from '../../lib/group-file.ts';

const project = join(import.meta.dirname, '..', '..');
const scratch = mkdtempSync(join(tmpdir(), 'handoff-reproducible-'));
const parts = ['bin', 'lib', 'functions', 'groups', 'cdk.json', 'package.json'];

/** The project at another place, synthesized there in full: bundles, rule packs and all. */
async function synthesizeIn(directory: string): Promise<string> {
  mkdirSync(directory, { recursive: true });
  for (const part of parts) cpSync(join(project, part), join(directory, part), { recursive: true });
  symlinkSync(join(project, 'node_modules'), join(directory, 'node_modules'));
  await promisify(execFile)(process.execPath, ['bin/app.ts', '--out', 'out'], { cwd: directory });
  return join(directory, 'out');
}

describe('synthesized twice, in two folders', () => {
  const stack = `handoff-${readGroupFile(join(project, DEMO_GROUP)).group.name}`;
  let outputs: readonly string[];

  beforeAll(async () => {
    const folders = [join(scratch, 'here'), join(scratch, 'somewhere', 'else', 'entirely')];
    outputs = await Promise.all(folders.map(synthesizeIn));
  }, 120_000);
  afterAll(() => rmSync(scratch, { recursive: true }));

  it('the template and the bundles are the same to the byte', () => {
    const [first, second] = outputs.map((directory) => ({
      template: readFileSync(join(directory, `${stack}.template.json`), 'utf8'),
      assets: readdirSync(directory)
        .filter((name) => name.startsWith('asset.'))
        .sort(),
    }));
    expect(first?.assets.length).toBeGreaterThan(0);
    expect(second).toEqual(first);
  });

  it('nothing that is deployed tells where it was made', () => {
    for (const directory of outputs) {
      const assets = readdirSync(directory).filter((name) => name.startsWith('asset.'));
      const files = assets.flatMap((asset) =>
        readdirSync(join(directory, asset)).map((name) => join(asset, name)),
      );
      for (const file of [...files, `${stack}.template.json`]) {
        const text = readFileSync(join(directory, file), 'utf8');
        expect.soft(text.includes(scratch) || text.includes(project), file).toBe(false);
      }
    }
  });

  it('each bundle loads, and has a handler', async () => {
    const [directory = ''] = outputs;
    for (const asset of readdirSync(directory).filter((name) => name.startsWith('asset.'))) {
      const bundle: unknown = await import(join(directory, asset, 'index.mjs'));
      expect(bundle).toHaveProperty('handler');
    }
  });
});
