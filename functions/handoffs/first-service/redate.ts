import type { FirstServiceDue } from '../../contracts/first-service-due.ts';
import { addDays, daysBetween } from '../../group/business-time.ts';
import type { Context } from '../../handoff/context.ts';
import { stopDeadlines } from '../../handoff/deadlines.ts';
import type { Draft } from '../../handoff/draft.ts';
import { isToCustomer, lapse } from '../../handoff/outbox.ts';
import { isOpen } from '../../handoff/task.ts';
import { isOfSnooze } from './appointment-news.ts';
import { customerWasReached } from './begin.ts';
import { staffToNotify, writeToCustomer } from './recipients.ts';
import type { FirstServiceVisit } from './task.ts';
import { currentAppointment, invitationAt } from './visit.ts';

/**
 * The DMS corrects the due date by months after people were notified of it. A correction of a few days is not worth an email:
 * it must exceed the lead time of the invitation.
 */
type VisitDraft = Draft<FirstServiceVisit>;

export const isRedated = (known: FirstServiceDue, due: FirstServiceDue, { group }: Context): boolean =>
  Math.abs(daysBetween(known.dueOn, due.dueOn)) > group.firstService.inviteDaysBefore;

/** Nobody snoozed the handoff; a correction by the DMS did. */
const PUT_OFF_BY = 'dms';
export const isPutOff = ({ state, snoozed }: FirstServiceVisit): boolean =>
  state === 'waiting' && snoozed?.by === PUT_OFF_BY;

/** Everybody who was sent the wrong date gets the right one. A visit that is months away needs nobody yet. */
export const redate =
  (known: FirstServiceDue, due: FirstServiceDue) =>
  (draft: VisitDraft): VisitDraft => {
    const { task, context } = draft;
    const own = { code: 'due-moved', from: known.dueOn } as const;
    return draft
      .also(isTooEarly(task, due, context) ? putOff(due) : (same) => same)
      .emailEach(staffToNotify(task, due, context), { message: 'due-date-moved', own, again: true })
      .when(customerWasReached(task), writeToCustomer('first-service-redated', own));
  };

const isTooEarly = (
  task: FirstServiceVisit,
  { dueOn }: FirstServiceDue,
  { group, today, now }: Context,
): boolean =>
  addDays(dueOn, -group.firstService.inviteDaysBefore) > today && currentAppointment(task, now) === undefined;

/** The handoff waits again for the day of the invitation, when its assignee gets it back. */
const putOff =
  (due: FirstServiceDue) =>
  (draft: VisitDraft): VisitDraft => {
    const { context } = draft;
    const date = addDays(due.dueOn, -context.group.firstService.inviteDaysBefore);
    return draft
      .change((task) =>
        stopDeadlines({
          ...task,
          snoozed: { by: PUT_OFF_BY, at: context.now },
          outbox: task.outbox.map(lapseIfEarly),
        }),
      )
      .when(isOpen(draft.task), (open) => open.step('early fact', { own: { code: 'invitation-on', date } }))
      .deadline('release', invitationAt(due, context))
      .deadline('day-before', undefined);
  };

/** A queued invitation, or an email for the end of a snooze, would be sent months too early. */
const lapseIfEarly = (entry: FirstServiceVisit['outbox'][number]) =>
  entry.state === 'owed' && (isToCustomer(entry) || isOfSnooze(entry))
    ? lapse(entry, { code: 'superseded' })
    : entry;
