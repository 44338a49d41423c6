import type { DealUnwound } from '../../contracts/deal-unwound.ts';
import {
  type FactVersion,
  isNewer,
  isRepeat,
  type Received,
  reverses,
  versionOf,
} from '../../contracts/fact-version.ts';
import type { FirstServiceDue } from '../../contracts/first-service-due.ts';
import type { ServiceVisitCompleted } from '../../contracts/service-visit-completed.ts';
import { addDays, daysBetween, localDate, openingOn, startOfDay } from '../../group/business-time.ts';
import { beginAnew } from '../../handoff/begin-anew.ts';
import type { Context } from '../../handoff/context.ts';
import { cameBack } from '../../handoff/delivery-reports.ts';
import { type Decision, type Draft, draft, repeated, unchanged } from '../../handoff/draft.ts';
import { emailsOf } from '../../handoff/queue.ts';
import { wasAssignedBefore } from '../../handoff/reassign.ts';
import { isEnded, isOpen } from '../../handoff/task.ts';
import { type Visit, visitFrom } from '../../history/visits.ts';
import {
  isFirstService,
  isSameOrder,
  seenVisit,
  soldOnDay,
  visitsOf,
  visitsWith,
  withOtherWork,
} from './first-service-rule.ts';
import { type FirstServiceVisit, firstServiceTraits } from './task.ts';
import { CUSTOMER_MESSAGES } from './told.ts';
import { currentAppointment, inviteCustomer, openVisit, remindTheDayBefore } from './visit.ts';

/**
 * The customer comes back for the first service: invited to book, and met by the salesperson who sold the car. One item
 * holds everything about this customer's car at this store: the due date, the appointments, the visit.
 */
const decide = (task: FirstServiceVisit, context: Context) => draft(task, firstServiceTraits, context);

/** What is known of the car when its first service is due. */
interface KnownOfCar {
  readonly raisedByUs: boolean;
  readonly boughtOn: string | undefined;
  readonly soldOnAt: string | undefined;
  /** At every store of the group. */
  readonly visits: readonly Visit[];
}

export function decideDue(
  before: FirstServiceVisit,
  due: Received<FirstServiceDue>,
  { raisedByUs, boughtOn, soldOnAt, visits }: KnownOfCar,
  context: Context,
): Decision<FirstServiceVisit> {
  const known = before.facts.due;
  // A due date from the DMS replaces the one we calculated from the sale, never the other way round.
  const isOther = known !== undefined && isOfLaterSale(before, due, known);
  const dms = newestOfDms(before);
  const isNewerOfDms = !raisedByUs && isNewer(due, dms);
  if (known && !isOther && !isNewerOfDms) return unchanged(before, 'already-known');
  const dmsVersion = raisedByUs ? dms : versionOf(due);
  if (dms && !raisedByUs && isRepeat(due, dms)) {
    return repeated({ ...before, facts: { ...before.facts, dmsVersion } });
  }
  const facts = {
    ...before.facts,
    due: known && !isOther ? withWhatWasKnown(due, known) : due,
    raisedByUs,
    newestOfDms: dmsVersion?.occurredAt,
    dmsVersion,
    boughtOn: boughtOn ?? (isOther ? undefined : before.facts.boughtOn),
    // It may have been sold on while this was decided; a later deal with the same customer begins anew.
    soldOnAt: soldOnAt ?? (isOther ? undefined : before.facts.soldOnAt),
    visits: visitsWith(
      before,
      visits.map((visit) => seenVisit(visit, context)),
    ),
  };
  const correlation = due.correlationId === undefined ? {} : { correlationId: due.correlationId };
  const task = withOtherWork({ ...before, updatedAt: context.now, facts, ...correlation }, context);
  const isOver = isEnded(task) || task.state === 'history';
  if (isOther && isOver) return begin(soldAgain(task, context), due, context);
  return known ? correct(task, known, due, context) : begin(task, due, context);
}

/** An older event of the DMS may come after ours: it is measured by the newest of the DMS, not by ours. */
function newestOfDms({ facts }: FirstServiceVisit): FactVersion | undefined {
  const { due, raisedByUs, dmsVersion, newestOfDms: at } = facts;
  if (dmsVersion) return dmsVersion;
  if (at !== undefined) return at === '' ? undefined : { occurredAt: at };
  return raisedByUs === true ? undefined : due;
}

/** A lease buyout, or a rewritten deal: under another number, or under the old one after it was unwound. */
function isOfLaterSale(task: FirstServiceVisit, due: FirstServiceDue, known: FirstServiceDue): boolean {
  if (due.dealNumber === undefined || known.dealNumber === undefined) return false;
  return due.dealNumber === known.dealNumber
    ? isUnwound(task, known) && !isUnwound(task, due)
    : isNewer(due, known);
}

/** Starts a new handoff in the same item. */
function soldAgain(before: FirstServiceVisit, { now }: Context): FirstServiceVisit {
  const anew = beginAnew(before, 'sold again', now);
  return { ...anew, facts: { ...anew.facts, announced: undefined } };
}

