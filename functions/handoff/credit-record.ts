import * as z from 'zod';

/** What a task keeps about credit for later sales; credit.ts has the decisions. */
const dealOf = z.object({ storeId: z.string(), dealNumber: z.string(), use: z.number().int().optional() });
export type DealId = z.infer<typeof dealOf>;

/** Why a deal does not follow from a handoff. */
const unmatchedReasons = [
  'the deal was unwound',
  'the handoff did not take place',
  'it is another customer',
  'the sale came first',
  'the handoff was too long before',
  'Sales was in contact first',
] as const;
export type Unmatched = (typeof unmatchedReasons)[number];

const laterSale = z.object({
  deal: dealOf,
  /** How the buyer was matched: by customer number, as buyer or co-buyer; else by the same email address or phone number. */
  person: z.enum(['customer', 'co-buyer', 'household']),
  /** What happened to the car that the handoff was about. */
  sameCar: z.enum(['bought', 'traded in', 'neither']),
  soldOn: z.string(),
  /** Their numbers, as the task's store knows them. */
  salespeople: z.array(z.string()),
});
export type LaterSale = z.infer<typeof laterSale>;

const match = laterSale.extend({
  foundAt: z.string(),
  lapsed: z.object({ at: z.string(), why: z.enum(unmatchedReasons) }).optional(),
});
export type Match = z.infer<typeof match>;

const dispute = z.object({
  by: z.string(),
  at: z.string(),
  because: z.string(),
  decided: z.object({ by: z.string(), at: z.string(), stands: z.boolean() }).optional(),
});
export type Dispute = z.infer<typeof dispute>;

export const credit = z.object({ matches: z.array(match), disputes: z.array(dispute) });

export type Credit = z.infer<typeof credit>;

/** More deals than one household makes within the longest window, and more disputes than a manager needs to read. */
export const MOST_OF_CREDIT = { matches: 12, disputes: 6 } as const;

interface Credited {
  readonly credit?: Credit | undefined;
}

const noCredit: Credit = { matches: [], disputes: [] };
export const creditIn = ({ credit: known = noCredit }: Credited): Credit => known;

export const isSameDeal = (one: DealId, other: DealId): boolean =>
  one.storeId === other.storeId && one.dealNumber === other.dealNumber && (one.use ?? 1) === (other.use ?? 1);

/** The deals that currently earn the handoff credit. */
export const standingMatches = (task: Credited): readonly Match[] =>
  creditIn(task).matches.filter(({ lapsed }) => lapsed === undefined);

export const openDispute = (task: Credited): Dispute | undefined =>
  creditIn(task).disputes.find(({ decided }) => decided === undefined);

/** `corrected`: a manager decided that the credit does not stand. */
export type CreditState = 'none' | 'found' | 'disputed' | 'corrected';
export function creditState(task: Credited): CreditState {
  if (openDispute(task)) return 'disputed';
  if (standingMatches(task).length === 0) return 'none';
  return creditIn(task).disputes.at(-1)?.decided?.stands === false ? 'corrected' : 'found';
}

/** A dispute needs a sale that was found. Only one can be open at a time, and only a manager can settle it. */
export function fitsCredit(task: Credited, does: 'dispute' | 'settle', isManager: boolean): boolean {
  const { matches, disputes } = creditIn(task);
  const isOpen = openDispute(task) !== undefined;
  return does === 'settle'
    ? isOpen && isManager
    : !isOpen && matches.length > 0 && disputes.length < MOST_OF_CREDIT.disputes;
}
