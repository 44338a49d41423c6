import type { EmailEntry } from '../handoff/outbox-entry.ts';
import type { TaskStore } from '../handoff/ports.ts';
import { findDayMessage } from '../handoffs/letters.ts';
import { hasSomething, type MyDay, wasAskedFor } from '../my-day/my-day.ts';
import { readDesk } from './read-worklist.ts';
import { employedToday, type Secrets, type WritingContext, type Written } from './write-email.ts';

/** Writes a person's own email from what is open at this moment, or finds that there is nothing to say any more. */
export async function writeDayEmail(
  tasks: TaskStore,
  day: MyDay,
  entry: EmailEntry,
  secrets: Secrets,
  context: WritingContext,
): Promise<Written> {
  const message = findDayMessage(entry.message);
  if (!message) return { result: 'refused', reason: `no message is called '${entry.message}'` };
  const { store, now, linkOrigin } = context;
  const person = employedToday(context);
  const reader = person(day.employeeNumber);
  if (!reader) return { result: 'withheld', reason: 'nobody of the roster to write to any more' };
  const desk = await readDesk(tasks, reader, context);
  if (!hasSomething(desk) && !wasAskedFor(entry)) {
    return { result: 'withheld', reason: 'nothing is open any more' };
  }
  const link = secrets.staff && `${linkOrigin}/me/${day.dayId}/${secrets.staff}`;
  const written = message({ desk, store, now, person, note: entry.note ?? {}, ...(link ? { link } : {}) });
  return {
    email: {
      ...written,
      fromName: store.name,
      to: reader.email,
      headers: {},
      attachments: [],
      tags: { task: day.dayId, entry: entry.id },
    },
  };
}
