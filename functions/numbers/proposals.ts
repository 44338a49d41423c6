import { type NudgePolicy, policyVersion } from '../group/nudge-policy.ts';
import {
  type Direction,
  type Stepped,
  type SteppedReason,
  stepOf,
  steppedReasons,
} from '../readiness/policy-steps.ts';
import type { Cell } from './definition.ts';
import { nudgesThatGo, nudgesThatStay, silencesThatEnd } from './definitions/thresholds.ts';
import { type Count, hasRate, type Interval, newcombe, shareOf } from './interval.ts';
import { isSelected, type Selection } from './report.ts';
import { percent, points, soMany, sortOf } from './words.ts';

/**
 * What another setting would have done, for each store and reason, from the ledger. A stricter one is proposed where what it would
 * have spared was certainly less often right than what it would have left. Of a looser one only the number is known:
 * nobody answered a nudge that was not made. Nothing here changes a setting.
 */
interface Setting extends Pick<Stepped, 'setting' | 'from' | 'to'> {
  readonly storeId: string;
  readonly reason: SteppedReason;
}

export type Proposal = Setting &
  (
    | ({
        readonly way: 'stricter';
        readonly goes: Count;
        readonly stays: Count;
        readonly difference: number;
      } & Interval)
    | { readonly way: 'looser'; readonly more: number }
  );

export interface Evidence {
  /** Cells of the definitions in definitions/thresholds.ts, by their names. */
  readonly cells: ReadonlyMap<string, readonly Cell[]>;
  /** Undefined for a store that left the group. */
  readonly policyOf: (storeId: string) => NudgePolicy | undefined;
}

/** Only of decisions under the policy in force: an earlier one had other steps. */
export function proposalsFrom({ cells, policyOf }: Evidence, selection: Selection = {}): Proposal[] {
  const selected = [...cells].flatMap(([name, all]) =>
    all.filter((cell) => isSelected(cell, selection)).map((cell) => ({ ...cell, name })),
  );
  const storeIds = [...new Set(selected.map(({ storeId }) => storeId))].sort();
  return storeIds.flatMap((storeId) => {
    const policy = policyOf(storeId);
    if (!policy) return [];
    const version = policyVersion(policy);
    return steppedReasons.flatMap((reason) => {
      const countOf = (name: string): Count =>
        sumOf(
          selected.filter(
            (cell) =>
              cell.name === name && cell.storeId === storeId && cell.breakdown === `${version} ${reason}`,
          ),
        );
      const step = (way: Direction) => settingOf(stepOf(policy, reason, way), { storeId, reason });
      return [
        ...stricter(step('stricter'), countOf(nudgesThatGo.name), countOf(nudgesThatStay.name)),
        ...looser(step('looser'), countOf(silencesThatEnd.name)),
      ];
    });
  });
}

function settingOf(
  stepped: Stepped | undefined,
  of: Pick<Setting, 'storeId' | 'reason'>,
): Setting | undefined {
  return stepped && { ...of, setting: stepped.setting, from: stepped.from, to: stepped.to };
}

const sumOf = (cells: readonly Count[]): Count =>
  cells.reduce((sum, { part, whole }) => ({ part: sum.part + part, whole: sum.whole + whole }), {
    part: 0,
    whole: 0,
  });

function stricter(setting: Setting | undefined, goes: Count, stays: Count): Proposal[] {
  if (!setting || !hasRate(goes) || !hasRate(stays)) return [];
  const difference = newcombe(goes, stays);
  return difference.high < 0 ? [{ ...setting, ...difference, way: 'stricter', goes, stays }] : [];
}

function looser(setting: Setting | undefined, ended: Count): Proposal[] {
  return setting && hasRate(ended) ? [{ ...setting, way: 'looser', more: ended.whole }] : [];
}

/** A proposal with its evidence, for the report and the month's email. */
export function proposalWords(proposal: Proposal, storeName: string): string {
  const { reason, setting, from, to } = proposal;
  const step = `${setting} ${from} → ${to}`;
  if (proposal.way === 'looser')
    return `${storeName}, ${sortOf(reason)}: ${step} would have told Sales of ${proposal.more} more. What would have come of them, nobody knows.`;
  const { goes, stays, low, high } = proposal;
  return `${storeName}, ${sortOf(reason)}: we propose ${step}. Of the nudges that it would have spared, ${soMany(goes)} were right (${percent(shareOf(goes))}); of those that it would have left, ${soMany(stays)} (${percent(shareOf(stays))}). The true difference lies between ${points(high)} and ${points(low)}.`;
}
