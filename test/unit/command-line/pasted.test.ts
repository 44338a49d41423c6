import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { blockIn } from '../../support/docs.ts';
import { handoff } from './handoff.ts';

const folder = mkdtempSync(join(tmpdir(), 'pasted-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('the past visit that the docs show can be imported', async () => {
  const file = join(folder, 'visits.jsonl');
  writeFileSync(file, blockIn('docs/operations.md', 'visits.jsonl'));
  const { code, stdout } = await handoff(['import-history', file, '--check']);
  expect([code, stdout]).toEqual([0, '1 visits good, 0 rejected\n']);
});
