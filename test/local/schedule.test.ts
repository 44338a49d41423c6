import { describe, expect, it } from 'vitest';
import { parseSchedule } from '../../local/emulator/eventbridge/schedule.ts';

const next = (expression: string, after: string): string =>
  new Date(parseSchedule(expression)(Date.parse(after))).toISOString();

describe('the next tick of a schedule', () => {
  it.each([
    ['rate(5 minutes)', '2026-11-20T15:00:00Z', '2026-11-20T15:05:00.000Z'],
    ['rate(1 day)', '2026-11-20T15:00:00Z', '2026-11-21T15:00:00.000Z'],
    ['cron(0/15 * * * ? *)', '2026-11-20T15:01:00Z', '2026-11-20T15:15:00.000Z'],
    ['cron(0 12 * * ? *)', '2026-11-20T12:00:00Z', '2026-11-21T12:00:00.000Z'],
    ['cron(30 8 ? * MON-FRI *)', '2026-11-20T09:00:00Z', '2026-11-23T08:30:00.000Z'],
    ['cron(0 0 1 JAN,JUL ? *)', '2026-02-01T00:00:00Z', '2026-07-01T00:00:00.000Z'],
    ['cron(0 0 29 2 ? *)', '2026-03-01T00:00:00Z', '2028-02-29T00:00:00.000Z'],
  ])('%s after %s', (expression, after, expected) => {
    expect(next(expression, after)).toBe(expected);
  });

  it.each([
    'cron(0 12 L * ? *)',
    'cron(0 12 * * * *)',
    'cron(0 25 * * ? *)',
    'rate(five minutes)',
    'at(2026)',
  ])('refuses %s', (expression) => {
    expect(() => parseSchedule(expression)).toThrow();
  });
});
