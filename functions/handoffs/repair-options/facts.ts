import type { OwnOutcome } from '../../handoff/kind.ts';
import type { Outcome } from '../../ledger/facts.ts';
import type { Assessment } from '../../readiness/assessment.ts';
import { orderOccasionOf } from '../../readiness/occasion.ts';
import type { RepairOptions } from './task.ts';

type Row = OwnOutcome & { readonly key: string };

const namesOf = (of: readonly { readonly name: string }[]): string[] => of.map(({ name }) => name);

/** The ledger's facts: whether Sales was to be notified of the order, and its household's arm in the holdout. */
export const assessmentFacts = (task: RepairOptions): Row[] => [...judged(task), ...drawn(task)];

function drawn({ circumstances }: RepairOptions): Row[] {
  const { arm, household, since: at } = circumstances?.holdout ?? {};
  return arm === undefined || at === undefined
    ? []
    : [{ about: { household }, outcome: { what: 'in holdout', at, arm }, key: 'holdout' }];
}

/**
 * Why Sales was or was not to be notified, once for each version of the quote or visit. The assessment of an appointment is
 * counted with its visit.
 */
function judged({ assessment, facts }: RepairOptions): Row[] {
  const occasion = orderOccasionOf(facts);
  if (!assessment || !occasion) return [];
  const { nudge, reasonsFor, reasonsAgainst, suppressions, policyVersion, decidedBy = [] } = assessment;
  const missed = lacksOf(assessment);
  const outcome: Outcome = {
    what: nudge ? 'nudged' : 'silent',
    at: occasion.occurredAt,
    reasonsFor: namesOf(reasonsFor),
    reasonsAgainst: namesOf(reasonsAgainst),
    suppressions: namesOf(suppressions),
    ...(missed.length === 0 ? {} : { lacks: missed }),
    policy: policyVersion,
    ...(decidedBy.length === 0 ? {} : { decidedBy }),
  };
  return [{ outcome, key: `${occasion.occurredAt}/${occasion.revision ?? ''}` }];
}

const lacksOf = ({ independent, needed, longTerm }: Assessment): string[] => [
  ...(independent < needed ? ['too-few-reasons'] : []),
  ...(longTerm.met ? [] : ['not-a-long-term-customer']),
];
