import type { ContactBook } from '../customers/ports.ts';
import { emailRecords } from '../handoff/item-bounds.ts';
import { isStaff } from '../handoff/outbox-entry.ts';
import { asKnown, kindOf, reachedOf } from '../handoffs/kinds.ts';
import type { ListedEmail } from '../my-day/emails/day-message.ts';
import type { ListLine } from '../my-day/my-day.ts';
import { readReadable } from '../my-day/read-worklist.ts';
import { numberAt } from '../people/across-stores.ts';
import type { StaffMember } from '../people/staff.ts';
import type { TaskStore } from '../ports.ts';
import { type ContextServices, contextOfTask } from './context-of.ts';
import { composeEmail } from './write-email.ts';

interface ListedServices extends ContextServices {
  readonly tasks: Pick<TaskStore, 'read'>;
  readonly contacts: Pick<ContactBook, 'read'>;
}

interface Reading {
  readonly reader: StaffMember;
  /** The link to the reader's own page, from which each task opens. */
  readonly link: string | undefined;
}

/** Lines read in parallel. */
const AT_ONCE = 10;

/** Writes the lines of a list as they read now, from each task's current state and its customer's contact data. */
export async function readListed(
  services: ListedServices,
  lines: readonly ListLine[],
  reading: Reading,
): Promise<ListedEmail[]> {
  const listed: ListedEmail[] = [];
  const updates = lines.filter(({ isLate }) => isLate !== true);
  for (let at = 0; at < updates.length; at += AT_ONCE) {
    const some = await Promise.all(
      updates.slice(at, at + AT_ONCE).map((line) => readOne(services, line, reading)),
    );
    listed.push(...some.filter((one) => one !== undefined));
  }
  return listed.filter((one, at) => listed.findLastIndex((other) => isSame(one, other)) === at);
}

/** Two emails with the same message about the same handoff read the same now. */
const isSame = (one: ListedEmail, other: ListedEmail): boolean =>
  one.task.taskId === other.task.taskId && one.message === other.message;

async function readOne(
  services: ListedServices,
  line: ListLine,
  { reader, link }: Reading,
): Promise<ListedEmail | undefined> {
  const stored = await readReadable(services.tasks, line.task);
  const entry = stored && emailRecords(stored).find(({ id }) => id === line.entry);
  if (!stored || !entry || !isStaff(entry.to)) return undefined;
  const reached = reachedOf(stored);
  const task = reached ? asKnown(stored, await services.contacts.read(reached)) : stored;
  const links = { task: link && `${link}/${task.taskId}` };
  const composed = composeEmail(task, entry, links, await contextOfTask(services, task));
  if (!('email' in composed) || !composed.email.line) return undefined;
  const isAssignment =
    entry.message === kindOf(task).assignmentMessage(task) &&
    task.assignee?.employeeNumber === numberAt(task.storeId, reader);
  // The reader accepted the task before the list was sent, so they know of it.
  if (isAssignment && task.state === 'accepted') return undefined;
  return {
    task,
    message: entry.message,
    line: composed.email.line,
    attachments: composed.email.attachments ?? [],
    isAssignment,
  };
}
