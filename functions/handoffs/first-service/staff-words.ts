import type { FirstServiceDue } from '../../contracts/first-service-due.ts';
import { customerName } from '../../customers/customer.ts';
import { formatDate } from '../../group/business-time.ts';
import type { TimeWanted } from '../../handoff/customer-visit.ts';
import { calendarFile } from '../../mail/calendar-file.ts';
import { brieflyAt, carOf, momentOf } from '../../mail/format.ts';
import type { Attachment, MessageContext } from '../../mail/message.ts';
import { ours, sentence, type Words, words, wordsToText } from '../../mail/words.ts';
import { departmentOf, type StaffMember } from '../../people/staff.ts';
import type { Appointment } from '../any-kind/appointments.ts';
import { calendarEntryOf } from './announced.ts';
import type { FirstServiceVisit } from './task.ts';
import { currentAppointment } from './visit.ts';

/** Words shared by the emails to staff about a first service. */
export interface Visit {
  readonly appointment: Appointment;
  /** `Friday, November 20, 2026 at 4:00 PM` */
  readonly when: Words;
  /** `Fri, Nov 20, 4:00 PM` */
  readonly briefly: Words;
}

type Reading = Pick<MessageContext<FirstServiceVisit>, 'task' | 'group' | 'store' | 'now'>;

/** The visit as booked now, which may differ from the one when the email was queued. */
export function bookedVisit({ task, store, now }: Reading): Visit | undefined {
  const appointment = currentAppointment(task, now);
  if (appointment?.startsAt === undefined) return undefined;
  return {
    appointment,
    when: ours(momentOf(store.timeZone, appointment.startsAt, 'en')),
    briefly: brieflyAt(store.timeZone, appointment.startsAt, 'en'),
  };
}

/** The calendar entry for staff: the customer and the car. */
export function visitInCalendar(
  { task, group, store, now }: Reading,
  due: FirstServiceDue,
  appointment: Appointment,
): Attachment | undefined {
  const name = wordsToText(customerName(due.customer));
  return calendarFile({
    task,
    entry: calendarEntryOf(task, appointment),
    group,
    store,
    now,
    summary: `Be there: first service of ${name}`,
    description: wordsToText(carOf(due.vehicle) ?? ''),
  });
}

/** `Tuesday, December 8, 2026, in the morning` */
export function timeWantedWords({ day, part }: TimeWanted): Words {
  const when = { any: words`any time`, morning: words`in the morning`, afternoon: words`in the afternoon` }[
    part
  ];
  return day === undefined ? sentence(when) : words`${formatDate(day, 'en')}, ${when}`;
}

/** Salespeople come to say hello; everybody else prepares the visit. */
export const isOfSales = (reader: StaffMember | undefined): boolean =>
  reader !== undefined && departmentOf(reader) === 'sales';

/** The time that was taken back, if it is in the future, so that its calendar entry has to be removed. */
export function goneFromCalendar({ task, now }: Pick<Reading, 'task' | 'now'>): Appointment | undefined {
  const { announced, appointments } = task.facts;
  if (currentAppointment(task, now)) return undefined;
  const { startsAt } = announced ?? appointments.findLast(isOff) ?? {};
  if (startsAt === undefined || startsAt <= now || announced?.stands) return undefined;
  const gone = appointments.find((one) => one.appointmentNumber === announced?.appointmentNumber);
  const known = gone ?? appointments.findLast(isOff);
  return known && { ...known, status: 'cancelled', startsAt };
}

const isOff = ({ status, startsAt }: Appointment): boolean => status !== 'booked' && startsAt !== undefined;
