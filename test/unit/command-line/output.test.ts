import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { printable } from '../../../bin/lib/output.ts';
import { type ProgressScreen, withProgress } from '../../../bin/lib/progress.ts';
import { table } from '../../../bin/lib/table.ts';
import sold from '../../../samples/vehicle-sold.json' with { type: 'json' };
import { handoff } from './handoff.ts';

describe('what a sender wrote cannot act on the terminal', () => {
  test.each([
    ['a\u001b[31mRED\u001b]0;title\u0007', 'a\\u001b[31mRED\\u001b]0;title\\u0007'],
    ['one\nforged\r\nlines', 'one\\u000aforged\\u000d\\u000alines'],
    ['\u009b31m', '\\u009b31m'],
    ['line\u2028and\u2029paragraph', 'line\\u2028and\\u2029paragraph'],
    ['turned \u202ednuor', 'turned \\u202ednuor'],
  ])('%j is shown as text', (text, shown) => expect(printable(text)).toBe(shown));

  test('names in any script, and emoji, are left as they are', () => {
    for (const name of ['José Núñez', 'أحمد', '李雷', 'می‌خواهم', '👩‍🔧']) expect(printable(name)).toBe(name);
  });

  test('JSON stays JSON with the same content', () => {
    const value = { name: '\u009b31m\u202e\u001b' };
    expect(JSON.parse(printable(JSON.stringify(value)))).toEqual(value);
  });

  const hostile = 'x\u001b[31mRED\u001b]0;title\u0007\ngood  forged.json: vehicle-sold';
  const file = join(mkdtempSync(join(tmpdir(), 'hostile-')), 'event.json');
  writeFileSync(file, JSON.stringify({ ...sold, 'detail-type': hostile }));
  const control = /[^\P{Cc}\n]/u;

  test('a command prints one line for it, without control characters', async () => {
    const { code, stdout } = await handoff(['check-event', file]);
    expect(code).toBe(1);
    expect(stdout).not.toMatch(control);
    expect(stdout.split('\n').filter((line) => line.startsWith('good'))).toEqual([]);
  });

  test('nor does an error that repeats what was typed', async () => {
    const { code, stderr } = await handoff(['check-event', file, '--gro\u001b[31mup']);
    expect([code, stderr.match(control)]).toEqual([2, null]);
  });
});

test('a table aligns its columns, numbers to the right', () => {
  const rows = [
    ['store', 'quotes'],
    ['lakeshore-honda', '7'],
  ];
  expect(table(rows, { right: [1], indent: '  ' })).toEqual([
    '  store            quotes',
    '  lakeshore-honda       7',
  ]);
});

describe('progress', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  async function shownWithin(milliseconds: number, isTTY: boolean): Promise<string> {
    let shown = '';
    const screen: ProgressScreen = { isTTY, write: (text) => (shown += text) };
    const { promise, resolve } = Promise.withResolvers<string>();
    const work = withProgress(
      'Reading',
      (tell) => {
        tell('5 items read');
        return promise;
      },
      screen,
    );
    await vi.advanceTimersByTimeAsync(milliseconds);
    resolve('done');
    expect(await work).toBe('done');
    return shown;
  }

  test('is shown at a terminal once the work takes more than two seconds, and cleared at its end', async () => {
    const shown = await shownWithin(3_000, true);
    expect(shown).toContain('Reading, 5 items read, 3 s …');
    expect(shown.endsWith('\r\u001b[2K')).toBe(true);
  });

  test('is not shown for short work', async () => expect(await shownWithin(1_900, true)).toBe(''));

  test('is not written into a file or a pipe', async () => expect(await shownWithin(60_000, false)).toBe(''));
});
