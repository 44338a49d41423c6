import type { Customer } from '../contracts/fields.ts';
import { type Channel, channels } from '../contracts/may-contact.ts';
import { mayWriteToCustomer, type Store } from '../group/group.ts';
import {
  type AddressRecord,
  ALL,
  CHANNEL,
  channelOf,
  type EmailKind,
  GROUP,
  type OptOut,
  wishFor,
} from './opt-outs.ts';

/**
 * Whether a customer may be contacted, by which channel, and why not. This is the only place that decides it, for letters,
 * links, pages and nudges alike [CAN-SPAM; 47 CFR 64.1200(d)].
 */

export const mayWrite = (known: AddressRecord, kind: EmailKind, storeId: string): boolean =>
  wishFor(known, kind, storeId) === 'yes';

type NotWritten =
  | { readonly code: 'no-address' | 'bounced-before' | 'opted-out' | 'not-on-allow-list' }
  | { readonly code: 'store-mode'; readonly mode: Store['mode'] };

/**
 * Why this email must not be sent to the customer; undefined if it may. Checked immediately before sending. If one store sold
 * the car and another services it, both must allow the email.
 */
export function reasonNotToWrite(
  kind: EmailKind | undefined,
  address: string | undefined,
  known: AddressRecord,
  stores: readonly Store[],
): NotWritten | undefined {
  if (address === undefined) return { code: 'no-address' };
  if (known.bouncedAt !== undefined) return { code: 'bounced-before' };
  if (kind === undefined || !stores.every(({ id }) => mayWrite(known, kind, id)))
    return { code: 'opted-out' };
  const silent = stores.find(({ mode }) => mode !== 'live');
  if (silent) return { code: 'store-mode', mode: silent.mode };
  return stores.every((one) => mayWriteToCustomer(one, address)) ? undefined : { code: 'not-on-allow-list' };
}

const isWholeChannel = (no: OptOut, channel: Channel, storeId: string): boolean =>
  channelOf(no) === channel &&
  (no.kind === CHANNEL || no.kind === ALL) &&
  (no.storeId === storeId || no.storeId === GROUP);

/** The channels that the customer said no to, at this store. */
export const refusedChannels = ({ optOuts }: AddressRecord, storeId: string): Channel[] =>
  channels.filter((channel) => optOuts.some((no) => isWholeChannel(no, channel, storeId)));

/** The customer as the DMS describes them, plus every refusal known from elsewhere. */
export function withRefusals<C extends Customer>(customer: C, refused: readonly Channel[]): C {
  if (refused.length === 0) return customer;
  const noes = Object.fromEntries(refused.map((channel) => [channel, false]));
  return { ...customer, mayContact: { ...customer.mayContact, ...noes } };
}

type Asked = Pick<Customer, 'mayContact'>;

/** A text needs the customer's written yes; every other channel is open until they say no. */
export const mayContact = ({ mayContact: answer = {} }: Asked, channel: Channel): boolean =>
  channel === 'text' ? answer.text === true : answer[channel] !== false;

export const hasRefused = ({ mayContact: answer = {} }: Asked): boolean =>
  channels.some((channel) => answer[channel] === false);

/** A conversation about another car is held by phone, text or email, so permission for postal mail does not count. */
export const mayBeTalkedTo = (customer: Asked): boolean =>
  (['phone', 'text', 'email'] as const).some((channel) => mayContact(customer, channel));

/** Whether the customer has chosen not to get messages about another car. */
export const wantsNoUpgrades = ({ optOuts }: Pick<AddressRecord, 'optOuts'>, storeId: string): boolean =>
  !mayWrite({ optOuts: optOuts.filter(({ kind }) => kind !== CHANNEL) }, 'upgrade', storeId);
