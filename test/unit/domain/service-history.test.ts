import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { serviceVisitCompleted } from '../../../functions/contracts/service-visit-completed.ts';
import { nameKey } from '../../../functions/customers/name-key.ts';
import { addDays, addMonths } from '../../../functions/group/business-time.ts';
import {
  belongsTo,
  historySummary,
  mergeVisits,
  type Person,
  personOf,
  summarize,
  type Visit,
  visit,
  visitFrom,
  workKey,
} from '../../../functions/history/visits.ts';

const today = '2026-11-20';
const vin = '1HGCM82633A004352';
const maria: Person = {
  storeId: 'north',
  customerNumber: 'C-1',
  vin,
  nameKey: 'maria lopez',
  email: 'maria@example.com',
};

function visitOf(given: Partial<Visit> = {}): Visit {
  return {
    storeId: 'north',
    roNumber: '1',
    vin,
    customerNumber: 'C-1',
    nameKey: 'maria lopez',
    email: 'maria@example.com',
    closedOn: '2026-09-01',
    customerPayCents: 10_000,
    warrantyCents: 0,
    internalCents: 0,
    declined: [],
    occurredAt: '2026-09-01T20:00:00.000Z',
    ...given,
  };
}

const summaryOf = (...visits: Visit[]) => summarize({ visits, person: maria, today });

describe('a closed repair order', () => {
  const closed = serviceVisitCompleted.schema.parse({
    storeId: 'north',
    occurredAt: '2026-09-01T15:00:00-05:00',
    roNumber: 48211,
    customer: { customerNumber: 'C-1', firstName: 'María', lastName: 'López ', email: 'Maria@Example.com' },
    vehicle: { vin, odometerMiles: 61_200 },
    closedOn: '2026-09-01',
    customerPayCents: 41_299,
    warrantyCents: 1,
    declined: [{ description: 'Front brakes', amountCents: 38_900 }, { description: 'x'.repeat(300) }],
    comeback: true,
  });

  it('is kept with every cent, and with no more of the customer than recognising takes', () => {
    expect(visitFrom(closed)).toEqual(
      visitOf({
        roNumber: '48211',
        odometerMiles: 61_200,
        customerPayCents: 41_299,
        warrantyCents: 1,
        declined: [
          { description: 'Front brakes', amountCents: 38_900 },
          { description: `${'x'.repeat(59)}…` },
        ],
        comeback: true,
      }),
    );
  });

  it('fits on one item with twenty declined lines', () => {
    const declined = Array.from({ length: 20 }, () => ({ description: 'y'.repeat(300), amountCents: 1 }));
    expect(JSON.stringify(visitFrom({ ...closed, declined })).length).toBeLessThan(3_000);
  });

  it('reads back from the table as it was written', () => {
    expect(visit.parse(JSON.parse(JSON.stringify(visitFrom(closed))))).toEqual(visitFrom(closed));
  });

  it('is its customer of the fact', () => {
    expect(personOf(closed)).toEqual(maria);
  });
});

