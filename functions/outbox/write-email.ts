import { addressOf } from '../customers/customer.ts';
import { localDate } from '../group/business-time.ts';
import type { Context } from '../handoff/draft.ts';
import type { SendResult } from '../handoff/outbox.ts';
import type { EmailEntry } from '../handoff/outbox-entry.ts';
import type { OutgoingEmail } from '../handoff/ports.ts';
import type { Task } from '../handoff/task.ts';
import { findMessage } from '../handoffs/letters.ts';
import type { Email, MessageContext } from '../mail/message.ts';
import { findPerson, isActive, type StaffMember } from '../people/staff.ts';

/** The secrets of the links in one email, as they stand in it; the item holds their hashes. */
export interface Secrets {
  readonly staff?: string;
  readonly preferences?: string;
  readonly oneClick?: string;
}

export interface WritingContext extends Context {
  readonly linkOrigin: string;
}

export type Written = { readonly email: OutgoingEmail } | SendResult;

/** Writes one owed email as it is true now, for the person it goes to now. */
export function writeEmail(
  task: Task,
  entry: EmailEntry,
  secrets: Secrets,
  context: WritingContext,
): Written {
  const message = findMessage(entry.message);
  if (!message) return { result: 'refused', reason: `no message is called '${entry.message}'` };
  const active = employedToday(context);
  const reader = entry.to === 'customer' ? undefined : active(entry.to.staff);
  const to = entry.to === 'customer' ? addressOf(task) : reader?.email;
  if (to === undefined) return { result: 'withheld', reason: 'nobody of the roster to write to any more' };
  const links = linksOf(task.taskId, secrets, context.linkOrigin);
  const written = message.write({
    task,
    group: context.group,
    store: context.store,
    now: context.now,
    person: active,
    note: entry.note ?? {},
    ...(reader ? { reader } : {}),
    ...(links.task ? { link: links.task } : {}),
    ...(links.preferences ? { preferencesLink: links.preferences } : {}),
  } satisfies MessageContext);
  return { email: envelope(task, entry, written, to, links.oneClick, context) };
}

/** Anybody of the store's roster who is employed today; a leaver is not found. */
export function employedToday({ store, roster, now }: Context) {
  const on = localDate(store.timeZone, now);
  return (number: string | undefined): StaffMember | undefined => {
    const person = number === undefined ? undefined : findPerson(roster, number);
    return person && isActive(person, on) ? person : undefined;
  };
}

function linksOf(taskId: string, secrets: Secrets, origin: string) {
  const at = (room: string, secret: string | undefined) => secret && `${origin}/${room}/${taskId}/${secret}`;
  return {
    task: at('t', secrets.staff),
    preferences: at('u', secrets.preferences),
    oneClick: at('u', secrets.oneClick),
  };
}

function envelope(
  task: Task,
  entry: EmailEntry,
  written: Email,
  to: string,
  oneClick: string | undefined,
  { store }: WritingContext,
): OutgoingEmail {
  return {
    fromName: store.name,
    to,
    ...(written.replyTo ? { replyTo: written.replyTo } : {}),
    subject: written.subject,
    html: written.html,
    text: written.text,
    // RFC 8058: this address stands in the header only, and acts only on the body that mail clients post.
    headers: oneClick
      ? { 'List-Unsubscribe': `<${oneClick}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
      : {},
    attachments: written.attachments ?? [],
    tags: { task: task.taskId, entry: entry.id },
  };
}
