import type { Customer } from '../../contracts/fields.ts';
import { customerName, otherLanguageOf } from '../../customers/customer.ts';
import { mayContact } from '../../customers/may-contact.ts';
import { languageName, postalAddressOf } from '../../mail/format.ts';
import type { MessageContext } from '../../mail/message.ts';
import { type Content, phone, type Words, words } from '../../mail/words.ts';
import { type StaffMember, speaks } from '../../people/staff.ts';
import { contactWords } from './contact-words.ts';

/** How emails to staff refer to people. */

/** The customer's name and phone number, the channels they refused, and their language unless it is English. */
export const customerRows = (
  customer: Customer,
  context: Pick<MessageContext, 'task' | 'person' | 'reader'>,
): readonly (readonly [string, Content | undefined])[] => [
  ['Customer', withNumber(customerName(customer), numberToCall(customer))],
  ['Contact', contactWords(customer)],
  ['Speaks', languageWords(customer, assigneeOf(context), context.reader)],
];

/** The language that the customer prefers to English, and whether the assignee speaks it, too. */
export function languageWords(
  customer: Customer,
  assignee: StaffMember | undefined,
  reader: StaffMember | undefined,
): Words | undefined {
  const language = otherLanguageOf(customer);
  if (language === undefined) return undefined;
  const says = languageName(language);
  if (assignee === undefined || !speaks(assignee, language)) return words`${says}`;
  return assignee.employeeNumber === reader?.employeeNumber
    ? words`${says}, and so do you`
    : words`${says}, and so does ${assignee.name}`;
}

/** A number that must not be called is not shown, because mail programs turn any number into a link. */
export const numberToCall = (customer: Customer): string | undefined =>
  mayContact(customer, 'phone') ? customer.phone : undefined;

/** The number to tap, or the channels that the customer allows instead. */
export function howToReach(customer: Customer): Words {
  const number = numberToCall(customer);
  if (number !== undefined) return phone(number);
  return contactWords(customer) ?? words`No number`;
}

/** Whether to ask for an address. Nobody is asked for one if the customer refused email. */
export const lacksEmail = ({
  customerAddress,
  customer,
}: Pick<MessageContext, 'customerAddress' | 'customer'>): boolean =>
  customerAddress === undefined && mayContact(customer ?? {}, 'email');

const withNumber = (name: string, number: string | undefined): Words =>
  number === undefined ? words`${name}` : words`${name}, ${phone(number)}`;

export function personRow(
  label: string,
  person: StaffMember | undefined,
): readonly [string, Content | undefined] {
  return [label, person && withNumber(person.name, person.phone)];
}

/** Where the customer is expected, for a reader at the store that only sold the car. */
export const placeRow = ({
  store,
  soldAt,
}: Pick<MessageContext, 'store' | 'soldAt'>): readonly [string, Content | undefined] => [
  'Where',
  soldAt.id === store.id ? undefined : words`${store.name}, ${postalAddressOf(store)}`,
];

/** A person's name, or a description of the role until somebody is assigned. */
export const named = (person: StaffMember | undefined, otherwise: string): Words =>
  person ? words`${person.name}` : [{ is: 'ours', text: otherwise }];

export const assigneeOf = (context: {
  readonly task: { readonly assignee?: { readonly employeeNumber: string } | undefined };
  readonly person: MessageContext['person'];
}): StaffMember | undefined => context.person(context.task.assignee?.employeeNumber);
