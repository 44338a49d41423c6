import * as z from 'zod';
import { hash } from '../group/hash.ts';

/**
 * The outcome facts of the group: what happened to each handoff, each sale and each visit. The store's numbers are
 * counted from them. A fact is written once and never changed; a later fact corrects an earlier one. Staff are named
 * by employee number; customers, cars, deals and orders only by keyed pseudonyms.
 */

/** A staff member, by the number that tasks of their store use. */
const staff = z.string();
const happened = { at: z.string() };

/** What happened, without the customer, car and numbers that it concerns. */
export const outcome = z.discriminatedUnion('what', [
  /** A named person was assigned the handoff, for the first time or by a reassignment. */
  z.object({ ...happened, what: z.literal('handed over'), from: z.array(staff), to: staff, why: z.string() }),
  z.object({
    ...happened,
    what: z.literal('accepted'),
    by: staff,
    /** Minutes of the department's opening hours since the handoff was assigned. */
    minutes: z.number().optional(),
  }),
  z.object({ ...happened, what: z.literal('escalated'), limit: z.enum(['accept', 'complete']) }),
  z.object({ ...happened, what: z.literal('ended'), as: z.string(), by: staff, how: z.string() }),
  /** A choice was undone by the person who made it, so it does not count. */
  z.object({ ...happened, what: z.literal('taken back'), choice: z.string(), by: staff }),
  /** Signed by a member of Service, or by the salesperson who brought the customer over. */
  z.object({
    ...happened,
    what: z.literal('introduced'),
    how: z.enum(['in person', 'by video', 'by phone', 'walked over']),
    by: staff,
  }),
  /** The customer's own answer. */
  z.object({ ...happened, what: z.literal('met'), answer: z.enum(['yes', 'no']) }),
  z.object({ ...happened, what: z.literal('booked'), by: staff, startsAt: z.string() }),
  /** The due date of a first service, as known at that moment. */
  z.object({ ...happened, what: z.literal('fell due'), on: z.string() }),
  z.object({ ...happened, what: z.literal('showed'), on: z.string() }),
  z.object({ ...happened, what: z.literal('no-show') }),
  /** Whether a repair order was worth notifying Sales, with the names of the reasons. */
  z.object({
    ...happened,
    what: z.enum(['nudged', 'silent']),
    reasonsFor: z.array(z.string()),
    reasonsAgainst: z.array(z.string()),
    suppressions: z.array(z.string()),
    /** What the rule found missing: enough reasons, a long-term customer. Left out if nothing was missing. */
    lacks: z.array(z.string()).optional(),
    /**
     * The version of the policy, and the reasons whose setting would have changed the decision if it were one step
     * different.
     */
    policy: z.string().optional(),
    decidedBy: z.array(z.string()).optional(),
  }),
  /**
   * The household's arm of the holdout, from the day on which it was drawn. It is evaluated in that arm, whatever
   * happens later.
   */
  z.object({ ...happened, what: z.literal('in holdout'), arm: z.enum(['withheld', 'rule']) }),
  /** A deal of a household in the holdout. The facts about the deal itself tell whether it still stands. */
  z.object({ ...happened, what: z.literal('household bought') }),
  z.object({
    ...happened,
    what: z.literal('sold'),
    dealType: z.string(),
    on: z.string(),
    salespeople: z.array(staff),
  }),
  z.object({ ...happened, what: z.literal('unwound') }),
  /** A repair order was closed. If it is voided later, it does not count. */
  z.object({
    ...happened,
    what: z.literal('visited'),
    on: z.string(),
    paidBy: z.string(),
    /** The advisor who wrote the order. */
    by: staff.optional(),
  }),
  z.object({ ...happened, what: z.literal('voided') }),
  /** A later sale was credited to the handoff, or is no longer. */
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
  /** The outcome of an email to the customer. `at` is when it was sent, or should have been. */
  z.object({
    ...happened,
    what: z.literal('emailed'),
    /** The email's number within the handoff. */
    email: z.string(),
    message: z.string(),
    became: z.enum(['delivered', 'bounced', 'complained', 'opted out']),
  }),
  z.object({ ...happened, what: z.literal('decided'), by: staff, stands: z.boolean() }),
]);
export type Outcome = z.infer<typeof outcome>;

/** What an outcome is about, by real numbers. They become pseudonyms before anything is stored. */
export interface Subject {
  readonly storeId: string;
  /** The store that these numbers belong to, if another one services the car. */
  readonly numbersOf?: string | undefined;
  readonly kind?: string | undefined;
  readonly taskId?: string | undefined;
  readonly customerNumber?: string | undefined;
  readonly vin?: string | undefined;
  readonly tradeIns?: readonly string[] | undefined;
  readonly dealNumber?: string | undefined;
  readonly roNumber?: string | undefined;
  /** Already a pseudonym: no system has a number for a household. */
  readonly household?: string | undefined;
}

/** An outcome before pseudonymization. */
export interface NamedFact {
  readonly about: Subject;
  readonly outcome: Outcome;
  /** Distinguishes outcomes of the same name about the same subject. Left out: the instant does. */
  readonly key?: string;
}

const places = {
  v: z.literal(1),
  id: z.string(),
  storeId: z.string(),
  /** The date of `at` on the store's clock. Missing in facts of releases before 2026-12, whose UTC date counts. */
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
 * The id depends on what happened, not on the event that reported it: the same fact has the same id, however often it
 * is derived.
 */
export function factIdOf({ about, outcome, key = outcome.at }: NamedFact): string {
  const { storeId, numbersOf = storeId, taskId, dealNumber = '', roNumber = '' } = about;
  const subject = taskId === undefined ? [numbersOf, dealNumber, roNumber] : [taskId];
  return hash([outcome.what, ...subject, key]).slice(0, 32);
}

/** The folder of the month files. */
export const LEDGER = 'ledger/';

/**
 * The path by which Athena and DuckDB find the months in the folder. There are further parts only if a month exceeds
 * one file.
 */
export const monthFileOf = (month: string, part: number): string =>
  `${LEDGER}month=${month}/facts${part === 1 ? '' : `-${part}`}.jsonl.gz`;

/** The month whose file contains the fact. */
export const monthOf = ({ at }: Pick<LedgerFact, 'at'>): string => at.slice(0, 7);
