import { describe, expect, it } from 'vitest';
import { keyedBy } from '../../../functions/adapters/customer-key.ts';
import { erasureOf, isErased } from '../../../functions/customers/erasure.ts';
import { identityIn } from '../../../functions/customers/identity.ts';
import sold from '../../../samples/vehicle-sold.json' with { type: 'json' };

const keyed = keyedBy('a key');
const ERASED_AT = '2026-12-01T12:00:00.000Z';
const BEFORE = '2026-11-20T18:00:00.000Z';
const AFTER = '2026-12-02T18:00:00.000Z';

const identityOf = (fact: object) => identityIn(fact) ?? { storeId: '' };
const maria = identityOf(sold.detail);
const erasures = [erasureOf([maria], ERASED_AT, keyed)];
const isRefused = (fact: object, occurredAt = BEFORE) =>
  isErased(identityOf(fact), occurredAt, erasures, keyed);
const soldTo = (customer: object, more: object = {}) => ({
  ...sold.detail,
  ...more,
  customer: { ...sold.detail.customer, ...customer },
});

describe('an erased customer', () => {
  it('stays erased: what happened before is refused, whenever it comes', () => {
    expect(isRefused(sold.detail)).toBe(true);
    expect(isRefused(sold.detail, ERASED_AT)).toBe(true);
  });

  it('begins anew with what happens later', () => {
    expect(isRefused(sold.detail, AFTER)).toBe(false);
  });

  it('is known at a sister store by name and address, and under a new address by the number', () => {
    expect(isRefused(soldTo({ customerNumber: '7' }, { storeId: 'lakeshore-honda' }))).toBe(true);
    expect(isRefused(soldTo({ email: 'new@example.com' }))).toBe(true);
  });

  it('takes nobody along: the family at the same address, the next owner of the car, the same number elsewhere', () => {
    expect(isRefused(soldTo({ customerNumber: '7', firstName: 'Adam' }))).toBe(false);
    expect(isRefused(soldTo({ customerNumber: '7', firstName: 'Omar', email: 'omar@example.com' }))).toBe(
      false,
    );
    expect(isRefused(soldTo({ email: 'omar@example.com' }, { storeId: 'lakeshore-honda' }))).toBe(false);
  });

  it('is known by the car where a fact names nobody', () => {
    const { storeId, vehicle } = sold.detail;
    expect(isRefused({ storeId, vin: vehicle.vin })).toBe(true);
    expect(isRefused({ storeId, vin: vehicle.vin }, AFTER)).toBe(false);
    expect(isRefused({ storeId, vin: '1HGCM82633A004352' })).toBe(false);
  });

  it('is not named by what is left of them, and not found with another key', () => {
    const left = JSON.stringify(erasures);
    for (const part of [maria.customerNumber, maria.email, maria.vin]) expect(left).not.toContain(part);
    expect(isErased(maria, BEFORE, erasures, keyedBy('another key'))).toBe(false);
  });
});
