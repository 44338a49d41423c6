import {
  type FactVersion,
  isNewer,
  isRepeat,
  type Received,
  versionOf,
} from '../../contracts/fact-version.ts';
import type { FirstServiceDue } from '../../contracts/first-service-due.ts';
import type { ServiceVisitCompleted } from '../../contracts/service-visit-completed.ts';
import type { Context } from '../../handoff/context.ts';
import { type Decision, type Draft, draft, repeated, unchanged } from '../../handoff/draft.ts';
import { wasAssignedBefore } from '../../handoff/reassign.ts';
import { restart } from '../../handoff/restart.ts';
import { isEnded, isOpen } from '../../handoff/task.ts';
import { type Visit, visitFrom } from '../../history/visits.ts';
import { begin, customerWasReached, wasHere } from './begin.ts';
import {
  isFirstService,
  isSameOrder,
  knownVisits,
  seenVisit,
  visitsOf,
  visitsWith,
  withOtherWork,
} from './first-service-rule.ts';
import { followUp, planFollowUp } from './follow-up.ts';
import { isPutOff, isRedated, redate } from './redate.ts';
import { isOverByVisit, restore } from './reversals.ts';
import { type FirstServiceVisit, firstServiceTraits } from './task.ts';
import { isUnwound } from './unwindings.ts';
import {
  inviteCustomer,
  openAgain,
  openVisit,
  planDayBefore,
  planRelease,
  remindTheDayBefore,
} from './visit.ts';

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
  /** The visits at every store of the group. */
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
    // The car may have been sold again while this was being decided; a later deal with the same customer starts over.
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

/**
 * The newest version from the DMS. An older DMS event may arrive after our own, and is compared with this one, not with ours.
 */
function newestOfDms({ facts }: FirstServiceVisit): FactVersion | undefined {
  const { due, raisedByUs, dmsVersion, newestOfDms: at } = facts;
  if (dmsVersion) return dmsVersion;
  if (at !== undefined) return at === '' ? undefined : { occurredAt: at };
  return raisedByUs === true ? undefined : due;
}

/**
 * Whether it follows a later sale: a lease buyout, or a rewritten deal, under another number or under the old one after it was
 * unwound.
 */
function isOfLaterSale(task: FirstServiceVisit, due: FirstServiceDue, known: FirstServiceDue): boolean {
  if (due.dealNumber === undefined || known.dealNumber === undefined) return false;
  return due.dealNumber === known.dealNumber
    ? isUnwound(task, known) && !isUnwound(task, due)
    : isNewer(due, known);
}

/** Starts a new handoff in the same item. */
function soldAgain(before: FirstServiceVisit, { now }: Context): FirstServiceVisit {
  const restarted = restart(before, 'sold again', now);
  return { ...restarted, facts: { ...restarted.facts, announced: undefined } };
}

/**
 * A closed order ends the handoff if it is the first service. Any other is stored, because a corrected due date may make it
 * one.
 */
export function decideVisited(
  before: FirstServiceVisit,
  completed: Received<ServiceVisitCompleted>,
  context: Context,
): Decision<FirstServiceVisit> {
  const { roNumber, closedOn } = completed;
  const visit = seenVisit(visitFrom(completed), context);
  const known = knownVisits(before).find((one) => isSameOrder(one, visit));
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
  const stands = visitsOf(task).some((one) => isSameOrder(one, visit));
  if (!stands) return visited.note({ code: 'visit-voided', roNumber }).done('voided-before');
  if (!isFirstService(visit, task, due, context)) {
    const wasTaken = wasHere(before, due, context) && !wasHere(task, due, context);
    if (wasTaken && isOverByVisit(before))
      return restore(task, due, { code: 'other-visit', roNumber, closedOn }, context);
    return visited.note({ code: 'other-visit', roNumber, closedOn }).done('not-the-first-service');
  }
  if (isEnded(task)) return before.undo ? visited.lockUndo().done('already-ended') : visited.done('noted');
  if (task.state === 'history') return visited.done('kept-for-history');
  return visited.end({ trigger: 'outcome', outcome: 'visited', by: 'dms' }).done('completed');
}

/** On a timer tick: the day of the invitation, and the day before the visit. */
export function tickFirstService(task: FirstServiceVisit, context: Context): FirstServiceVisit {
  const { due } = task.facts;
  const { release, 'day-before': dayBefore, 'follow-up': letter } = task.deadlines;
  const isTime = task.state === 'waiting' && release !== undefined && release <= context.now;
  return decide(task, context)
    .also((draft) => (due && isTime ? comeDue(due)(draft) : draft))
    .when(dayBefore !== undefined && dayBefore <= context.now, (draft) =>
      draft.deadline('day-before', undefined).also(remindTheDayBefore),
    )
    .when(letter !== undefined && letter <= context.now, followUp)
    .when(isTime, planFollowUp).task;
}

/** Opens the task for the first time, or returns it to its assignee after a snooze or after a due date that was too early. */
const comeDue =
  (due: FirstServiceDue) =>
  (draft: Draft<FirstServiceVisit>): Draft<FirstServiceVisit> => {
    const back = draft.deadline('release', undefined).step('release', { by: 'clock' });
    if (!wasAssignedBefore(draft.task, firstServiceTraits)) return back.also(openVisit(due));
    return isPutOff(draft.task) ? back.also(openAgain(due)) : back.startDeadline('accept');
  };

/** Keeps the sale's advisor, salesperson and promises if the DMS event omits them. */
function withWhatWasKnown(due: FirstServiceDue, known: FirstServiceDue): FirstServiceDue {
  const { dealNumber, followsSale, salespersonNumber, serviceAdvisorNumber, promises, prepaid, dueMiles } =
    known;
  const kept = {
    ...{ dealNumber, followsSale, salespersonNumber, serviceAdvisorNumber },
    ...{ promises, prepaid, dueMiles },
  };
  return { ...kept, ...due };
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
  if (task.state === 'history') return restore(task, due, { code: 'due-date-corrected' }, context);
  if (task.state === 'waiting' && !wasAssignedBefore(task, firstServiceTraits)) {
    return corrected
      .also(planRelease(due))
      .change((current) => tickFirstService(current, context))
      .done('corrected');
  }
  if (!isOpen(task) && task.state !== 'waiting') return corrected.done('corrected');
  const addressIsNew = due.customer.email !== undefined && due.customer.email !== known.customer.email;
  const redated = corrected.when(isRedated(known, due, context), redate(known, due));
  return (
    redated
      .when(addressIsNew && !customerWasReached(task) && !isPutOff(redated.task), (draft) =>
        draft.change((before) => ({ ...before, customerEmail: undefined })).also(inviteCustomer(true)),
      )
      // The new date decides which appointments are for the first service, so the reminder may be of another one.
      .also(planDayBefore)
      .also(planFollowUp)
      .done('corrected')
  );
}
