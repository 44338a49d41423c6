import { plusDays } from '../group/business-time.ts';
import { findStore } from '../group/group.ts';
import type { EmailEntry } from '../handoff/outbox-entry.ts';
import { isStaff } from '../handoff/outbox-entry.ts';
import { hashOf, OWN_LINK_DAYS } from '../links/link.ts';
import { dayLink, reportPath, type Secrets } from '../links/paths.ts';
import { blankDay, dayIdOf, type MyDay } from '../my-day/my-day.ts';
import { isToSave, readKnown, readTasks, type WorklistServices } from '../my-day/read-worklist.ts';
import { isLate, isLookedAfterBy, lateFirst } from '../my-day/worklist.ts';
import type { StaffMember } from '../people/staff.ts';
import type { Random, TaskStore } from '../ports.ts';
import { CONFLICT, untilWritten } from '../until-written.ts';
import { findReportMessage } from '../weekly-report/emails/messages.ts';
import type { ReportContext, ToActOn } from '../weekly-report/emails/report-message.ts';
import { findReceiver } from '../weekly-report/readers.ts';
import type { WeeklyReport } from '../weekly-report/weekly-report.ts';
import { aboutTask } from './about-task.ts';
import { nobodyToWriteTo, unknownMessage, type WritingContext, type Written } from './write-email.ts';

export interface ReportServices {
  readonly tasks: TaskStore;
  readonly contacts: WorklistServices['contacts'];
  readonly random: Random;
}

/** Writes a weekly report email: the numbers as they were counted, and the list to act on as it is now. */
export async function writeReportEmail(
  services: ReportServices,
  report: WeeklyReport,
  entry: EmailEntry,
  { staff: secret }: Secrets,
  context: WritingContext,
): Promise<Written> {
  const message = findReportMessage(entry.message);
  if (!message) return unknownMessage(entry);
  const { summary } = report;
  const reader = isStaff(entry.to) ? readerOf(report, entry.to.staff, context) : undefined;
  if (!reader || !summary) return nobodyToWriteTo;
  const { group, linkOrigin } = context;
  const link = secret && `${linkOrigin}${reportPath(report.reportId, secret)}`;
  const shared = { group, summary, ...(link ? { link } : {}) };
  const written = message(
    reader.person
      ? { ...shared, ...(await atStore(services, reader.person, context)) }
      : { ...shared, nameOf: (storeId) => findStore(group, storeId)?.name ?? 'a store' },
  );
  if (!written) return nothingToSay;
  return {
    email: {
      ...written,
      fromName: report.storeId === undefined ? group.displayName : context.store.name,
      to: reader.email,
      headers: {},
      attachments: [],
      tags: { task: report.reportId, entry: entry.id },
    },
  };
}

const nothingToSay = { result: 'withheld', reason: { code: 'nothing-open' } } as const;

/** A person at the store, or an address from the group's file. */
function readerOf(
  { storeId }: WeeklyReport,
  id: string,
  { employed, group }: WritingContext,
): { readonly email: string; readonly person?: StaffMember } | undefined {
  if (storeId === undefined) return findReceiver(group, id);
  const person = employed(id);
  return person && { email: person.email, person };
}

async function atStore(
  services: ReportServices,
  reader: StaffMember,
  context: WritingContext,
): Promise<Pick<ReportContext, 'store' | 'role' | 'nameOf' | 'toActOn' | 'lines'>> {
  const { store, now, employed, person, linkOrigin } = context;
  return {
    store,
    role: reader.role,
    nameOf: (number) => person(number)?.name ?? 'a colleague',
    toActOn: await readToActOn(services, reader, context),
    lines: {
      store,
      now,
      person: employed,
      about: (task) => aboutTask(task, now),
      link: await ownLink(services, reader, now, linkOrigin),
    },
  };
}

const DAYS_OF_WEEK = 7;

async function readToActOn(
  { tasks, contacts }: ReportServices,
  reader: StaffMember,
  context: WritingContext,
): Promise<ToActOn> {
  const { store, now } = context;
  const isTheirs = isLookedAfterBy(reader, context);
  const open = await readTasks(tasks, await tasks.findOfStore(store.id));
  const ended = await readTasks(tasks, await tasks.findDone(store.id, plusDays(now, -DAYS_OF_WEEK)));
  return {
    overdue: lateFirst(open, now).filter((task) => isTheirs(task) && isLate(task, now)),
    toSave: await readKnown(
      contacts,
      ended.filter((task) => isTheirs(task) && isToSave(task)),
    ),
  };
}

/**
 * Creates the link to the reader's page of handoffs; it is stored in that person's own item. A retry creates another link, and
 * the one of the email that was never sent expires unused.
 */
async function ownLink(
  { tasks, random }: ReportServices,
  reader: StaffMember,
  now: string,
  origin: string,
): Promise<string> {
  const dayId = dayIdOf(reader.storeId, reader.employeeNumber);
  const secret = random.secret();
  const link: MyDay['links'][number] = {
    hash: hashOf(secret),
    of: { staff: reader.employeeNumber },
    expiresAt: plusDays(now, OWN_LINK_DAYS.works),
  };
  return untilWritten(`The day of a person at ${reader.storeId}`, async () => {
    const day = (await tasks.readDay(dayId)) ?? blankDay(reader, now);
    const isWritten = await tasks.write({ ...day, updatedAt: now, links: [...day.links, link] });
    return isWritten ? dayLink(dayId, secret, origin) : CONFLICT;
  });
}
