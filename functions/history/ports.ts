import type { FactVersion } from '../contracts/fact-version.ts';
import type { AppointmentNote } from './appointments-ahead.ts';
import type { CarOwners, KnownCar } from './car-owners.ts';
import type { PlacedSale, Sale } from './sales.ts';
import type { Person, Visit } from './visits.ts';

export interface HistoryStore {
  /** Answers whether the visit counts: not where its order was voided since. */
  record(visit: Visit): Promise<{ readonly counts: boolean }>;
  /** Voids the order, and answers its visit: that does not count, unless it is closed again later. */
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
  /** The same, on a visit: what is known of its sales is kept for two years from today. */
  readVisited(vin: string): Promise<KnownCar>;
  /** Changes the first services and appointments, and returns them; writes nothing if they stay the same. */
  change(vin: string, next: (known: CarOwners) => CarOwners): Promise<CarOwners>;
}

/** Every deal with a customer that the group made or imported. */
export interface SaleHistory {
  /**
   * The later version of a deal wins, in any order. `unwoundBy`: the latest word that it was reversed. Returns the cars
   * that earlier versions were about.
   */
  record(sale: Sale, unwoundBy?: FactVersion): Promise<{ readonly formerVins: readonly string[] }>;
  /** The numbers of the customer's deals. */
  dealsOf(storeId: string, customerNumber: string): Promise<readonly string[]>;
}

/** The cars that are booked into Service, by store and day. */
export interface AppointmentsAhead {
  /** The same twice changes nothing. */
  note(note: AppointmentNote): Promise<void>;
  on(storeId: string, date: string): Promise<readonly AppointmentNote[]>;
}
