import type { Customer } from '../contracts/fields.ts';
import type { AppointmentList, NamedAppointments, NamedBy } from './appointments.ts';
import type { Card } from './card.ts';
import type { Reached } from './contact-places.ts';
import type { Identity, Keyed, LookUp } from './identity.ts';
import type { KnownContact } from './known-contact.ts';
import type { NumberRecord } from './number-record.ts';
import type { AddressRecord } from './opt-outs.ts';
import type { Remark } from './statements.ts';

export interface AddressBook {
  read(address: string): Promise<AddressRecord>;
  /** Changes the record; writes nothing if the change leaves it the same. */
  change(address: string, next: (known: AddressRecord) => AddressRecord): Promise<AddressRecord>;
}

export interface ContactBook {
  /** Everything known about contacting a customer, including merged numbers and newer addresses; usually one call. */
  read(reached: Reached): Promise<KnownContact>;
  /** Changes the record of a customer number itself; writes nothing if the change leaves it the same. */
  change(storeId: string, customerNumber: string, next: (known: NumberRecord) => NumberRecord): Promise<void>;
}

/**
 * Identifies a customer's record: by number at one store and, across the group, by email address and name together. An
 * address alone may be shared.
 */
export interface Remembered
  extends Pick<Customer, 'customerNumber' | 'email' | 'firstName' | 'lastName' | 'companyName'> {
  readonly storeId: string;
  /** Numbers that were merged with it. */
  readonly otherNumbers?: readonly string[] | undefined;
}

export interface CustomerMemory {
  read(customer: Remembered): Promise<readonly Remark[]>;
  /** Stores a remark and returns all remarks. The same remark again, or an older one than stored, changes nothing. */
  keep(customer: Remembered, remark: Remark): Promise<readonly Remark[]>;
}

export interface CustomerKey {
  /** Hashes with the group's secret key. */
  read(): Promise<Keyed>;
}

/** One card for each customer and store. */
export interface CustomerCards {
  read(storeId: string, customerNumber: string): Promise<Card | undefined>;
  /** The customers of all stores with that phone number, address or car. */
  find(lookUp: LookUp): Promise<readonly Card[]>;
  /** Writes nothing if the change leaves the card the same. */
  change(
    storeId: string,
    customerNumber: string,
    next: (known: Card | undefined) => Card | undefined,
  ): Promise<'changed' | 'unchanged'>;
}

/** Appointments by the key that names their customer: a customer number, an email address or a phone number. */
export interface AppointmentBook {
  /** All lists of a customer with these identifiers, in one call. */
  of(names: readonly NamedBy[]): Promise<readonly NamedAppointments[]>;
  /** Writes nothing if the change leaves the list the same. */
  change(place: string, next: (known: AppointmentList) => AppointmentList): Promise<AppointmentList>;
}

export interface Erasures {
  /** Whether a fact happened to a customer before they were erased. May be a minute behind. */
  covers(about: Identity, occurredAt: string): Promise<boolean>;
}
