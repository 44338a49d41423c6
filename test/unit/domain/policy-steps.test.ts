import { describe, expect, it } from 'vitest';
import { defaultNudgePolicy } from '../../../functions/group/nudge-policy.ts';
import { assess } from '../../../functions/readiness/assess.ts';
import { decidedBy, stepOf, steppedReasons } from '../../../functions/readiness/policy-steps.ts';
import { type Given, questionOf } from './readiness-questions.ts';

function decided(given: Given = {}) {
  const question = questionOf(given);
  const assessment = assess(question);
  return [assessment.nudge, ...decidedBy(question, assessment)];
}

describe('what one step of a setting would have changed', () => {
  it.each<[string, Given, (boolean | string)[]]>([
    ['28 % were spent, and 35 % asked for', {}, [true, 'spend-against-value']],
    [
      'the repair is 35 % of the value as well, and 40 % asked for',
      { quote: { quote: { totalCents: 160_000 } } },
      [true, 'repair-against-value', 'spend-against-value'],
    ],
    ['60 % were spent: no step reaches it', { history: { carPayCents12: 270_000 } }, [true]],
    [
      '22 % were spent, and 15 % are enough',
      { history: { carPayCents12: 100_000 } },
      [false, 'spend-against-value'],
    ],
    ['a complaint is open, whatever is asked for', { circumstances: { openComplaint: true } }, [false]],
    [
      'the holdout withheld it, which no setting did',
      { circumstances: { holdout: { arm: 'withheld', household: 'a', since: '2026-11-20T16:00:00Z' } } },
      [false],
    ],
  ])('%s', (_says, given, expected) => {
    expect(decided(given)).toEqual(expected);
  });

  it('is a step that a group’s file may say, or none', () => {
    for (const reason of steppedReasons) {
      for (const way of ['stricter', 'looser'] as const) {
        const stepped = stepOf(defaultNudgePolicy, reason, way);
        expect(stepped?.from === stepped?.to, reason).toBe(stepped === undefined);
      }
    }
    // A strong share may not be easier than a plain one, and nothing is declined for nothing.
    expect(
      stepOf({ ...defaultNudgePolicy, repairStrongSharePercent: 35 }, 'repair-against-value', 'stricter'),
    ).toBe(undefined);
    expect(stepOf({ ...defaultNudgePolicy, declinedCents: 50_000 }, 'declined-work', 'looser')).toBe(
      undefined,
    );
  });
});
