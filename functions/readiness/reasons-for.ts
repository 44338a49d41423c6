import { addMonths, daysBetween } from '../group/business-time.ts';
import { exceeds, reaches, shareOf } from '../group/money.ts';
import type { NudgePolicy } from '../group/nudge-policy.ts';
import { workKey } from '../history/visits.ts';
import type { Question, Reason } from './assessment.ts';
import { type FreshFacts, oldest } from './fresh-facts.ts';
import { coverLeft } from './warranty.ts';

/** Reasons for a conversation about another car: one function for each signal. */
export function reasonsFor(question: Question, facts: FreshFacts): Reason[] {
  return signals.flatMap((signal) => signal(facts, question.policy, question) ?? []);
}

/** Reasons from the car and its costs, without the store's own interest in buying it. */
export const aboutTheCar = (reasons: readonly Reason[]): Reason[] =>
  reasons.filter(({ fact }) => fact !== 'wanted');

/** Counts independent facts: two reasons from one fact are one. */
export function independentFacts(reasons: readonly Reason[]): number {
  return new Set(reasons.map((one) => one.fact)).size;
}

type Signal = (facts: FreshFacts, policy: NudgePolicy, question: Question) => Reason | undefined;

const repairAgainstValue: Signal = ({ quote, value }, policy) => {
  if (!quote || !value || quote.leftCents < policy.repairMinimumCents) return undefined;
  if (!reaches(quote.leftCents, policy.repairSharePercent, value.cents)) return undefined;
  return {
    name: 'repair-against-value',
    fact: 'quote',
    strength: reaches(quote.leftCents, policy.repairStrongSharePercent, value.cents) ? 'strong' : 'counts',
    ...oldest(quote, value),
    repairCents: quote.leftCents,
    valueCents: value.cents,
    percent: shareOf(quote.leftCents, value.cents),
  };
};

const repairAmount: Signal = ({ quote }, policy) => {
  if (!quote || quote.leftCents < policy.repairAmountCents) return undefined;
  return {
    name: 'repair-amount',
    fact: 'quote',
    strength: 'counts',
    ...oldest(quote),
    repairCents: quote.leftCents,
  };
};

const repairAgainstPayments: Signal = ({ quote, replacement }, policy) => {
  if (!quote || !replacement || quote.leftCents < policy.repairMinimumCents) return undefined;
  if (quote.leftCents < replacement.monthlyPaymentCents * policy.repairPayments) return undefined;
  return {
    name: 'repair-against-payments',
    fact: 'quote',
    strength: 'counts',
    ...oldest(quote, replacement),
    repairCents: quote.leftCents,
    paymentCents: replacement.monthlyPaymentCents,
  };
};

const spendAgainstValue: Signal = ({ history, value }, policy) => {
  if (!history || !value || history.carPayCents12 === 0) return undefined;
  if (!reaches(history.carPayCents12, policy.spendSharePercent, value.cents)) return undefined;
  return {
    name: 'spend-against-value',
    fact: 'spend',
    strength: reaches(history.carPayCents12, policy.spendStrongSharePercent, value.cents)
      ? 'strong'
      : 'counts',
    ...oldest(history, value),
    spendCents: history.carPayCents12,
    valueCents: value.cents,
    percent: shareOf(history.carPayCents12, value.cents),
  };
};

const warrantyEnds: Signal = (facts, policy, { today }) => {
  const left = coverLeft(facts, today);
  if (!left || left.days < 0 || left.days > policy.warrantyDays) return undefined;
  return {
    name: 'warranty-ends',
    fact: 'warranty',
    strength: 'counts',
    ...left.resting,
    daysLeft: left.days,
    by: left.by,
  };
};

const leaseEnds: Signal = ({ lease }, policy, { today }) => {
  if (!lease || lease.maturesOn < today || lease.maturesOn > addMonths(today, policy.leaseMonths)) {
    return undefined;
  }
  return { name: 'lease-ends', fact: 'lease', strength: 'counts', ...oldest(lease), on: lease.maturesOn };
};

