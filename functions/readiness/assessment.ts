import * as z from 'zod';
import { localDate, storeId } from '../contracts/fields.ts';
import { type DistanceUnit, distanceUnits } from '../contracts/odometer.ts';
import type { RepairQuoted } from '../contracts/repair-quoted.ts';
import type { LocalDate } from '../group/business-time.ts';
import { type NudgePolicy, reasonFacts } from '../group/nudge-policy.ts';
import type { HistorySummary } from '../history/visits.ts';
import { holdout } from './holdout.ts';
import type { Occasion } from './occasion.ts';

/**
 * The input and the stored result of an assessment. Only numbers, dates and rule names are stored, so that it fits in the item
 * next to the facts; wording.ts turns it into words.
 */

const whole = z.number().int();
/** Whole percent, rounded down, for display; comparisons use cents. */
const share = { repairCents: whole, valueCents: whole, percent: whole };
const equityRange = { lowCents: whole, highCents: whole };

/** `asOf` is the oldest date of the facts in it. Reasons with the same `fact` count once. */
const resting = {
  fact: z.enum(reasonFacts),
  strength: z.enum(['counts', 'strong']),
  asOf: z.string(),
  ageDays: whole,
};

const reason = z.discriminatedUnion('name', [
  z.object({ name: z.literal('repair-against-value'), ...resting, ...share }),
  z.object({ name: z.literal('repair-amount'), ...resting, repairCents: whole }),
  z.object({
    name: z.literal('repair-against-payments'),
    ...resting,
    repairCents: whole,
    paymentCents: whole,
  }),
  z.object({
    name: z.literal('spend-against-value'),
    ...resting,
    spendCents: whole,
    valueCents: whole,
    percent: whole,
  }),
  z.object({ name: z.literal('warranty-ends'), ...resting, daysLeft: whole, by: z.enum(['date', 'miles']) }),
  z.object({ name: z.literal('lease-ends'), ...resting, on: z.string() }),
  z.object({ name: z.literal('lease-miles'), ...resting, expectedMiles: whole, allowedMiles: whole }),
  z.object({ name: z.literal('equity'), ...resting, ...equityRange, percent: whole }),
  z.object({ name: z.literal('declined-work'), ...resting, declinedCents: whole }),
  z.object({ name: z.literal('comebacks'), ...resting, times: whole }),
  z.object({ name: z.literal('owned-long'), ...resting, since: z.string(), leased: z.boolean() }),
  z.object({ name: z.literal('old-car'), ...resting, years: whole.optional(), miles: whole.optional() }),
  z.object({ name: z.literal('wanted'), ...resting, until: z.string() }),
  z.object({ name: z.literal('worth-it'), ...resting, repairCents: whole }),
  z.object({ name: z.literal('small-share'), ...resting, ...share }),
  z.object({ name: z.literal('warranty-runs'), ...resting, daysLeft: whole }),
  z.object({ name: z.literal('lease-runs'), ...resting, on: z.string() }),
  z.object({ name: z.literal('equity-uncertain'), ...resting, ...equityRange }),
]);
export type Reason = z.infer<typeof reason>;
export type Resting = Pick<Reason, 'asOf' | 'ageDays'>;

/** Every reason not to nudge. */
const suppressionNames = [
  'bought-recently',
  'contacted-recently',
  'nudged-recently',
  'open-deal',
  'negative-equity',
  'open-complaint',
  'open-comeback',
  'open-recall',
  'not-customer-pay',
  'not-a-customers-car',
  'ownership-uncertain',
  'sold-or-total-loss',
  'opted-out',
  'no-channel-left',
  'customer-said-no',
  'advisor-said-no',
  'hardship',
  'cheap-repair',
  'below-minimum',
  'repair-approved',
  'nobody-to-receive',
  'already-answered',
  'holdout',
] as const;
export type SuppressionName = (typeof suppressionNames)[number];

