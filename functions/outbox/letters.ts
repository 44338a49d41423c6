import { type KnownContact, recordFor } from '../customers/known-contact.ts';
import { reasonNotToWrite } from '../customers/may-contact.ts';
import type { Context } from '../handoff/context.ts';
import { isNobodysAddress } from '../handoff/customer-address.ts';
import { isToCustomer } from '../handoff/outbox.ts';
import type { EmailEntry, OutboxEntry } from '../handoff/outbox-entry.ts';
import { OPT_OUT_KIND } from '../leavers/eligible.ts';
import { newAdvisorLetter } from '../leavers/emails/new-advisor-letter.ts';
import { type Letter, NEW_ADVISOR } from '../leavers/letter.ts';
import { linksOf, type Secrets } from '../links/paths.ts';
import {
  envelope,
  nobodyToWriteTo,
  unknownMessage,
  type WritingContext,
  type Written,
} from './write-email.ts';

/** The letter with the customer's current contact data. */
export function asKnownLetter(letter: Letter, { changed }: KnownContact): Letter {
  const { email = letter.customer.email, phone = letter.customer.phone } = changed ?? {};
  return { ...letter, customer: { ...letter.customer, email, phone } };
}

/** Withholds a letter to a customer who may no longer be written to. */
export function withholdLetter(
  letter: Letter,
  leaving: readonly EmailEntry[],
  known: KnownContact,
  context: Context,
): Letter {
  const { email } = asKnownLetter(letter, known).customer;
  const mailbox = email === undefined || isNobodysAddress(email, context) ? undefined : email;
  const reason = reasonNotToWrite(OPT_OUT_KIND, mailbox, recordFor(known, mailbox), [context.store]);
  if (reason === undefined) return letter;
  const outbox = letter.outbox.map(
    (entry): OutboxEntry =>
      isToCustomer(entry) && leaving.includes(entry) ? { ...entry, state: 'withheld', reason } : entry,
  );
  return { ...letter, outbox };
}

export function writeLetter(
  letter: Letter,
  entry: EmailEntry,
  secrets: Secrets,
  context: WritingContext,
): Written {
  const { customer, letterId } = letter;
  if (entry.message !== NEW_ADVISOR) return unknownMessage(entry);
  const advisor = context.employed(letter.to);
  if (customer.email === undefined || !advisor) return nobodyToWriteTo;
  const links = linksOf(letterId, secrets, context.linkOrigin);
  const written = newAdvisorLetter({
    ...context,
    advisor,
    leaver: context.person(letter.leaver)?.name,
    customer,
    vehicle: letter.vehicle ?? {},
    preferencesLink: links.preferences,
  });
  return {
    email: envelope({ id: letterId, entry, to: customer.email, oneClick: links.oneClick }, written, context),
  };
}
