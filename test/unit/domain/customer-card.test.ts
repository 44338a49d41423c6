import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Card,
  carsOn,
  mergeCards,
  type Sighting,
  withoutCar,
  withSighting,
} from '../../../functions/customers/card.ts';

const VIN = '4S4BTGND8V3104872';
type Given = Omit<Partial<Sighting>, 'customer'> & { readonly customer?: Partial<Sighting['customer']> };
const seen = (given: Given = {}): Sighting => ({
  storeId: 'north',
  occurredAt: '2026-11-20T18:00:00.000Z',
  vin: VIN,
  ...given,
  customer: { customerNumber: '1', lastName: 'Lopez', ...given.customer },
});
const cardFrom = (...facts: readonly Sighting[]): Card => {
  const [first, ...others] = facts;
  return others.reduce(
    (known, fact) => withSighting(known, fact, 'p'),
    withSighting(undefined, first ?? seen(), 'p'),
  );
};

describe('a card made of facts', () => {
  it('is the same in whatever order they come, and twice', () => {
    const fact = fc
      .record({
        day: fc.integer({ min: 1, max: 5 }),
        email: fc.constantFrom(undefined, 'a@example.com', 'b@example.com'),
        phone: fc.constantFrom(undefined, '8475550188', '8475550190'),
        vin: fc.constantFrom(undefined, VIN, '1HGCM82633A004352'),
        advisorNumber: fc.constantFrom(undefined, '1', '2'),
      })
      .map(({ day, email, phone, vin, advisorNumber }) =>
        seen({
          occurredAt: `2026-11-0${day}T18:00:00.000Z`,
          vin,
          advisorNumber,
          customer: { customerNumber: '1', lastName: 'Lopez', email, phone },
        }),
      );
    const sorted = ({ cars, ...rest }: Card) => ({
      ...rest,
      cars: cars.toSorted((a, b) => a.vin.localeCompare(b.vin)),
    });
    fc.assert(
      fc.property(
        fc
          .array(fact, { minLength: 1, maxLength: 6 })
          .chain((facts) =>
            fc.tuple(fc.constant(facts), fc.shuffledSubarray(facts, { minLength: facts.length })),
          ),
        ([facts, shuffled]) => {
          const expected = sorted(cardFrom(...facts));
          expect(sorted(cardFrom(...shuffled))).toEqual(expected);
          expect(sorted(cardFrom(...facts, ...shuffled))).toEqual(expected);
        },
      ),
    );
  });

  it('keeps a phone number that a later fact leaves out', () => {
    const known = cardFrom(
      seen({ customer: { phone: '8475550188' } }),
      seen({ occurredAt: '2026-11-21T18:00:00.000Z' }),
    );
    expect(known.phone?.value).toBe('8475550188');
  });

  it('has a car until it is sold to somebody else, and again when it comes back', () => {
    const had = withoutCar(cardFrom(seen()), VIN, '2026-12-01');
    expect(carsOn(had, '2026-11-30').map(({ vin }) => vin)).toEqual([VIN]);
    expect(carsOn(had, '2026-12-01')).toEqual([]);
    const back = withSighting(had, seen({ occurredAt: '2027-02-01T18:00:00.000Z' }), 'p');
    expect(carsOn(back, '2027-03-01').map(({ vin }) => vin)).toEqual([VIN]);
  });
});

describe('two numbers of one customer, merged by the DMS', () => {
  const kept = cardFrom(seen({ customer: { email: 'old@example.com' } }));
  const gone = cardFrom(
    seen({
      occurredAt: '2026-11-25T18:00:00.000Z',
      vin: '1HGCM82633A004352',
      customer: { customerNumber: '2', email: 'new@example.com' },
    }),
  );

  it('are one card with the newer contacts, all cars, and the former number', () => {
    const merged = mergeCards(kept, gone);
    expect(merged).toMatchObject({
      customerNumber: '1',
      email: { value: 'new@example.com' },
      formerNumbers: ['2'],
      lastSeenAt: '2026-11-25T18:00:00.000Z',
    });
    expect(merged.cars.map(({ vin }) => vin)).toEqual([VIN, '1HGCM82633A004352']);
  });

  it('are one card when the merge is told twice', () => {
    const merged = mergeCards(kept, gone);
    expect(mergeCards(merged, gone)).toEqual(merged);
  });
});
