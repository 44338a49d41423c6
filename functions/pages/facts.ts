import type { Customer } from '../contracts/fields.ts';
import { formatInstant } from '../group/business-time.ts';
import { distanceText } from '../group/distance.ts';
import type { Store } from '../group/group.ts';
import { questionOf } from '../handoff/choices.ts';
import { addressOf } from '../handoff/customer-address.ts';
import { type EmailRecord, emailRecords } from '../handoff/item-bounds.ts';
import { reasonWords } from '../handoffs/any-kind/reason-words.ts';
import { dayOf } from '../mail/format.ts';
import type { Html } from '../mail/html.ts';
import { type Words, words } from '../mail/words.ts';
import { personWithPhone } from './parts.ts';
import type { Shown } from './shown.ts';

/** Page facts shared by several kinds of handoff. */

export function personFact(number: string | undefined, { person }: Pick<Shown, 'person'>): Html | undefined {
  const found = person(number);
  return found && personWithPhone(found);
}

export function dueFact(
  { dueOn, dueMiles }: { dueOn: string; dueMiles?: number | undefined },
  { distanceUnit }: Store,
): Words {
  const date = dayOf('UTC', `${dueOn}T00:00:00.000Z`, 'en');
  return dueMiles === undefined
    ? words`${date}`
    : words`${date} or ${distanceText(dueMiles, distanceUnit)}, whichever comes first`;
}

/** The state of the last email to the customer: staff must know it before they say "as I wrote you". */
export function emailToCustomer(
  { task, store }: Pick<Shown, 'task' | 'store'>,
  customer: Customer | undefined,
): Words | undefined {
  const last = emailRecords(task).findLast(({ to }) => to === 'customer');
  if (!last) return addressOf(task, customer) === undefined ? words`None: we have no address` : undefined;
  const sent = last.sentAt === undefined ? undefined : formatInstant(store.timeZone, last.sentAt, 'en');
  return words`${emailStates(last, sent, questionOf(task) !== undefined)}`;
}

function emailStates(email: EmailRecord, sent: string | undefined, isAsked: boolean): string {
  if (email.reported === 'bounced') return 'Came back: the address does not exist';
  if (email.reported === 'suppressed') return 'Not delivered: email to this address is stopped';
  if (email.reported === 'undelivered') return 'Not delivered: the mailbox did not take it';
  if (email.reported === 'complained') return 'Marked as unwanted by the customer';
  switch (email.state) {
    case 'sent':
      return sent === undefined ? 'Sent' : `Sent ${sent}`;
    case 'owed':
    case 'sending':
      return 'On its way';
    case 'unknown':
      return 'We’re checking whether it was sent';
    case 'asked':
      return isAsked ? 'We’re not sure it was sent: please decide' : 'We’re not sure it was sent';
    case 'given-up':
      return 'Couldn’t be sent';
    case 'withheld':
    case 'lapsed':
      return `Not sent: ${email.reason ? reasonWords(email.reason) : 'it was too late'}`;
  }
}
