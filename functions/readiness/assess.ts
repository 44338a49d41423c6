import { addMonths } from '../group/business-time.ts';
import { policyVersion } from '../group/nudge-policy.ts';
import type { Assessment, Question, Reason, Suppression, SuppressionName } from './assessment.ts';
import { type FreshFacts, freshFactsOf, since, unknownsOf } from './fresh-facts.ts';
import { reasonsAgainst } from './reasons-against.ts';
import { aboutTheCar, independentFacts, reasonsFor } from './reasons-for.ts';
import { suppressionsOf } from './suppressions.ts';

export { dollars } from '../group/money.ts';
export {
  type Assessment,
  assessment,
  type Circumstances,
  type Question,
  type QuotedQuestion,
  type Reason,
  type SuppressionName,
} from './assessment.ts';
export { type ExplainedReason, explain } from './wording.ts';

/**
 * Assesses whether a service customer looks ready to upgrade, and whether keeping the car is the honest advice. Pure: the
 * same input gives the same result, today and when a past decision is replayed.
 */
export function assess(question: Question): Assessment {
  const facts = freshFactsOf(question);
  const found = reasonsFor(question, facts);
  const against = reasonsAgainst(question, facts);
  const suppressions = suppressionsOf(question, facts);
  const independent = independentFacts(found);
  const { reasonsNeeded } = question.policy;
  const ofCar = aboutTheCar(found);
  const longTerm = longTermOf(question, facts);
  return {
    on: question.today,
    ...(question.distanceUnit && { distanceUnit: question.distanceUnit }),
    policyVersion: policyVersion(question.policy),
    nudge: independent >= reasonsNeeded && longTerm.met && suppressions.length === 0,
    advice: adviceOf(facts, {
      ...{ found: ofCar, against, suppressions },
      enough: independentFacts(ofCar) >= reasonsNeeded,
    }),
    independent,
    needed: reasonsNeeded,
    longTerm,
    reasonsFor: found,
    reasonsAgainst: against,
    suppressions,
    unknown: unknownsOf(question),
  };
}

function longTermOf(question: Question, { history }: FreshFacts): Assessment['longTerm'] {
  const { policy, today } = question;
  const first = since(question);
  const met =
    history !== undefined &&
    first !== undefined &&
    addMonths(first, policy.longTermMonths) <= today &&
    history.visits12 >= policy.longTermVisits;
  return {
    met,
    ...(first !== undefined && { since: first }),
    ...(history && { visits12: history.visits12 }),
    needed: { months: policy.longTermMonths, visits12: policy.longTermVisits },
  };
}

/** Suppressions for which the honest advice is to keep the car, whatever else speaks for a conversation. */
const keepTheCar: ReadonlySet<SuppressionName> = new Set([
  'negative-equity',
  'cheap-repair',
  'not-customer-pay',
]);

interface Weighed {
  readonly found: readonly Reason[];
  readonly against: readonly Reason[];
  readonly suppressions: readonly Suppression[];
  readonly enough: boolean;
}

/**
 * The advice is about the car alone. *Replace* needs enough reasons, one of them a strong cost reason, and is never given
 * if the shop says that the repair is worth doing.
 */
function adviceOf(
  { value }: FreshFacts,
  { found, against, suppressions, enough }: Weighed,
): Assessment['advice'] {
  if (suppressions.some(({ name }) => keepTheCar.has(name))) return 'repair';
  const worthIt = against.some(({ name }) => name === 'worth-it');
  const costly = found.some(({ fact, strength }) => costs.has(fact) && strength === 'strong');
  if (enough) return costly && !worthIt ? 'replace' : 'either';
  if (worthIt) return 'repair';
  return value === undefined || found.some(({ fact }) => fact === 'quote') ? 'either' : 'repair';
}

const costs: ReadonlySet<Reason['fact']> = new Set(['quote', 'spend']);
