import type { FirstServiceDue } from '../../contracts/first-service-due.ts';
import { daysBetween, localDate } from '../../group/business-time.ts';
import type { Context } from '../../handoff/context.ts';
import type { Draft } from '../../handoff/draft.ts';
import { lapse } from '../../handoff/outbox.ts';
import type { OutboxEntry } from '../../handoff/outbox-entry.ts';
import { wasAssignedBefore } from '../../handoff/reassign.ts';
import { type Appointment, BOOKED_BY_STAFF } from '../any-kind/appointments.ts';
import { announce, type SentTime, unannounce } from './announced.ts';
import { planFollowUp } from './follow-up.ts';
import { customerHasTime, sendNewTime, staffToNotify, writeToCustomer } from './recipients.ts';
import { type FirstServiceVisit, firstServiceTraits } from './task.ts';
import { currentAppointment, openVisit, planDayBefore, planRelease, releaseAt, sellerOf } from './visit.ts';

/**
 * Who is notified of an appointment that was booked, moved, cancelled or missed. The time that was sent to people last is
 * compared with the current one, because a no-show is always reported after its time, and a move often is.
 */
type VisitDraft = Draft<FirstServiceVisit>;

/** An update of an appointment, and the state before it. */
export interface News {
  readonly before: FirstServiceVisit;
  readonly known: Appointment | undefined;
  readonly update: Appointment;
  /** Who entered it; they are not notified. */
  readonly by: string | undefined;
}

export const notifyOfAppointment =
  (news: News) =>
  (draft: VisitDraft): VisitDraft => {
    const { task, context } = draft;
    const { due } = task.facts;
    if (!due || isLongAgo(news.update, context)) return draft;
    return draft.also(notifyOf(news, due)).also(replanRelease(due)).also(planFollowUp);
  };

/** If nobody in Service has the handoff yet, a booking can bring its day forward: the evening before is too late to prepare. */
const replanRelease =
  (due: FirstServiceDue) =>
  (draft: VisitDraft): VisitDraft => {
    const { task, context } = draft;
    if (task.state !== 'waiting' || isSnoozed(task)) return draft;
    if (releaseAt(task, due, context) > context.now) return planRelease(due)(draft);
    return draft
      .deadline('release', undefined)
      .step('release', { own: { code: 'booked-early' } })
      .also(openVisit(due));
  };

const notifyOf =
  (news: News, due: FirstServiceDue) =>
  (draft: VisitDraft): VisitDraft => {
    const { task, context } = draft;
    const is = currentAppointment(task, context.now);
    const was = announce.latest(news.before, news.known);
    if (is && (!was?.stands || is.startsAt !== was.startsAt)) return notifyOfTime(is, was, due, news)(draft);
    if (is && isMissed(news)) return notifyOfMissedOrCancelled(news, undefined)(draft);
    if (is) return draft.also(announce.renumber(is)).also(planDayBefore);
    // Nobody has the handoff yet, and nobody was sent a time.
    if (task.state === 'waiting' && !isSnoozed(task) && !was?.stands) return draft;
    return isGone(news, was, context.now) ? notifyOfMissedOrCancelled(news, was)(draft) : draft;
  };

/** After undo has reopened the handoff: sends the news that arrived while it was over, when nobody was notified. */
export function notifyOfEarlierNews(draft: VisitDraft): VisitDraft {
  const { announced, appointments } = draft.task.facts;
  const is = appointments.find((one) => one.appointmentNumber === announced?.appointmentNumber);
  if (!is || !announced?.stands || (is.status === 'booked' && is.startsAt === announced.startsAt))
    return draft;
  const known = { ...is, status: 'booked', startsAt: announced.startsAt } as const;
  return draft.also(notifyOfAppointment({ before: draft.task, known, update: is, by: undefined }));
}

/** Whether a visit, or a change of one, is older than the group acts on, so that nobody is notified. */
function isLongAgo({ startsAt, occurredAt }: Appointment, { group, store, today }: Context): boolean {
  const latest = startsAt !== undefined && startsAt > occurredAt ? startsAt : occurredAt;
  return daysBetween(localDate(store.timeZone, latest), today) > group.actOnFactsOfDays;
}

/** A no-show of an appointment that had not been cancelled, even if it is an appointment that we did not know. */
const isMissed = ({ known, update }: News): boolean =>
  update.status === 'no-show' && !update.otherWork && (known === undefined || known.status === 'booked');

