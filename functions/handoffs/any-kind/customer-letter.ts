import type { Customer, Vehicle } from '../../contracts/fields.ts';
import { languageOf } from '../../customers/customer.ts';
import type { Language } from '../../group/business-time.ts';
import { letterheadOf } from '../../group/group.ts';
import type { Task } from '../../handoff/task.ts';
import { type Block, type Blocks, heading, lines, link, paragraph, person } from '../../mail/blocks.ts';
import { contactCard } from '../../mail/contact-card.ts';
import { carOf, postalAddressOf } from '../../mail/format.ts';
import { lay } from '../../mail/layout.ts';
import type { Attachment, Email, MessageContext } from '../../mail/message.ts';
import { unlinked } from '../../mail/unlinked.ts';
import { type Content, mailbox, phone, subjectLine, type Words, words } from '../../mail/words.ts';
import type { StaffMember } from '../../people/staff.ts';
import { letterWords } from './letter-words.ts';

/**
 * The layout shared by every email to a customer. It is a relationship message: facts first and no offers, because an
 * offer would make it commercial (16 CFR 316.3). The sender is the store; replies go to the advisor.
 */
export interface Correspondence {
  readonly context: AroundLetter;
  readonly language: Language;
  readonly customer: Customer;
  readonly vehicle: Pick<Vehicle, 'year' | 'make' | 'model'>;
  /** The customer's service advisor; undefined if the advisor has left. */
  readonly advisor: StaffMember | undefined;
  /**
   * How the customer got the car, if the task knows; `asked`: they only asked to have it looked at; `customer`: they are the
   * store's customer, whether they bought it here or come for service.
   */
  readonly came: 'bought' | 'leased' | 'either' | 'asked' | 'customer';
}

/** What a letter to a customer needs besides its sender and its reader. */
type AroundLetter = Pick<MessageContext, 'group' | 'store' | 'soldAt' | 'now'> &
  Partial<
    Record<'preferencesLink' | 'visitLink' | 'calendarLink' | 'metLink' | 'notMetLink', string | undefined>
  >;

/** The context of a message besides its task. */
type Surroundings = Omit<MessageContext, 'task' | 'own'>;

export function correspondenceWith(
  customer: Customer,
  vehicle: Vehicle,
  context: Surroundings & { readonly task: Task },
  {
    came = 'either',
    from = context.task.assignee?.employeeNumber,
  }: Partial<Pick<Correspondence, 'came'>> & { readonly from?: string | 'the store' | undefined } = {},
): Correspondence {
  const advisor = from === 'the store' ? undefined : context.person(from);
  return {
    context,
    language: languageOf(customer),
    customer,
    vehicle,
    advisor,
    came,
  };
}

export interface CustomerLetter {
  readonly subject: Words;
  readonly preheader: Content;
  readonly heading: Words;
  readonly blocks: Blocks;
  readonly attachments?: readonly (Attachment | undefined)[];
}

export function customerLetter(to: Correspondence, letter: CustomerLetter): Email {
  const { context, language, advisor } = to;
  const { store } = context;
  const say = letterWords[language];
  const subject = subjectLine(letter.subject);
  const body = lay({
    language,
    title: subject,
    preheader: letter.preheader,
    brand: store.name,
    letterhead: letterheadOf(context.group, store),
    blocks: [
      heading(letter.heading),
      paragraph(say.hello(unlinked(callName(to.customer)))),
      ...letter.blocks,
      signature(to),
    ],
    footer: [
      lines(
        say.why(say.came[to.came], context.soldAt.name),
        words`${store.name}, ${postalAddressOf(store)}, ${phone(store.phone)}`,
      ),
      context.preferencesLink === undefined ? undefined : link(say.preferences, context.preferencesLink),
    ],
  });
  const attachments = (letter.attachments ?? []).filter((file) => file !== undefined);
  return {
    subject,
    ...body,
    ...(advisor ? { fromName: say.from(advisor.name, store.name), replyTo: advisor.email } : {}),
    ...(attachments.length > 0 ? { attachments } : {}),
  };
}

function signature({ language, advisor, context }: Correspondence): Block {
  const say = letterWords[language];
  const { name } = context.store;
  if (!advisor) return lines(say.seeYou, say.team(name));
  return lines(words`${say.seeYou}`, advisor.name);
}

/** The first name, as for somebody you have met; for a company, its full name. */
export const callName = ({ firstName, lastName, companyName }: Customer) =>
  firstName ?? lastName ?? companyName ?? '';

/** `your 2026 Honda CR-V`, or `your car`. */
export function theirCar({ language, vehicle }: Correspondence): Words {
  const car = carOf(vehicle, language);
  return letterWords[language].car(car && unlinked(car));
}

/** The advisor's phone number, or the store's. */
export const numberToCall = ({ advisor, context }: Correspondence): Words =>
  phone(advisor?.phone ?? context.store.phone);

/** The advisor's name, photo and phone number. */
export function advisorCard({ advisor, language }: Correspondence): Block | undefined {
  if (!advisor) return undefined;
  const say = letterWords[language];
  return person({
    name: advisor.name,
    photo: advisor.photo,
    lines: [
      words`${say.roles[advisor.role]}`,
      ...(advisor.phone === undefined ? [] : [say.directLine(phone(advisor.phone))]),
      mailbox(advisor.email),
    ],
  });
}

export function advisorContact({ advisor, language, context }: Correspondence): Attachment | undefined {
  return (
    advisor && contactCard(advisor, context.store, letterWords[language].roles[advisor.role], context.now)
  );
}
