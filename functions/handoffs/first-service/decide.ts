import type { DealUnwound } from '../../contracts/deal-unwound.ts';
import type { FirstServiceDue } from '../../contracts/first-service-due.ts';
import type { ServiceVisitCompleted } from '../../contracts/service-visit-completed.ts';
import {
  addDays,
  addMonths,
  daysBetween,
  localDate,
  openingOn,
  startOfDay,
} from '../../group/business-time.ts';
import { firstServiceIntervalOf } from '../../group/group.ts';
import type { Context } from '../../handoff/context.ts';
import { type Decision, type Draft, draft, unchanged } from '../../handoff/draft.ts';
import { emailsOf } from '../../handoff/queue.ts';
import { wasAssignedBefore } from '../../handoff/reassign.ts';
import { isEnded, isOpen } from '../../handoff/task.ts';
import { type FirstServiceVisit, firstServiceTraits } from './task.ts';
import { currentAppointment, inviteCustomer, openVisit, remindTheDayBefore } from './visit.ts';

/**
 * The customer comes back for the first service: invited to book, and met by the salesperson who sold the car. One item
 * holds everything about this customer's car at this store: the due date, the appointments, the visit.
 */
const decide = (task: FirstServiceVisit, context: Context) => draft(task, firstServiceTraits, context);

export function decideDue(
  before: FirstServiceVisit,
  due: FirstServiceDue,
  raisedByUs: boolean,
  context: Context,
): Decision<FirstServiceVisit> {
  const known = before.facts.due;
  const isOurs = before.facts.raisedByUs === true;
  // A due date from the DMS replaces the one we calculated from the sale, never the other way round.
  const isOther = known !== undefined && isOfLaterDeal(due, known);
  // An older event of the DMS may come after ours: it is measured by the newest of the DMS, not by ours.
  const newestOfDms = before.facts.newestOfDms ?? (isOurs ? '' : (known?.occurredAt ?? ''));
  const isNewer = !known || isOther || (!raisedByUs && due.occurredAt > newestOfDms);
  if (!isNewer) return unchanged(before, 'already-known');
  const task: FirstServiceVisit = {
    ...before,
    updatedAt: context.now,
    facts: {
      ...before.facts,
      due: known && !isOther ? withWhatWasKnown(due, known) : due,
      raisedByUs,
      newestOfDms: raisedByUs ? newestOfDms : due.occurredAt,
    },
    ...(due.correlationId === undefined ? {} : { correlationId: due.correlationId }),
  };
  const isOver = isEnded(task) || task.state === 'history';
  if (isOther && isOver) return begin(soldAgain(task, context), due, context);
  return known ? correct(task, known, due, context) : begin(task, due, context);
}

/** A lease buyout or a rewritten deal: a new sale has a new deal number. */
const isOfLaterDeal = (due: FirstServiceDue, known: FirstServiceDue) =>
  due.dealNumber !== undefined &&
  known.dealNumber !== undefined &&
  due.dealNumber !== known.dealNumber &&
  due.occurredAt > known.occurredAt;

/** Starts a new handoff in the same item. Emails about the previous handoff do not count for this one. */
function soldAgain(before: FirstServiceVisit, context: Context): FirstServiceVisit {
  const anew: FirstServiceVisit = {
    ...before,
    ...{ ended: undefined, undo: undefined, assignee: undefined, declinedBy: undefined, heldBy: undefined },
    ...{ snoozed: undefined, passed: undefined, acceptedAt: undefined, releasedAt: undefined },
    earlierEntries: before.entriesMade,
  };
  return decide(anew, context).clearDeadlines().step('sold again').task;
}

/**
 * A closed order is the first visit. An order paid by the dealer alone counts only once the first service is due, as
 * the prepaid service; before that it is delivery preparation.
 */
export function decideVisited(
  before: FirstServiceVisit,
  visit: ServiceVisitCompleted,
  context: Context,
): Decision<FirstServiceVisit> {
  const isInternal = visit.customerPayCents + visit.warrantyCents === 0 && visit.internalCents > 0;
  if (isInternal && !isOpen(before) && !isEnded(before)) {
    return unchanged(before, 'not-a-visit: internal work only');
  }
  const { occurredAt, roNumber, closedOn } = visit;
  if ((before.facts.visited?.closedOn ?? '') >= closedOn) return unchanged(before, 'already-known');
  const task: FirstServiceVisit = {
    ...before,
    updatedAt: context.now,
    facts: { ...before.facts, visited: { occurredAt, roNumber, closedOn } },
  };
  const visited = decide(task, context);
  if (isEnded(task)) return before.undo ? visited.lockUndo().done('already-ended') : visited.done('noted');
  if (!task.facts.due) return visited.note({ code: 'visited' }).done('kept-for-later');
  if (task.state === 'history') return visited.done('kept-for-history');
  return visited.end({ trigger: 'outcome', outcome: 'visited', by: 'dms' }).done('completed');
}

export function decideSaleUnwound(
  before: FirstServiceVisit,
  { occurredAt, dealNumber, reason }: Pick<DealUnwound, 'occurredAt' | 'dealNumber' | 'reason'>,
  context: Context,
): Decision<FirstServiceVisit> {
  const known = before.facts.unwound;
  if (known && (known.dealNumber === dealNumber || known.occurredAt >= occurredAt)) {
    return unchanged(before, 'already-known');
  }
  const unwound = { occurredAt, dealNumber, reason };
  const task = { ...before, updatedAt: context.now, facts: { ...before.facts, unwound } };
  const reversed = decide(task, context);
  if (task.facts.due && !isUnwound(task, task.facts.due)) return reversed.done('of-another-deal');
  if (isEnded(task)) return reversed.lockUndo().done('already-ended');
  if (!task.facts.due) return reversed.note({ code: 'deal-unwound' }).done('kept-for-later');
  return reversed.end(unwinding).done('cancelled');
}

