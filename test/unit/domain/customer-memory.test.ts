import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { customerAnswers } from '../../../functions/contracts/customer-answered.ts';
import { type Remark, remarks, withRemark } from '../../../functions/customers/statements.ts';
import { recall } from '../../../functions/readiness/recall.ts';

const CHICAGO = 'America/Chicago';
const now = { storeId: 'north', roNumber: '9' };
type AboutAnOrder = Extract<Remark, { roNumber: string }>;
const remark = (said: AboutAnOrder['said'], day: string, given: Partial<AboutAnOrder> = {}): Remark => ({
  said,
  storeId: 'north',
  roNumber: '1',
  at: `2026-${day}T18:00:00.000Z`,
  ...given,
});
const known = (...all: readonly Remark[]) => all.reduce<readonly Remark[]>(withRemark, []);
const recalled = (...all: readonly Remark[]) => recall(known(...all), now, CHICAGO);

describe('what is remembered of a customer', () => {
  it.each<[string, Remark[], object]>([
    ['nothing', [], {}],
    ['a never', [remark('advisor said no', '01-05')], { advisorSaidNo: true }],
    [
      'a never that was taken back at another order',
      [
        remark('advisor said no', '01-05'),
        remark('advisor said no', '02-05', { roNumber: '2', takenBack: true }),
      ],
      {},
    ],
    [
      'a never, said again after it was taken back',
      [
        remark('advisor said no', '01-05'),
        remark('advisor said no', '02-05', { takenBack: true }),
        remark('advisor said no', '03-05'),
      ],
      { advisorSaidNo: true },
    ],
    ['a never about this very order', [remark('advisor said no', '01-05', now)], { advisorSaidNo: true }],
    [
      'a customer who is not ready was also talked to',
      [remark('customer said no', '10-05')],
      { saidNoOn: '2026-10-05', lastContactedOn: '2026-10-05' },
    ],
    [
      'a purchase, and a call before it',
      [remark('contacted', '10-01'), remark('bought', '10-05')],
      { boughtOn: '2026-10-05', lastContactedOn: '2026-10-05' },
    ],
    [
      'a call that was taken back, and an older one that was not',
      [
        remark('contacted', '09-01', { roNumber: '2' }),
        remark('contacted', '10-01'),
        remark('contacted', '10-02', { takenBack: true }),
      ],
      { lastContactedOn: '2026-09-01' },
    ],
    ['a call about this very order', [remark('contacted', '10-01', now)], {}],
    [
      'a call about an order of the same number at another store',
      [remark('contacted', '10-01', { storeId: 'south', roNumber: '9' })],
      { lastContactedOn: '2026-10-01' },
    ],
    [
      "the date on the store's calendar",
      [remark('contacted', '10-01', { at: '2026-10-02T03:00:00.000Z' })],
      { lastContactedOn: '2026-10-01' },
    ],
  ])('is %s', (_title, said, expected) => {
    expect(recalled(...said)).toEqual(expected);
  });

  const anyRemark = fc.record({
    said: fc.constantFrom(...customerAnswers),
    storeId: fc.constantFrom('north', 'south'),
    roNumber: fc.constantFrom('1', '2', '9'),
    // One instant has one word: two events of one task are never of the same millisecond.
    at: fc
      .integer({ min: 0, max: 10_000_000 })
      .map((second) => new Date(1.7e12 + second * 1000).toISOString()),
    takenBack: fc.boolean(),
  });
  const history = fc.uniqueArray(anyRemark, { selector: ({ at }) => at, maxLength: 25 });

  it('is the same in whatever order, and however often, it is told', () => {
    fc.assert(
      fc.property(
        history.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
        ),
        ([all, shuffled]) => {
          expect(recalled(...shuffled, ...all)).toEqual(recalled(...all));
        },
      ),
    );
  });

  it('loses no never, however much is said, and stays small', () => {
    const many = Array.from({ length: 300 }, (_, at) => remark('contacted', '10-01', { roNumber: `R${at}` }));
    const all = known(remark('advisor said no', '01-05'), ...many);
    expect(all.length).toBeLessThanOrEqual(31);
    expect(recall(all, now, CHICAGO)).toMatchObject({ advisorSaidNo: true });
    expect(remarks.parse(JSON.parse(JSON.stringify(all)))).toEqual(all);
    expect(JSON.stringify(all).length).toBeLessThan(4_000);
  });
});
