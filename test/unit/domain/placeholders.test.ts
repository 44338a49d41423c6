import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { group } from '#group';
import {
  isPlaceholderAddress,
  isPlaceholderNumber,
  isPlaceholderVin,
} from '../../../functions/customers/placeholders.ts';
import { isStandIn, withoutPlaceholders } from '../../../functions/customers/without-placeholders.ts';
import sold from '../../../samples/vehicle-sold.json' with { type: 'json' };

const known = { rules: group, staffAddresses: new Set(['jordan.blake@dealer.example']) };
const without = (detail: object) => withoutPlaceholders(detail, known);
const soldTo = (customer: object, vehicle: object = {}) => ({
  ...sold.detail,
  customer: { ...sold.detail.customer, ...customer },
  vehicle: { ...sold.detail.vehicle, ...vehicle },
});
const withRules = (change: object) => ({ ...group, placeholders: { ...group.placeholders, ...change } });

describe('an address that a clerk types for a customer without one', () => {
  it.each([
    ...[
      'none@none.com',
      'NONE@gmail.com',
      'no-email@example.com',
      'no.email@example.com',
      'noemail2@example.com',
    ],
    ...['dnh@example.com', 'wng@example.com', 'na@example.com', 'test@example.com', 'declined@yahoo.com'],
    ...['maria@noemail.com', 'maria@none.net', 'maria@mail.invalid', 'care@lakeshore.example'],
    'somebody@mail.lakeshore.example',
    ...[
      'x@x.com',
      '123@123.com',
      'email@email.com',
      'xx@xx.com',
      'no@email.com',
      'abc@abc.com',
      'customer@gmail.com',
    ],
  ])('%s is nobody', (address) => {
    expect(isPlaceholderAddress(group, address)).toBe(true);
  });

  it.each([
    ...['maria.kowalski@example.com', 'nadia@example.com', 'na7@example.com', 'testa@example.com'],
    ...['holm@holm.com', 'ann@abc.com', 'x@holm.com', '5551234@gmail.com'],
    ...['nonette@example.com', 'dan@notlakeshore.example', 'ann@nonesuch.com', 'jo@test.shop.example'],
  ])('%s is a person', (address) => {
    expect(isPlaceholderAddress(group, address)).toBe(false);
  });

  it.each([
    ['an address', 'store@other.example', 'store@other.example'],
    ['a mailbox', 'store@', 'store@anywhere.example'],
    ['a domain', '@crest.example', 'anybody@crest.example'],
  ])('is one that the group adds: %s', (_name, entry, address) => {
    expect(isPlaceholderAddress(group, address)).toBe(false);
    const rules = withRules({ emails: { add: [entry], except: [] } });
    expect(isPlaceholderAddress(rules, address)).toBe(true);
  });

  it('is a person where the group says so', () => {
    const rules = withRules({ emails: { add: [], except: ['na@example.com', '@lakeshore.example'] } });
    expect(isPlaceholderAddress(rules, 'na@example.com')).toBe(false);
    expect(isPlaceholderAddress(rules, 'ann@lakeshore.example')).toBe(false);
  });
});

describe('a number or VIN that a clerk types where there is none', () => {
  it.each(['-', 'XXXX', '0', '000000', '99999', '999999', 'CASH', 'cash', 'Walk-In', 'N/A', 'UNKNOWN'])(
    '%s is no customer',
    (typed) => {
      expect(isPlaceholderNumber(group, typed)).toBe(true);
    },
  );

  it.each(['1', '10000', '9999', 'C-20417', 'CASHMAN', 'X1'])('%s is a customer', (typed) => {
    expect(isPlaceholderNumber(group, typed)).toBe(false);
  });

  it.each(['0'.repeat(17), '1'.repeat(17), 'XXXXX', 'UNKNOWN', 'N/A', '12345678901234567', 'NOVIN'])(
    '%s is no car',
    (typed) => {
      expect(isPlaceholderVin(group, typed)).toBe(true);
    },
  );

  it.each(['4S4BTGND8V3104872', '1HGCM82633A004352', '111A1'])('%s is a car', (typed) => {
    expect(isPlaceholderVin(group, typed)).toBe(false);
  });

  it('is what the group adds and excepts', () => {
    const rules = withRules({
      customerNumbers: { add: ['100'], except: ['99999'] },
      vins: { add: ['DEMOCAR'], except: ['NONE'] },
    });
    expect([isPlaceholderNumber(rules, '100'), isPlaceholderNumber(rules, '99999')]).toEqual([true, false]);
    expect([isPlaceholderVin(rules, 'democar'), isPlaceholderVin(rules, 'NONE')]).toEqual([true, false]);
  });
});

