import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoYear } from '../../bin/numbers/demo/demo-year.ts';
import demo from '../../groups/demo.json' with { type: 'json' };

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'demo-ledger-'));
const group = join(folder, 'group.json');
const handoff = (...args: string[]) => run(process.execPath, ['bin/handoff.ts', ...args], { maxBuffer: 1e8 });
const STORE = 'lakeshore-honda';
const until = ['--until', '2026-11-26'];

// One store is as good as four, and a quarter of the work.
const ofGroup = ['--group', group, ...until];
beforeAll(async () => {
  const stores = demo.stores.filter(({ id }) => id === STORE);
  const firstService = { ...demo.firstService, byBrand: {} };
  writeFileSync(group, JSON.stringify({ ...demo, stores, firstService, feeds: [] }));
  await handoff('demo-year', folder, ...ofGroup);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a newcomer makes two years of a group and looks at its numbers', () => {
  it('each number has its line, with how many it rests on', async () => {
    const { stdout } = await handoff('report', folder, ...ofGroup);
    expect(stdout).toMatch(
      /Introduced to Service\n {2}all {2}\d\d% {2}[\d,]+ of [\d,]+, between \d\d% and \d\d%/,
    );
    expect(stdout).toMatch(/Still serviced here, by year of ownership\n {2}1 {2}\d\d%/);
    expect(stdout).not.toContain('none');
    expect(stdout).toMatch(
      /^Counted up to 2026-11-26, from facts since 20\d\d-\d\d\. What happened before is not known\.\n/,
    );
  });

  it('the same seed makes the same group, another seed another', () => {
    const options = { storeIds: ['north'], until: '2026-11-26' };
    expect(demoYear({ ...options, seed: 7 })).toEqual(demoYear({ ...options, seed: 7 }));
    expect(demoYear({ ...options, seed: 8 })).not.toEqual(demoYear({ ...options, seed: 7 }));
  });

  it('people stand with their names, of one store and of the months that were asked for', async () => {
    const roster = ['--roster', join(folder, 'roster.csv')];
    const only = ['--store', STORE, '--from', '2026-01', '--to', '2026-10'];
    const { stdout } = await handoff('report', folder, '--by', 'person', ...roster, ...only, ...ofGroup);
    expect(stdout).toMatch(/Lakeshore Honda, [A-Z]\w+ [A-Z]\w+/);
    expect(stdout).not.toContain('2025');
  });

  it('the page needs nothing from elsewhere, and has a table behind each picture', async () => {
    const file = join(folder, 'numbers.html');
    await handoff('report', folder, '--html', file, ...ofGroup);
    const page = readFileSync(file, 'utf8');
    expect(page.match(/<svg/g)).toHaveLength(6);
    expect(page.match(/<svg[^>]*role="img" aria-label="[^"]+"/g)).toHaveLength(6);
    expect(page.match(/<\/svg>\s*<details class="figures">/g)).toHaveLength(6);
    expect(page).not.toMatch(/<script|(src|href)="|url\(/);
  });

  it('another setting is proposed with its evidence, and only there', async () => {
    const { stdout } = await handoff('report', folder, '--proposals', ...ofGroup);
    expect(stdout).toMatch(
      /^Lakeshore Honda: We propose to count [^.]*\(spendSharePercent 25 → 35\)\. Of the nudges that this would have spared, \d+ of \d+ were right \(\d+%\); of the others, \d+ of \d+ \(\d+%\)\. That is [\d.]+ to [\d.]+ points less often, and more than chance\.\n$/,
    );
  });

  it.each([
    { args: ['report', '/no/such/folder'], says: 'There is no folder' },
    { args: ['report', 'docs'], says: 'holds no month file' },
    { args: ['report', folder, '--store', 'nowhere'], says: "'nowhere' is not a store of the group" },
    { args: ['report', folder, '--from', 'May'], says: 'takes a month such as 2026-11' },
  ])('what is wrong is said: $says', async ({ args, says }) => {
    await expect(handoff(...args)).rejects.toMatchObject({ stderr: expect.stringContaining(says) });
  });
});