describe('the same customer', () => {
  it.each<[string, Partial<Visit>, boolean]>([
    ['is known at one store by the customer number, whatever the car', { vin: 'ANOTHERCAR0000001' }, true],
    [
      'is not who has another number at that store, same name and car or not',
      { customerNumber: 'C-2' },
      false,
    ],
    [
      'is known at another store by car and email',
      { storeId: 'south', customerNumber: '9', nameKey: 'm l' },
      true,
    ],
    [
      'is known at another store by car and name',
      { storeId: 'south', customerNumber: '9', email: 'x@y.z' },
      true,
    ],
    [
      'is not who has the same number at another store',
      { storeId: 'south', vin: 'ANOTHERCAR0000001' },
      false,
    ],
    [
      'is not the next owner of the car',
      { storeId: 'south', nameKey: 'joe doe', email: 'joe@example.com' },
      false,
    ],
    ['is not who has the name but another car', { storeId: 'south', vin: 'ANOTHERCAR0000001' }, false],
  ])('%s', (_title, given, theirs) => {
    expect(belongsTo(visitOf(given), maria)).toBe(theirs);
  });

  it.each([
    ['zo eacute m uuml ller', 'Zoé', 'Müller'],
    ['jos 233 n xfa ntilde ez', 'José', 'Núñez'],
    ['maria delacruz', 'Maria', 'De La Cruz'],
    ['liam mc donald', 'Liam', 'McDonald'],
  ])('is known by the name at another store, stored earlier as %s', (stored, firstName, lastName) => {
    const person: Person = { storeId: 'north', customerNumber: 'C-1', vin };
    const key = nameKey({ firstName, lastName });
    const elsewhere = visitOf({ storeId: 'south', customerNumber: '7', nameKey: stored, email: undefined });
    expect(belongsTo(elsewhere, { ...person, ...(key !== undefined && { nameKey: key }) })).toBe(true);
    expect(belongsTo(elsewhere, { ...person, nameKey: 'omar haddad' })).toBe(false);
  });

  it('is not guessed where both names are unknown, or the VIN is one of before 1981', () => {
    const nobody: Person = { storeId: 'north', customerNumber: 'C-1', vin };
    const { nameKey: _name, email: _email, ...anonymous } = visitOf({ storeId: 'south' });
    expect(belongsTo(anonymous, nobody)).toBe(false);
    expect(belongsTo(visitOf({ storeId: 'south', vin: 'SHORT' }), { ...maria, vin: 'SHORT' })).toBe(false);
  });

  it('has a name without case, accents and punctuation, and a last name alone is a family', () => {
    expect(nameKey({ firstName: ' JOSÉ-Luis', lastName: "O'Neill" })).toBe('jose luis o neill');
    expect(nameKey({ lastName: 'Smith' })).toBeUndefined();
    expect(nameKey({ companyName: 'Acme, Inc.' })).toBe('company acme inc');
  });
});

describe('what a history adds up to', () => {
  it('of nobody is nothing, and not zero dollars a mile', () => {
    expect(summaryOf()).toEqual({
      asOf: today,
      visits12: 0,
      visits24: 0,
      customerPayCents12: 0,
      carPayCents12: 0,
      declined: [],
      declinedCents12: 0,
      comebacks12: 0,
    });
  });

  it('counts 12 and 24 months back from today, and nothing that is still to come', () => {
    const on = (closedOn: string, at: number) => visitOf({ closedOn, roNumber: String(at) });
    const dates = ['2024-11-20', '2024-11-21', '2025-11-20', '2025-11-21', '2026-11-20', '2026-11-21'];
    expect(summaryOf(...dates.map(on))).toMatchObject({
      visits12: 2,
      visits24: 4,
      lastVisitOn: '2026-11-20',
      customerPayCents12: 20_000,
    });
  });

  it('keeps who paid apart: warranty and internal work is no spend of the customer', () => {
    const done = visitOf({ customerPayCents: 1, warrantyCents: 900_000, internalCents: 300_000 });
    expect(summaryOf(done)).toMatchObject({ customerPayCents12: 1, carPayCents12: 1 });
  });

  it("keeps the car in question apart from the family's other car", () => {
    const other = visitOf({
      roNumber: '2',
      vin: 'ANOTHERCAR0000001',
      customerPayCents: 70_000,
      comeback: true,
    });
    expect(summaryOf(visitOf(), other)).toMatchObject({
      visits12: 2,
      customerPayCents12: 80_000,
      carPayCents12: 10_000,
      comebacks12: 0,
    });
  });

  it('takes the minimum kept beside the visits for how long a customer', () => {
    const question = { visits: [visitOf()], person: maria, today };
    expect(summarize(question).customerSince).toBe('2026-09-01');
    expect(summarize({ ...question, customerSince: '2019-05-04' }).customerSince).toBe('2019-05-04');
    expect(summarize({ ...question, customerSince: '2026-10-01' }).customerSince).toBe('2026-09-01');
  });

  it.each<[string, [string, number][], number | undefined]>([
    [
      '12,000 miles in a year',
      [
        ['2025-11-01', 40_000],
        ['2026-11-01', 52_000],
      ],
      12_000,
    ],
    ['one reading is no pace', [['2026-11-01', 52_000]], undefined],
    [
      'two weeks are a road trip, not a habit',
      [
        ['2026-11-01', 52_000],
        ['2026-11-15', 54_000],
      ],
      undefined,
    ],
    [
      'a mistyped reading is no pace',
      [
        ['2025-11-01', 40_000],
        ['2026-05-01', 4_700],
        ['2026-11-01', 52_000],
      ],
      undefined,
    ],
  ])('miles a year: %s', (_title, readings, pace) => {
    const visits = readings.map(([closedOn, odometerMiles], at) =>
      visitOf({ roNumber: String(at), closedOn, odometerMiles }),
    );
    expect(summaryOf(...visits).milesPerYear).toBe(pace);
  });

  it('counts work once that was declined at every visit', () => {
    const brakes = { description: 'Front brakes', amountCents: 38_900 };
    const summary = summaryOf(
      visitOf({ roNumber: '1', closedOn: '2026-03-01', declined: [brakes] }),
      visitOf({
        roNumber: '2',
        closedOn: '2026-08-01',
        declined: [{ description: 'FRONT BRAKES.', amountCents: 42_000 }, { description: 'Wipers' }],
      }),
    );
    expect(summary.declinedCents12).toBe(42_000);
    expect(summary.declined).toEqual([
      { description: 'FRONT BRAKES.', amountCents: 42_000, on: '2026-08-01' },
      { description: 'Wipers', on: '2026-08-01' },
    ]);
    expect(workKey('Front  brakes!')).toBe(workKey('FRONT BRAKES'));
  });

  it('remembers a comeback and a family short of money', () => {
    const summary = summaryOf(visitOf({ comeback: true, hardship: true }));
    expect(summary).toMatchObject({ comebacks12: 1, hardshipOn: '2026-09-01' });
  });

  it('leaves out an order that was voided after it was closed', () => {
    expect(summaryOf(visitOf({ voided: true })).visits12).toBe(0);
  });
});

