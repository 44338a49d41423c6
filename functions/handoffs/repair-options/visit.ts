import { isNewer, type Received } from '../../contracts/fact-version.ts';
import type { ServiceVisitOpened } from '../../contracts/service-visit-opened.ts';
import { daysBetween, localDate } from '../../group/business-time.ts';
import type { Context } from '../../handoff/context.ts';
import { type Decision, draft, repeated, unchanged } from '../../handoff/draft.ts';
import type { Ending } from '../../handoff/ending.ts';
import { isAnotherUse, isOfOthers, usedBy } from '../../handoff/number-reuse.ts';
import { isOpen } from '../../handoff/task.ts';
import { isOver } from '../any-kind/order-ends.ts';
import { answersOnOrder } from './answers-on-order.ts';
import { assessOrder, type Knowledge } from './assess-order.ts';
import { askerOf, requestIfReady } from './conversation-request.ts';
import { lastWord } from './line-by-line.ts';
import { assignAdvisor } from './route-advisor.ts';
import { hasSheet, type RepairOptions, repairOptionsTraits } from './task.ts';
import { useAgain } from './used-again.ts';

/**
 * A repair order was written: the customer is here, perhaps for an oil change. If the rule finds its reasons, the advisor
 * is asked whether Sales may talk to them; if not, nobody hears of it and nothing is stored but why. What is quoted on
 * the order later joins the same handoff.
 */
const decide = (task: RepairOptions, context: Context) => draft(task, repairOptionsTraits, context);

export const SILENT = 'silent';

/** A visit that nothing can follow from on this task, before anything is read about its customer. */
export function passOver(
  task: RepairOptions,
  visit: Received<ServiceVisitOpened>,
  context: Context,
): Decision<RepairOptions> | undefined {
  const { facts, state } = task;
  const { store, group, today } = context;
  const last = lastWord(task);
  if (last && isAnotherUse(usedBy(visit), usedBy(last)))
    return isNewer(visit, last) ? useAgain(task, last, visit, context) : unchanged(task, 'of-a-former-use');
  if (!isNewer(visit, facts.visit)) return unchanged(task, 'already-known');
  // A small quote that came first notified nobody, and the visit is what the order is about.
  const isPast = state !== 'awaited' && (hasSheet(task) || !isOpen(task));
  // Nobody is asked any more. A quote that opens the order again finds the latest word on the visit all the same.
  if (isPast) return repeated({ ...task, facts: { ...facts, visit } });
  if (isOver(facts, visit)) return unchanged(task, 'over-before');
  if (store.mode === 'off') return unchanged(task, 'store-off');
  const age = daysBetween(localDate(store.timeZone, visit.occurredAt), today);
  return age > group.actOnQuotesOfDays ? unchanged(task, 'too-long-ago') : undefined;
}

/** Whether the reasons alone, without all that may forbid it, would do. */
export const isPromising =
  (task: RepairOptions, visit: Received<ServiceVisitOpened>, context: Context) =>
  (reasons: Omit<Knowledge, 'circumstances'>): boolean =>
    assessVisit(task, visit, { ...reasons, circumstances: {} }, context).assessment?.nudge === true;

/** The order with the visit as what it is about. */
export function assessVisit(
  task: RepairOptions,
  visit: Received<ServiceVisitOpened>,
  { history, circumstances, lookedUp }: Knowledge,
  context: Context,
): RepairOptions {
  const { quote, ...facts } = task.facts;
  const { voided, closed, smallQuote = quote } = facts;
  return assessOrder(
    {
      ...task,
      updatedAt: context.now,
      facts: { ...(smallQuote && { smallQuote }), visit, voided, closed },
      history,
      lookedUp,
      circumstances: { ...circumstances, ...answersOnOrder(task) },
      ...(visit.correlationId === undefined ? {} : { correlationId: visit.correlationId }),
    },
    context,
  );
}

export function decideVisit(
  before: RepairOptions,
  task: RepairOptions,
  context: Context,
): Decision<RepairOptions> {
  if (before.state !== 'awaited') return correct(before, task, context);
  const { visit } = task.facts;
  if (startsInHoldout(before, task)) return keepWithheld(task, context);
  if (!visit || task.assessment?.nudge !== true) return unchanged(before, SILENT);
  return decide(task, context)
    .step('opening fact')
    .also(assignAdvisor(visit))
    .startDeadline('accept')
    .when(task.askedAhead !== true, (draft) => draft.email({ message: 'visit-question', to: 'assignee' }))
    .announce()
    .also(requestIfReady)
    .done('created');
}

const isDrawn = ({ circumstances }: RepairOptions): boolean => circumstances?.holdout !== undefined;

/** The rule would ask for the first time, and the household is held out. */
export const startsInHoldout = (before: RepairOptions, task: RepairOptions): boolean =>
  isDrawn(task) && !isDrawn(before) && task.assessment?.nudge !== true;

/** Nobody is asked, and it is stored all the same: the ledger keeps the arms of both kinds of household. */
export const keepWithheld = (task: RepairOptions, context: Context): Decision<RepairOptions> =>
  decide(task, context).event('handoff-task-noted', { code: 'noted', what: 'assessed' }).done(SILENT);

/** A newer word on a visit that was asked about: who reads of another customer is asked anew. */
const correct = (before: RepairOptions, task: RepairOptions, context: Context): Decision<RepairOptions> =>
  decide(task, context)
    .when(isOfOthers(before.facts.visit, task.facts.visit), (draft) =>
      draft.email({ message: 'visit-question', to: 'assignee', again: true }),
    )
    .also(requestIfReady)
    .done('corrected');

/** A small quote on a visit that was asked about. The visit stays what it is about, and nobody is asked or told again. */
export function joinSmall(task: RepairOptions, context: Context): Decision<RepairOptions> {
  const { quote: smallQuote, ...facts } = task.facts;
  const joined = assessOrder({ ...task, facts: { ...facts, smallQuote } }, context);
  return decide(joined, context)
    .note({ code: 'below-minimum' })
    .when(isOpen(joined) && askerOf(joined) === undefined, requestIfReady)
    .done('below-minimum');
}

/** A high quote on a visit that was asked about: the advisor gets the sheet, and what they said of Sales stands. */
export const showSheet = (task: RepairOptions, context: Context): Decision<RepairOptions> =>
  decide(task, context)
    .note({ code: 'quote-changed' })
    .startDeadline(task.state === 'accepted' ? 'complete' : 'accept')
    .email({ message: 'repair-options-sheet', to: 'assignee' })
    .also(requestIfReady)
    .done('joined');

/** The advisor has the order in hand: that a mere question about it is over needs no email. */
export const heardBy = (task: RepairOptions, ending: Ending<RepairOptions>): Ending<RepairOptions> =>
  hasSheet(task) ? ending : { ...ending, knownTo: task.assignee?.employeeNumber };
