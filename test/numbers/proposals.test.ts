import { describe, expect, it } from 'vitest';
import { defaultNudgePolicy, policyVersion } from '../../functions/group/nudge-policy.ts';
import type { Cell } from '../../functions/numbers/definition.ts';
import { proposalsFrom, proposalWords } from '../../functions/numbers/proposals.ts';

const IN_FORCE = policyVersion(defaultNudgePolicy);
const REASON = 'repair-against-value';

const cell = (part: number, whole: number, breakdown = `${IN_FORCE} ${REASON}`): Cell => ({
  ...{ storeId: 'north', person: undefined, period: '2026-03', breakdown, part, whole },
});
const proposed = (goes: Cell, stays: Cell, ended?: Cell) =>
  proposalsFrom({
    cells: new Map([
      ['nudges-that-go', [goes]],
      ['nudges-that-stay', [stays]],
      ['silences-that-end', ended ? [ended] : []],
    ]),
    policyOf: (storeId) => (storeId === 'north' ? defaultNudgePolicy : undefined),
  });
const said = (...of: Parameters<typeof proposed>) => proposed(...of).map(proposalWords);

describe('another setting of the rule', () => {
  it('is proposed where the nudges that it would have spared were certainly less often right', () => {
    expect(said(cell(3, 34), cell(24, 61))).toEqual([
      'We propose to count a repair of 40% of the car’s value as a reason, not a repair of 30% of the car’s value (repairSharePercent 30 → 40). Of the nudges that this would have spared, 3 of 34 were right (9%); of the others, 24 of 61 (39%). That is 12.4 to 44.3 points less often, and more than chance.',
    ]);
  });

  it.each([
    ['they were as often right', cell(10, 34), cell(20, 61)],
    ['they were more often right', cell(30, 34), cell(20, 61)],
    ['fewer than twenty would have been spared', cell(0, 19), cell(50, 61)],
    ['fewer than twenty would have been left', cell(0, 34), cell(19, 19)],
    ['the evidence is of another policy', cell(3, 34, `other ${REASON}`), cell(24, 61, `other ${REASON}`)],
    [
      'the store has left the group',
      { ...cell(3, 34), storeId: 'gone' },
      { ...cell(24, 61), storeId: 'gone' },
    ],
  ])('is not spoken of where %s', (_why, goes, stays) => {
    expect(said(goes, stays)).toEqual([]);
  });

  it('is no proposal where it is looser: nobody answered a nudge that was not made', () => {
    expect(said(cell(0, 0), cell(0, 0), cell(34, 34))).toEqual([
      'To count a repair of 20% of the car’s value as a reason, not a repair of 30% of the car’s value (repairSharePercent 30 → 20) would have told Sales of 34 more orders. What would have come of them, nobody knows.',
    ]);
    expect(said(cell(0, 0), cell(0, 0), cell(19, 19))).toEqual([]);
  });
});
