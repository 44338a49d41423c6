import { describe, expect, it } from 'vitest';
import type { Cell } from '../../functions/numbers/definition.ts';
import { effectOfRule, effectWords } from '../../functions/numbers/effect.ts';

const arm = (breakdown: string, part: number, whole: number, storeId = 'north'): Cell => ({
  ...{ storeId, person: undefined, period: '2026-03', breakdown, part, whole },
});
const counted = (...cells: Cell[]) => ({
  ...{ today: '2026-12-31', since: '2026-01' },
  cells: new Map([['holdout', cells]]),
});
const said = (...cells: Cell[]) => {
  const effect = effectOfRule(counted(...cells));
  return effect && effectWords(effect);
};

describe('what the rule causes', () => {
  it('is said with its interval once that leaves no difference out', () => {
    // Worked out by hand: 20 % and 10 % of 200 each; Wilson 15.1 to 26.1 % and 6.6 to 14.9 %; Newcombe 3.0 to 17.0 points.
    expect(said(arm('with the rule', 40, 200), arm('withheld', 20, 200))).toBe(
      'The rule brings sales: 20% of households bought with the rule, 10% without it. The difference is 10 points more, and lies between 3 points more and 17 points more.',
    );
  });

  it('is said as well where the rule costs sales', () => {
    expect(said(arm('with the rule', 20, 200), arm('withheld', 40, 200))).toContain(
      'The rule costs sales: 10% of households bought with the rule, 20% without it. The difference is 10 points fewer',
    );
  });

  it('can’t be told while the interval reaches over no difference', () => {
    expect(said(arm('with the rule', 24, 200), arm('withheld', 20, 200))).toMatch(
      /^Can’t tell yet what the rule causes: 12% .+ 10% .+ anywhere between [\d.]+ points fewer and [\d.]+ points more\.$/,
    );
  });

  it('can’t be told of fewer than twenty households on either side, however far apart they are', () => {
    expect(said(arm('with the rule', 180, 200), arm('withheld', 0, 19))).toBe(
      'Can’t tell yet what the rule causes: 180 of 200 households bought with it, 0 of 19 without. Each side needs twenty.',
    );
  });

  it('adds up the stores, or looks at one', () => {
    const cells = [
      arm('with the rule', 20, 100),
      arm('with the rule', 20, 100, 'south'),
      arm('withheld', 20, 200),
    ];
    expect(effectOfRule(counted(...cells))).toMatchObject({
      kind: 'more',
      withRule: { part: 40, whole: 200 },
    });
    expect(effectOfRule(counted(...cells), { storeId: 'south' })).toMatchObject({ kind: 'too few' });
  });

  it('is not spoken of where nobody was ever held out', () => {
    expect(said()).toBeUndefined();
  });
});
