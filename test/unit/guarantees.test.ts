import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const page = readFileSync('docs/guarantees.md', 'utf8');
const [promised = ''] = page.split('## Not promised');
const rows = promised.split('\n').filter((line) => /^\| (?!promise|---)/.test(line));

it.each(rows)('names a test that exists, by its file and its title, beside each promise: %s', (row) => {
  const files = [...row.matchAll(/`test\/[^`]+`/g)];
  const proofs = [...row.matchAll(/`(test\/[^`]+)`: \*([^*]+)\*/g)];
  expect(proofs.length).toBeGreaterThan(0);
  expect(proofs.length).toBe(files.length);
  for (const [, file = '', title = ''] of proofs) expect(readFileSync(file, 'utf8')).toContain(title);
});
