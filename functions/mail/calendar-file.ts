import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { plusMinutes } from '../group/business-time.ts';
import type { Group, Store } from '../group/group.ts';
import type { Task } from '../handoff/task.ts';
import { postalAddressOf } from './format.ts';
import type { Attachment } from './message.ts';
import { visible } from './words.ts';

/** Counting from here, an event's revision is a number that grows with each newer word on the appointment. */
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
 * An appointment for the reader's calendar. The id stays the appointment's when it is moved or cancelled, so that the
 * entry is replaced and not doubled. Times are in UTC, which every calendar shows on its own clock.
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

/** A parameter of the format can hold no double quote, and a line break would begin a property. */
const oneLine = (text: string) => visible(text).replaceAll('"', "'");
