import { type EmailRecord, emailRecords } from '../../functions/handoff/item-bounds.ts';
import type { EmailEntry } from '../../functions/handoff/outbox-entry.ts';
import { isOpen } from '../../functions/handoff/task.ts';
import { BOOKED_BY_STAFF } from '../../functions/handoffs/any-kind/appointments.ts';
import type { AnyTask, TaskOf } from '../../functions/handoffs/kinds.ts';
import { emailsIn } from '../support/emails-in.ts';
import type { Told } from './stories.ts';

type Visit = TaskOf<'first-service-visit'>;
const isVisit = (task: AnyTask): task is Visit => task.kind === 'first-service-visit';

const FOLLOW_UPS: readonly string[] = ['first-service-due-today', 'first-service-overdue'];
const REMINDERS: readonly string[] = ['first-service-tomorrow', 'visit-tomorrow'];

/** What is about to leave with this write says what is true with it. */
export function brokenLeaving(task: AnyTask, was: AnyTask | undefined, now: number): string[] {
  if (!isVisit(task)) return [];
  const before = new Set((was ? emailsIn(was) : []).filter(isLeaving).map(({ lease }) => lease?.id));
  const leaving = emailsIn(task).filter((entry) => isLeaving(entry) && !before.has(entry.lease?.id));
  const booked = timesOf(task).filter((startsAt) => Date.parse(startsAt) > now);
  return leaving.flatMap(({ id, message, lapsesAt }) => {
    const about = `${message} of ${task.taskId} ${id}`;
    if (FOLLOW_UPS.includes(message) && (!isOpen(task) || booked.length > 0))
      return [`${about} asks somebody to book who has booked, came or wants nothing`];
    if (!REMINDERS.includes(message)) return [];
    if (isEnded(task)) return [`${about} reminds of a visit that is over`];
    return lapsesAt !== undefined && !booked.includes(lapsesAt)
      ? [`${about} reminds of a time that does not stand: ${lapsesAt}`]
      : [];
  });
}

const isLeaving = ({ state }: EmailEntry): boolean => state === 'sending';
const isEnded = ({ state }: Visit): boolean => state === 'completed' || state === 'cancelled';

/** What staff enter is in place of the appointment that the DMS told of before. */
const timesOf = ({ facts: { appointments } }: Visit): string[] => {
  const booked = appointments.filter(({ status, startsAt }) => status === 'booked' && startsAt !== undefined);
  const byStaff = booked.filter(({ appointmentNumber }) => appointmentNumber === BOOKED_BY_STAFF);
  return (byStaff.length > 0 ? byStaff : booked).flatMap(({ startsAt }) => startsAt ?? []);
};

/** Each letter once, a reminder of every visit that was booked in time, and an answer to who asks for another time. */
export function brokenLetters(
  tasks: Iterable<AnyTask>,
  told: readonly Told[],
  { now, wasTaken }: { readonly now: number; readonly wasTaken: (task: string, entry: string) => boolean },
): string[] {
  return [...tasks].filter(isVisit).flatMap((visit) => {
    // Long ago, an email became a line of those that left.
    const records = emailRecords(visit);
    const sent = emailsIn(visit).filter(({ id }) => wasTaken(visit.taskId, id));
    const twice = FOLLOW_UPS.filter((name) => sent.filter(({ message }) => message === name).length > 1);
    const asked = visit.log.some((entry) => entry.what === 'fact' && entry.own.code === 'time-wanted');
    return [
      ...(restarted(visit) ? [] : twice.map((name) => `${visit.taskId} wrote ${name} twice`)),
      ...(asked && !records.some(({ message }) => message === 'time-wanted')
        ? [`the customer of ${visit.taskId} asked for another time, and nobody was told`]
        : []),
      ...timesOf(visit)
        .filter(
          (startsAt) => isOpen(visit) && Date.parse(startsAt) < now && bookedEarly(visit, startsAt, told),
        )
        .filter((startsAt) => !records.some((one) => isReminderOf(one, startsAt)))
        .map((startsAt) => `nobody was reminded of the visit of ${visit.taskId} at ${startsAt}`),
    ];
  });
}

const restarted = ({ log }: Visit): boolean =>
  log.some(({ what }) => what === 'undone') ||
  log.some((entry) => entry.what === 'step' && ['sold again', 'reinstated'].includes(entry.trigger));

/** So long before that a holiday, a weekend and a day on which nothing worked lie between. */
const IN_TIME = 6 * 24 * 3_600_000;

/** A line of those that left says when the newest of them was queued, and not of which time it reminded. */
const isReminderOf = (email: EmailRecord, startsAt: string): boolean => {
  if (!REMINDERS.includes(email.message)) return false;
  return 'emails' in email
    ? email.owedAt < startsAt && Date.parse(startsAt) - Date.parse(email.owedAt) <= IN_TIME
    : email.lapsesAt === startsAt;
};

const bookedEarly = ({ subject }: Visit, startsAt: string, told: readonly Told[]): boolean =>
  told.some(
    ({ at, detailType, detail }) =>
      detailType === 'service-appointment-booked' &&
      detail['vin'] === subject.vin &&
      Date.parse(String(detail['startsAt'])) === Date.parse(startsAt) &&
      Date.parse(startsAt) - at > IN_TIME,
  );
