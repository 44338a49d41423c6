import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type ConverterName, convert } from '../../functions/feeds/converters.ts';
import { timeOfDay } from '../../functions/feeds/dates.ts';

const reading = {
  dates: ['M/D/Y', 'YYYYMMDD', 'YYYY-MM-DD'],
  year: 2026,
  timeZone: 'America/Chicago',
} as const;
const read = (as: ConverterName, text: string) => {
  try {
    return convert(as, text, reading);
  } catch (error) {
    return String(error);
  }
};

it.each<readonly [ConverterName, string, unknown]>([
  ['money', '4,180.00', 418000],
  ['money', '$1,234.50', 123450],
  ['money', '(12.50)', -1250],
  ['money', '-12.50', -1250],
  ['money', '12.50-', -1250],
  ['money', '45.5', 4550],
  ['money', '89', 8900],
  ['money', '$1,234.50-', -123450],
  ['money', '$(1,234.50)', -123450],
  ['money', '($1,234.50)', -123450],
  ['money', '1,234.50CR', -123450],
  ['money', '.50', 50],
  ['money', '-.50', -50],
  ['money', '12.', 1200],
  ['money', '1234.5600000000001', 123456],
  ['money', '-12.50-', "Error: expected an amount such as '1,234.50'"],
  ['money', '.', "Error: expected an amount such as '1,234.50'"],
  ['money', '(-12.50)', "Error: expected an amount such as '1,234.50'"],
  ['money', '1.234,50', "Error: expected an amount such as '1,234.50'"],
  ['money', '0.00', 0],
  ['money', '', undefined],
  ['money', '1,23.00', "Error: expected an amount such as '1,234.50'"],
  ['money', '12.50 USD', "Error: expected an amount such as '1,234.50'"],
  ['cents', '000345000', 345000],
  ['cents', '-00015000', -15000],
  ['miles', '131,420', 131420],
  ['miles', '0064210', 64210],
  ['miles', '0', undefined],
  ['year', '21', 2021],
  ['year', '27', 2027],
  ['year', '98', 1998],
  ['year', '2015', 2015],
  ['date-of-instant', '2026-11-21T02:30:00Z', '2026-11-20'],
  ['date-of-instant', '2026-11-20', "Error: expected an instant such as '2026-11-20T17:45:10Z'"],
  ['date', '8/15/2015', '2015-08-15'],
  ['date', '11/20/26', '2026-11-20'],
  ['date', '20261119', '2026-11-19'],
  ['date', '202611201700', '2026-11-20'],
  ['date', '2026-11-18', '2026-11-18'],
  ['date', '0001-01-01T00:00:00', undefined],
  ['date', '00/00/0000', undefined],
  ['date', '2/30/2026', 'Error: expected a date as M/D/Y or YYYYMMDD or YYYY-MM-DD'],
  ['instant', '1795196100000', '2026-11-20T17:35:00.000Z'],
  ['instant', '2026-07-30 19:23:32+00:00', '2026-07-30T19:23:32.000Z'],
  ['instant', '2026-07-05T18:00:00.0000000-07:00', '2026-07-06T01:00:00.000Z'],
  ['local-instant', '11/20/2026 2:15 PM', '2026-11-20T20:15:00.000Z'],
  ['local-instant', '2026-11-20T14:15:30', '2026-11-20T20:15:30.000Z'],
  ['local-instant', '2026-11-20 14:15:30.250', '2026-11-20T20:15:30.000Z'],
  ['local-instant', '20261120141530', '2026-11-20T20:15:30.000Z'],
  ['local-instant', '2026-11-20T14:15:30-05:00', '2026-11-20T19:15:30.000Z'],
  // The hour that comes twice is the first one; the hour that never comes is moved on.
  ['local-instant', '11/01/2026 1:30 AM', '2026-11-01T06:30:00.000Z'],
  ['local-instant', '03/08/2026 2:30 AM', '2026-03-08T08:30:00.000Z'],
  [
    'local-instant',
    '11/20/2026',
    "Error: expected a date as M/D/Y or YYYYMMDD or YYYY-MM-DD and a time such as '2:15 PM'",
  ],
  ['hours', '1.5', 90],
  ['phone', '585/555-0142', '(585) 555-0142'],
  ['phone', '1 (303) 555-0134', '(303) 555-0134'],
  ['phone', '0000000000', undefined],
  ['phone', '+52 55 1234 5678', '+52 55 1234 5678'],
  ['no-if-yes', 'Y', false],
  ['no-if-yes', 'N', undefined],
  ['yes', 'true', true],
  ['money-at-end', 'DECLINED FRONT STRUTS 1,290.00', 129000],
  ['text-before-money', 'FRONT BALL JOINTS, BOTH SIDES 1,234.50', 'FRONT BALL JOINTS, BOTH SIDES'],
])('%s reads %s as %s', (as, text, value) => {
  expect(read(as, text)).toEqual(value);
});

it.each([
  ['08:30', '08:30'],
  ['2:15 PM', '14:15'],
  ['12:05 am', '00:05'],
  ['0900', '09:00'],
  ['805', '08:05'],
  ['202611201700', '17:00'],
  ['08:05:00', '08:05'],
  ['031207', '03:12:07'],
  ['20261120031207', '03:12:07'],
  ['11/20/2026 2:15:30 PM', '14:15:30'],
  ['2026-11-20T14:15:00', '14:15'],
  ['2026-11-20T14:15:00-05:00', undefined],
  ['25:00', undefined],
  ['soon', undefined],
])('the time %s is %s', (text, time) => {
  expect(timeOfDay(text)).toBe(time);
});

it('reads any amount of cents back from how a report writes it', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), (cents) => {
      const dollars = (Math.abs(cents) / 100).toLocaleString('en-US', { minimumFractionDigits: 2 });
      const written = cents < 0 ? [`-${dollars}`, `(${dollars})`, `${dollars}-`] : [dollars, `$${dollars}`];
      expect(written.map((text) => read('money', text))).toEqual(written.map(() => cents));
    }),
  );
});
