import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addBusinessMinutes,
  addDays,
  addMonths,
  businessMinutesBetween,
  type Calendar,
  daysBetween,
  formatDate,
  formatInstant,
  isOpen,
  lastOpeningBefore,
  localDate,
  nextOpen,
  openingOn,
  plusDays,
  plusMinutes,
  startOfDay,
} from '../../../functions/group/business-time.ts';
import { isTimeZone, timeZoneMessage } from '../../../functions/group/time-zone.ts';
import { openingHours } from '../../../functions/mail/format.ts';

const weekday = { opens: '07:30', closes: '18:00' };
const service: Calendar = {
  timeZone: 'America/Chicago',
  hours: {
    monday: weekday,
    tuesday: weekday,
    wednesday: weekday,
    thursday: weekday,
    friday: weekday,
    saturday: { opens: '08:00', closes: '13:00' },
  },
  holidays: ['2026-11-26', '2026-12-25'],
};
/** Open around the clock but for its last minute, so that a change of the clocks falls into the opening hours. */
const roundTheClock: Calendar = {
  timeZone: 'America/Chicago',
  hours: { saturday: { opens: '00:00', closes: '23:59' }, sunday: { opens: '00:00', closes: '23:59' } },
  holidays: [],
};

describe('opening hours', () => {
  it('are those of the store, on its own clock', () => {
    expect(isOpen(service, '2026-11-20T13:30:00.000Z')).toBe(true);
    expect(isOpen(service, '2026-11-20T13:29:59.999Z')).toBe(false);
    expect(isOpen(service, '2026-07-20T12:30:00.000Z')).toBe(true);
  });

  it('end at closing time, not a moment after', () => {
    expect(isOpen(service, '2026-11-20T23:59:59.999Z')).toBe(true);
    expect(isOpen(service, '2026-11-21T00:00:00.000Z')).toBe(false);
  });

  it('do not exist on a holiday, a Sunday or a day off', () => {
    const atTen = '2026-11-25T16:00:00.000Z';
    expect(isOpen(service, '2026-11-26T16:00:00.000Z')).toBe(false);
    expect(isOpen(service, '2026-11-22T16:00:00.000Z')).toBe(false);
    expect(isOpen(service, atTen)).toBe(true);
    expect(isOpen({ ...service, daysOff: ['2026-11-25'] }, atTen)).toBe(false);
  });

  it('begin again after a weekend and over a holiday', () => {
    expect(nextOpen(service, '2026-11-21T19:00:00.000Z')).toBe('2026-11-23T13:30:00.000Z');
    expect(nextOpen(service, '2026-11-26T16:00:00.000Z')).toBe('2026-11-27T13:30:00.000Z');
    expect(nextOpen(service, '2026-11-20T16:00:00.000Z')).toBe('2026-11-20T16:00:00.000Z');
  });

  it('are found by date, and on the last open day before one', () => {
    expect(openingOn(service, '2026-11-21')).toBe('2026-11-21T14:00:00.000Z');
    expect(openingOn(service, '2026-11-22')).toBeUndefined();
    expect(lastOpeningBefore(service, '2026-11-27')).toBe('2026-11-25T13:30:00.000Z');
    expect(lastOpeningBefore(service, '2026-11-23')).toBe('2026-11-21T14:00:00.000Z');
  });

  it('that never come are an error, not an endless search', () => {
    const never: Calendar = { timeZone: 'America/Chicago', hours: {}, holidays: [] };
    expect(() => nextOpen(never, '2026-11-20T16:00:00.000Z')).toThrow(RangeError);
    expect(() => addBusinessMinutes(never, '2026-11-20T16:00:00.000Z', 1)).toThrow(RangeError);
    expect(() => lastOpeningBefore(never, '2026-11-20')).toThrow(RangeError);
  });
});