const visits = fc.record({
  storeId: fc.constantFrom('north', 'south'),
  roNumber: fc.integer({ min: 1, max: 5 }).map(String),
  closedOn: fc.integer({ min: 0, max: 900 }).map((days) => addDays(today, -days)),
  customerPayCents: fc.nat(1_000_000_000),
  occurredAt: fc.integer({ min: 1, max: 3 }).map((day) => `2026-09-0${day}T20:00:00.000Z`),
  odometerMiles: fc.nat(200_000),
  comeback: fc.boolean(),
  declined: fc.array(
    fc.record({ description: fc.constantFrom('Brakes', 'Tires', 'Struts'), amountCents: fc.nat(1_000_000) }),
    { maxLength: 3 },
  ),
});
const deliveries = fc.array(visits.map(visitOf), { maxLength: 12 });

describe('deliveries', () => {
  it('in whatever order make the same history', () => {
    fc.assert(
      fc.property(
        deliveries.chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
        ),
        ([list, shuffled]) => {
          expect(summaryOf(...shuffled)).toEqual(summaryOf(...list));
          expect(mergeVisits(shuffled)).toEqual(mergeVisits(list));
        },
      ),
    );
  });

  it('twice or split over two files change nothing', () => {
    fc.assert(
      fc.property(deliveries, deliveries, (first, second) => {
        const merged = mergeVisits(first, second);
        expect(mergeVisits(second, first)).toEqual(merged);
        expect(mergeVisits(merged, first, second)).toEqual(merged);
        expect(summaryOf(...first, ...first)).toEqual(summaryOf(...first));
      }),
    );
  });

  it('of a newer version replace an older one, whichever came first', () => {
    const older = visitOf({ customerPayCents: 1 });
    const newer = visitOf({ customerPayCents: 2, occurredAt: '2026-09-02T20:00:00.000Z' });
    expect(mergeVisits([older], [newer])).toEqual([newer]);
    expect(mergeVisits([newer], [older])).toEqual([newer]);
  });

  it('never lose a cent', () => {
    fc.assert(
      fc.property(deliveries, (list) => {
        const counted = mergeVisits(list).filter((one) => one.closedOn > addMonths(today, -12));
        const exact = counted.reduce((total, one) => total + BigInt(one.customerPayCents), 0n);
        expect(BigInt(summaryOf(...list).customerPayCents12)).toBe(exact);
      }),
    );
  });

  it('sum up to what fits beside the decision on its item', () => {
    const wide = Array.from({ length: 30 }, (_, at) =>
      visitOf({
        roNumber: String(at),
        declined: [{ description: `${at} ${'w'.repeat(50)}`, amountCents: 999_999 }],
      }),
    );
    const summary = summaryOf(...wide);
    expect(historySummary.parse(summary)).toEqual(summary);
    expect(JSON.stringify(summary).length).toBeLessThan(1_000);
  });
});
