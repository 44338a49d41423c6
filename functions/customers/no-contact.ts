import { type Channel, channels, type MayContact } from '../contracts/may-contact.ts';
import { customerPlace, phonePlace, type Reached } from './contact-places.ts';
import {
  type AddressRecord,
  CHANNEL,
  channelOf,
  GROUP,
  type OptOut,
  withLiftNoted,
  withOptOut,
} from './opt-outs.ts';

/** Who said no, and when. */
export interface NoContact {
  readonly channels: readonly Channel[];
  readonly at: string;
  /** Left out: the customer said so on their own page. */
  readonly saidBy?: string | undefined;
}

export const refusedIn = (answer: MayContact | undefined): Channel[] =>
  channels.filter((channel) => answer?.[channel] === false);

/**
 * Stores a refusal, which is permanent and applies to the whole group: repeated, late or in another order, the result is the
 * same. A refusal dated before somebody took it back has ended, however late it arrives.
 */
export const withNoContact = (
  known: AddressRecord,
  { channels: all, at, saidBy }: NoContact,
): AddressRecord =>
  all
    .filter((channel) => !isTakenBackSince(known, channel, at))
    .reduce((one, channel) => withOptOut(one, { kind: CHANNEL, storeId: GROUP, at, channel, saidBy }), known);

const isTakenBackSince = ({ lifted = [] }: AddressRecord, channel: Channel, saidAt: string): boolean =>
  lifted.some((one) => one.channel === channel && one.at > saidAt);

/** Channels whose refusal somebody else than the customer, on their own page, can lift. */
export const liftable = ['phone', 'text', 'mail'] as const satisfies readonly Channel[];
export type Liftable = (typeof liftable)[number];

/** Lifts an opt-out: removes it, whoever recorded it, and records who lifted it. */
export function withLifted(
  known: AddressRecord,
  {
    channels: all,
    at,
    by,
  }: { readonly channels: readonly Liftable[]; readonly at: string; readonly by: string },
): AddressRecord {
  const isMeant = (no: OptOut) => no.kind === CHANNEL && all.some((channel) => channel === channelOf(no));
  const optOuts = known.optOuts.filter((no) => !isMeant(no));
  return all.reduce<AddressRecord>((one, channel) => withLiftNoted(one, { channel, at, by }), {
    ...known,
    optOuts,
  });
}

/** The channels that are closed at each place: an address can't refuse a call, and the customer's number holds all refusals. */
export function refusedAt(
  reached: Reached,
  refused: readonly Channel[],
): readonly (readonly [string, readonly Channel[]])[] {
  const { storeId, customerNumber, email, phone } = reached;
  const byPhone = phone === undefined ? undefined : phonePlace(phone);
  const places: readonly (readonly [string | undefined, readonly Channel[]])[] = [
    [email, refused.filter((channel) => channel === 'email')],
    [byPhone, refused.filter((channel) => channel === 'phone' || channel === 'text')],
    [customerNumber === undefined ? undefined : customerPlace(storeId, customerNumber), refused],
  ];
  return places.flatMap(([place, closed]) =>
    place === undefined || closed.length === 0 ? [] : [[place, closed] as const],
  );
}
