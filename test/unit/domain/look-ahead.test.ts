import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  addDays,
  type Calendar,
  hoursOn,
  type LocalDate,
  localDate,
  plusMinutes,
  startOfDay,
} from '../../../functions/group/business-time.ts';
import { daysAhead } from '../../../functions/my-day/look-ahead.ts';

/** A week before the clocks go back in Chicago, so that an hour comes twice. */
const FIRST = '2026-10-25';
const DAYS = 21;
/** Sweeps come three times as often. */
const LOOK_MINUTES = 15;
const dates = Array.from({ length: DAYS }, (_, at) => addDays(FIRST, at));

const hour = (of: number) => `${String(of).padStart(2, '0')}:00`;
const hours = fc
  .tuple(fc.integer({ min: 1, max: 22 }), fc.integer({ min: 1, max: 12 }))
  .map(([from, long]) => ({ opens: hour(from), closes: hour(Math.min(24, from + long)) }));
const day = fc.option(hours, { nil: undefined, freq: 4 });
const calendar: fc.Arbitrary<Calendar> = fc.record({
  timeZone: fc.constantFrom('America/Chicago', 'America/Phoenix', 'Pacific/Honolulu'),
  hours: fc.record({
    ...{ monday: hours, tuesday: day, wednesday: day, thursday: day, friday: day },
    ...{ saturday: day, sunday: day },
  }),
  holidays: fc.subarray(dates),
});

/** What three weeks of sweeps look at: on which day, which days. */
function lookedAt(of: Calendar): ReadonlyMap<LocalDate, readonly LocalDate[]> {
  const looks = new Map<LocalDate, readonly LocalDate[]>();
  const end = startOfDay(of.timeZone, addDays(FIRST, DAYS));
  for (let now = startOfDay(of.timeZone, FIRST); now < end; now = plusMinutes(now, LOOK_MINUTES)) {
    const today = localDate(of.timeZone, now);
    const days = looks.has(today) ? [] : daysAhead(of, now);
    if (days.length > 0) looks.set(today, days);
  }
  return looks;
}

it('every day after the first is looked ahead at exactly once, on the last day before it that Service is open', () => {
  fc.assert(
    fc.property(calendar, (of) => {
      const open = dates.filter((date) => hoursOn(of, date));
      const expected = open.map((date, at) => {
        const until = open[at + 1] ?? addDays(FIRST, DAYS - 1);
        return [date, dates.filter((one) => date < one && one <= until)] as const;
      });
      const seen = [...lookedAt(of)].map(
        ([date, days]) => [date, days.filter((one) => one < addDays(FIRST, DAYS))] as const,
      );
      expect(seen.filter(([, days]) => days.length > 0)).toEqual(
        expected.filter(([, days]) => days.length > 0),
      );
    }),
    { numRuns: 15 },
  );
});
