import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { plusMinutes } from '../group/business-time.ts';
import type { Group, Store } from '../group/group.ts';
import type { Task } from '../handoff/task.ts';
import { postalAddressOf } from './format.ts';
import type { Attachment } from './message.ts';
import { visible } from './words.ts';

/** SEQUENCE counts seconds from here, so that it grows with each newer version of the appointment. */
const REVISIONS_SINCE = Date.parse('2020-01-01T00:00:00Z');
const USUAL_MINUTES = 60;

interface Entry {
  readonly task: Pick<Task, 'taskId'>;
  readonly appointment: {
    readonly appointmentNumber: string;
    readonly status: string;
    readonly startsAt?: string | undefined;
    readonly durationMinutes?: number | undefined;
    readonly occurredAt: string;
  };
  readonly group: Group;
  readonly store: Store;
  readonly now: string;
  readonly summary: string;
  readonly description: string;
}

/**
 * An appointment as an iCalendar file. Its UID stays the same when the appointment is moved or cancelled, so that
 * calendars replace the entry instead of adding one. Times are in UTC; calendars show them in local time.
 */
export function calendarFile(entry: Entry): Attachment | undefined {
  const { task, appointment, group, store, now, summary, description } = entry;
  if (appointment.startsAt === undefined) return undefined;
  const isBooked = appointment.status === 'booked';
  const calendar = ical({
    prodId: { company: oneLine(group.displayName), product: 'Dealer handoff', language: 'EN' },
    method: isBooked ? ICalCalendarMethod.PUBLISH : ICalCalendarMethod.CANCEL,
    events: [
      {
        id: `${task.taskId}-${encodeURIComponent(appointment.appointmentNumber)}@${group.sender.domain}`,
        sequence: Math.max(0, Math.floor((Date.parse(appointment.occurredAt) - REVISIONS_SINCE) / 1000)),
        stamp: new Date(now),
        start: new Date(appointment.startsAt),
        end: new Date(plusMinutes(appointment.startsAt, appointment.durationMinutes ?? USUAL_MINUTES)),
        summary: oneLine(summary),
        description,
        location: oneLine(`${store.name}, ${postalAddressOf(store)}`),
        organizer: { name: oneLine(store.name), email: group.sender.fromAddress },
        status: isBooked ? ICalEventStatus.CONFIRMED : ICalEventStatus.CANCELLED,
      },
    ],
  });
  return { fileName: 'first-service.ics', contentType: 'text/calendar', content: calendar.toString() };
}

/** A parameter value cannot contain a double quote, and a line break would start a new property. */
const oneLine = (text: string) => visible(text).replaceAll('"', "'");
