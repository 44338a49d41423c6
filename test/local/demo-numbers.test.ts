import { expect, it } from 'vitest';
import { createDemoNumbers } from '../../local/demo-numbers.ts';

it('a newcomer sees two years of two stores: every picture has figures, and people have names', async () => {
  const page = await createDemoNumbers(() => Date.parse('2026-11-26T15:00:00Z')).page();
  expect(page).toContain('North Honda');
  expect(page).toContain('Stores side by side');
  expect(page).not.toMatch(/None yet|none yet|undefined|NaN/);
  expect(page.match(/<svg/g)?.length).toBeGreaterThan(4);
  expect(page).not.toMatch(/>[AS]\d+</);
});
