import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type * as z from 'zod';
import { type Contract, parseDetail } from '../../../functions/contracts/contract.ts';
import { repairQuoteHigh } from '../../../functions/contracts/repair-quote-high.ts';
import { serviceAppointmentBooked } from '../../../functions/contracts/service-appointment-booked.ts';
import { serviceVisitCompleted } from '../../../functions/contracts/service-visit-completed.ts';
import { vehicleSold } from '../../../functions/contracts/vehicle-sold.ts';
import quote from '../../../samples/repair-quote-high.json' with { type: 'json' };
import booked from '../../../samples/service-appointment-booked.json' with { type: 'json' };
import visit from '../../../samples/service-visit-completed.json' with { type: 'json' };
import sold from '../../../samples/vehicle-sold.json' with { type: 'json' };

/** `customer.email` set to a value, deep in a copy. */
function changed(detail: object, path: string, value: unknown): object {
  const [name = '', ...further] = path.split('.');
  const inner: unknown = Object.entries(detail).find(([key]) => key === name)?.[1];
  const isInner = further.length > 0 && typeof inner === 'object' && inner !== null;
  const next = isInner ? changed(inner, further.join('.'), value) : value;
  if (Array.isArray(detail)) return detail.map((entry, at) => (String(at) === name ? next : entry));
  return { ...detail, [name]: next };
}

function read<Schema extends z.ZodType>(contract: Contract<Schema>, detail: object) {
  const parsed = parseDetail(contract, detail);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return { fact: parsed.fact, told: parsed.warnings.map(({ path, code }) => `${path}: ${code}`) };
}

const sale = (path: string, value: unknown) => read(vehicleSold, changed(sold.detail, path, value));
const quoted = (path: string, value: unknown) => read(repairQuoteHigh, changed(quote.detail, path, value));
const visited = (path: string, value: unknown) =>
  read(serviceVisitCompleted, changed(visit.detail, path, value));

describe('null, an empty text and what cannot be seen mean left out', () => {
  const optional = [
    ...[
      'deliveryAt',
      'correlationId',
      'serviceAdvisorNumber',
      'promises',
      'prepaid',
      'firstService',
      'version',
    ],
    ...['customer.firstName', 'customer.companyName', 'customer.email', 'customer.phone'],
    ...[
      'customer.preferredLanguage',
      'vehicle.year',
      'vehicle.make',
      'vehicle.model',
      'vehicle.odometerMiles',
    ],
    'firstService.dueOn',
  ];
  test.each(optional.flatMap((path) => [null, '', ' ', '\u200b'].map((value) => [path, value] as const)))(
    'a sale whose %s is %j is taken without a word',
    (path, value) => expect(sale(path, value).told).toEqual([]),
  );

  test('an empty entry of a list is none', () =>
    expect(sale('promises', ['', 'Floor mats', null]).fact.promises).toEqual(['Floor mats']));

  test('an empty list of open deals says that there are none, and empty entries say nothing', () => {
    expect(quoted('circumstances', { openDealAtStores: [] }).fact.circumstances?.openDealAtStores).toEqual(
      [],
    );
    expect(quoted('circumstances', { openDealAtStores: [''] }).fact.circumstances?.openDealAtStores).toBe(
      undefined,
    );
  });
});

describe('what is meant is read without a word', () => {
  test.each([
    ['vehicle.odometerMiles', '62310', 62_310],
    ['vehicle.odometerMiles', '5,120', 5_120],
    ['vehicle.odometerMiles', 62_310.4, 62_310],
    ['vehicle.odometerMiles', '62,310 mi', 62_310],
    ['vehicle.year', '2027', 2_027],
    ['customer.phone', 5_165_550_199, '5165550199'],
    ['dealType', 'RETAIL', 'retail'],
    ['dealNumber', '#48211', '48211'],
    ['dealNumber', '482*11', '482*11'],
    ['customer.customerNumber', 'NV:20417', 'NV:20417'],
    ['vehicle.vin', '4S4BTGND-1V31 04872', '4S4BTGND1V3104872'],
    ['promises', 'Floor mats', ['Floor mats']],
    ['customer.preferredLanguage', 'Spanish', 'es'],
    ['version', '1', 1],
  ])('%s %j', (path, written, meant) => {
    const { fact, told } = sale(path, written);
    expect(fact).toHaveProperty(path, meant);
    expect(told.filter((one) => !one.includes('check-digit'))).toEqual([]);
  });

  test.each([
    ['circumstances.openComplaint', 'Y', true],
    ['circumstances.openComplaint', 'no', false],
    ['circumstances.saidNo', 0, false],
    ['customerIs', 'Dropped Off', 'dropped-off'],
  ])('of a quote: %s %j', (path, written, meant) =>
    expect(quoted(path, written).fact).toHaveProperty(path, meant),
  );

  test('credits and discounts count', () => {
    expect(visited('customerPayCents', -500).fact.customerPayCents).toBe(-500);
    const [line] = quote.detail.quote.lines;
    const lines = [...quote.detail.quote.lines, { ...line, description: 'Discount', amountCents: -5_000 }];
    const totalCents = quote.detail.quote.totalCents - 5_000;
    expect(quoted('quote', { ...quote.detail.quote, totalCents, lines }).told).toEqual([]);
  });
});