/** A closed order ends the first service if it is one. Any other is kept: a corrected due date may make it one. */
export function decideVisited(
  before: FirstServiceVisit,
  completed: Received<ServiceVisitCompleted>,
  context: Context,
): Decision<FirstServiceVisit> {
  const { roNumber, closedOn } = completed;
  const visit = seenVisit(visitFrom(completed), context);
  const known = visitsOf(before).find((one) => isSameOrder(one, visit));
  if (!isNewer(visit, known)) return unchanged(before, 'already-known');
  const facts = { ...before.facts, visits: visitsWith(before, [visit]) };
  if (known && isRepeat(visit, known)) return repeated({ ...before, facts });
  const task: FirstServiceVisit = {
    ...before,
    updatedAt: context.now,
    facts,
  };
  const visited = decide(task, context);
  const { due } = task.facts;
  if (!due) return visited.note({ code: 'visited' }).done('kept-for-later');
  if (!isFirstService(visit, task, due, context)) {
    return visited.note({ code: 'other-visit', roNumber, closedOn }).done('not-the-first-service');
  }
  if (isEnded(task)) return before.undo ? visited.lockUndo().done('already-ended') : visited.done('noted');
  if (task.state === 'history') return visited.done('kept-for-history');
  return visited.end({ trigger: 'outcome', outcome: 'visited', by: 'dms' }).done('completed');
}

export function decideSaleUnwound(
  before: FirstServiceVisit,
  fact: Received<DealUnwound>,
  context: Context,
): Decision<FirstServiceVisit> {
  const { unwound: known } = before.facts;
  if (!isNewer(fact, known)) return unchanged(before, 'already-known');
  const { dealNumber, reason } = fact;
  const facts = { ...before.facts, unwound: { ...versionOf(fact), dealNumber, reason } };
  if (known && isRepeat(fact, known)) return repeated({ ...before, facts });
  const task = { ...before, updatedAt: context.now, facts };
  const reversed = decide(task, context);
  if (task.facts.due && !isUnwound(task, task.facts.due)) return reversed.done('of-another-deal');
  if (isEnded(task)) return reversed.lockUndo().done('already-ended');
  if (!task.facts.due) return reversed.note({ code: 'deal-unwound' }).done('kept-for-later');
  return reversed.end(unwinding).done('cancelled');
}

/** The car was sold to somebody else by a later deal: its former owner has no first service to come for. */
export function decideSoldOn(
  before: FirstServiceVisit,
  soldOnAt: string,
  context: Context,
): Decision<FirstServiceVisit> {
  if (before.facts.soldOnAt !== undefined) return unchanged(before, 'already-known');
  const task = { ...before, updatedAt: context.now, facts: { ...before.facts, soldOnAt } };
  const soldOn = decide(task, context);
  if (isEnded(task)) return soldOn.lockUndo().done('already-ended');
  const { due } = task.facts;
  if (due && !isSoldOn(task, due, context)) return unchanged(before, 'sold-before');
  if (!due || task.state === 'history') return soldOn.note({ code: 'sold-on' }).done('kept-for-later');
  return soldOn.end({ trigger: 'closing fact', outcome: 'sold on', by: 'dms' }).done('cancelled');
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
  const { dealNumber, followsSale, salespersonNumber, serviceAdvisorNumber, promises, prepaid, dueMiles } =
    known;
  const kept = {
    ...{ dealNumber, followsSale, salespersonNumber, serviceAdvisorNumber },
    ...{ promises, prepaid, dueMiles },
  };
  return { ...kept, ...due };
}

/**
 * Whether the unwound deal is the one that this first service follows: not another one for the same car, and not the
 * same one written again since.
 */
function isUnwound({ facts: { unwound } }: FirstServiceVisit, due: FirstServiceDue): boolean {
  if (!unwound) return false;
  const areKnown = unwound.dealNumber !== undefined && due.dealNumber !== undefined;
  if (!areKnown) return reverses(unwound, due.followsSale ?? due);
  return unwound.dealNumber === due.dealNumber && reverses(unwound, due.followsSale);
}

/** Whether somebody else bought the car later than this customer. */
const isSoldOn = ({ facts }: FirstServiceVisit, due: FirstServiceDue, context: Context): boolean =>
  facts.soldOnAt !== undefined &&
  localDate(context.store.timeZone, facts.soldOnAt) > soldOnDay(facts.boughtOn, due, context);

/** Whether one of the visits that are known was the first service. */
const wasHere = (task: FirstServiceVisit, due: FirstServiceDue, context: Context): boolean =>
  visitsOf(task).some((visit) => isFirstService(visit, task, due, context));

function begin(task: FirstServiceVisit, due: FirstServiceDue, context: Context): Decision<FirstServiceVisit> {
  const { now, store, soldAt, group, today } = context;
  const begun = decide(task, context);
  if (isUnwound(task, due)) return begun.end(unwinding).done('cancelled: unwound before it came');
  if (isSoldOn(task, due, context)) {
    return begun.step('old fact', { own: { code: 'sold-on' } }).done('sold-on');
  }
  if (wasHere(task, due, context)) {
    return begun.step('old fact', { own: { code: 'already-visited' } }).done('already-visited');
  }
  if ([store, soldAt].some(({ mode }) => mode === 'off'))
    return begun.step('old fact', { own: { code: 'store-off' } }).done('store-off');
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
  if (task.state !== 'history' && wasHere(task, due, context)) {
    return corrected.end({ trigger: 'outcome', outcome: 'visited', by: 'dms' }).done('completed');
  }
  if (task.state === 'waiting' && !wasAssignedBefore(task, firstServiceTraits)) {
    return corrected
      .deadline('release', invitationAt(due, context))
      .change((current) => tickFirstService(current, context))
      .done('corrected');
  }
  if (!isOpen(task) && task.state !== 'waiting') return corrected.done('corrected');
  const addressIsNew = due.customer.email !== undefined && due.customer.email !== known.customer.email;
  const written = CUSTOMER_MESSAGES.flatMap((message) => emailsOf(task, message, 'customer'));
  const reached = written.some((entry) => entry.state !== 'given-up' && !cameBack(entry));
  return corrected
    .when(addressIsNew && !reached, (draft) =>
      draft.change((before) => ({ ...before, customerEmail: undefined })).also(inviteCustomer(true)),
    )
    .done('corrected');
}
