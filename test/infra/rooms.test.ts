import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const refused = [
  ['functions/contracts/one.ts', '../domain/task.ts'],
  ['functions/domain/one.ts', '../adapters/task-table.ts'],
  ['functions/domain/two.ts', '@aws-sdk/client-dynamodb'],
  ['functions/domain/three.ts', '../emails/index.ts'],
  ['functions/emails/one.ts', '../outbox/deliver.ts'],
  ['functions/pages/one.ts', '../adapters/task-table.ts'],
  ['functions/outbox/one.ts', '../adapters/ses-mailer.ts'],
  ['functions/adapters/one.ts', '../outbox/deliver.ts'],
  ['functions/introduce-service/one.ts', '../adapters/task-table.ts'],
  ['functions/introduce-service/two.ts', '@aws-sdk/client-sesv2'],
  ['functions/introduce-service/three.ts', '../runtime/telemetry.ts'],
  ['lib/one.ts', '../functions/outbox/deliver.ts'],
  ['local/one.ts', '../functions/domain/task.ts'],
] as const;

const allowed = [
  ['functions/domain/four.ts', '../contracts/vehicle-sold.ts'],
  ['functions/outbox/two.ts', '../emails/index.ts'],
  ['functions/introduce-service/handler.ts', '../adapters/task-table.ts'],
  ['functions/introduce-service/four.ts', '../outbox/decide-and-deliver.ts'],
] as const;

let folder: string;
let found: string;

/** The house with nothing in it but these imports, and the project's own linter rules. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rooms-'));
  copyFileSync('biome.json', join(folder, 'biome.json'));
  for (const [path, imported] of [...refused, ...allowed]) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), `import * as it from '${imported}';\n\nexport const used = it;\n`);
  }
  const args = [
    'lint',
    '--only=style/noRestrictedImports',
    '--vcs-enabled=false',
    '--max-diagnostics=none',
    '.',
  ];
  const { stdout, stderr } = spawnSync(resolve('node_modules/.bin/biome'), args, {
    cwd: folder,
    encoding: 'utf8',
  });
  found = stdout + stderr;
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the linter keeps the rooms apart', () => {
  it.each(refused)('%s may not import %s', (path) => {
    expect(found).toMatch(new RegExp(`${path}:\\d+:\\d+ lint/style/noRestrictedImports`));
  });

  it.each(allowed)('%s may import %s', (path) => {
    expect(found).not.toContain(path);
  });
});
