import { addMonths } from '../group/business-time.ts';
import { reaches, shareOf } from '../group/money.ts';
import type { Question, Reason } from './assessment.ts';
import { type FreshFacts, oldest } from './fresh-facts.ts';
import { coverLeft } from './warranty.ts';

/** Reasons to keep the car. They do not stop a nudge; they are listed with it and affect the advice. */
export function reasonsAgainst(question: Question, facts: FreshFacts): Reason[] {
  return [
    ...worthIt(facts),
    ...smallShare(question, facts),
    ...warrantyRuns(question, facts),
    ...leaseRuns(question, facts),
    ...equityUncertain(facts),
  ];
}

/** A warranty or lease with this many months left binds: ending it early costs more than it gains. Our own number. */
const MONTHS_THAT_BIND = 12;
const DAYS_THAT_BIND = 365;

function worthIt({ quote }: FreshFacts): Reason[] {
  if (quote?.worthIt !== true) return [];
  return [
    { name: 'worth-it', fact: 'quote', strength: 'strong', ...oldest(quote), repairCents: quote.leftCents },
  ];
}

function smallShare({ policy }: Question, { quote, value }: FreshFacts): Reason[] {
  if (!quote || quote.leftCents === 0 || !value) return [];
  if (reaches(quote.leftCents, policy.repairSharePercent, value.cents)) return [];
  const numbers = {
    repairCents: quote.leftCents,
    valueCents: value.cents,
    percent: shareOf(quote.leftCents, value.cents),
  };
  return [{ name: 'small-share', fact: 'quote', strength: 'counts', ...oldest(quote, value), ...numbers }];
}

function warrantyRuns({ today }: Question, facts: FreshFacts): Reason[] {
  const left = coverLeft(facts, today);
  if (!left || left.days < DAYS_THAT_BIND) return [];
  return [
    {
      name: 'warranty-runs',
      fact: 'warranty',
      strength: 'counts',
      ...left.resting,
      daysLeft: left.days,
    },
  ];
}

function leaseRuns({ today }: Question, { lease }: FreshFacts): Reason[] {
  if (!lease || lease.maturesOn < addMonths(today, MONTHS_THAT_BIND)) return [];
  return [{ name: 'lease-runs', fact: 'lease', strength: 'counts', ...oldest(lease), on: lease.maturesOn }];
}

/** A range that spans zero is neither negative equity nor equity. */
function equityUncertain({ equity }: FreshFacts): Reason[] {
  if (!equity || equity.lowCents >= 0 || equity.highCents < 0) return [];
  const numbers = { lowCents: equity.lowCents, highCents: equity.highCents };
  return [{ name: 'equity-uncertain', fact: 'equity', strength: 'counts', ...oldest(equity), ...numbers }];
}
