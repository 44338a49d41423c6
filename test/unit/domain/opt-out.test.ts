import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AddressRecord } from '../../../functions/customers/opt-outs.ts';
import {
  emailKinds,
  type Wishes,
  wishes,
  wishesOf,
  withNoToAll,
  withNoToAllOfGroup,
  withOneClick,
  withWishes,
} from '../../../functions/customers/opt-outs.ts';
import { everyKind } from '../../../functions/handoffs/kinds.ts';
import { messagesOf } from '../../../functions/handoffs/letters.ts';

const AT = '2026-11-20T22:40:00.000Z';
const nobody: AddressRecord = { optOuts: [] };

const place = fc.constantFrom('north', 'south', 'group');
const record = fc.record({
  optOuts: fc.array(
    fc.record({ kind: fc.constantFrom(...emailKinds, 'all'), storeId: place, at: fc.constant(AT) }),
    {
      maxLength: 8,
    },
  ),
});
const wanted = fc.record({
  introduction: fc.constantFrom(...wishes),
  service: fc.constantFrom(...wishes),
  upgrade: fc.constantFrom(...wishes),
});

describe('what a customer wishes', () => {
  it('is what stands afterwards, whatever stood before', () => {
    fc.assert(
      fc.property(record, wanted, (known, wish: Wishes) => {
        expect(wishesOf(withWishes(known, wish, 'north', AT), 'north')).toEqual(wish);
      }),
    );
  });

  it('saved again changes nothing, not even the record', () => {
    fc.assert(
      fc.property(record, (known) => {
        expect(withWishes(known, wishesOf(known, 'north'), 'north', AT)).toBe(known);
      }),
    );
  });

  it('at one store leaves what was said to the other stores alone', () => {
    fc.assert(
      fc.property(record, wanted, (known, wish) => {
        const ofSouth = (one: AddressRecord) => one.optOuts.filter((no) => no.storeId === 'south');
        expect(ofSouth(withWishes(known, wish, 'north', AT))).toEqual(ofSouth(known));
      }),
    );
  });

  it('keeps the day of a no that stays', () => {
    const before = withWishes(
      nobody,
      { introduction: 'yes', service: 'no-store', upgrade: 'yes' },
      'north',
      AT,
    );
    const after = withWishes(
      before,
      { introduction: 'no-store', service: 'no-store', upgrade: 'yes' },
      'north',
      '2027-01-01T00:00:00.000Z',
    );
    expect(after.optOuts.find((no) => no.kind === 'service')?.at).toBe(AT);
  });
});

describe('no to everything', () => {
  it('stands once, and covers every kind', () => {
    const known = withNoToAll(withNoToAll(nobody, 'north', AT), 'north', AT);
    expect(known.optOuts).toHaveLength(1);
    expect(new Set(Object.values(wishesOf(known, 'north')))).toEqual(new Set(['no-store']));
    expect(new Set(Object.values(wishesOf(known, 'south')))).toEqual(new Set(['yes']));
    expect(new Set(Object.values(wishesOf(withNoToAllOfGroup(known, AT), 'south')))).toEqual(
      new Set(['no-group']),
    );
  });

  it('is not made smaller by one click', () => {
    const known = withNoToAllOfGroup(nobody, AT);
    expect(withOneClick(known, 'service', 'north', AT)).toBe(known);
  });
});

describe('the kind of a task’s emails', () => {
  const toCustomer = everyKind.flatMap(({ kind, emailKind }) =>
    Object.entries(messagesOf(kind)).flatMap(([name, { to, optOutKind }]) =>
      to === 'customer' ? [{ kind, emailKind, name, optOutKind }] : [],
    ),
  );

  it.each(toCustomer)(
    'is the kind of every message that the task sends to its customer: $name of $kind',
    ({ emailKind, optOutKind }) => {
      expect(optOutKind).toBe(emailKind);
    },
  );

  it('is asked of letters of the introduction, of the first service and of a shopper’s repair', () => {
    expect(new Set(toCustomer.map(({ kind }) => kind))).toEqual(
      new Set(['service-introduction', 'first-service-visit', 'repair-instead']),
    );
  });
});
