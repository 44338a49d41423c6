import type { DistanceUnit } from '../contracts/odometer.ts';
import { addMonths, formatDate } from '../group/business-time.ts';
import { distanceText } from '../group/distance.ts';
import { dollars } from '../group/money.ts';
import type { Assessment, Reason, Suppression, SuppressionName, Unknown } from './assessment.ts';
import { dayText } from './day-text.ts';
import { aboutTheCar, independentFacts } from './reasons-for.ts';

/** A decision in words. The words name nobody and add nothing to the stored numbers. */
export interface Explanation {
  /** Why Sales was notified, or was not. */
  readonly decision: string;
  /** The advice, in one honest sentence with its reasons. */
  readonly advice: string;
  readonly reasonsFor: readonly ExplainedReason[];
  readonly reasonsAgainst: readonly ExplainedReason[];
  readonly suppressions: readonly string[];
  readonly unknown: readonly string[];
}

export interface ExplainedReason {
  readonly text: string;
  /** The source of the rule. */
  readonly source: string;
  readonly strong: boolean;
  /** `as of today`, `12 days old`. */
  readonly age: string;
}

export function explain(assessment: Assessment): Explanation {
  return {
    decision: decisionText(assessment),
    advice: adviceText(assessment),
    reasonsFor: assessment.reasonsFor.map((reason) => explained(reason, unitOf(assessment))),
    reasonsAgainst: assessment.reasonsAgainst.map((reason) => explained(reason, unitOf(assessment))),
    suppressions: assessment.suppressions.map(suppressionText),
    unknown: assessment.unknown.map(unknownText),
  };
}

const unitOf = ({ distanceUnit = 'miles' }: Assessment): DistanceUnit => distanceUnit;

function explained(reason: Reason, unit: DistanceUnit): ExplainedReason {
  return {
    text: reasonText(reason, unit),
    source: sources[reason.name],
    strong: reason.strength === 'strong',
    age: ageText(reason.ageDays),
  };
}

function decisionText(assessment: Assessment): string {
  const { nudge, longTerm, independent, needed, suppressions } = assessment;
  if (nudge) return `A nudge: ${independent} independent reasons where ${needed} are needed.`;
  const why = [
    ...(independent < needed ? [`${independent} of ${needed} independent reasons`] : []),
    ...(longTerm.met ? [] : [longTermText(assessment)]),
    ...suppressions.map(suppressionText),
  ];
  return `No nudge: ${why.join('; ')}.`;
}

/** `a service customer since 2015; 0 visits in 12 months where 3 are needed` */
function longTermText({ on, longTerm: { since, visits12, needed } }: Assessment): string {
  if (needed === undefined) return 'not known as a long-term service customer';
  const isNew = since !== undefined && addMonths(since, needed.months) > on;
  const enough = visits12 !== undefined && visits12 >= needed.visits12;
  return [
    since === undefined
      ? 'not known since when a service customer'
      : `a service customer since ${dayText(since)}${isNew ? ` where ${needed.months} months are needed` : ''}`,
    ...(enough ? [] : [`${visitsText(visits12)} in 12 months where ${needed.visits12} are needed`]),
  ].join('; ');
}

function visitsText(visits: number | undefined): string {
  if (visits === undefined) return 'an unknown number of visits';
  return visits === 1 ? '1 visit' : `${visits} visits`;
}

function adviceText(assessment: Assessment): string {
  const { advice } = assessment;
  const reasonsFor = aboutTheCar(assessment.reasonsFor);
  if (advice === 'repair') return keepText(assessment);
  if (advice === 'replace')
    return `Replacing it is worth a look: ${reasonsOf(reasonsFor, unitOf(assessment))}.`;
  const worthIt = assessment.reasonsAgainst.some(({ name }) => name === 'worth-it');
  if (independentFacts(reasonsFor) >= assessment.needed) {
    return `Both make sense: ${reasonsOf(reasonsFor, unitOf(assessment))}${worthIt ? ', and the shop says the repair is worth doing' : ''}.`;
  }
  if (reasonsFor.length > 0)
    return `Both make sense: ${reasonsOf(reasonsFor, unitOf(assessment))}, and nothing else that is known.`;
  return 'Nobody can say yet: the trade-in value is not known.';
}

function keepText(assessment: Assessment): string {
  const { suppressions, reasonsAgainst } = assessment;
  const reasonsFor = aboutTheCar(assessment.reasonsFor);
  const names = new Set(suppressions.map(({ name }) => name));
  const against = reasonsAgainst.map(({ name }) => name);
  const share = reasonsAgainst.find(({ name }) => name === 'small-share');
  if (names.has('negative-equity')) return 'Keep the car: more is owed on it than it is worth.';
  if (names.has('not-customer-pay')) return 'Have it done: warranty, recall or the shop pays for it.';
  if (share) return `This repair is worth it: ${reasonText(share, unitOf(assessment))}.`;
  if (against.includes('worth-it')) return 'This repair is worth it: the shop says so of this car.';
  if (names.has('cheap-repair')) return 'This repair is worth it: it is a small one.';
  if (reasonsFor.length > 0)
    return `Have it done: ${reasonsOf(reasonsFor, unitOf(assessment))} is no reason alone to replace the car.`;
  return 'This repair is worth it: nothing that is known speaks for replacing the car.';
}

/** The first reason of each fact, so that no fact is listed twice. */
function reasonsOf(reasons: readonly Reason[], unit: DistanceUnit): string {
  const first = reasons.filter((one, at) => reasons.findIndex((other) => other.fact === one.fact) === at);
  return first
    .slice(0, 3)
    .map((reason) => reasonText(reason, unit))
    .join('; ');
}

