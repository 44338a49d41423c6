import {
  type AppointmentList,
  appointmentList,
  type NamedAppointments,
  type NamedBy,
  placeOf,
} from '../customers/appointments.ts';
import type { AppointmentBook } from '../customers/ports.ts';
import type { Clock } from '../ports.ts';
import { Batch } from './batch.ts';
import { type DisposeAt, lawfulDisposal } from './disposal.ts';
import type { DynamoDB } from './dynamodb.ts';
import { keys } from './keys.ts';
import { VersionedItems } from './versioned-items.ts';

/** Appointments at the hash of what names their customer. */
export class AppointmentTable implements AppointmentBook {
  readonly #disposeAt: DisposeAt;
  readonly #client: DynamoDB;
  readonly #table: string;
  readonly #items: VersionedItems;
  readonly #clock: Clock;

  constructor(client: DynamoDB, table: string, clock: Clock, disposeAt: DisposeAt = lawfulDisposal) {
    this.#disposeAt = disposeAt;
    this.#client = client;
    this.#table = table;
    this.#items = new VersionedItems(client, table);
    this.#clock = clock;
  }

  async of(names: readonly NamedBy[]): Promise<readonly NamedAppointments[]> {
    const places = names.flatMap((named) => {
      const place = placeOf(named);
      return place === undefined ? [] : [{ named, place, key: keys.appointments(place) }];
    });
    if (places.length === 0) return [];
    const batch = await Batch.read(
      this.#client,
      this.#table,
      places.map(({ key }) => key),
    );
    return places.map(({ named, place, key }) => ({
      ...{ named, place },
      list: appointmentList.parse(batch.at(key) ?? {}),
    }));
  }

  change(place: string, next: (known: AppointmentList) => AppointmentList): Promise<AppointmentList> {
    return this.#items.change('The appointments of a customer', keys.appointments(place), ({ content }) => {
      const known = appointmentList.parse(content ?? {});
      const changed = next(known);
      const expiresAt = this.#disposeAt(this.#clock.now());
      return {
        content: changed === known ? undefined : { type: 'appointments', ...changed, expiresAt },
        answer: changed,
      };
    });
  }
}
