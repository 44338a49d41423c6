import { addMonths, daysBetween, type LocalDate } from '../group/business-time.ts';
import { reaches } from '../group/money.ts';
import type { Question, Suppression, SuppressionName } from './assessment.ts';
import type { FreshFacts } from './fresh-facts.ts';
import type { Occasion } from './occasion.ts';
import { amountsOf, isDeclined, isPaidByOthers } from './quote-amounts.ts';

/**
 * When not to nudge: one named rule per line. A reason against a nudge counts however old it is and is lifted only by a
 * newer fact. Age can drop a reason for a nudge, never a "no", so a fact that grows older cannot cause a nudge.
 */
export function suppressionsOf(question: Question, facts: FreshFacts): Suppression[] {
  return rules.flatMap(([name, rule]) => {
    const found = rule(question, facts);
    if (found === false || found === undefined) return [];
    return [found === true ? { name } : { name, ...found }];
  });
}

type Found = boolean | undefined | Omit<Suppression, 'name'>;
type Rule = (question: Question, facts: FreshFacts) => Found;

const rules: readonly (readonly [SuppressionName, Rule])[] = [
  ['bought-recently', boughtRecently],
  ['contacted-recently', contactedRecently],
  ['nudged-recently', nudgedRecently],
  ['open-deal', openDeal],
  ['negative-equity', ({ quote }) => (quote.equity?.highCents ?? 0) < 0],
  [
    'open-complaint',
    ({ quote, circumstances }) => quote.circumstances?.openComplaint || circumstances.openComplaint,
  ],
  ['open-comeback', ({ quote }) => quote.circumstances?.openComeback],
  ['open-recall', openRecall],
  ['not-customer-pay', ({ quote }) => isOthersToPay(quote)],
  ['not-a-customers-car', ({ quote }) => isOneOf(quote.ownership?.status, ['loaner', 'fleet'])],
  ['ownership-uncertain', ({ quote }) => quote.ownership?.certain === false],
  ['sold-or-total-loss', ({ quote }) => isOneOf(quote.ownership?.status, ['sold', 'total loss'])],
  ['opted-out', ({ circumstances }) => circumstances.optedOut],
  ['no-channel-left', ({ circumstances }) => circumstances.noChannelLeft],
  ['customer-said-no', customerSaidNo],
  [
    'advisor-said-no',
    ({ quote, circumstances }) =>
      quote.circumstances?.advisorSaidNo || circumstances.advisorSaidNo || circumstances.advisorSaidNotNow,
  ],
  ['hardship', hardship],
  ['cheap-repair', cheapRepair],
  ['below-minimum', belowMinimum],
  ['repair-approved', repairApproved],
  ['nobody-to-receive', ({ circumstances }) => circumstances.nobodyToReceive],
  ['already-answered', ({ circumstances }) => circumstances.alreadyAnswered],
  ['holdout', ({ circumstances }) => circumstances.holdout?.arm === 'withheld'],
];

function boughtRecently({ quote, circumstances, history, policy, today }: Question): Found {
  const on = latest(quote.ownership?.boughtOn, circumstances.boughtOn, history?.lastBoughtOn);
  return on !== undefined && today <= addMonths(on, policy.boughtWithinMonths) && { on };
}

function contactedRecently({ quote, circumstances, policy, today }: Question): Found {
  const on = latest(quote.circumstances?.lastContactedOn, circumstances.lastContactedOn);
  return on !== undefined && daysBetween(on, today) <= policy.contactedWithinDays && { on };
}

function nudgedRecently({ circumstances, policy, today }: Question): Found {
  const on = circumstances.lastNudgedOn;
  return on !== undefined && daysBetween(on, today) <= policy.nudgedWithinDays && { on };
}

function openDeal({ quote, circumstances }: Question): Found {
  const stores = new Set([
    ...(quote.circumstances?.openDealAtStores ?? []),
    ...(circumstances.openDealAtStores ?? []),
  ]);
  return stores.size > 0 && { stores: [...stores].sort() };
}

/** A recall counts as closed when its work is being done, and as open while the customer declines it. */
function openRecall({ quote: { circumstances, quote } }: Question): Found {
  return circumstances?.openRecall === true || quote?.lines.some((line) => line.recall && isDeclined(line));
}

/** A "no" from the DMS applies until the DMS withdraws it; one given to staff applies for as long as the policy sets. */
function customerSaidNo({ quote, circumstances, policy, today }: Question): Found {
  if (quote.circumstances?.saidNo === true || circumstances.saidNo === true) return true;
  const on = circumstances.saidNoOn;
  return on !== undefined && today <= addMonths(on, policy.saidNoWithinMonths) && { on };
}

/** Whether the customer pays for nothing of what is quoted, or of what they came for. */
const isOthersToPay = ({ quote, payType = 'customer' }: Occasion): boolean =>
  quote ? isPaidByOthers(quote) : payType !== 'customer';

/** Within 12 months: a customer who was recently short of money is not asked to buy. */
function hardship({ quote, history, today }: Question): Found {
  if (quote.circumstances?.askedForInstalments === true) return true;
  const on = history?.hardshipOn;
  return on !== undefined && today <= addMonths(on, 12) && { on };
}

/** Worth it if the shop says so, or if the cost is a small share of a known value; an unknown value suppresses, too. */
function cheapRepair({ quote: { quote }, policy }: Question, { value }: FreshFacts): Found {
  const { leftCents } = amountsOf(quote);
  // Nothing is quoted, everything was declined, or others pay: the customer has no repair to weigh.
  if (!quote || leftCents === 0) return false;
  if (leftCents >= policy.repairMinimumCents || quote.worthIt === false) return false;
  const large = value !== undefined && reaches(leftCents, policy.repairSharePercent, value.cents);
  return quote.worthIt === true || !large;
}

/** When a DMS sends every quote, the policy decides which are high. A quote with nothing left to decide never is. */
function belowMinimum({ quote: { quote }, circumstances, policy }: Question): Found {
  if (!quote || circumstances.policyDecides !== true) return false;
  return amountsOf(quote).leftCents < Math.max(1, policy.repairMinimumCents);
}

/** The customer chose the repair: everything that is not declined is approved. */
function repairApproved({ quote: { quote } }: Question): Found {
  const { leftCents, approvedCents } = amountsOf(quote);
  return approvedCents > 0 && approvedCents === leftCents;
}

function latest(...dates: readonly (LocalDate | undefined)[]): LocalDate | undefined {
  return dates
    .filter((date) => date !== undefined)
    .sort()
    .at(-1);
}

function isOneOf<Text extends string>(text: Text | undefined, list: readonly Text[]): boolean {
  return text !== undefined && list.includes(text);
}
