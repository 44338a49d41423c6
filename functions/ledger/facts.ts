import * as z from 'zod';
import { hash } from '../group/hash.ts';

/**
 * The outcome facts of the group: what became of each handoff, each sale and each visit. The store's numbers are counted from
 * them. They are written once and never changed; a later fact corrects an earlier one. People of the staff are named by
 * employee number; customers, cars, deals and orders by keyed pseudonyms only.
 */

/** A member of the staff, as a task of their store names them. */
const staff = z.string();
const happened = { at: z.string() };

/** What happened, without whom it happened to. */
export const outcome = z.discriminatedUnion('what', [
  /** A named person was given the handoff, for the first time or by moving it on. */
  z.object({ ...happened, what: z.literal('handed over'), from: z.array(staff), to: staff, why: z.string() }),
  z.object({
    ...happened,
    what: z.literal('accepted'),
    by: staff,
    /** Of the department's opening hours, since it was handed over. */
    minutes: z.number().optional(),
  }),
  z.object({ ...happened, what: z.literal('escalated'), limit: z.enum(['accept', 'complete']) }),
  z.object({ ...happened, what: z.literal('ended'), as: z.string(), by: staff, how: z.string() }),
  /** A choice was taken back by whoever made it: it did not happen. */
  z.object({ ...happened, what: z.literal('taken back'), choice: z.string(), by: staff }),
  /** Signed by a member of Service, or by the salesperson who brought the customer over. */
  z.object({
    ...happened,
    what: z.literal('introduced'),
    how: z.enum(['in person', 'by video', 'by phone', 'walked over']),
    by: staff,
  }),
  /** In the customer's own word. */
  z.object({ ...happened, what: z.literal('met'), answer: z.enum(['yes', 'no']) }),
  z.object({ ...happened, what: z.literal('booked'), by: staff, startsAt: z.string() }),
  /** The day on which a first service is due, as of then. */
  z.object({ ...happened, what: z.literal('fell due'), on: z.string() }),
  z.object({ ...happened, what: z.literal('showed'), on: z.string() }),
  z.object({ ...happened, what: z.literal('no-show') }),
  /** Whether a repair order was worth a word to Sales, with the names of the reasons. */
  z.object({
    ...happened,
    what: z.enum(['nudged', 'silent']),
    reasonsFor: z.array(z.string()),
    reasonsAgainst: z.array(z.string()),
    suppressions: z.array(z.string()),
    /** What the rule missed: enough reasons, a long-term customer. Left out where it missed nothing. */
    lacks: z.array(z.string()).optional(),
    /** The version of the policy, and the reasons whose setting, one step on, would have turned it. */
    policy: z.string().optional(),
    decidedBy: z.array(z.string()).optional(),
  }),
  /** The household's arm of the holdout, as of the day on which it was drawn: it is judged by that, whatever became of it. */
  z.object({ ...happened, what: z.literal('in holdout'), arm: z.enum(['withheld', 'rule']) }),
  /** A deal of a household that the holdout knows. Whether it stands is said by the deal's own facts. */
  z.object({ ...happened, what: z.literal('household bought') }),
  z.object({
    ...happened,
    what: z.literal('sold'),
    dealType: z.string(),
    on: z.string(),
    salespeople: z.array(staff),
  }),
  z.object({ ...happened, what: z.literal('unwound') }),
  /** A repair order was closed; voided, it never was. */
  z.object({
    ...happened,
    what: z.literal('visited'),
    on: z.string(),
    paidBy: z.string(),
    /** The advisor who wrote the order. */
    by: staff.optional(),
  }),
  z.object({ ...happened, what: z.literal('voided') }),
  /** A later sale was found to follow from the handoff, or no longer does. */
  z.object({
    ...happened,
    what: z.literal('matched'),
    person: z.string(),
    sameCar: z.string(),
    soldOn: z.string(),
    salespeople: z.array(staff),
  }),
  z.object({ ...happened, what: z.literal('no longer matched'), why: z.string() }),
  z.object({ ...happened, what: z.literal('disputed'), by: staff }),
  /** What became of an email to the customer. `at` is when it left, or was to leave. */
  z.object({
    ...happened,
    what: z.literal('emailed'),
    /** Its number within the handoff. */
    email: z.string(),
    message: z.string(),
    became: z.enum(['delivered', 'bounced', 'complained', 'opted out']),
  }),
  z.object({ ...happened, what: z.literal('decided'), by: staff, stands: z.boolean() }),
]);
export type Outcome = z.infer<typeof outcome>;

/** What an outcome is about, by the real numbers; they become pseudonyms before anything is stored. */
export interface Subject {
  readonly storeId: string;
  /** The store whose numbers these are, where another one services the car. */
  readonly numbersOf?: string | undefined;
  readonly kind?: string | undefined;
  readonly taskId?: string | undefined;
  readonly customerNumber?: string | undefined;
  readonly vin?: string | undefined;
  readonly tradeIns?: readonly string[] | undefined;
  readonly dealNumber?: string | undefined;
  readonly roNumber?: string | undefined;
  /** A pseudonym already: nobody has a number for a household. */
  readonly household?: string | undefined;
}

/** An outcome that is not yet pseudonymous. */
export interface Told {
  readonly about: Subject;
  readonly outcome: Outcome;
  /** What tells it from others of its name about the same subject: by default the instant. */
  readonly key?: string;
}

const places = {
  v: z.literal(1),
  id: z.string(),
  storeId: z.string(),
  /** The date of `at` by the store's own clock. Facts of releases before 2026-12 have none: their day is UTC's. */
  localDate: z.string().optional(),
  kind: z.string().optional(),
  handoff: z.string().optional(),
  customer: z.string().optional(),
  car: z.string().optional(),
  tradeIns: z.array(z.string()).optional(),
  deal: z.string().optional(),
  order: z.string().optional(),
  household: z.string().optional(),
};

/** One line of a month's file. */
export const ledgerFact = z.intersection(z.object(places), outcome);
export type LedgerFact = z.infer<typeof ledgerFact>;

/**
 * Of what happened, never of the event that told of it: the same fact has the same id whenever, and however often, it is
 * derived.
 */
export function factIdOf({ about, outcome, key = outcome.at }: Told): string {
  const { storeId, numbersOf = storeId, taskId, dealNumber = '', roNumber = '' } = about;
  const subject = taskId === undefined ? [numbersOf, dealNumber, roNumber] : [taskId];
  return hash([outcome.what, ...subject, key]).slice(0, 32);
}

/** The folder of the month files. */
export const LEDGER = 'ledger/';

/** As Athena and DuckDB find the months of a folder; a second part only beyond what one file holds. */
export const monthFileOf = (month: string, part: number): string =>
  `${LEDGER}month=${month}/facts${part === 1 ? '' : `-${part}`}.jsonl.gz`;

/** The month whose file it is in. */
export const monthOf = ({ at }: Pick<LedgerFact, 'at'>): string => at.slice(0, 7);
