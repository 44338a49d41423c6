import { createHash } from 'node:crypto';
import * as z from 'zod';
import { cents } from '../contracts/fields.ts';

/**
 * When a service customer counts as ready for an upgrade conversation: the numbers of the rule, for a group and, field
 * by field, for a store. Money is in cents, shares are in whole percent.
 */

/** The facts behind reasons. Several reasons from one fact count once. */
export const reasonFacts = [
  'quote',
  'spend',
  'warranty',
  'lease',
  'equity',
  'declined work',
  'comebacks',
  'time',
  'wanted',
] as const;

const percent = z.number().int().min(1).max(1_000);
const days = z.number().int().min(0).max(3_650);
const months = z.number().int().min(0).max(600);
const count = z.number().int().min(0).max(100);
const settling = z.number().int().min(0).max(120);
const payments = z.number().int().min(0).max(120);

/** Sales is not notified before the advisor says so. */
export const UNTIL_ANSWERED = 'until-answered';

/**
 * A published number names its source. "Ours" marks a number that nobody has published; a group tunes it by replaying
 * its own past.
 */
const fields = z.strictObject({
  reasonsNeeded: count.describe(
    'Independent reasons without which there is silence. Ours: a single one is what makes such tools noisy.',
  ),
  factMaxAgeDays: days.describe('A fact that was found out more days ago is unknown. Ours.'),
  repairMinimumCents: cents.describe(
    'Cents. A repair below it counts for nothing, whatever the car is worth. Ours.',
  ),
  repairSharePercent: percent.describe(
    "One repair against the car's value: counts from this share. Ours, below AAA's.",
  ),
  repairStrongSharePercent: percent.describe(
    'The same, speaking strongly. AAA: at about 50 % seriously consider replacing.',
  ),
  repairAmountCents: cents.describe(
    "Cents. One repair in itself. Performance Loyalty: about $3,000, its trainers' prime conversation.",
  ),
  repairPayments: payments.describe(
    "The repair costs as much as this many monthly payments on a replacement. Consumer Reports, quoted: a year's worth.",
  ),
  spendSharePercent: percent.describe(
    "What the customer paid in 12 months for this car's service, against its value. Ours.",
  ),
  spendStrongSharePercent: percent.describe(
    "The same, speaking strongly. Ours, after AAA's share for one repair.",
  ),
  warrantyDays: days.describe(
    'The last coverage, factory or extended, ends within this many days. fullthrottle.ai.',
  ),
  leaseMonths: months.describe('The lease ends within this many months. fullthrottle.ai.'),
  leasePaymentsLeft: payments.describe(
    'Payments left, at most, while on course to exceed the allowed miles. fullthrottle.ai.',
  ),
  equitySharePercent: percent.describe(
    'The low end of the equity against the original price. Fullpath: 10, 25 and 50 %.',
  ),
  equityStrongSharePercent: percent.describe('The same, speaking strongly. Fullpath.'),
  equityMinimumCents: cents.describe('Cents. And at least so much. Fullpath: over $2,000.'),
  declinedCents: cents.describe('Cents. Work declined in 12 months, its different pieces together. Ours.'),
  comebacks: count.describe(
    'Times in 12 months that the car came back for work done before. Ours: one is an accident, two a pattern.',
  ),
  ownedMonths: months.describe('Owned so long. Phone Ninjas: about 5 years.'),
  leasedMonths: months.describe('Leased so long. Phone Ninjas: about 3 years.'),
  ageYears: count.describe("Years since the model year from which the car's age is a reason. Ours."),
  ageMiles: z
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .describe("Miles from which the car's age is a reason. Ours."),
  longTermMonths: months.describe('Months since the first visit of a long-term service customer. Ours.'),
  longTermVisits: count.describe('And their visits in the last 12 months. Ours.'),
  boughtWithinMonths: months.describe('Silence after a purchase, in months. Ours.'),
  saidNoWithinMonths: months.describe(
    'Silence after the customer told Sales that they are not ready, in months. Ours: as after a purchase.',
  ),
  contactedWithinDays: days.describe(
    'Silence after anybody of the group contacted the customer, in days. Ours.',
  ),
  nudgedWithinDays: days.describe(
    'The cap for a customer and their household across all stores: one nudge in this many days. Ours.',
  ),
  nudgesPerPersonPerDay: count.describe(
    "The cap for a person: nudges a day. What is over it is kept for the next day's summary. Ours.",
  ),
  advisorHeadStartMinutes: z
    .union([z.number().int().min(0).max(1_440), z.literal(UNTIL_ANSWERED)])
    .describe(
      "Minutes of Service's opening hours in which the advisor presents the repair before Sales hears of it, at most until the promised time or the close of the order. Silence is an answer, too: Sales hears of it then. `0`: Sales hears at once. `until-answered`: only after a yes. Ours.",
    ),
  settleQuoteMinutes: settling.describe(
    'A quote that is written line by line counts once no line came for so many minutes. The sweep comes every five. Ours.',
  ),
  settleQuoteAtMostMinutes: settling.describe(
    'And so many minutes after its first line at the latest. Ours.',
  ),
  settleWhileWaitingMinutes: settling.describe(
    'The same while the customer waits at the store for a car that is promised for today. Ours.',
  ),
  acceptWhileWaitingMinutes: z
    .number()
    .int()
    .min(1)
    .max(480)
    .describe(
      "Minutes of Sales' opening hours in which the salesperson accepts while the customer waits at the store; then the next one on the floor has it, and after two people the sales manager. Ours.",
    ),
});
export type NudgePolicy = z.infer<typeof fields>;

