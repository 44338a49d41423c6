import type { EmailEntry } from '../handoff/outbox-entry.ts';
import { customerOf, vehicleOf } from '../handoffs/kinds.ts';
import { findDayMessage, wordsOf } from '../handoffs/letters.ts';
import { dayLink, type Secrets } from '../links/paths.ts';
import { type MyDay, wasAskedFor } from '../my-day/my-day.ts';
import { readWorklist, type WorklistServices } from '../my-day/read-worklist.ts';
import { hasSomething } from '../my-day/worklist.ts';
import { nobodyToWriteTo, unknownMessage, type WritingContext, type Written } from './write-email.ts';

/** Writes a personal email from the person's open tasks, or withholds it if nothing is open. */
export async function writeDayEmail(
  services: WorklistServices,
  day: MyDay,
  entry: EmailEntry,
  secrets: Secrets,
  context: WritingContext,
): Promise<Written> {
  const message = findDayMessage(entry.message);
  if (!message) return unknownMessage(entry);
  const { group, store, now, linkOrigin, employed } = context;
  const reader = employed(day.employeeNumber);
  if (!reader) return nobodyToWriteTo;
  const worklist = await readWorklist(services, reader, context);
  if (!hasSomething(worklist) && !wasAskedFor(entry)) {
    return { result: 'withheld', reason: { code: 'nothing-open' } };
  }
  const link = secrets.staff && dayLink(day.dayId, secrets.staff, linkOrigin);
  const written = message({
    worklist,
    group,
    store,
    now,
    person: employed,
    wasAskedFor: wasAskedFor(entry),
    about: (task) => ({ words: wordsOf(task), customer: customerOf(task), vehicle: vehicleOf(task) }),
    ...(link ? { link } : {}),
  });
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