describe('a deadline in business minutes', () => {
  it.each([
    ['within the day', '2026-11-20T16:00:00.000Z', 60, '2026-11-20T17:00:00.000Z'],
    ['at closing time it ends with the day', '2026-11-20T23:30:00.000Z', 30, '2026-11-21T00:00:00.000Z'],
    ['over the night', '2026-11-19T23:30:00.000Z', 60, '2026-11-20T14:00:00.000Z'],
    [
      'over a short Saturday and a Sunday',
      '2026-11-20T23:30:00.000Z',
      30 + 300 + 15,
      '2026-11-23T13:45:00.000Z',
    ],
    ['over Thanksgiving', '2026-11-25T23:00:00.000Z', 120, '2026-11-27T14:30:00.000Z'],
    ['from a Sunday it begins on Monday', '2026-11-22T16:00:00.000Z', 60, '2026-11-23T14:30:00.000Z'],
    ['nothing to wait for while open', '2026-11-20T16:00:00.000Z', 0, '2026-11-20T16:00:00.000Z'],
  ])('%s', (_title, from, minutes, until) => {
    expect(addBusinessMinutes(service, from, minutes)).toBe(until);
  });

  it('does not count the hour that the clocks skip in spring', () => {
    const oneAm = '2026-03-08T07:00:00.000Z';
    const until = addBusinessMinutes(roundTheClock, oneAm, 120);
    expect(until).toBe('2026-03-08T09:00:00.000Z');
    expect(formatInstant('America/Chicago', until, 'en')).toBe('Sun, Mar 8, 4:00 AM');
  });

  it('counts the hour that the clocks repeat in autumn twice', () => {
    const midnight = '2026-11-01T05:00:00.000Z';
    const until = addBusinessMinutes(roundTheClock, midnight, 180);
    expect(until).toBe('2026-11-01T08:00:00.000Z');
    expect(formatInstant('America/Chicago', until, 'en')).toBe('Sun, Nov 1, 2:00 AM');
  });

  it('is refused where it would lie in the past', () => {
    expect(() => addBusinessMinutes(service, '2026-11-20T16:00:00.000Z', -1)).toThrow(RangeError);
  });

  const instants = fc
    .integer({ min: Date.parse('2026-01-01T00:00:00Z'), max: Date.parse('2028-12-31T00:00:00Z') })
    .map((at) => plusMinutes('1970-01-01T00:00:00.000Z', Math.floor(at / 60_000)));
  const minutes = fc.integer({ min: 1, max: 6_000 });

  it('falls within opening hours or on closing time, whenever it began', () => {
    fc.assert(
      fc.property(instants, minutes, (from, count) => {
        const until = addBusinessMinutes(service, from, count);
        expect(isOpen(service, until) || isOpen(service, plusMinutes(until, -1))).toBe(true);
      }),
    );
  });

  it('is later for more minutes and for a later start', () => {
    fc.assert(
      fc.property(instants, minutes, fc.integer({ min: 1, max: 3_000 }), (from, count, more) => {
        const until = addBusinessMinutes(service, from, count);
        expect(addBusinessMinutes(service, from, count + more) > until).toBe(true);
        expect(addBusinessMinutes(service, plusMinutes(from, more), count) >= until).toBe(true);
      }),
    );
  });

  it('is the same counted at once or in two parts', () => {
    fc.assert(
      fc.property(instants, minutes, minutes, (from, first, second) => {
        const inParts = addBusinessMinutes(service, addBusinessMinutes(service, from, first), second);
        expect(inParts).toBe(addBusinessMinutes(service, from, first + second));
      }),
    );
  });

  it('what was added is what lies between, and nothing lies between two closed instants', () => {
    fc.assert(
      fc.property(instants, minutes, (from, count) => {
        const until = addBusinessMinutes(service, from, count);
        expect(businessMinutesBetween(service, from, until)).toBe(count);
      }),
    );
    // From Wednesday's closing over Thanksgiving to Friday's opening.
    expect(businessMinutesBetween(service, '2026-11-26T00:00:00.000Z', '2026-11-27T13:30:00.000Z')).toBe(0);
    expect(businessMinutesBetween(service, '2026-11-25T23:50:00.000Z', '2026-11-27T13:50:00.000Z')).toBe(30);
  });
});

describe('local dates', () => {
  it("follow the store's midnight, not London's", () => {
    expect(localDate('America/Chicago', '2026-11-21T05:59:59.999Z')).toBe('2026-11-20');
    expect(localDate('America/Chicago', '2026-11-21T06:00:00.000Z')).toBe('2026-11-21');
    expect(startOfDay('America/Chicago', '2026-11-21')).toBe('2026-11-21T06:00:00.000Z');
    expect(startOfDay('America/Santiago', '2026-09-06')).toBe('2026-09-06T04:00:00.000Z');
  });

  it('know February 29, and end a short month at its last day', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addMonths('2028-02-29', 12)).toBe('2029-02-28');
    expect(addMonths('2028-01-31', 1)).toBe('2028-02-29');
    expect(addMonths('2026-08-31', -6)).toBe('2026-02-28');
    expect(daysBetween('2028-02-01', '2028-03-01')).toBe(29);
    expect(daysBetween('2026-11-20', '2026-11-18')).toBe(-2);
  });

  it('are 23 and 25 hours long when the clocks change', () => {
    const hours = (date: string) =>
      (Date.parse(startOfDay('America/Chicago', addDays(date, 1))) -
        Date.parse(startOfDay('America/Chicago', date))) /
      3_600_000;
    expect(hours('2026-03-08')).toBe(23);
    expect(hours('2026-11-01')).toBe(25);
    expect(plusDays('2026-11-01T05:00:00.000Z', 1)).toBe('2026-11-02T05:00:00.000Z');
  });
});