const suppression = z.object({
  name: z.enum(suppressionNames),
  /** When it happened, if the rule depends on a date. */
  on: z.string().optional(),
  stores: z.array(z.string()).optional(),
});
export type Suppression = z.infer<typeof suppression>;

const unknownNames = [
  'quote',
  'value',
  'equity',
  'original price',
  'lease',
  'warranty',
  'replacement payment',
  'ownership',
  'odometer',
  'miles a year',
  'service history',
  'customer since',
  'open deals',
  'open complaint',
  'open comeback',
  'last contact',
] as const;

const unknown = z.object({
  name: z.enum(unknownNames),
  /** `old`: older than the policy allows. `ahead`: dated in the future, so mistaken. */
  why: z.enum(['missing', 'old', 'ahead']),
  asOf: z.string().optional(),
});
export type Unknown = z.infer<typeof unknown>;

/** The stored assessment, whether it led to a nudge or not. */
export const assessment = z.object({
  on: z.string(),
  policyVersion: z.string(),
  /** The store's unit of distance; left out: miles. */
  distanceUnit: z.enum(distanceUnits).optional(),
  /** Whether to notify Sales: a long-term customer, enough reasons, and nothing against it. */
  nudge: z.boolean(),
  advice: z.enum(['repair', 'either', 'replace']),
  /** The independent reasons found and needed. */
  independent: whole,
  needed: whole,
  longTerm: z.object({
    met: z.boolean(),
    since: z.string().optional(),
    visits12: whole.optional(),
    /** The minimum that the policy required. */
    needed: z.object({ months: whole, visits12: whole }).optional(),
  }),
  reasonsFor: z.array(reason),
  reasonsAgainst: z.array(reason),
  suppressions: z.array(suppression),
  /** The reasons whose setting, if changed by one step, would have reversed the decision: policy-steps.ts. */
  decidedBy: z.array(z.string()).optional(),
  unknown: z.array(unknown),
});
export type Assessment = z.infer<typeof assessment>;

/** Facts from outside the quote: earlier tasks, opt-outs, the roster and the group's own deals. */
export const circumstances = z.object({
  optedOut: z.boolean().optional(),
  /** The customer said no to calls, texts and emails. */
  noChannelLeft: z.boolean().optional(),
  /** A complaint that another system reported is still open. */
  openComplaint: z.boolean().optional(),
  /** The customer declined a conversation. */
  saidNo: z.boolean().optional(),
  /** When the customer last declined to staff; it counts for as long as the policy sets. */
  saidNoOn: localDate.optional(),
  advisorSaidNo: z.boolean().optional(),
  /** The advisor was asked first and said "not now", for this order only. */
  advisorSaidNotNow: z.boolean().optional(),
  /** A conversation about this order took place or was refused. */
  alreadyAnswered: z.boolean().optional(),
  nobodyToReceive: z.boolean().optional(),
  /** Sent as `repair-quoted`: the policy's minimum decides whether the quote is high, not the sender. */
  policyDecides: z.boolean().optional(),
  /** The last nudge about this customer or household, by any store of the group. */
  lastNudgedOn: localDate.optional(),
  lastContactedOn: localDate.optional(),
  boughtOn: localDate.optional(),
  openDealAtStores: z.array(storeId).optional(),
  /** The store's used-car desk was looking for cars like this one until that day. */
  wantedUntil: localDate.optional(),
  /** Set if the rule would start something for this order while a share of households is held out. */
  holdout: holdout.optional(),
});
export type Circumstances = z.infer<typeof circumstances>;

/** A question about a quote, which has work and its amounts. */
export interface QuotedQuestion extends Question {
  readonly quote: RepairQuoted;
}

export interface Question {
  readonly quote: Occasion;
  readonly history?: HistorySummary | undefined;
  readonly policy: NudgePolicy;
  /** The store's date. */
  readonly today: LocalDate;
  readonly timeZone: string;
  /** The store's unit of distance; left out: miles. */
  readonly distanceUnit?: DistanceUnit | undefined;
  readonly circumstances: Circumstances;
}