describe('a wrong value of what only decorates is left out, with a warning', () => {
  test.each([
    ['vehicle.odometerMiles', -1],
    ['vehicle.odometerMiles', 9_999_999],
    ['vehicle.odometerMiles', 'many'],
    ['vehicle.year', 27],
    ['vehicle.year', 0],
    ['serviceAdvisorNumber', 'x'.repeat(41)],
    ['serviceAdvisorNumber', '?!'],
    ['correlationId', 'x'.repeat(101)],
    ['customer.phone', { home: '1' }],
  ])('%s %j', (path, value) => {
    const { fact, told } = sale(path, value);
    expect(told).toEqual([`${path}: left-out`]);
    expect(fact).not.toHaveProperty(path);
  });

  test('with the object that says nothing without it', () => {
    const { fact, told } = quoted('value.asOf', 'yesterday');
    expect([fact.value, told]).toEqual([undefined, ['value: left-out']]);
    expect(fact.quote).toEqual(read(repairQuoteHigh, quote.detail).fact.quote);
  });

  test('a line without an amount is left out, and the others stay', () => {
    const lines = [...quote.detail.quote.lines, { description: 'Rotate tires' }];
    const { fact, told } = quoted('quote.lines', lines);
    expect(fact.quote.lines).toHaveLength(lines.length - 1);
    expect(told).toEqual([`quote.lines[${lines.length - 1}]: left-out`]);
  });

  test('a date of another form, and what stands beside it stays', () => {
    const { fact, told } = sale('firstService', { dueOn: '11/20/2026', dueMiles: 5_000 });
    expect([fact.firstService, told]).toEqual([{ dueMiles: 5_000 }, ['firstService.dueOn: left-out']]);
  });

  test('an appointment of no time', () => {
    const { fact, told } = read(serviceAppointmentBooked, { ...booked.detail, durationMinutes: 0 });
    expect([fact.durationMinutes, told]).toEqual([60, ['durationMinutes: left-out']]);
  });

  test('what speaks against a conversation counts as said', () => {
    const { fact, told } = quoted('circumstances.openComplaint', 'perhaps');
    expect(fact.circumstances?.openComplaint).toBe(true);
    expect(told).toEqual(['circumstances.openComplaint: read-carefully']);
  });

  test('open deals that name no store say nothing, instead of saying that there are none', () => {
    const { fact } = quoted('circumstances.openDealAtStores', ['North!']);
    expect(fact.circumstances?.openDealAtStores).toBe(undefined);
  });
});

describe('of two phone numbers in one field', () => {
  test.each([
    ['(847) 555-0188 cell, (847) 555-0199 wife Ana', '(847) 555-0188 cell'],
    ['847-555-0188 / 847-555-0199', '847-555-0188'],
    ['847 555 0188 or 847 555 0199', '847 555 0188'],
  ])('the first is used, with a warning: %s', (written, first) => {
    const { fact, told } = sale('customer.phone', written);
    expect(fact).toHaveProperty('customer.phone', first);
    expect(told).toContain('customer.phone: phone-taken-out');
  });

  test.each(['847-555-0188 x12', '+1 (847) 555-0188', '555-0188, ext 4'])(
    'one is left alone: %s',
    (written) => {
      const { fact, told } = sale('customer.phone', written);
      expect(fact).toHaveProperty('customer.phone', written);
      expect(told).not.toContain('customer.phone: phone-taken-out');
    },
  );
});