describe('what a person reads', () => {
  it('is a date in the language of the letter', () => {
    expect(formatDate('2026-11-20', 'en')).toBe('Friday, November 20, 2026');
    expect(formatDate('2026-11-20', 'es')).toBe('viernes 20 de noviembre de 2026');
  });

  it("is a time on the store's clock, with plain spaces", () => {
    expect(formatInstant('America/Chicago', '2026-11-20T22:00:00.000Z', 'en')).toBe('Fri, Nov 20, 4:00 PM');
    expect(formatInstant('America/Chicago', '2026-11-20T22:00:00.000Z', 'es')).toMatch(
      /^[\x20-\x7e\xe0-\xff]+$/,
    );
  });
});

describe('a time zone', () => {
  it.each(['America/Chicago', 'America/Phoenix', 'Pacific/Honolulu', 'America/Toronto', 'US/Central'])(
    '%s is a region',
    (text) => {
      expect(isTimeZone(text)).toBe(true);
    },
  );

  it.each([
    ['CST', 'America/Chicago'],
    ['EST', 'America/New_York'],
    ['PST', 'America/Los_Angeles'],
    ['MST', 'America/Denver (America/Phoenix has no summer time)'],
    ['EST5EDT', 'America/New_York'],
    ['Etc/GMT+5', 'America/New_York'],
    ['Eastern Standard Time', 'America/New_York'],
    ['AST', 'America/Halifax'],
    ['America/Chicgo', 'America/Chicago'],
    ['America/New York', 'America/New_York'],
  ])('%s is refused: did you mean %s?', (text, meant) => {
    expect(isTimeZone(text)).toBe(false);
    expect(timeZoneMessage(text)).toMatch(new RegExp(`Did you mean ${meant.replace(/[()]/g, '.')}\\?$`));
  });

  it.each(['UTC', 'GMT', '-06:00', 'Elsewhere', ''])('%s is refused', (text) => {
    expect(isTimeZone(text)).toBe(false);
    expect(timeZoneMessage(text)).toBe("expected an IANA time zone of a region such as 'America/Chicago'");
  });

  it('that is taken can be counted with', () => {
    for (const zone of Intl.supportedValuesOf('timeZone').filter(isTimeZone)) {
      expect(localDate(zone, '2026-11-20T12:00:00.000Z')).toMatch(/^2026-11-2[01]$/);
    }
  });
});

describe('a store that never closes', () => {
  const open = { opens: '00:00', closes: '24:00' };
  const calendar = {
    timeZone: 'America/Chicago',
    holidays: ['2026-11-26'],
    hours: { wednesday: open, thursday: open, friday: open },
  };

  it('is open in the last minute of the day, and not on a holiday', () => {
    expect(isOpen(calendar, '2026-11-26T05:59:59.999Z')).toBe(true);
    expect(isOpen(calendar, '2026-11-26T06:00:00.000Z')).toBe(false);
    expect(nextOpen(calendar, '2026-11-26T12:00:00.000Z')).toBe('2026-11-27T06:00:00.000Z');
  });

  it('is open for 23 hours on the day that the clocks go forward', () => {
    const sunday = { ...calendar, hours: { sunday: open } };
    expect(addBusinessMinutes(sunday, '2027-03-14T06:00:00.000Z', 23 * 60)).toBe('2027-03-15T05:00:00.000Z');
  });

  it('says so in its emails', () => {
    expect(openingHours(calendar.hours, 'en')).toEqual(['Wed–Fri 24 hours']);
    expect(openingHours({ friday: { opens: '09:00', closes: '24:00' } }, 'en')).toEqual([
      'Fri 9:00 AM–12:00 AM',
    ]);
  });
});
