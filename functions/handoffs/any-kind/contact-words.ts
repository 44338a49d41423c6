import type { Customer } from '../../contracts/fields.ts';
import type { Channel } from '../../contracts/may-contact.ts';
import { hasRefused, mayContact } from '../../customers/may-contact.ts';
import type { Words } from '../../mail/words.ts';

/** In the order that staff would use them. */
const inOrder: readonly Channel[] = ['phone', 'text', 'email', 'mail'];
const verbs: Record<Channel, string> = { phone: 'call', text: 'text', email: 'email', mail: 'mail' };
const nouns: Record<Channel, string> = {
  phone: 'a call',
  text: 'a text',
  email: 'an email',
  mail: 'a letter',
};

/** How the customer may be contacted, if they refused a channel: `Do not call or text. An email is fine.` */
export function contactWords(customer: Customer): Words | undefined {
  if (!hasRefused(customer)) return undefined;
  const no = inOrder.filter((channel) => customer.mayContact?.[channel] === false);
  const yes = inOrder.filter((channel) => mayContact(customer, channel));
  const refused = joined(no.map((channel) => verbs[channel]));
  const rest =
    yes.length === 0
      ? 'Talk in person only'
      : `${sentence(joined(yes.map((channel) => nouns[channel])))} is fine`;
  return [{ is: 'ours', text: `Do not ${refused}. ${rest}.` }];
}

/** Every channel with the customer's answer, for an outside reader: `a call or an email, but not a text`. */
export function allowedWords(customer: Customer): string {
  const of = (isOpen: boolean) =>
    joined(inOrder.filter((channel) => mayContact(customer, channel) === isOpen).map((one) => nouns[one]));
  return [of(true), of(false)].filter((part) => part !== '').join(', but not ');
}

const directly: Record<Channel, string> = { phone: 'call', text: 'text', email: 'email', mail: 'write to' };

/** Asks staff to reach the customer by a channel that they did not refuse: `call`, to be followed by a name. */
export function reachBy(customer: Customer | undefined, by: readonly Channel[] = inOrder): string {
  const open = by.find((channel) => mayContact(customer ?? {}, channel));
  return open === undefined ? 'talk in person to' : directly[open];
}

/** The same at the beginning of a sentence. */
export const startByReaching = (customer: Customer): string => sentence(reachBy(customer));

/** The person who can say whether an email arrived. */
export const whoKnows = (customer: Customer | undefined): string =>
  mayContact(customer ?? {}, 'phone') ? 'A call settles it.' : 'The customer can tell you.';

/** `call`, `call or text`, `call, text or email` */
function joined(all: readonly string[]): string {
  const [last = '', ...before] = all.toReversed();
  return before.length === 0 ? last : `${before.toReversed().join(', ')} or ${last}`;
}

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
