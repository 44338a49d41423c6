import { asCrmKnows, reasonNotToSendLead } from '../crm/lead-consent.ts';
import { type KnownContact, recordFor } from '../customers/known-contact.ts';
import { reasonNotToWrite } from '../customers/may-contact.ts';
import type { Context } from '../handoff/context.ts';
import { isNobodysAddress } from '../handoff/customer-address.ts';
import { CUSTOMER_LINK_DAYS, MOST_TO_CUSTOMER, recentCustomerEmails } from '../handoff/item-bounds.ts';
import { isToCustomer } from '../handoff/outbox.ts';
import type { EmailEntry, EntryReason, OutboxEntry } from '../handoff/outbox-entry.ts';
import type { Task } from '../handoff/task.ts';
import { log } from '../handoff/task-changes.ts';
import { addressOfCustomer, asKnown, customerOf } from '../handoffs/kinds.ts';
import { findMessage } from '../handoffs/letters.ts';

/** Withholds emails to a customer who may not be written to. */
export function withhold(
  task: Task,
  leaving: readonly EmailEntry[],
  known: KnownContact,
  { now, ...context }: Context,
): Task {
  const address = addressOfCustomer(asKnown(task, known));
  // Facts come without placeholders, but staff and tasks of an earlier release may still have one.
  const mailbox = address === undefined || isNobodysAddress(address, context) ? undefined : address;
  const record = recordFor(known, mailbox);
  const { store, soldAt } = context;
  const stores = soldAt.id === store.id ? [store] : [store, soldAt];
  const withoutLeads = withholdLeads(task, leaving, known, { ...context, now });
  return leaving.filter(isToCustomer).reduce<Task>((current, entry) => {
    const kind = findMessage(entry.message)?.optOutKind;
    const reason = reasonNotToWrite(kind, mailbox, record, stores) ?? tooManyBefore(current, now);
    return reason === undefined ? current : withheld(current, entry, reason, now);
  }, withoutLeads);
}

/** Withholds a lead of a customer whom the CRM must not write to or call. */
function withholdLeads(
  task: Task,
  leaving: readonly EmailEntry[],
  known: KnownContact,
  { store, now }: Context,
): Task {
  const seen = asKnown(task, asCrmKnows(known, store.id));
  const customer = { ...customerOf(seen), email: addressOfCustomer(seen) };
  const reason = reasonNotToSendLead(store, customer);
  if (reason === undefined) return task;
  return leaving
    .filter(({ to }) => to === 'crm')
    .reduce((current, entry) => withheld(current, entry, reason, now), task);
}

/** Staff can enter address after address. Without a limit, the links in those emails would fill the item. */
const tooManyBefore = ({ links }: Task, now: string): EntryReason | undefined =>
  recentCustomerEmails(links, now) < MOST_TO_CUSTOMER
    ? undefined
    : { code: 'too-many-emails', emails: MOST_TO_CUSTOMER, days: CUSTOMER_LINK_DAYS };

/** Marks an email as withheld and logs it on the task; during a pilot, the log shows all customer emails. */
function withheld(task: Task, entry: EmailEntry, reason: EntryReason, now: string): Task {
  const outbox = task.outbox.map(
    (current): OutboxEntry => (current === entry ? { ...entry, state: 'withheld', reason } : current),
  );
  const { message } = entry;
  return log({ ...task, outbox }, { what: 'email not sent', at: now, by: 'outbox', message, reason });
}
