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
import { latestUpdate } from './line-by-line.ts';
import { assignAdvisor } from './route-advisor.ts';
import { hasSheet, type RepairOptions, repairOptionsTraits } from './task.ts';
import { useAgain } from './used-again.ts';

/**
 * A repair order was written: the customer is here, perhaps for an oil change. If the rule finds reasons, the advisor is asked
 * whether Sales may talk to the customer. If not, nobody is notified and only the reasons are stored. A quote on the order
 * joins the same handoff later.
 */
const decide = (task: RepairOptions, context: Context) => draft(task, repairOptionsTraits, context);

export const SILENT = 'silent';

/** Handles a visit that cannot lead to anything on this task, before anything is read about its customer. */
export function passOver(
  task: RepairOptions,
  visit: Received<ServiceVisitOpened>,
  context: Context,
): Decision<RepairOptions> | undefined {
  const { facts, state } = task;
  const { store, group, today } = context;
  const last = latestUpdate(task);
  if (last && isAnotherUse(usedBy(visit), usedBy(last)))
    return isNewer(visit, last) ? useAgain(task, last, visit, context) : unchanged(task, 'of-a-former-use');
  if (!isNewer(visit, facts.visit)) return unchanged(task, 'already-known');
  // A small quote that came first notified nobody, so the order is still about its visit.
  const isPast = state !== 'awaited' && (hasSheet(task) || !isOpen(task));
  // Nobody is asked any more, but a quote that opens the order again needs the latest version of the visit.
  if (isPast) return repeated({ ...task, facts: { ...facts, visit } });
  if (isOver(facts, visit)) return unchanged(task, 'over-before');
  if (store.mode === 'off') return unchanged(task, 'store-off');
  const age = daysBetween(localDate(store.timeZone, visit.occurredAt), today);
  return age > group.actOnQuotesOfDays ? unchanged(task, 'too-long-ago') : undefined;
}

/** Whether there are enough reasons, before the circumstances that may forbid a conversation are read. */
export const isPromising =
  (task: RepairOptions, visit: Received<ServiceVisitOpened>, context: Context) =>
  (reasons: Omit<Knowledge, 'circumstances'>): boolean =>
    assessVisit(task, visit, { ...reasons, circumstances: {} }, context).assessment?.nudge === true;

/** The order, assessed for its visit. */
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

/** Whether the rule would ask for the first time, but the household is held out. */
export const startsInHoldout = (before: RepairOptions, task: RepairOptions): boolean =>
  isDrawn(task) && !isDrawn(before) && task.assessment?.nudge !== true;

/** Nobody is asked, but the assessment is published, because the ledger needs the households of both arms. */
export const keepWithheld = (task: RepairOptions, context: Context): Decision<RepairOptions> =>
  decide(task, context).event('handoff-task-noted', { code: 'noted', what: 'assessed' }).done(SILENT);

/** A newer version of a visit that was asked about: if it names another customer, the advisor is asked again. */
const correct = (before: RepairOptions, task: RepairOptions, context: Context): Decision<RepairOptions> =>
  decide(task, context)
    .when(isOfOthers(before.facts.visit, task.facts.visit), (draft) =>
      draft.email({ message: 'visit-question', to: 'assignee', again: true }),
    )
    .also(requestIfReady)
    .done('corrected');

/**
 * A small quote on a visit that was asked about. The handoff is still about the visit, and nobody is asked or notified again.
 */
export function joinSmall(task: RepairOptions, context: Context): Decision<RepairOptions> {
  const { quote: smallQuote, ...facts } = task.facts;
  const joined = assessOrder({ ...task, facts: { ...facts, smallQuote } }, context);
  return decide(joined, context)
    .note({ code: 'below-minimum' })
    .when(isOpen(joined) && askerOf(joined) === undefined, requestIfReady)
    .done('below-minimum');
}

/** A high quote on a visit that was asked about: the advisor gets the sheet, and their answer about Sales stands. */
export const showSheet = (task: RepairOptions, context: Context): Decision<RepairOptions> =>
  decide(task, context)
    .note({ code: 'quote-changed' })
    .startDeadline(task.state === 'accepted' ? 'complete' : 'accept')
    .email({ message: 'repair-options-sheet', to: 'assignee' })
    .also(requestIfReady)
    .done('joined');

/** The end of a mere question needs no email: the advisor is handling the order and knows. */
export const withoutEmailForQuestion = (
  task: RepairOptions,
  ending: Ending<RepairOptions>,
): Ending<RepairOptions> => (hasSheet(task) ? ending : { ...ending, knownTo: task.assignee?.employeeNumber });
