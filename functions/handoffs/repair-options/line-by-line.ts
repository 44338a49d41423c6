import { isNewer, isRepeat, laterOf, type Received } from '../../contracts/fact-version.ts';
import type { RepairQuoted } from '../../contracts/repair-quoted.ts';
import { plusMinutes } from '../../group/business-time.ts';
import { nudgePolicyOf } from '../../group/group.ts';
import type { Context } from '../../handoff/context.ts';
import { type Decision, draft, repeated, unchanged } from '../../handoff/draft.ts';
import { isAnotherUse, usedBy } from '../../handoff/number-reuse.ts';
import { setDeadline } from '../../handoff/task-changes.ts';
import type { Circumstances } from '../../readiness/assessment.ts';
import { isWaiting } from '../../readiness/waiting.ts';
import { endsAfter, isOver, latestOf } from '../any-kind/order-ends.ts';
import { hasSheet, type RepairOptions, repairOptionsTraits } from './task.ts';

/**
 * A quote that an advisor writes line by line. Its sender reports each line, and each would lead to a sheet, or a correction of
 * one, about half a quote. So such a quote is kept back, separately from the one acted on, until no more lines come. Then the
 * sweep requests the decision on the bus, and it is made as for any other quote.
 */

export type SentAs = Pick<Circumstances, 'policyDecides'>;

/** The last quote that was acted on, whether it was worth a sheet or not. */
export const actedOn = ({ facts }: RepairOptions) => facts.quote ?? facts.smallQuote;

/** Stores the same quote again in its place. */
export const withRepeat = (task: RepairOptions, quote: Received<RepairQuoted>): RepairOptions => ({
  ...task,
  facts: { ...task.facts, ...(hasSheet(task) ? { quote } : { smallQuote: quote }) },
});

/** The latest fact about the order, acted on or not. */
export const latestUpdate = (task: RepairOptions) =>
  latestOf([task.settling?.quote, actedOn(task), task.facts.visit]);

/** Whether the order is closed now: no later fact opened it again. */
export const isClosed = (order: RepairOptions): boolean =>
  endsAfter(order.facts, latestUpdate(order)).closed !== undefined;

/** Removes the kept-back quote: it is acted on now, or the order is over. */
export function withoutSettling(task: RepairOptions): RepairOptions {
  const { settling, ...others } = task;
  return settling === undefined ? task : setDeadline(others, 'settle', undefined);
}

/** The decision if the quote is kept back, or is already known; undefined if it is to be acted on now. */
export function keepBack(
  task: RepairOptions,
  quote: Received<RepairQuoted>,
  sentAs: SentAs,
  context: Context,
): Decision<RepairOptions> | undefined {
  const { settling } = task;
  const known = latestUpdate(task);
  if (known && isAnotherUse(usedBy(quote), usedBy(known))) return undefined;
  const high = settling?.high === true || sentAs.policyDecides !== true;
  if (settling && isRepeat(quote, settling.quote)) {
    const later = laterOf(quote, settling.quote);
    return repeated({ ...task, settling: { ...settling, quote: later, ...(high ? { high } : {}) } });
  }
  if (settling && !isNewer(quote, settling.quote)) return unchanged(task, 'already-known');
  if (quote.quote.linesFollow !== true || !isNewer(quote, actedOn(task)) || isOver(task.facts, quote))
    return undefined;
  const since = settling?.since ?? earlier(quote.occurredAt, context.now);
  const until = settlesAt(since, quote, context);
  if (until <= context.now) return undefined;
  const kept = { ...task, settling: { since, quote, ...(high ? { high } : {}) } };
  return draft(kept, repairOptionsTraits, context)
    .when(settling === undefined, (begun) => begun.note({ code: 'lines-follow' }))
    .deadline('settle', until)
    .done('lines-follow');
}

/** How the sender named the quote that is acted on: if any line was called high, the whole quote is. */
export const sentAsOf = ({ settling }: RepairOptions, sentAs: SentAs): SentAs =>
  settling?.high === true ? {} : sentAs;

/**
 * The kept-back quote if no more lines came. Undefined if another line came, or another event acted on the quote or ended it.
 */
export function settled({ settling, deadlines }: RepairOptions, now: string) {
  return deadlines.settle !== undefined && deadlines.settle > now ? undefined : settling;
}

/** No more lines came in time, so the decision is requested. A repeated request, after a late answer, changes nothing. */
export function tickSettling(task: RepairOptions, context: Context): RepairOptions {
  const at = task.deadlines.settle;
  if (at === undefined || at > context.now) return task;
  const due = draft(task, repairOptionsTraits, context).deadline('settle', undefined);
  return due.when(task.settling !== undefined, (settling) => settling.event('repair-quote-settled')).task;
}

/** Counted from when the advisor wrote the lines: a late webhook has already used up part of the wait. */
function settlesAt(since: string, quote: Received<RepairQuoted>, { group, store, now }: Context): string {
  const policy = nudgePolicyOf(group, store);
  const last = earlier(quote.occurredAt, now);
  const ends = [
    plusMinutes(last, policy.settleQuoteMinutes),
    plusMinutes(since, policy.settleQuoteAtMostMinutes),
  ];
  if (isWaiting({ store, now }, quote, false))
    ends.push(plusMinutes(since, policy.settleWhileWaitingMinutes));
  return ends.reduce(earlier);
}

const earlier = (one: string, other: string): string => (Date.parse(one) <= Date.parse(other) ? one : other);