/** One reason, phrased to follow a colon. */
export function reasonText(reason: Reason, unit: DistanceUnit): string {
  switch (reason.name) {
    case 'repair-against-value':
    case 'small-share':
      return `the repair is ${reason.percent}% of the trade-in value (${dollars(reason.repairCents)} of ${dollars(reason.valueCents)})`;
    case 'repair-amount':
      return `the repair is ${dollars(reason.repairCents)}`;
    case 'repair-against-payments':
      return `the repair costs as much as ${Math.floor(reason.repairCents / reason.paymentCents)} payments on a replacement (${dollars(reason.repairCents)} against ${dollars(reason.paymentCents)} a month)`;
    case 'spend-against-value':
      return `service on this car in 12 months is ${reason.percent}% of the trade-in value (${dollars(reason.spendCents)} of ${dollars(reason.valueCents)})`;
    case 'warranty-ends':
      return `its last warranty ends in ${daysText(reason.daysLeft)}${reason.by === 'miles' ? `, by its ${unit}` : ''}`;
    case 'lease-ends':
      return `the lease ends on ${formatDate(reason.on, 'en')}`;
    case 'lease-miles':
      return `the lease is on course for ${distanceText(reason.expectedMiles, unit)}, ${distanceText(reason.allowedMiles, unit)} are allowed`;
    case 'equity':
      return `the equity is at least ${reason.percent}% of the original price (${dollars(reason.lowCents)} to ${dollars(reason.highCents)})`;
    case 'declined-work':
      return `work for ${dollars(reason.declinedCents)} was declined within 12 months`;
    case 'comebacks':
      return `the car came back ${reason.times} times in 12 months for work that was done before`;
    case 'owned-long':
      return `${reason.leased ? 'leased' : 'owned'} since ${dayText(reason.since)}`;
    case 'old-car':
      return `the car ${oldText(reason.years, reason.miles, unit)}`;
    case 'wanted':
      return `the store is looking for cars like this one, until ${dayText(reason.until)}`;
    case 'worth-it':
      return 'the shop says that the repair is worth doing on this car';
    case 'warranty-runs':
      return `it is under warranty for another ${daysText(reason.daysLeft)}`;
    case 'lease-runs':
      return `the lease runs until ${formatDate(reason.on, 'en')}, and ending it early costs`;
    case 'equity-uncertain':
      return `the equity may be negative (${dollars(reason.lowCents)} to ${dollars(reason.highCents)})`;
  }
}

/** The source of a rule; "The group's policy" if nobody has published a number. */
const sources: Record<Reason['name'], string> = {
  'repair-against-value': 'AAA',
  'repair-amount': 'Performance Loyalty',
  'repair-against-payments': 'Consumer Reports',
  'spend-against-value': "the group's policy",
  'warranty-ends': 'fullthrottle.ai',
  'lease-ends': 'fullthrottle.ai',
  'lease-miles': 'fullthrottle.ai',
  equity: 'Fullpath',
  'declined-work': "the group's policy",
  comebacks: "the group's policy",
  'owned-long': 'Phone Ninjas',
  'old-car': "the group's policy",
  wanted: "the store's list of wanted cars",
  'worth-it': 'the shop',
  'small-share': "the group's policy",
  'warranty-runs': "the group's policy",
  'lease-runs': "the group's policy",
  'equity-uncertain': "the group's policy",
};

const suppressionWords: Record<SuppressionName, string> = {
  'bought-recently': 'the customer bought a car not long ago',
  'contacted-recently': 'the customer was contacted not long ago',
  'nudged-recently': 'Sales was told of this customer or household not long ago',
  'open-deal': 'a deal with the customer is open',
  'negative-equity': 'more is owed on the car than it is worth',
  'open-complaint': 'a complaint is open',
  'open-comeback': 'the car is back for work that was done before',
  'open-recall': 'a recall is open on this car',
  'not-customer-pay': 'the work is warranty, recall or internal',
  'not-a-customers-car': 'the car is a loaner or of a fleet',
  'ownership-uncertain': 'it is not certain whose car it is',
  'sold-or-total-loss': 'the car is sold or a total loss',
  'opted-out': 'the customer wants no such messages',
  'no-channel-left': 'the customer may not be called, texted or emailed',
  'customer-said-no': 'the customer said no',
  'advisor-said-no': 'the advisor said no',
  hardship: 'the customer was short of money',
  'cheap-repair': 'the repair is a small one and worth it',
  'below-minimum': "what is left to decide is below the policy's minimum",
  'repair-approved': 'the customer approved the repair',
  'nobody-to-receive': 'nobody is active to receive it',
  'already-answered': 'it was answered already',
  holdout: 'withheld by the holdout',
};

/** One suppression in words, with its date or stores if it has them. */
function suppressionText({ name, on, stores }: Suppression): string {
  const when = on === undefined ? '' : ` (${formatDate(on, 'en')})`;
  const where = stores === undefined ? '' : ` at ${stores.join(', ')}`;
  return `${suppressionWords[name]}${where}${when}`;
}

/** One unknown fact in words, with the reason. */
function unknownText({ name, why, asOf }: Unknown): string {
  if (why === 'missing' || asOf === undefined) return `${name}: not known`;
  const date = formatDate(asOf, 'en');
  return why === 'old' ? `${name}: too old to count, of ${date}` : `${name}: dated ahead, ${date}`;
}

/** `as of today`, `1 day old`, `12 days old`. */
export function ageText(ageDays: number): string {
  return ageDays === 0 ? 'as of today' : `${daysText(ageDays)} old`;
}

function daysText(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}

function oldText(years: number | undefined, miles: number | undefined, unit: DistanceUnit): string {
  const age = years === undefined ? [] : [`is ${years} years old`];
  const driven = miles === undefined ? [] : [`has ${distanceText(miles, unit)}`];
  return [...age, ...driven].join(' and ');
}