/** The starting values; each setting's description has its source. */
export const defaultNudgePolicy: NudgePolicy = {
  reasonsNeeded: 2,
  factMaxAgeDays: 30,

  repairMinimumCents: 150_000,
  repairSharePercent: 30,
  repairStrongSharePercent: 50,
  repairAmountCents: 300_000,
  repairPayments: 12,

  spendSharePercent: 25,
  spendStrongSharePercent: 50,

  warrantyDays: 90,
  leaseMonths: 6,
  leasePaymentsLeft: 12,

  equitySharePercent: 10,
  equityStrongSharePercent: 25,
  equityMinimumCents: 200_000,

  declinedCents: 100_000,
  comebacks: 2,
  ownedMonths: 60,
  leasedMonths: 36,
  ageYears: 10,
  ageMiles: 120_000,

  longTermMonths: 36,
  longTermVisits: 3,

  boughtWithinMonths: 12,
  saidNoWithinMonths: 12,
  contactedWithinDays: 14,
  nudgedWithinDays: 14,
  nudgesPerPersonPerDay: 3,

  advisorHeadStartMinutes: 30,
  settleQuoteMinutes: 5,
  settleQuoteAtMostMinutes: 10,
  settleWhileWaitingMinutes: 5,
  acceptWhileWaitingMinutes: 10,
};

export interface PolicyProblem {
  readonly path: string[];
  readonly message: string;
}

/** A store's own values. The group's apply to whatever it leaves out. */
export const nudgePolicyOverride = fields
  .partial()
  .extend({
    askAdvisorFirst: z
      .boolean()
      .optional()
      .describe('In files of earlier releases: `true` is `advisorHeadStartMinutes` of `until-answered`'),
  })
  .refine(
    ({ askAdvisorFirst, advisorHeadStartMinutes }) =>
      askAdvisorFirst === undefined || advisorHeadStartMinutes === undefined,
    {
      path: ['askAdvisorFirst'],
      error: 'expected advisorHeadStartMinutes alone: askAdvisorFirst is its former name',
    },
  );
export type NudgePolicyOverride = z.infer<typeof nudgePolicyOverride>;

/** The group's policy, with defaults for omitted fields. A contradiction is refused with the reason. */
export const nudgePolicy = nudgePolicyOverride
  .transform((given) => merge(defaultNudgePolicy, given))
  .superRefine((policy, context) => {
    for (const problem of contradictionsOf(policy)) context.addIssue({ code: 'custom', ...problem });
  });

