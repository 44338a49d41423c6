import type { Channel } from '../contracts/may-contact.ts';
import { customerPlace, placesOf, type Reached } from './contact-places.ts';
import { refusedChannels } from './may-contact.ts';
import { type ContactChange, type NumberRecord, newest } from './number-record.ts';
import type { AddressRecord } from './opt-outs.ts';

/** Everything currently known about contacting one customer. */
export interface KnownContact {
  /** Every opt-out, from all of the customer's places. */
  readonly optOuts: AddressRecord['optOuts'];
  /** By address: a bounce of the old one says nothing about the new one. */
  readonly bounces: ReadonlyMap<string, string>;
  /** The channels that the customer said no to. */
  readonly refused: readonly Channel[];
  /** The newest contact details that a dealer system sent for the customer number itself. */
  readonly changed?: ContactChange | undefined;
  /** The customer's numbers at the store, including merged ones. */
  readonly numbers: readonly string[];
}

/** The records read so far, by place and by customer number. */
export interface Read {
  readonly records: ReadonlyMap<string, AddressRecord>;
  readonly numberRecords: ReadonlyMap<string, NumberRecord>;
}

export interface Wanted {
  readonly places: readonly string[];
  readonly numbers: readonly string[];
}

/** More merges than a dealer makes for one customer; a longer chain is cut. */
const MOST_NUMBERS = 20;

/** The records that still have to be read: a merged number or a newer address leads to more. Empty when everything was read. */
export function stillWanted(reached: Reached, { records, numberRecords }: Read): Wanted {
  const numbers = numbersOf(reached, numberRecords);
  const { email, phone } = newestOf(numberRecords) ?? {};
  const { storeId } = reached;
  const places = [
    ...placesOf(reached),
    ...placesOf({ storeId, email, phone }),
    ...numbers.map((number) => customerPlace(storeId, number)),
  ];
  return {
    places: [...new Set(places)].filter((place) => !records.has(place)),
    numbers: numbers.filter((number) => !numberRecords.has(number)),
  };
}

function numbersOf({ customerNumber }: Reached, numberRecords: Read['numberRecords']): string[] {
  if (customerNumber === undefined) return [];
  const linked = [...numberRecords.values()].flatMap(({ replaces, replacedBy }) => [
    ...replaces,
    ...(replacedBy === undefined ? [] : [replacedBy]),
  ]);
  return [...new Set([customerNumber, ...linked])].slice(0, MOST_NUMBERS);
}

const newestOf = (numberRecords: Read['numberRecords']): ContactChange | undefined =>
  newest(...[...numberRecords.values()].map(({ changed }) => changed));

export function knownContact(reached: Reached, read: Read): KnownContact {
  const optOuts = [...read.records.values()].flatMap((record) => record.optOuts);
  const bounces = [...read.records].flatMap(([place, { bouncedAt }]) =>
    bouncedAt === undefined ? [] : [[place, bouncedAt] as const],
  );
  return {
    optOuts,
    bounces: new Map(bounces),
    refused: refusedChannels({ optOuts }, reached.storeId),
    changed: newestOf(read.numberRecords),
    numbers: numbersOf(reached, read.numberRecords),
  };
}

/** The customer under every number, and at their newest address and phone number. */
export function everywhere(reached: Reached, { numbers, changed }: KnownContact): Reached[] {
  const { storeId } = reached;
  const here = { ...reached, storeId };
  const newest = changed ? [{ storeId, email: changed.email, phone: changed.phone }] : [];
  return [here, ...newest, ...numbers.map((customerNumber) => ({ storeId, customerNumber }))];
}

export const nothingKnown: KnownContact = { optOuts: [], bounces: new Map(), refused: [], numbers: [] };

/** The opt-outs and the bounce that decide about an email to this address. */
export function recordFor({ optOuts, bounces }: KnownContact, address: string | undefined): AddressRecord {
  const bouncedAt = address === undefined ? undefined : bounces.get(address);
  return { optOuts, ...(bouncedAt === undefined ? {} : { bouncedAt }) };
}
