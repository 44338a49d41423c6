import type { FactVersion } from '../contracts/fact-version.ts';
import type { AppointmentNote } from './appointments-ahead.ts';
import type { CarOwners, KnownCar } from './car-owners.ts';
import type { PlacedSale, Sale } from './sales.ts';
import type { Person, Visit } from './visits.ts';

export interface HistoryStore {
  /** Returns whether the visit counts: it does not if its order has been voided since. */
  record(visit: Visit): Promise<{ readonly counts: boolean }>;
  /** Voids the order and returns its visit, which no longer counts unless the order is closed again later. */
  void(storeId: string, roNumber: string, by: FactVersion): Promise<Visit | undefined>;
  /** The car's visits of the last 24 months, at every store. */
  readCar(vin: string, today: string): Promise<readonly Visit[]>;
  /** The visits of the last 24 months, what the store sold to the customer, and the date of their first visit. */
  read(
    person: Person,
    today: string,
  ): Promise<{ visits: readonly Visit[]; sales: readonly PlacedSale[]; customerSince?: string }>;
}

/** Who bought a car from the group, and whose first service of it is known, by VIN. */
export interface Cars {
  read(vin: string): Promise<KnownCar>;
  /** The same, at a visit, which extends the retention of the car's sales to two years from today. */
  readVisited(vin: string): Promise<KnownCar>;
  /** Changes the first services and appointments, and returns them; writes nothing if they stay the same. */
  change(vin: string, next: (known: CarOwners) => CarOwners): Promise<CarOwners>;
}

/** Every deal with a customer that the group made or imported. */
export interface SaleHistory {
  /**
   * The later version of a deal wins, in any order. `unwoundBy`: the latest version of the fact that it was reversed. Returns
   * the cars that earlier versions named.
   */
  record(sale: Sale, unwoundBy?: FactVersion): Promise<{ readonly formerVins: readonly string[] }>;
  /** The numbers of the customer's deals. */
  dealsOf(storeId: string, customerNumber: string): Promise<readonly string[]>;
}

/** The cars that are booked into Service, by store and day. */
export interface AppointmentsAhead {
  /** Noting the same again changes nothing. */
  note(note: AppointmentNote): Promise<void>;
  on(storeId: string, date: string): Promise<readonly AppointmentNote[]>;
}