/** The policy of a store, and any contradictions in the store's own values. {@link nudgePolicy} reports the group's. */
export function resolveNudgePolicy(
  group: NudgePolicy,
  override: NudgePolicyOverride = {},
): { readonly policy: NudgePolicy; readonly problems: readonly PolicyProblem[] } {
  const policy = merge(group, override);
  const known = new Set(contradictionsOf(group).map((problem) => problem.message));
  return { policy, problems: contradictionsOf(policy).filter((problem) => !known.has(problem.message)) };
}

/** Contradictions in a policy, each with the field to change. */
function contradictionsOf(policy: NudgePolicy): PolicyProblem[] {
  return [
    ...notBelow(
      policy,
      'repairStrongSharePercent',
      'repairSharePercent',
      'strong would be easier than plain',
    ),
    ...notBelow(policy, 'spendStrongSharePercent', 'spendSharePercent', 'strong would be easier than plain'),
    ...notBelow(
      policy,
      'equityStrongSharePercent',
      'equitySharePercent',
      'strong would be easier than plain',
    ),
    ...notBelow(policy, 'repairAmountCents', 'repairMinimumCents', 'the amount would never count'),
    ...notBelow(policy, 'ownedMonths', 'boughtWithinMonths', 'it would count while a purchase keeps silence'),
    ...notBelow(
      policy,
      'leasedMonths',
      'boughtWithinMonths',
      'it would count while a purchase keeps silence',
    ),
    ...notBelow(
      policy,
      'settleQuoteAtMostMinutes',
      'settleQuoteMinutes',
      'the last line would never settle it',
    ),
    ...notZero(policy, 'reasonsNeeded', 'a nudge without a reason is noise'),
    ...notZero(policy, 'repairPayments', 'every repair costs more than no payment'),
    ...notZero(policy, 'declinedCents', 'nothing declined would be a reason'),
    ...notZero(policy, 'comebacks', 'a car that never came back would be a reason'),
    ...notZero(policy, 'ageYears', 'every car would be old'),
    ...notZero(
      policy,
      'nudgesPerPersonPerDay',
      "nobody would ever be notified: set the store's mode to off instead",
    ),
    ...reachable(policy),
  ];
}

/** A fingerprint of twelve hex digits; equal only for policies that agree in every number. */
export function policyVersion(policy: NudgePolicy): string {
  const sorted = Object.entries(policy).sort(([left], [right]) => (left < right ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 12);
}

type NumberField = Exclude<keyof NudgePolicy, 'advisorHeadStartMinutes'>;

function notBelow(policy: NudgePolicy, field: NumberField, floor: NumberField, why: string): PolicyProblem[] {
  if (policy[field] >= policy[floor]) return [];
  const message = `expected ${field} (${policy[field]}) not below ${floor} (${policy[floor]}): ${why}`;
  return [{ path: [field], message }];
}

function notZero(policy: NudgePolicy, field: NumberField, why: string): PolicyProblem[] {
  return policy[field] > 0 ? [] : [{ path: [field], message: `expected ${field} above 0: ${why}` }];
}

function reachable(policy: NudgePolicy): PolicyProblem[] {
  if (policy.reasonsNeeded <= reasonFacts.length) return [];
  const message = `expected reasonsNeeded (${policy.reasonsNeeded}) of at most ${reasonFacts.length}: there are no more independent facts`;
  return [{ path: ['reasonsNeeded'], message }];
}

function merge(policy: NudgePolicy, { askAdvisorFirst, ...given }: NudgePolicyOverride): NudgePolicy {
  const gate = askAdvisorFirst === undefined ? {} : { advisorHeadStartMinutes: headStartOf(askAdvisorFirst) };
  const set = Object.entries(given).filter(([, value]) => value !== undefined);
  return fields.parse({ ...policy, ...gate, ...Object.fromEntries(set) });
}

/**
 * `false`, written for an earlier release, means that Sales of this store need not wait for the advisor: it becomes
 * today's default head start.
 */
const headStartOf = (askAdvisorFirst: boolean) =>
  askAdvisorFirst ? UNTIL_ANSWERED : defaultNudgePolicy.advisorHeadStartMinutes;
