import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plusDays } from '../../../functions/group/business-time.ts';
import { parseGroup } from '../../../functions/group/group-file.ts';
import { contextAt } from '../../../functions/handoff/context.ts';
import { decideLaterSales } from '../../../functions/handoff/credit.ts';
import { standingMatches } from '../../../functions/handoff/credit-record.ts';
import { kinds } from '../../../functions/handoffs/kinds.ts';
import { blankUpgrade } from '../../../functions/handoffs/upgrade-conversation/task.ts';
import { type HandedOver, type Purchase, weigh } from '../../../functions/ledger/credit/weigh.ts';
import demo from '../../../groups/demo.json' with { type: 'json' };

const AT = '2026-06-01T16:00:00.000Z';
const STORE = 'lakeshore-honda';
const group = parseGroup(demo);
const store = group.stores.find(({ id }) => id === STORE) ?? expect.fail();
const kind = kinds['upgrade-conversation'];
const context = contextAt({ now: plusDays(AT, 365), group, store, roster: [] });

const handoff: HandedOver = {
  at: AT,
  customer: { storeId: STORE, numbers: ['1'], email: 'a@example.com', phone: '(303) 555-0134' },
  vin: '5J6RM4H77FL041229',
  isVoid: false,
};

const purchase = fc
  .record({
    dealNumber: fc.constantFrom('1', '2', '3'),
    days: fc.integer({ min: -40, max: 400 }),
    number: fc.constantFrom('1', '2', '3'),
    email: fc.constantFrom('A@example.com', 'b@example.com', undefined),
    coBuyerNumber: fc.constantFrom('1', '9', undefined),
    holds: fc.boolean(),
  })
  .map(({ dealNumber, days, number, email, coBuyerNumber, holds }): Purchase => {
    const at = plusDays(AT, days);
    return {
      deal: { storeId: STORE, dealNumber },
      ...{ at, soldOn: at.slice(0, 10), timeZone: store.timeZone, coBuyerNumber, holds },
      buyer: { storeId: STORE, numbers: [number], email },
      ...{ vin: '2HKRW2H59MH600001', tradeIns: [], salespeople: [] },
    };
  });

/** Each deal as it stands at the end: the last word about it. */
const deals = fc.uniqueArray(purchase, { selector: ({ deal }) => deal.dealNumber, maxLength: 3 });

const creditAfter = (told: readonly Purchase[]) =>
  standingMatches(
    told.reduce(
      (task, one) =>
        decideLaterSales(task, [weigh(handoff, one, { contacts: [], withinDays: 180 })], kind, context).task,
      blankUpgrade(STORE, '77120', AT),
    ),
  )
    .map(({ deal, person }) => `${deal.dealNumber} ${person}`)
    .toSorted();

describe('credit for later sales', () => {
  it('is the same from the same facts in any order, twice and late', () => {
    fc.assert(
      fc.property(
        deals.chain((all) =>
          fc.record({
            once: fc.constant(all),
            often: fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 }),
          }),
        ),
        ({ once, often }) => {
          expect(creditAfter(often)).toEqual(creditAfter(once));
        },
      ),
    );
  });

  it('never comes of a sale before the handoff, of one that was unwound, or after the window', () => {
    fc.assert(
      fc.property(purchase, (one) => {
        const credited = creditAfter([one]).length > 0;
        const days = (Date.parse(one.at) - Date.parse(AT)) / 86_400_000;
        if (!one.holds || days <= 0 || days > 181) expect(credited).toBe(false);
      }),
    );
  });

  it('keeps every deal that was found, also when it counts no more', () => {
    fc.assert(
      fc.property(fc.array(purchase, { maxLength: 6 }), (told) => {
        const task = told.reduce(
          (known, one) =>
            decideLaterSales(known, [weigh(handoff, one, { contacts: [], withinDays: 180 })], kind, context)
              .task,
          blankUpgrade(STORE, '77120', AT),
        );
        const found = task.credit?.matches ?? [];
        expect(found.filter(({ lapsed }) => lapsed).every(({ lapsed }) => lapsed?.why)).toBe(true);
        expect(standingMatches(task).length).toBeLessThanOrEqual(3);
      }),
    );
  });
});
