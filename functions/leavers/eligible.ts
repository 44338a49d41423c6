import { type Card, carsOn } from '../customers/card.ts';
import { type KnownContact, recordFor } from '../customers/known-contact.ts';
import { reasonNotToWrite } from '../customers/may-contact.ts';
import type { EmailKind } from '../customers/opt-outs.ts';
import { addMonths } from '../group/business-time.ts';
import type { Context } from '../handoff/context.ts';
import { isNobodysAddress } from '../handoff/customer-address.ts';
import type { LeftOut } from './campaign.ts';
import type { ToWrite } from './letter.ts';

/** The kind of email whose opt-out also covers this letter, because the letter introduces somebody. */
export const OPT_OUT_KIND: EmailKind = 'introduction';

/** Customers last seen longer ago no longer know the advisor. */
const SEEN_MONTHS = 18;

/** Whether the customer is currently on that advisor's list. Of merged numbers, only the surviving one is. */
export const isCustomerOf = (card: Card, numbersOfAdvisor: readonly string[]): boolean =>
  card.mergedInto === undefined &&
  card.advisor !== undefined &&
  numbersOfAdvisor.includes(card.advisor.value);

/**
 * The customer's latest address, even if it comes from a later fact. Placeholders and addresses of the store's staff
 * do not count.
 */
export function mailboxOf(card: Card, { changed }: KnownContact, context: Context): string | undefined {
  const address = changed?.email ?? card.email?.value;
  return address === undefined || isNobodysAddress(address, context) ? undefined : address;
}

/** Why this customer of the advisor gets no letter; undefined if they get one. */
export function reasonLeftOut(card: Card, known: KnownContact, context: Context): LeftOut | undefined {
  if (card.lastSeenAt.slice(0, 10) < addMonths(context.today, -SEEN_MONTHS)) return 'not-seen';
  const mailbox = mailboxOf(card, known, context);
  return reasonNotToWrite(OPT_OUT_KIND, mailbox, recordFor(known, mailbox), [context.store])?.code;
}

export function letterTo(
  card: Card,
  email: string,
  { campaignId, leaver, to }: Pick<ToWrite, 'campaignId' | 'leaver' | 'to'>,
  { today }: Pick<Context, 'today'>,
): ToWrite {
  const { storeId, customerNumber, name, phone, preferredLanguage } = card;
  const vehicle = carsOn(card, today).at(-1)?.called?.value;
  return {
    ...{ storeId, customerNumber, campaignId, leaver, to },
    customer: {
      ...{ ...name?.value, customerNumber, email },
      ...(phone === undefined ? {} : { phone: phone.value }),
      ...(preferredLanguage === undefined ? {} : { preferredLanguage: preferredLanguage.value }),
    },
    ...(vehicle === undefined ? {} : { vehicle }),
  };
}