/** Whether the update takes back a time at which people expect the customer, or expected them in vain. */
function isGone(news: News, was: SentTime | undefined, now: string): boolean {
  if (isMissed(news)) return true;
  const { update } = news;
  if (!was?.stands || was.appointmentNumber !== update.appointmentNumber) return false;
  // Moved to a time that has already passed: the people who still expect the customer at the former, later time are notified.
  return update.status !== 'booked' || was.startsAt > now;
}

/** Notifies people of a time that was booked, or that differs from the one they were sent. */
const notifyOfTime =
  (is: Appointment, was: SentTime | undefined, due: FirstServiceDue, { before, by }: News) =>
  (draft: VisitDraft): VisitDraft => {
    const woken = draft.also(unsnoozeAndReassign);
    const isWoken = woken.task.state !== draft.task.state;
    const seller = sellerOf(due, draft.context);
    const circle = was
      ? staffToNotify(before, due, draft.context)
      : [seller].filter((one) => one !== undefined);
    const assignee = isWoken ? woken.task.assignee?.employeeNumber : undefined;
    const readers = circle.filter((number) => number !== by && number !== assignee);
    const isMoved = was?.stands === true && !passed(was, is, draft);
    return woken
      .also(announce.time(is))
      .also(planDayBefore)
      .emailEach(readers, {
        message: 'visit-booked',
        ...(isMoved ? { own: { code: 'visit-moved' } } : {}),
        ...beforeVisit(is.startsAt, draft.context),
        again: true,
      })
      .also(sendNewTime);
  };

/** People who expect the customer must hear of a change before the new time. */
const beforeVisit = (startsAt: string | undefined, { now }: Pick<Context, 'now'>) =>
  startsAt !== undefined && startsAt > now ? { neededBy: startsAt } : {};

/** Whether the time that people were sent passed without news: then this is another appointment, not a move. */
const passed = (was: SentTime, is: Appointment, { task, context }: VisitDraft): boolean =>
  was.startsAt <= context.now &&
  was.appointmentNumber !== is.appointmentNumber &&
  task.facts.appointments.some(
    ({ appointmentNumber, status }) => appointmentNumber === was.appointmentNumber && status === 'booked',
  );

/** The customer did not come, or will not come. A customer with another appointment is not asked to book. */
const notifyOfMissedOrCancelled =
  ({ before, update, by }: News, was: SentTime | undefined) =>
  (draft: VisitDraft): VisitDraft => {
    const { due } = draft.task.facts;
    if (!due) return draft;
    const startsAt = was?.startsAt ?? update.startsAt;
    const own = {
      code: 'visit-cancelled',
      how: update.status,
      ...(startsAt === undefined ? {} : { startsAt }),
    } as const;
    const hasAnother = currentAppointment(draft.task, draft.context.now) !== undefined;
    const readers = staffToNotify(before, due, draft.context).filter((number) => number !== by);
    return draft
      .when(!hasAnother, (gone) => gone.also(unannounce))
      .also(planDayBefore)
      .emailEach(readers, {
        message: 'visit-cancelled',
        own,
        ...beforeVisit(startsAt, draft.context),
        again: true,
      })
      .when(!hasAnother && concernsCustomer(before, update), writeToCustomer('first-service-rebook', own));
  };

/** Whether to write to the customer: not if staff entered a booking and took it back before we sent its time. */
const concernsCustomer = (task: FirstServiceVisit, { appointmentNumber }: Appointment): boolean =>
  appointmentNumber !== BOOKED_BY_STAFF || customerHasTime(task);

const isSnoozed = (task: FirstServiceVisit) =>
  task.state === 'waiting' && wasAssignedBefore(task, firstServiceTraits);

export const isOfSnooze = (entry: OutboxEntry) =>
  entry.type === 'email' && entry.state === 'owed' && entry.message === 'first-service-to-prepare';

/** A booking reopens a snoozed task and cancels the email scheduled for the end of the snooze. */
export function unsnooze(draft: VisitDraft): VisitDraft {
  if (!isSnoozed(draft.task)) return draft;
  return draft
    .change((task) => ({
      ...task,
      outbox: task.outbox.map((entry) => (isOfSnooze(entry) ? lapse(entry, { code: 'woken-early' }) : entry)),
    }))
    .deadline('release', undefined)
    .step('release', { own: { code: 'booked' } })
    .startDeadline('accept');
}

const unsnoozeAndReassign = (draft: VisitDraft): VisitDraft =>
  isSnoozed(draft.task)
    ? unsnooze(draft).email({
        message: 'first-service-to-prepare',
        to: 'assignee',
        own: { code: 'customer-booked' },
        again: true,
      })
    : draft;
