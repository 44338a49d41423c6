import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { customer, identifier, instant, vin } from '../../../functions/contracts/fields.ts';
import { vinOdd } from '../../../functions/contracts/vin.ts';

describe('VIN', () => {
  test.each(['1M8GDM9AXKP042788', '11111111111111111', '5GZCZ43D13S812715'])(
    '%s has a good check digit',
    (good) => {
      expect(vinOdd(good)).toBeUndefined();
    },
  );

  test.each([
    ['1M8GDM9A0KP042788', 'vin-check-digit'],
    ['1M8GDM9AXKPO42788', 'vin-letters'],
    ['194677S100001', 'vin-short'],
  ])('%s is odd', (odd, code) => {
    expect(vinOdd(odd)).toBe(code);
  });

  test('any one digit mistyped is noticed, except where the position does not count', () => {
    const good = '1M8GDM9AXKP042788';
    fc.assert(
      fc.property(fc.integer({ min: 11, max: 16 }), fc.integer({ min: 0, max: 9 }), (at, digit) => {
        const typed = good.slice(0, at) + String(digit) + good.slice(at + 1);
        expect(vinOdd(typed) === undefined).toBe(typed === good);
      }),
    );
  });

  test('is kept in upper case', () => {
    expect(vin.parse(' 1m8gdm9axkp042788 ')).toBe('1M8GDM9AXKP042788');
  });
});

describe('identifier', () => {
  test.each([
    [48211, '48211'],
    [' C-20417 ', 'C-20417'],
    ['Ñ7/2_b.1', 'Ñ7/2_b.1'],
    ['#48211', '48211'],
    ['482*11', '482*11'],
    ['NV:20417', 'NV:20417'],
  ])('%j is kept as %s', (given, kept) => expect(identifier.parse(given)).toBe(kept));

  test.each(['', ' ', 'a#b', 'a\nb', 1.5, Number.MAX_SAFE_INTEGER + 1, null, true, 'x'.repeat(41)])(
    '%j is none',
    (given) => expect(identifier.safeParse(given).success).toBe(false),
  );
});

describe('instant', () => {
  test.each([
    ['2026-11-20T16:30:00-06:00', '2026-11-20T22:30:00.000Z'],
    ['2026-11-20T22:30:00Z', '2026-11-20T22:30:00.000Z'],
    ['2026-11-20T22:30:00.1234567Z', '2026-11-20T22:30:00.123Z'],
  ])('%s is kept as %s', (given, kept) => expect(instant.parse(given)).toBe(kept));

  test.each(['2026-11-20', '2026-11-20T16:30:00', '2026-02-30T00:00:00Z', '2026-11-20T25:00:00Z', 1, ''])(
    '%j is none',
    (given) => expect(instant.safeParse(given).success).toBe(false),
  );

  test('text order is time order', () => {
    const dates = fc.date({ min: new Date('1980-01-02'), max: new Date('2099-12-30'), noInvalidDate: true });
    fc.assert(
      fc.property(dates, dates, (left, right) => {
        const [one, other] = [instant.parse(left.toISOString()), instant.parse(right.toISOString())];
        expect(one < other).toBe(left < right);
      }),
    );
  });
});

test('a company needs no name of a person', () => {
  expect(customer.safeParse({ customerNumber: '1', companyName: 'Genesee Auto Auction' }).success).toBe(true);
});
