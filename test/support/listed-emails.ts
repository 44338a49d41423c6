import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { fromItem } from '../../functions/adapters/dynamodb.ts';
import { taskFromItem } from '../../functions/adapters/task-item.ts';
import { isEmail } from '../../functions/handoff/outbox.ts';
import { type EmailEntry, isStaff } from '../../functions/handoff/outbox-entry.ts';
import type { Task } from '../../functions/handoff/task.ts';
import { asKnown, reachedOf } from '../../functions/handoffs/kinds.ts';
import { leavesOf } from '../../functions/handoffs/letters.ts';
import { hashOf } from '../../functions/links/link.ts';
import { dayLink } from '../../functions/links/paths.ts';
import { blankDay, dayIdOf } from '../../functions/my-day/my-day.ts';
import { contextOfTask, type Services } from '../../functions/outbox/decide-and-deliver.ts';
import { composeEmail } from '../../functions/outbox/write-email.ts';
import { personNamed } from '../../functions/people/across-stores.ts';
import type { SentEmail } from './world.ts';

/**
 * What people will read in their lists, each line as an email of its own and at the moment at which its handoff queued it.
 * Most tests are about who is told what; that it comes with a list is tested by test/workflow/lists.test.ts.
 */
export class ListedEmails {
  readonly #written = new Map<string, Task>();
  /** By task and entry. */
  readonly #emails = new Map<string, SentEmail>();

  get emails(): readonly SentEmail[] {
    return [...this.#emails.values()];
  }

  reset(): void {
    this.#written.clear();
    this.#emails.clear();
  }

  /** A call wrote this item. */
  wrote(item: Record<string, AttributeValue>): void {
    if (item['type']?.S !== 'task') return;
    const task = taskFromItem(fromItem(item));
    this.#written.set(task.taskId, task);
  }

  async note(services: Services): Promise<void> {
    const written = [...this.#written.values()];
    this.#written.clear();
    for (const task of written) {
      for (const entry of task.outbox.filter(isEmail)) await this.#noteEntry(services, task, entry);
    }
  }

  async #noteEntry(services: Services, task: Task, entry: EmailEntry): Promise<void> {
    const id = `${task.taskId} ${entry.id}`;
    if (entry.state === 'lapsed') this.#forget(id);
    if (!(isPut(task, entry) || waitsForList(task, entry)) || this.#emails.has(id)) return;
    const email = await this.#read(services, task, entry);
    if (email) this.#emails.set(id, email);
  }

  /** It was taken back before its list left. */
  #forget(id: string): void {
    this.#emails.delete(id);
  }

  async #read(services: Services, stored: Task, entry: EmailEntry): Promise<SentEmail | undefined> {
    const reached = reachedOf(stored);
    const task = reached ? asKnown(stored, await services.contacts.read(reached)) : stored;
    const context = await contextOfTask(services, task);
    const link = isStaff(entry.to) ? await ownPage(services, task.storeId, entry.to.staff) : undefined;
    const composed = composeEmail(task, entry, { task: link && `${link}/${task.taskId}` }, context);
    if (!('email' in composed)) return undefined;
    const { email, to } = composed;
    const { attachments = [], subject, text, html } = email;
    return {
      ...{ to, subject, text, html, replyTo: email.replyTo, headers: {} },
      attachments: attachments.map(({ fileName }) => fileName),
      files: attachments.map(({ contentType, content }) => ({ type: contentType, content })),
      tags: { task: task.taskId, entry: entry.id },
      at: services.clock.now(),
    };
  }
}

/** Scheduled for the next list, and not snoozed until another day. */
export const waitsForList = (task: Task, entry: EmailEntry): boolean =>
  entry.state === 'owed' &&
  entry.notBefore !== undefined &&
  entry.note?.code !== 'snoozed-until-today' &&
  leavesOf(task, entry) !== 'now';

/** One that left as an email has an id of SES. */
const isPut = (task: Task, entry: EmailEntry): boolean =>
  entry.state === 'sent' && entry.messageId === undefined && leavesOf(task, entry) !== 'now';

/** The page of a person whom a task of the store names so, with a link of the test's own. */
export async function ownPage(services: Services, storeId: string, staff: string): Promise<string> {
  const person = personNamed(storeId, staff);
  const dayId = dayIdOf(person.storeId, person.employeeNumber);
  const secret = `own-page-of-${staff.replace('@', '-')}`;
  const day = (await services.tasks.readDay(dayId)) ?? blankDay(person, services.clock.now());
  const hash = hashOf(secret);
  if (!day.links.some((link) => link.hash === hash)) {
    const link = { hash, of: { staff: person.employeeNumber }, expiresAt: '2099-01-01T00:00:00.000Z' };
    await services.tasks.write({ ...day, links: [...day.links, link] });
  }
  return dayLink(dayId, secret, services.linkOrigin);
}
