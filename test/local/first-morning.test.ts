import { expect, test } from 'vitest';
import { group } from '../../functions/runtime/sample-group.ts';
import { openClock } from '../../local/emulator/clock.ts';
import { openJournal } from '../../local/emulator/journal.ts';
import { firstMorning, startedWords, startOf } from '../../local/first-morning.ts';
import { OWN_APP } from '../../local/options.ts';

const ours = { app: OWN_APP, group: undefined, now: undefined };
const at = (instant: string) => Date.parse(instant);

test.each([
  ['before ten on a working day', '2026-11-20T09:59:00-06:00', '2026-11-20T10:00:00-06:00'],
  ['at ten', '2026-11-20T10:00:00-06:00', '2026-11-20T10:00:00-06:00'],
  ['a minute after ten', '2026-11-20T10:01:00-06:00', '2026-11-21T10:00:00-06:00'],
  ['at night', '2026-11-18T02:30:00-06:00', '2026-11-18T10:00:00-06:00'],
  ['in the evening, when it is tomorrow in UTC', '2026-11-18T21:00:00-06:00', '2026-11-19T10:00:00-06:00'],
  ['on a Sunday', '2026-11-22T12:00:00-06:00', '2026-11-23T10:00:00-06:00'],
  ['on Thanksgiving', '2026-11-26T08:00:00-06:00', '2026-11-27T10:00:00-06:00'],
  ['on Christmas, before a Saturday', '2026-12-25T12:00:00-06:00', '2026-12-26T10:00:00-06:00'],
  ['on the Saturday before the clocks go forward', '2027-03-13T12:00:00-06:00', '2027-03-15T10:00:00-05:00'],
])('a fresh start %s begins at ten, with every store open', (_when, now, start) => {
  expect(firstMorning(group, at(now))?.at).toBe(at(start));
});

test('a group whose stores are never open at ten together starts at the time of the machine', () => {
  const stores = group.stores.map((store) => ({
    ...store,
    hours: { sales: { monday: { opens: '18:00', closes: '24:00' } } },
  }));
  expect(firstMorning({ stores }, at('2026-11-20T12:00:00Z'))).toBeUndefined();
});

test('a run that is continued keeps its clock, and what was said about its start', () => {
  const journal = openJournal(':memory:');
  const start = startOf(ours, journal, at('2026-11-22T12:00:00-06:00'));
  openClock(journal, start, () => {});
  expect(startOf(ours, journal, at('2026-11-23T12:00:00-06:00'))).toBeUndefined();
  expect(startedWords(journal)).toBe(
    'The clock started at 10:00 AM on Monday, November 23, 2026 at Lakeshore Subaru: the next time that every store was open. --now starts it elsewhere.',
  );
  journal.close();
});

test('--now starts the clock where it says, and another app at the time of the machine', () => {
  const journal = openJournal(':memory:');
  const now = at('2026-11-22T03:00:00Z');
  expect(startOf({ ...ours, now }, journal, 0)).toBe(now);
  expect(startOf({ ...ours, app: 'test/local/fixture/app.ts' }, journal, 0)).toBeUndefined();
  expect(startedWords(journal)).toBeUndefined();
  journal.close();
});
