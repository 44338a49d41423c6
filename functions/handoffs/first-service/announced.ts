import type { Draft } from '../../handoff/draft.ts';
import { emailsOf } from '../../handoff/queue.ts';
import type { Appointment } from '../any-kind/appointments.ts';
import type { Announced, FirstServiceVisit } from './task.ts';

/** The time of the visit that people were sent, and the entry for it in their calendars. */
export type SentTime = Pick<Announced, 'appointmentNumber' | 'startsAt' | 'stands'>;
type VisitDraft = Draft<FirstServiceVisit>;

/** Revisions count seconds from here, so the first one of a calendar entry is higher than any from a release before 2026-12. */
const REVISIONS_SINCE = Date.parse('2020-01-01T00:00:00Z');

const revisionOf = ({ occurredAt }: Pick<Appointment, 'occurredAt'>): number =>
  Math.max(0, Math.floor((Date.parse(occurredAt) - REVISIONS_SINCE) / 1000));

/** The time that was sent last. A release before 2026-12 did not store it; then it is the booking that is about to change. */
function latest(task: FirstServiceVisit, changing: Appointment | undefined): SentTime | undefined {
  if (task.facts.announced) return task.facts.announced;
  if (changing?.status !== 'booked' || changing.startsAt === undefined || !wasSent(task)) return undefined;
  const { appointmentNumber, startsAt } = changing;
  return { appointmentNumber, startsAt, stands: true };
}

const wasSent = (task: FirstServiceVisit) =>
  emailsOf(task, 'visit-booked').length + emailsOf(task, 'first-service-confirmation').length > 0;

const change = (draft: VisitDraft, announced: Announced | undefined): VisitDraft =>
  announced === undefined
    ? draft
    : draft.change((task) => ({ ...task, facts: { ...task.facts, announced } }));

/** A new time, or none, answers the customer's wish for another one. */
const answered = (draft: VisitDraft): VisitDraft =>
  draft.task.facts.timeWanted === undefined
    ? draft
    : draft.change((task) => ({ ...task, facts: { ...task.facts, timeWanted: undefined } }));

const time =
  (is: Appointment) =>
  (draft: VisitDraft): VisitDraft => {
    const { appointmentNumber, startsAt } = is;
    if (startsAt === undefined) return draft;
    const before = draft.task.facts.announced;
    const sequence = Math.max(revisionOf(is), (before?.sequence ?? -1) + 1);
    const calendarId = before?.calendarId ?? appointmentNumber;
    const isOther = before?.startsAt !== startsAt;
    return change(isOther ? answered(draft) : draft, {
      ...{ appointmentNumber, startsAt, stands: true, calendarId, sequence },
    });
  };

/** The DMS booked the same time under another number: nobody needs to be notified. */
const renumber =
  ({ appointmentNumber }: Appointment) =>
  (draft: VisitDraft): VisitDraft => {
    const { announced } = draft.task.facts;
    return announced?.appointmentNumber === appointmentNumber
      ? draft
      : change(draft, announced && { ...announced, appointmentNumber });
  };

export const announce = { latest, time, renumber } as const;

/** The time that people were sent is no longer valid. */
export function unannounce(draft: VisitDraft): VisitDraft {
  const { announced } = draft.task.facts;
  return change(
    answered(draft),
    announced && { ...announced, stands: false, sequence: announced.sequence + 1 },
  );
}

/** The entry in the reader's calendar: one for each first service, replaced when the visit moves. */
export function calendarEntryOf({ facts: { announced } }: FirstServiceVisit, appointment: Appointment) {
  const { appointmentNumber, status, startsAt, durationMinutes } = appointment;
  return {
    id: announced?.calendarId ?? appointmentNumber,
    sequence: announced?.sequence ?? revisionOf(appointment),
    isBooked: status === 'booked',
    startsAt,
    durationMinutes,
  };
}
