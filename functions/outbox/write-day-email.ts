import type { EmailEntry } from '../handoff/outbox-entry.ts';
import { findDayMessage } from '../handoffs/letters.ts';
import { dayLink, type Secrets } from '../links/paths.ts';
import { linesTakenBy } from '../my-day/list-lines.ts';
import { type MyDay, wasAskedFor } from '../my-day/my-day.ts';
import { readWorklist, type WorklistServices } from '../my-day/read-worklist.ts';
import { hasSomething } from '../my-day/worklist.ts';
import { aboutTask } from './about-task.ts';
import type { ContextServices } from './context-of.ts';
import { type LeadServices, readLeads } from './read-leads.ts';
import { readListed } from './read-listed.ts';
import { nobodyToWriteTo, unknownMessage, type WritingContext, type Written } from './write-email.ts';

export type DayServices = WorklistServices & ContextServices & LeadServices;

/** Writes a person's own email from their open tasks and the lines that it took, or withholds it if there are none. */
export async function writeDayEmail(
  services: DayServices,
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
  const link = secrets.staff && dayLink(day.dayId, secrets.staff, linkOrigin);
  const listed = await readListed(services, linesTakenBy(day, entry), { reader, link });
  const worklist = await readWorklist(services, reader, context);
  const leads = await readLeads(services, reader, context);
  if (!hasSomething(worklist) && listed.length === 0 && !wasAskedFor(entry)) return nothingOpen;
  const written = message({
    worklist,
    group,
    listed,
    ...(leads ? { leads } : {}),
    store,
    now,
    person: employed,
    wasAskedFor: wasAskedFor(entry),
    about: (task) => aboutTask(task, now),
    ...(link ? { link } : {}),
  });
  if (!written) return nothingOpen;
  return {
    email: {
      ...written,
      fromName: store.name,
      to: reader.email,
      headers: {},
      attachments: written.attachments ?? [],
      tags: { task: day.dayId, entry: entry.id },
    },
  };
}

const nothingOpen = { result: 'withheld', reason: { code: 'nothing-open' } } as const;
