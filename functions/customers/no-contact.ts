import { type Channel, channels, type MayContact } from '../contracts/may-contact.ts';
import { customerPlace, phonePlace, type Reached } from './contact-places.ts';
import { type AddressRecord, CHANNEL, GROUP, withOptOut } from './opt-outs.ts';

/** Who said no, and when. */
export interface NoContact {
  readonly channels: readonly Channel[];
  readonly at: string;
  readonly saidBy: string;
}

export const refusedIn = (answer: MayContact | undefined): Channel[] =>
  channels.filter((channel) => answer?.[channel] === false);

/** A no is permanent and for the whole group, so twice, late or in another order it ends alike. */
export const withNoContact = (
  known: AddressRecord,
  { channels: all, at, saidBy }: NoContact,
): AddressRecord =>
  all.reduce(
    (one, channel) => withOptOut(one, { kind: CHANNEL, storeId: GROUP, at, channel, saidBy }),
    known,
  );

/** The channels that are closed at each place: an address can't say no to a call, and everything holds at the customer. */
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