describe('what is too long is cut, with a warning', () => {
  test('promises: the last entry says how many more', () => {
    const { fact, told } = sale(
      'promises',
      Array.from({ length: 22 }, (_, at) => `Promise ${at}`),
    );
    expect(fact.promises?.slice(-2)).toEqual(['Promise 18', 'and 3 more']);
    expect(told).toEqual(['promises: list-cut']);
  });

  test('salespeople: the first three', () => {
    const people = ['1', '2', '3', '4'].map((employeeNumber) => ({ employeeNumber }));
    const { fact, told } = sale('salespeople', people);
    expect([fact.salespeople, told]).toEqual([people.slice(0, 3), ['salespeople: list-cut']]);
  });

  test('declined work: its sum stays', () => {
    const declined = Array.from({ length: 25 }, () => ({ description: 'Work', amountCents: '1,000' }));
    const { fact } = visited('declined', declined);
    expect(fact.declined).toHaveLength(20);
    expect(fact.declined.at(-1)).toEqual({ description: 'and 6 more', amountCents: 6_000 });
  });

  test('a high repair of many lines is not', () => {
    const lines = Array.from({ length: 40 }, () => ({ description: 'Work', amountCents: 10_000 }));
    const { fact, told } = quoted('quote', { totalCents: 400_000, lines });
    expect([fact.quote.lines.length, told]).toEqual([40, []]);
  });

  test('texts, without cutting a character in half', () => {
    const { fact, told } = sale('promises', ['🚗'.repeat(400)]);
    expect(fact.promises?.[0]?.isWellFormed()).toBe(true);
    expect(fact.promises?.[0]).toMatch(/🚗…$/u);
    expect(told).toEqual(['promises[0]: text-cut']);
    expect(sale('customer.phone', `(847) 555-0188 ${'only in the evening, please '.repeat(2)}`).told).toEqual(
      ['customer.phone: text-cut'],
    );
  });
});

describe('what is suspicious is said', () => {
  const { totalCents, lines } = quote.detail.quote;
  const sum = lines.reduce((total, { amountCents }) => total + amountCents, 0);
  test.each([
    ['quote', { totalCents: totalCents + 1, lines }, ['quote.totalCents: sum-differs']],
    ['quote', { totalCents: sum / 100, lines }, ['quote.totalCents: dollars-for-cents']],
    ['value.cents', 9_500, ['value.cents: dollars-for-cents']],
    ['equity', { lowCents: 2, highCents: 1, asOf: '2026-11-20' }, ['equity: left-out']],
    ['customer.email', 'NONE', ['customer.email: no-email-address']],
    ['customer.email', 'v@example.com; w@example.com', ['customer.email: email-taken-out']],
    ['customer.preferredLanguage', 'Klingonese', ['customer.preferredLanguage: unknown-language']],
  ])('%s %j', (path, value, told) => expect(quoted(path, value).told).toEqual(told));

  test('a warning never repeats what was sent', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('customer.email', 'customer.phone', 'deliveryAt'),
        fc.jsonValue(),
        (path, value) => {
          const secret = { secret: 'maria-lopez', value };
          expect(JSON.stringify(parseDetail(vehicleSold, changed(sold.detail, path, secret)))).not.toContain(
            'maria-lopez',
          );
        },
      ),
    );
  });
});

describe('keys and what the handoff cannot do without refuse', () => {
  test.each([
    ['dealNumber', ''],
    ['dealNumber', '?'],
    ['storeId', null],
    ['occurredAt', 'today'],
    ['dealType', 'barter'],
    ['customer', {}],
    ['customer.customerNumber', null],
    ['customer.lastName', '-'],
    ['version', 2],
    // Left out it means now: a customer would be written to before the car is theirs.
    ['deliveryAt', 'tomorrow'],
    ['deliveryOn', '11/23/2026'],
    ['vehicle.vin', 'UNKNOWN'],
    ['vehicle.vin', 'NOVIN'],
    ['vehicle.vin', '00000'],
    ['vehicle.vin', '12345678'],
  ])('a sale whose %s is %j', (path, value) => {
    const detail =
      path === 'customer.lastName' ? changed(sold.detail, 'customer.firstName', '-') : sold.detail;
    expect(parseDetail(vehicleSold, changed(detail, path, value)).ok).toBe(false);
  });

  test('a short VIN is one where the model year is before 1981', () => {
    const vehicle = { vin: '194677S100001', year: 1967 };
    expect(sale('vehicle', vehicle).told).toEqual(['vehicle.vin: vin-short']);
    expect(parseDetail(vehicleSold, { ...sold.detail, vehicle: { ...vehicle, year: 1985 } }).ok).toBe(false);
  });

  test('amounts that were sent in dollars', () => {
    const detail = changed(quote.detail, 'quote.totalCents', 4_180.5);
    expect(parseDetail(repairQuoteHigh, detail).ok).toBe(false);
  });
});

test('whatever stands in one field, reading ends, and reading what was read changes nothing', () => {
  const paths = [
    'promises',
    'customer',
    'customer.email',
    'vehicle',
    'vehicle.year',
    'salespeople',
    'firstService',
  ];
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.jsonValue({ maxDepth: 4 }), (path, value) => {
      const first = parseDetail(vehicleSold, changed(sold.detail, path, value));
      if (!first.ok) return;
      const again = parseDetail(vehicleSold, first.fact);
      expect(again).toMatchObject({ ok: true, fact: first.fact });
    }),
  );
});
