import * as z from 'zod';
import { localDate, storeId } from '../contracts/fields.ts';
import type { RepairQuoted } from '../contracts/repair-quoted.ts';
import type { LocalDate } from '../group/business-time.ts';
import { type NudgePolicy, reasonFacts } from '../group/nudge-policy.ts';
import type { HistorySummary } from '../history/visits.ts';

/**
 * The shapes of a decision: what is asked, and what is kept of the answer. Only numbers, dates and names of rules are
 * kept, so that it fits on an item beside the facts; the words are made from it in wording.ts.
 */

const whole = z.number().int();
/** Whole percent, rounded down; the comparisons themselves are made in cents. */
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
  z.object({ name: z.literal('worth-it'), ...resting, repairCents: whole }),
  z.object({ name: z.literal('small-share'), ...resting, ...share }),
  z.object({ name: z.literal('warranty-runs'), ...resting, daysLeft: whole }),
  z.object({ name: z.literal('lease-runs'), ...resting, on: z.string() }),
  z.object({ name: z.literal('equity-uncertain'), ...resting, ...equityRange }),
]);
export type Reason = z.infer<typeof reason>;
export type Resting = Pick<Reason, 'asOf' | 'ageDays'>;

/** Every line of "when not to nudge", and what ends a question for good. */
const suppressionNames = [
  'bought-recently',
  'contacted-recently',
  'nudged-recently',
  'open-deal',
  'negative-equity',
  'open-complaint',
  'open-comeback',
  'not-customer-pay',
  'not-a-customers-car',
  'ownership-uncertain',
  'sold-or-total-loss',
  'opted-out',
  'customer-said-no',
  'advisor-said-no',
  'hardship',
  'cheap-repair',
  'nobody-to-receive',
  'already-answered',
] as const;
export type SuppressionName = (typeof suppressionNames)[number];

const suppression = z.object({
  name: z.enum(suppressionNames),
  /** When it happened, where a date is what the rule looks at. */
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

/** The decision as it is stored, fired or not. */
export const assessment = z.object({
  on: z.string(),
  policyVersion: z.string(),
  /** Whether Sales is to be told: reasons enough, nothing against it, a long-term customer. */
  nudge: z.boolean(),
  advice: z.enum(['repair', 'either', 'replace']),
  /** Independent reasons found and needed. */
  independent: whole,
  needed: whole,
  longTerm: z.object({ met: z.boolean(), since: z.string().optional(), visits12: whole.optional() }),
  reasonsFor: z.array(reason),
  reasonsAgainst: z.array(reason),
  suppressions: z.array(suppression),
  unknown: z.array(unknown),
});
export type Assessment = z.infer<typeof assessment>;

/** What is known outside the quote: from earlier tasks, opt-outs, the roster and the group's own deals. */
export const circumstances = z.object({
  optedOut: z.boolean().optional(),
  /** The customer said no to a conversation, once or for ever. */
  saidNo: z.boolean().optional(),
  /** The last time that the customer said so to staff: counted for as long as the policy says. */
  saidNoOn: localDate.optional(),
  advisorSaidNo: z.boolean().optional(),
  /** The advisor was asked first, and said not now: of this order only. */
  advisorSaidNotNow: z.boolean().optional(),
  /** A conversation about this order was had or refused. */
  alreadyAnswered: z.boolean().optional(),
  nobodyToReceive: z.boolean().optional(),
  /** This customer or their household, by any store of the group. */
  lastNudgedOn: localDate.optional(),
  lastContactedOn: localDate.optional(),
  boughtOn: localDate.optional(),
  openDealAtStores: z.array(storeId).optional(),
});
export type Circumstances = z.infer<typeof circumstances>;

export interface Question {
  readonly quote: RepairQuoted;
  readonly history?: HistorySummary | undefined;
  readonly policy: NudgePolicy;
  /** The store's date. */
  readonly today: LocalDate;
  readonly timeZone: string;
  readonly circumstances: Circumstances;
}
