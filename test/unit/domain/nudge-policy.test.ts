import { describe, expect, it } from 'vitest';
import {
  defaultNudgePolicy,
  nudgePolicy,
  nudgePolicyOverride,
  policyVersion,
  resolveNudgePolicy,
} from '../../../functions/group/nudge-policy.ts';

describe("a group's nudge policy", () => {
  it('is the documented defaults where the file says nothing', () => {
    expect(nudgePolicy.parse({})).toEqual(defaultNudgePolicy);
    expect(defaultNudgePolicy).toMatchObject({
      reasonsNeeded: 2,
      factMaxAgeDays: 30,
      repairMinimumCents: 150_000,
      repairSharePercent: 30,
      repairStrongSharePercent: 50,
      contactedWithinDays: 14,
      boughtWithinMonths: 12,
      longTermMonths: 36,
      longTermVisits: 3,
      advisorHeadStartMinutes: 30,
    });
  });

  it('reads the gate of older files as a head start until the advisor answers', () => {
    expect(nudgePolicy.parse({ askAdvisorFirst: true }).advisorHeadStartMinutes).toBe('until-answered');
    expect(nudgePolicy.parse({ askAdvisorFirst: false }).advisorHeadStartMinutes).toBe(30);
    const group = nudgePolicy.parse({ advisorHeadStartMinutes: 'until-answered' });
    expect(resolveNudgePolicy(group, { askAdvisorFirst: false }).policy.advisorHeadStartMinutes).toBe(30);
    expect(resolveNudgePolicy(group, {}).policy.advisorHeadStartMinutes).toBe('until-answered');
    const both = nudgePolicy.safeParse({ askAdvisorFirst: true, advisorHeadStartMinutes: 30 });
    expect(both.error?.issues.map(({ path }) => path)).toEqual([['askAdvisorFirst']]);
  });

  it('knows no field that does nothing', () => {
    expect(nudgePolicy.safeParse({ repairShare: 30 }).success).toBe(false);
    expect(nudgePolicyOverride.safeParse({ repairShare: 30 }).success).toBe(false);
  });

  it.each([
    [{ repairSharePercent: 60 }, 'repairStrongSharePercent'],
    [{ spendStrongSharePercent: 10 }, 'spendStrongSharePercent'],
    [{ equityStrongSharePercent: 5 }, 'equityStrongSharePercent'],
    [{ repairAmountCents: 100_000 }, 'repairAmountCents'],
    [{ ownedMonths: 6 }, 'ownedMonths'],
    [{ reasonsNeeded: 0 }, 'reasonsNeeded'],
    [{ reasonsNeeded: 10 }, 'reasonsNeeded'],
    [{ nudgesPerPersonPerDay: 0 }, 'nudgesPerPersonPerDay'],
    [{ comebacks: 0 }, 'comebacks'],
  ])('is refused where it contradicts itself: %o', (given, field) => {
    const result = nudgePolicy.safeParse(given);
    expect(result.error?.issues.map((issue) => issue.path)).toEqual([[field]]);
    expect(result.error?.issues[0]?.message).toMatch(/: .{10,}/);
  });

  it('is overridden by a store field by field', () => {
    const { policy, problems } = resolveNudgePolicy(defaultNudgePolicy, { repairSharePercent: 40 });
    expect(policy).toEqual({ ...defaultNudgePolicy, repairSharePercent: 40 });
    expect(problems).toEqual([]);
  });

  it("refuses a store's value that contradicts the group's", () => {
    const { problems } = resolveNudgePolicy(defaultNudgePolicy, { repairSharePercent: 60 });
    expect(problems).toEqual([
      {
        path: ['repairStrongSharePercent'],
        message:
          'expected repairStrongSharePercent (50) not below repairSharePercent (60): strong would be easier than plain',
      },
    ]);
  });

  it('blames a store only for what it breaks itself', () => {
    const broken = { ...defaultNudgePolicy, reasonsNeeded: 0 };
    expect(resolveNudgePolicy(broken).problems).toEqual([]);
    expect(resolveNudgePolicy(broken, { comebacks: 0 }).problems.map(({ path }) => path)).toEqual([
      ['comebacks'],
    ]);
  });

  it('has a version that changes with any number, and with nothing else', () => {
    const reversed = Object.fromEntries(Object.entries(defaultNudgePolicy).reverse());
    expect(policyVersion(nudgePolicy.parse(reversed))).toBe(policyVersion(defaultNudgePolicy));
    const others = Object.entries(defaultNudgePolicy).map(([field, value]) =>
      policyVersion({ ...defaultNudgePolicy, [field]: typeof value === 'number' ? value + 1 : !value }),
    );
    expect(new Set([...others, policyVersion(defaultNudgePolicy)]).size).toBe(others.length + 1);
  });
});
