import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultNudgePolicy, type NudgePolicy } from '../../../functions/group/nudge-policy.ts';
import { type PastDecision, replayPolicy } from '../../../functions/readiness/replay-policy.ts';
import { questionOf } from './readiness-questions.ts';

/** The decision of {@link questionOf}, at ten that day, for customer A and salesperson 7. */
function decisionOf(given: Partial<PastDecision> = {}, roNumber = '48211', storeId = 'north'): PastDecision {
  const on = given.today ?? '2026-11-20';
  const at = `${on}T16:00:00.000Z`;
  const value = { cents: 450_000, asOf: '2026-11-10' };
  const { quote, history, timeZone } = questionOf({
    quote: { roNumber, storeId, occurredAt: at, value },
    history: { asOf: on },
  });
  return {
    at,
    today: on,
    timeZone,
    quote,
    history,
    circumstances: {},
    household: ['A'],
    person: '7',
    nudged: true,
    ...given,
  };
}

const replay = (decisions: readonly PastDecision[], policy: Partial<NudgePolicy> = {}, range = {}) =>
  replayPolicy(decisions, () => ({ ...defaultNudgePolicy, ...policy }), range);

describe('another policy on the past', () => {
  it('shows per store, person and day what happened beside what would have', () => {
    const rows = replay(
      [decisionOf(), decisionOf({ household: ['B'], person: '8', nudged: false }, '48212', 'south')],
      { reasonsNeeded: 2 },
    );
    expect(rows).toMatchObject([
      { storeId: 'north', on: '2026-11-20', person: '7', happened: 1, would: 1, overCap: 0 },
      { storeId: 'south', on: '2026-11-20', person: '8', happened: 0, would: 1, overCap: 0 },
    ]);
  });

  it('is silent where it asks for more reasons', () => {
    expect(replay([decisionOf()], { reasonsNeeded: 3 })).toMatchObject([{ happened: 1, would: 0 }]);
  });

  it('counts the cap of a person anew', () => {
    const four = ['A', 'B', 'C', 'D'].map((customer, at) =>
      decisionOf({ household: [customer] }, String(at)),
    );
    expect(replay(four)).toMatchObject([{ happened: 4, would: 3, overCap: 1 }]);
    expect(replay(four, { nudgesPerPersonPerDay: 1 })).toMatchObject([{ would: 1, overCap: 3 }]);
  });

  it('keeps the quiet of its own nudges, not of those that happened', () => {
    const first = decisionOf({ today: '2026-11-16' }, '1');
    const second = decisionOf({ nudged: false, circumstances: { lastNudgedOn: '2026-11-16' } }, '2');
    expect(replay([second, first])).toMatchObject([
      { on: '2026-11-16', happened: 1, would: 1 },
      { on: '2026-11-20', happened: 0, would: 0 },
    ]);
    const tooOld = { ...first, history: undefined };
    expect(replay([tooOld, second])).toMatchObject([{ would: 0 }, { happened: 0, would: 1 }]);
  });

  it('heeds a nudge from before the replay', () => {
    const decision = decisionOf({ nudged: false, circumstances: { lastNudgedOn: '2026-11-16' } });
    expect(replay([decision])).toMatchObject([{ would: 0 }]);
  });

  it('looks only at the days it is asked for', () => {
    const days = ['2026-11-18', '2026-11-19', '2026-11-20'].map((today, at) =>
      decisionOf({ today, household: [today] }, String(at)),
    );
    expect(replay(days, {}, { from: '2026-11-19', to: '2026-11-19' }).map(({ on }) => on)).toEqual([
      '2026-11-19',
    ]);
    expect(replay(days, {}, { from: '2026-11-21' })).toEqual([]);
  });

  it('is the same in whatever order the past is read, and changes nothing of it', () => {
    const past = Array.from({ length: 6 }, (_, at) =>
      decisionOf({ at: `2026-11-20T1${at}:00:00.000Z`, household: [`C${at % 3}`, `car ${at}`] }, String(at)),
    );
    const before = structuredClone(past);
    fc.assert(
      fc.property(fc.shuffledSubarray(past, { minLength: past.length }), (shuffled) => {
        expect(replay(shuffled)).toEqual(replay(past));
      }),
    );
    expect(past).toEqual(before);
  });
});
