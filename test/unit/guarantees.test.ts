import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const page = readFileSync('docs/guarantees.md', 'utf8');
const [promised = ''] = page.split('## Not promised');

it('names a test that exists beside each promise', () => {
  const rows = promised.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| promise'));
  for (const row of rows.filter((line) => !line.startsWith('| ---'))) {
    const proofs = [...row.matchAll(/`(test\/[^`]+)`/g)].map(([, file = '']) => file);
    expect(proofs, row).not.toEqual([]);
    for (const file of proofs) expect(existsSync(file), file).toBe(true);
  }
});