describe('a fact with a placeholder', () => {
  it('is without a trade-in that nobody knows, and without a second buyer of no number', () => {
    const tradeIns = [{ vin: 'UNKNOWN' }, { vin: '1HGCM82633A004352' }];
    const { detail, warnings } = without({ ...sold.detail, tradeIns, coBuyerNumber: '0' });
    expect(detail).toMatchObject({ tradeIns: [{ vin: '1HGCM82633A004352' }] });
    expect(detail).not.toHaveProperty('coBuyerNumber');
    expect(warnings.map(({ path }) => path)).toEqual(['coBuyerNumber', 'tradeIns[0].vin']);
  });

  it('is without the address, and says so', () => {
    const { detail, warnings } = without(soldTo({ email: ' None@None.com ' }));
    expect(detail).not.toHaveProperty('customer.email');
    expect(detail).toHaveProperty('customer.lastName', 'Kowalski');
    expect(warnings).toEqual([
      {
        path: 'customer.email',
        code: 'placeholder-address',
        message: 'is a placeholder: the customer counts as having none',
      },
    ]);
  });

  it('is without the address of somebody who works at the store', () => {
    const { detail, warnings } = without(soldTo({ email: 'Jordan.Blake@dealer.example' }));
    expect(detail).not.toHaveProperty('customer.email');
    expect(warnings[0]?.message).toContain('works at the store');
  });

  it('knows a cash customer again by name and car, and takes nobody else for them', () => {
    const numberIn = (fact: object) => Object(Object(without(fact).detail).customer).customerNumber;
    const first = numberIn(soldTo({ customerNumber: 'CASH' }));
    expect(isStandIn(first)).toBe(true);
    expect(numberIn({ ...soldTo({ customerNumber: 0 }), dealNumber: '2' })).toBe(first);
    expect(numberIn(soldTo({ customerNumber: 'CASH', lastName: 'Lopez' }))).not.toBe(first);
    expect(numberIn(soldTo({ customerNumber: 'CASH' }, { vin: '1HGCM82633A004352' }))).not.toBe(first);
  });

  it('has a car of its own where the VIN is none', () => {
    const vinIn = (fact: object) => Object(Object(without(fact).detail).vehicle).vin;
    const first = vinIn(soldTo({}, { vin: 'UNKNOWN' }));
    expect(first).toHaveLength(17);
    expect(vinIn(soldTo({}, { vin: '0'.repeat(17) }))).toBe(first);
    expect(vinIn({ ...soldTo({}, { vin: 'UNKNOWN' }), dealNumber: '2' })).not.toBe(first);
  });

  it('finds nothing by a number that stands alone', () => {
    const { detail } = without({ storeId: 'north', dealNumber: '1', customerNumber: '0', vin: 'UNKNOWN' });
    expect(detail).toEqual({ storeId: 'north', dealNumber: '1' });
  });

  it('is the same the second time, whatever it holds', () => {
    const text = fc.constantFrom(
      'CASH',
      'UNKNOWN',
      'none@none.com',
      'maria@example.com',
      '4S4BTGND8V3104872',
      '0',
    );
    const value = fc.oneof(text, fc.constant(0), fc.constant(null));
    const fact = fc.record(
      {
        customer: fc.oneof(value, fc.record({ customerNumber: value, email: value, lastName: value })),
        vehicle: fc.oneof(value, fc.record({ vin: value })),
        vin: value,
        dealNumber: value,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fact, (detail) => {
        const once = without(detail).detail;
        expect(withoutPlaceholders(once, known)).toEqual({ detail: once, warnings: [] });
      }),
    );
  });
});
