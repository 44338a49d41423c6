import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { plusMinutes } from '../group/business-time.ts';
import type { Group, Store } from '../group/group.ts';
import type { Task } from '../handoff/task.ts';
import { postalAddressOf } from './format.ts';
import type { Attachment } from './message.ts';
import { visible } from './words.ts';

const USUAL_MINUTES = 60;

/** The fields by which a calendar recognizes an appointment. */
interface Entry {
  /** Stays the same when the appointment is moved or cancelled, so that calendars replace the entry. */
  readonly id: string;
  /** Grows with each change: calendars ignore a file that is not newer than their entry. */
  readonly sequence: number;
  readonly isBooked: boolean;
  readonly startsAt: string | undefined;
  readonly durationMinutes: number | undefined;
}

interface File {
  readonly task: Pick<Task, 'taskId'>;
  readonly entry: Entry;
  readonly group: Group;
  readonly store: Store;
  readonly now: string;
  readonly summary: string;
  readonly description: string;
}

/** An appointment as an iCalendar file. Times are in UTC; calendars show them in local time. */
export function calendarFile(file: File): Attachment | undefined {
  const { task, entry, group, store, now, summary, description } = file;
  const { id, sequence, isBooked, startsAt, durationMinutes = USUAL_MINUTES } = entry;
  if (startsAt === undefined) return undefined;
  const method = isBooked ? ICalCalendarMethod.PUBLISH : ICalCalendarMethod.CANCEL;
  const calendar = ical({
    prodId: { company: oneLine(group.displayName), product: 'Dealer handoff', language: 'EN' },
    method,
    events: [
      {
        id: `${task.taskId}-${encodeURIComponent(id)}@${group.sender.domain}`,
        sequence,
        stamp: new Date(now),
        start: new Date(startsAt),
        end: new Date(plusMinutes(startsAt, durationMinutes)),
        summary: oneLine(summary),
        description,
        location: oneLine(`${store.name}, ${postalAddressOf(store)}`),
        organizer: { name: oneLine(store.name), email: group.sender.fromAddress },
        status: isBooked ? ICalEventStatus.CONFIRMED : ICalEventStatus.CANCELLED,
      },
    ],
  });
  return {
    fileName: 'first-service.ics',
    contentType: `text/calendar; charset=utf-8; method=${method}`,
    // RFC 5545 ends every line with CRLF, the last one too.
    content: `${calendar.toString()}\r\n`,
  };
}

/** A parameter value cannot contain a double quote, and a line break would start a new property. */
const oneLine = (text: string) => visible(text).replaceAll('"', "'");
