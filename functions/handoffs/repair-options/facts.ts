import type { Outcome } from '../../ledger/facts.ts';
import type { Assessment } from '../../readiness/assessment.ts';
import type { RepairOptions } from './task.ts';

interface Row {
  readonly outcome: Outcome;
  readonly key: string;
}

const namesOf = (of: readonly { readonly name: string }[]): string[] => of.map(({ name }) => name);

/** Whether Sales was to hear of the order, and why or why not, once for each version of its quote. */
export function assessmentFacts({ assessment, facts: { quote } }: RepairOptions): Row[] {
  if (!assessment || !quote) return [];
  const { nudge, reasonsFor, reasonsAgainst, suppressions } = assessment;
  const missed = lacksOf(assessment);
  const outcome: Outcome = {
    what: nudge ? 'nudged' : 'silent',
    at: quote.occurredAt,
    reasonsFor: namesOf(reasonsFor),
    reasonsAgainst: namesOf(reasonsAgainst),
    suppressions: namesOf(suppressions),
    ...(missed.length === 0 ? {} : { lacks: missed }),
  };
  return [{ outcome, key: `${quote.occurredAt}/${quote.revision ?? ''}` }];
}

const lacksOf = ({ independent, needed, longTerm }: Assessment): string[] => [
  ...(independent < needed ? ['too-few-reasons'] : []),
  ...(longTerm.met ? [] : ['not-a-long-term-customer']),
];
