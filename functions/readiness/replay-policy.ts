import type { Instant, LocalDate } from '../group/business-time.ts';
import type { NudgePolicy } from '../group/nudge-policy.ts';
import { type Assessment, assess } from './assess.ts';
import type { Decision } from './decision.ts';
import type { OrderOccasion } from './occasion.ts';

/**
 * Replays past decisions under another policy: the stored inputs are assessed again in their original order, and the
 * caps are counted from zero. Nothing is changed. The gate that asks the advisor first is left out, because
 * nobody knows what the advisor would have answered.
 */

/** A stored decision about an order, and its result. */
export interface PastDecision extends Omit<Decision, 'assessment' | 'quote'> {
  readonly quote: OrderOccasion;
  /** Whether the rule nudges Sales. */
  readonly nudged: boolean;
}

type Outcome = 'nudged' | 'over the cap' | 'silent';

export interface ReplayedOrder {
  readonly roNumber: string;
  readonly at: Instant;
  readonly happened: boolean;
  readonly would: Outcome;
  readonly assessment: Assessment;
}

/** One person's day at one store: what happened, and what would have happened. */
export interface ReplayRow {
  readonly storeId: string;
  readonly on: LocalDate;
  /** Employee number; undefined if nobody was available. */
  readonly person: string | undefined;
  readonly happened: number;
  readonly would: number;
  readonly overCap: number;
  readonly orders: readonly ReplayedOrder[];
}

export interface ReplayRange {
  /** The first and last date of the store that are replayed. */
  readonly from?: LocalDate | undefined;
  readonly to?: LocalDate | undefined;
}

export function replayPolicy(
  decisions: readonly PastDecision[],
  policyOf: (storeId: string) => NudgePolicy,
  range: ReplayRange = {},
): ReplayRow[] {
  const chosen = decisions.filter(({ today }) => isWithin(today, range)).sort(byTime);
  const past: Simulated = { begins: earliestDay(chosen), lastNudged: new Map(), nudgesByDay: new Map() };
  const days = new Map<string, ReplayedOrder[]>();
  const heads = new Map<string, PastDecision>();
  for (const decision of chosen) {
    const day = dayKey(decision);
    heads.set(day, heads.get(day) ?? decision);
    days.set(day, [...(days.get(day) ?? []), replayOne(decision, policyOf(decision.quote.storeId), past)]);
  }
  return [...heads].map(([day, head]) => rowOf(head, days.get(day) ?? [])).sort(byPlace);
}

/** The replay's own nudges so far. */
interface Simulated {
  readonly begins: LocalDate | undefined;
  /** By cap of a customer or their household. */
  readonly lastNudged: Map<string, LocalDate>;
  /** By person and day. */
  readonly nudgesByDay: Map<string, number>;
}

function replayOne(decision: PastDecision, policy: NudgePolicy, past: Simulated): ReplayedOrder {
  const { quote, history, today, timeZone } = decision;
  const assessment = assess({
    quote,
    history,
    today,
    timeZone,
    policy,
    circumstances: circumstancesThen(decision, past),
  });
  return {
    roNumber: quote.roNumber,
    at: decision.at,
    happened: decision.nudged,
    would: assessment.nudge ? claim(decision, policy, past) : 'silent',
    assessment,
  };
}

/** Nudges within the replayed period are replaced by the simulated ones; earlier ones stand. */
function circumstancesThen(decision: PastDecision, past: Simulated): PastDecision['circumstances'] {
  const { lastNudgedOn: happened, ...others } = decision.circumstances;
  const before = happened !== undefined && past.begins !== undefined && happened < past.begins;
  const simulated = decision.household.flatMap((cap) => past.lastNudged.get(cap) ?? []);
  const last = [...simulated, ...(before ? [happened] : [])].sort().at(-1);
  return { ...others, ...(last !== undefined && { lastNudgedOn: last }) };
}

function claim(decision: PastDecision, policy: NudgePolicy, past: Simulated): Outcome {
  const day = dayKey(decision);
  const nudges = past.nudgesByDay.get(day) ?? 0;
  if (nudges >= policy.nudgesPerPersonPerDay) return 'over the cap';
  past.nudgesByDay.set(day, nudges + 1);
  for (const cap of decision.household) past.lastNudged.set(cap, decision.today);
  return 'nudged';
}

function rowOf(head: PastDecision, orders: readonly ReplayedOrder[]): ReplayRow {
  const count = (would: Outcome) => orders.filter((one) => one.would === would).length;
  return {
    storeId: head.quote.storeId,
    on: head.today,
    person: head.person,
    happened: orders.filter((one) => one.happened).length,
    would: count('nudged'),
    overCap: count('over the cap'),
    orders,
  };
}

function dayKey({ quote, today, person }: PastDecision): string {
  return JSON.stringify([quote.storeId, today, person ?? null]);
}

function isWithin(date: LocalDate, { from, to }: ReplayRange): boolean {
  return (from === undefined || from <= date) && (to === undefined || date <= to);
}

function earliestDay(decisions: readonly PastDecision[]): LocalDate | undefined {
  return decisions.map(({ today }) => today).sort()[0];
}

function byTime(left: PastDecision, right: PastDecision): number {
  return compare(
    [left.at, left.quote.storeId, left.quote.roNumber],
    [right.at, right.quote.storeId, right.quote.roNumber],
  );
}

function byPlace(left: ReplayRow, right: ReplayRow): number {
  return compare([left.storeId, left.on, left.person ?? ''], [right.storeId, right.on, right.person ?? '']);
}

function compare(left: readonly string[], right: readonly string[]): number {
  const at = left.findIndex((text, index) => text !== right[index]);
  if (at === -1) return 0;
  return (left[at] ?? '') < (right[at] ?? '') ? -1 : 1;
}
