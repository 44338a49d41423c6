import { adfOf } from '../crm/adf.ts';
import { findChoice } from '../handoff/choices.ts';
import type { Context } from '../handoff/context.ts';
import { addressOf } from '../handoff/customer-address.ts';
import type { SendResult } from '../handoff/outbox.ts';
import { type EmailEntry, isStaff } from '../handoff/outbox-entry.ts';
import type { Task } from '../handoff/task.ts';
import { kindOf } from '../handoffs/kinds.ts';
import { findMessage, leadOf, wordsOf } from '../handoffs/letters.ts';
import { linksOf, type Secrets } from '../links/paths.ts';
import type { Email, MessageContext } from '../mail/message.ts';
import { atWorkAs } from '../people/staff.ts';
import { unknownStaff } from '../people/unknown-numbers.ts';
import type { OutgoingEmail } from '../ports.ts';

export interface WritingContext extends Context {
  readonly linkOrigin: string;
  /** The related handoff, if the kind has one. */
  readonly related?: Task;
}

export type Written = { readonly email: OutgoingEmail } | SendResult;

/** Writes one queued email from current facts, to the recipient's current address. */
export function writeEmail(
  task: Task,
  entry: EmailEntry,
  secrets: Secrets,
  context: WritingContext,
): Written {
  if (entry.to === 'crm') return writeLead(task, entry, context);
  const links = linksOf(task.taskId, secrets, context.linkOrigin);
  const written = composeEmail(task, entry, links, context);
  if ('result' in written) return written;
  const { email, to } = written;
  return { email: envelope({ id: task.taskId, entry, to, oneClick: links.oneClick }, email, context) };
}

type Composed = { readonly email: Email; readonly to: string } | SendResult;

/**
 * Composes an email: what it says and to whom it goes. If the email was removed from its outbox, only its message and its
 * reader are known.
 */
export function composeEmail(
  task: Task,
  entry: Pick<EmailEntry, 'message' | 'to' | 'note' | 'own' | 'freshLink'>,
  links: Readonly<
    Partial<Record<'task' | 'preferences' | 'visit' | 'calendar' | 'met' | 'notMet', string | undefined>>
  >,
  context: Context & Pick<WritingContext, 'related'>,
): Composed {
  const message = findMessage(entry.message);
  if (!message) return unknownMessage(entry);
  const reader = isStaff(entry.to) ? context.employed(entry.to.staff) : undefined;
  const customer = kindOf(task).customerOf(task);
  const to = entry.to === 'customer' ? addressOf(task, customer) : reader?.email;
  if (to === undefined) return nobodyToWriteTo;
  const email = message.write({
    ...messageContext(task, context),
    ...(context.related ? { related: context.related } : {}),
    ...(entry.note ? { note: entry.note } : {}),
    ...(entry.own ? { own: entry.own } : {}),
    ...(entry.freshLink ? { freshLink: true } : {}),
    ...(reader ? { reader } : {}),
    ...(links.task ? { link: links.task } : {}),
    ...(links.preferences ? { preferencesLink: links.preferences } : {}),
    ...(links.visit ? { visitLink: links.visit } : {}),
    ...(links.calendar ? { calendarLink: links.calendar } : {}),
    ...(links.met ? { metLink: links.met } : {}),
    ...(links.notMet ? { notMetLink: links.notMet } : {}),
  });
  return { email, to };
}

/** The whole body is the lead, to be parsed by a program. */
function writeLead(task: Task, { id }: EmailEntry, context: Context): Written {
  const { crm } = context.store;
  const lead = crm && leadOf(messageContext(task, context));
  if (!crm || !lead) return nobodyToWriteTo;
  return {
    email: {
      fromName: context.store.name,
      to: crm.leadAddress,
      subject: `Lead ${lead.id}`,
      text: adfOf(lead, crm, context.store),
      headers: {},
      attachments: [],
      tags: { task: task.taskId, entry: id },
    },
  };
}

/** The context that every message gets. */
export function messageContext(
  task: Task,
  { group, store, soldAt, now, today, roster, employed, person }: Context,
): Omit<
  MessageContext,
  | 'note'
  | 'own'
  | 'reader'
  | 'link'
  | 'preferencesLink'
  | 'visitLink'
  | 'calendarLink'
  | 'metLink'
  | 'notMetLink'
> {
  const kind = kindOf(task);
  const customer = kind.customerOf(task);
  return {
    task,
    group,
    store,
    soldAt,
    now,
    person: employed,
    atWorkAs: (role) => atWorkAs(roster, role, today),
    nameOf: (employeeNumber) => person(employeeNumber)?.name,
    unknownStaff: unknownStaff(kind.staffNamed(task), roster),
    customer,
    vehicle: kind.vehicleOf(task),
    customerAddress: addressOf(task, customer),
    labelOf: (choice) => findChoice(kind, choice)?.label ?? choice,
    words: wordsOf(task),
  };
}

export const unknownMessage = ({ message }: Pick<EmailEntry, 'message'>): SendResult => ({
  result: 'refused',
  reason: { code: 'unknown-message', message },
});

export const nobodyToWriteTo: SendResult = { result: 'withheld', reason: { code: 'nobody-to-write-to' } };

interface Addressed {
  /** The id of the item that the email belongs to. */
  readonly id: string;
  readonly entry: EmailEntry;
  readonly to: string;
  readonly oneClick: string | undefined;
}

export function envelope(
  { id, entry, to, oneClick }: Addressed,
  written: Email,
  { store }: Pick<WritingContext, 'store'>,
): OutgoingEmail {
  return {
    fromName: written.fromName ?? store.name,
    to,
    ...(written.replyTo ? { replyTo: written.replyTo } : {}),
    subject: written.subject,
    html: written.html,
    text: written.text,
    // RFC 8058: this URL is in the header only, and acts only on the body that mail clients post.
    headers: oneClick
      ? { 'List-Unsubscribe': `<${oneClick}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
      : {},
    attachments: written.attachments ?? [],
    tags: { task: id, entry: entry.id },
  };
}