/** The pace is the car's own, taken from its visits; without two readings it is unknown. */
const leaseMiles: Signal = ({ lease, odometer, history }, policy, { today }) => {
  const pace = history?.milesPerYear;
  if (!lease || !odometer || !history || pace === undefined || lease.maturesOn < today) return undefined;
  const { allowedMiles, paymentsLeft } = lease;
  if (allowedMiles === undefined || paymentsLeft === undefined) return undefined;
  const expected = odometer.miles + Math.floor((pace * daysBetween(today, lease.maturesOn)) / 365);
  if (paymentsLeft > policy.leasePaymentsLeft || expected <= allowedMiles) return undefined;
  return {
    name: 'lease-miles',
    fact: 'lease',
    strength: 'counts',
    ...oldest(lease, odometer, history),
    expectedMiles: expected,
    allowedMiles,
  };
};

/** Uses the low end of the range, the cautious estimate. */
const equity: Signal = ({ equity: range }, policy) => {
  const price = range?.originalPriceCents;
  if (!range || !price || range.lowCents <= policy.equityMinimumCents) return undefined;
  if (!exceeds(range.lowCents, policy.equitySharePercent, price)) return undefined;
  return {
    name: 'equity',
    fact: 'equity',
    strength: exceeds(range.lowCents, policy.equityStrongSharePercent, price) ? 'strong' : 'counts',
    ...oldest(range),
    lowCents: range.lowCents,
    highCents: range.highCents,
    percent: shareOf(range.lowCents, price),
  };
};

const declinedWork: Signal = ({ history }, policy, { quote }) => {
  if (!history || history.declinedCents12 < policy.declinedCents) return undefined;
  // Declined work that is quoted again today is part of today's quote, not a second fact.
  const quotedNow = new Set(quote.quote?.lines.map((line) => workKey(line.description)));
  const again = history.declined.some((line) => quotedNow.has(workKey(line.description)));
  return {
    name: 'declined-work',
    fact: again ? 'quote' : 'declined work',
    strength: 'counts',
    ...oldest(history),
    declinedCents: history.declinedCents12,
  };
};

const comebacks: Signal = ({ history }, policy) => {
  if (!history || history.comebacks12 < policy.comebacks) return undefined;
  return {
    name: 'comebacks',
    fact: 'comebacks',
    strength: 'counts',
    ...oldest(history),
    times: history.comebacks12,
  };
};

const ownedLong: Signal = ({ ownership }, policy, { today, quote }) => {
  const since = ownership?.boughtOn;
  if (!ownership || !since || !theirs(ownership.status)) return undefined;
  const leased = ownership.status === 'leased';
  if (addMonths(since, leased ? policy.leasedMonths : policy.ownedMonths) > today) return undefined;
  return {
    name: 'owned-long',
    // An old lease is an ending lease, and a car owned for long is an old car: each pair is one fact.
    fact: leased || quote.lease ? 'lease' : 'time',
    strength: 'counts',
    ...oldest(ownership),
    since,
    leased,
  };
};

const oldCar: Signal = ({ modelYear, odometer }, policy, { today }) => {
  const years = modelYear && Number(today.slice(0, 4)) - modelYear.year;
  const byYears = years !== undefined && years >= policy.ageYears;
  const byMiles = odometer !== undefined && odometer.miles >= policy.ageMiles;
  const resting = modelYear ?? odometer;
  if (!resting || !(byYears || byMiles)) return undefined;
  return {
    name: 'old-car',
    fact: 'time',
    strength: 'counts',
    ...oldest(resting),
    ...(byYears && { years }),
    ...(odometer && { miles: odometer.miles }),
  };
};

/** The store's own interest. It says nothing about the car, so it never affects the advice. */
const wanted: Signal = (_facts, _policy, { circumstances, today }) => {
  const until = circumstances.wantedUntil;
  if (until === undefined || until < today) return undefined;
  return { name: 'wanted', fact: 'wanted', strength: 'counts', asOf: today, ageDays: 0, until };
};

/** Strongest first, the order in which messages list them. */
const signals: readonly Signal[] = [
  repairAgainstValue,
  repairAmount,
  repairAgainstPayments,
  spendAgainstValue,
  leaseEnds,
  leaseMiles,
  warrantyEnds,
  equity,
  declinedWork,
  comebacks,
  ownedLong,
  oldCar,
  wanted,
];

function theirs(status: string | undefined): boolean {
  return status === undefined || status === 'owned' || status === 'leased';
}
