import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { alarmsMarkdown, alarmsPage } from '../../lib/alarms-docs.ts';

it('docs/alarms.md says what the alarms are (node lib/alarms-docs.ts writes it anew)', () => {
  expect(readFileSync(alarmsPage, 'utf8')).toBe(alarmsMarkdown());
});