const unwinding = { trigger: 'closing fact', outcome: 'deal unwound', by: 'dms' } as const;

/** On a timer tick: the day of the invitation, and the day before the visit. */
export function tickFirstService(task: FirstServiceVisit, context: Context): FirstServiceVisit {
  const { due } = task.facts;
  const { release, 'day-before': dayBefore } = task.deadlines;
  const isTime = task.state === 'waiting' && release !== undefined && release <= context.now;
  return decide(task, context)
    .also((draft) => (due && isTime ? comeDue(due)(draft) : draft))
    .when(dayBefore !== undefined && dayBefore <= context.now, (draft) =>
      draft.deadline('day-before', undefined).also(remindTheDayBefore),
    ).task;
}

/** Opens the task for the first time, or returns it to its assignee after a snooze. */
const comeDue =
  (due: FirstServiceDue) =>
  (draft: Draft<FirstServiceVisit>): Draft<FirstServiceVisit> => {
    const back = draft.deadline('release', undefined).step('release', { by: 'clock' });
    return wasAssignedBefore(draft.task, firstServiceTraits)
      ? back.startDeadline('accept')
      : back.also(openVisit(due));
  };

/** Keeps the sale's advisor, salesperson and promises where the DMS event omits them. */
function withWhatWasKnown(due: FirstServiceDue, known: FirstServiceDue): FirstServiceDue {
  const { dealNumber, salespersonNumber, serviceAdvisorNumber, promises, prepaid, dueMiles } = known;
  const kept = { dealNumber, salespersonNumber, serviceAdvisorNumber, promises, prepaid, dueMiles };
  return { ...kept, ...due };
}

/** Whether the unwound deal is the one that this first service follows, not another one for the same car. */
function isUnwound({ facts: { unwound } }: FirstServiceVisit, due: FirstServiceDue): boolean {
  if (!unwound) return false;
  const areKnown = unwound.dealNumber !== undefined && due.dealNumber !== undefined;
  return areKnown ? unwound.dealNumber === due.dealNumber : due.occurredAt <= unwound.occurredAt;
}

/** Whether a visit came after the sale: work done before the purchase is not the first service. */
function wasHere({ facts: { visited } }: FirstServiceVisit, due: FirstServiceDue, context: Context): boolean {
  const { months } = firstServiceIntervalOf(context.group, context.store);
  return visited !== undefined && visited.closedOn > addMonths(due.dueOn, -months);
}

function begin(task: FirstServiceVisit, due: FirstServiceDue, context: Context): Decision<FirstServiceVisit> {
  const { now, store, group, today } = context;
  const begun = decide(task, context);
  if (isUnwound(task, due)) return begun.end(unwinding).done('cancelled: unwound before it came');
  if (wasHere(task, due, context)) {
    return begun.step('old fact', { own: { code: 'already-visited' } }).done('already-visited');
  }
  if (store.mode === 'off') return begun.step('old fact', { own: { code: 'store-off' } }).done('store-off');
  const latest = [due.dueOn, localDate(store.timeZone, due.occurredAt)].toSorted()[1] ?? due.dueOn;
  if (daysBetween(latest, today) > group.actOnFactsOfDays) {
    return begun.step('old fact', { own: { code: 'due-too-long-ago' } }).done('kept-for-history');
  }
  const invite = addDays(due.dueOn, -group.firstService.inviteDaysBefore);
  if (invite > today && !currentAppointment(task, now)) {
    return begun
      .step('early fact', { own: { code: 'invitation-on', date: invite } })
      .deadline('release', invitationAt(due, context))
      .done('waiting-to-invite');
  }
  return begun.step('opening fact').also(openVisit(due)).done('created');
}

function invitationAt({ dueOn }: FirstServiceDue, { group, store, calendar }: Context): string {
  const invite = addDays(dueOn, -group.firstService.inviteDaysBefore);
  return openingOn(calendar('service'), invite) ?? startOfDay(store.timeZone, invite);
}

function correct(
  task: FirstServiceVisit,
  known: FirstServiceDue,
  due: FirstServiceDue,
  context: Context,
): Decision<FirstServiceVisit> {
  const corrected = decide(task, context).note({ code: 'due-date-corrected' });
  if (isEnded(task)) return corrected.done('already-ended');
  if (task.state === 'waiting' && !wasAssignedBefore(task, firstServiceTraits)) {
    return corrected
      .deadline('release', invitationAt(due, context))
      .change((current) => tickFirstService(current, context))
      .done('corrected');
  }
  if (!isOpen(task) && task.state !== 'waiting') return corrected.done('corrected');
  const addressIsNew = due.customer.email !== undefined && due.customer.email !== known.customer.email;
  const written = [
    ...emailsOf(task, 'first-service-invitation', 'customer'),
    ...emailsOf(task, 'first-service-confirmation', 'customer'),
  ];
  const reached = written.some((entry) => entry.state !== 'given-up' && entry.reported !== 'bounced');
  return corrected
    .when(addressIsNew && !reached, (draft) =>
      draft.change((before) => ({ ...before, customerEmail: undefined })).also(inviteCustomer(true)),
    )
    .done('corrected');
}
