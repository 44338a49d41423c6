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
import { endsAfter, isOver, lastOf } from '../any-kind/order-ends.ts';
import { hasSheet, type RepairOptions, repairOptionsTraits } from './task.ts';

/**
 * A quote that an advisor writes line by line. Its sender tells of each line, and each one would be a sheet, or a
 * correction of one, about half a quote. So such a quote is kept back, apart from the one that was acted on, until no
 * more lines come; then the sweep asks on the bus for the decision, which is made as of any other quote.
 */

export type SentAs = Pick<Circumstances, 'policyDecides'>;

/** The last quote that was acted on, whether it was worth a sheet or not. */
export const actedOn = ({ facts }: RepairOptions) => facts.quote ?? facts.smallQuote;

/** The same quote again, where it is kept. */
export const withRepeat = (task: RepairOptions, quote: Received<RepairQuoted>): RepairOptions => ({
  ...task,
  facts: { ...task.facts, ...(hasSheet(task) ? { quote } : { smallQuote: quote }) },
});

/** The last word on the order, acted on or not. */
export const lastWord = (task: RepairOptions) =>
  lastOf([task.settling?.quote, actedOn(task), task.facts.visit]);

/** As the order stands: nothing later opened it again. */
export const isClosed = (order: RepairOptions): boolean =>
  endsAfter(order.facts, lastWord(order)).closed !== undefined;

/** Nothing is kept back any more: it is acted on now, or the order is over. */
export function withoutSettling(task: RepairOptions): RepairOptions {
  const { settling, ...others } = task;
  return settling === undefined ? task : setDeadline(others, 'settle', undefined);
}

/** Whether the quote is kept back, or known already; undefined if it is to be acted on now. */
export function keepBack(
  task: RepairOptions,
  quote: Received<RepairQuoted>,
  sentAs: SentAs,
  context: Context,
): Decision<RepairOptions> | undefined {
  const { settling } = task;
  const known = lastWord(task);
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

/** What the sender called the quote that is acted on: a line that was called high makes the whole quote one. */
export const sentAsOf = ({ settling }: RepairOptions, sentAs: SentAs): SentAs =>
  settling?.high === true ? {} : sentAs;

/** The quote that no more lines came of. Undefined if a line came since, or another event acted on it or ended it. */
export function settled({ settling, deadlines }: RepairOptions, now: string) {
  return deadlines.settle !== undefined && deadlines.settle > now ? undefined : settling;
}

/** No more lines came in time. Asked again after an answer that came late, it changes nothing. */
export function tickSettling(task: RepairOptions, context: Context): RepairOptions {
  const at = task.deadlines.settle;
  if (at === undefined || at > context.now) return task;
  const due = draft(task, repairOptionsTraits, context).deadline('settle', undefined);
  return due.when(task.settling !== undefined, (settling) => settling.event('repair-quote-settled')).task;
}

/** Counted from when the advisor wrote the lines: a webhook that was late has waited already. */
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
