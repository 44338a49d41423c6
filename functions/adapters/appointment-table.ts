import {
  type AppointmentList,
  appointmentList,
  type NamedAppointments,
  type NamedBy,
  placeOf,
  withReports,
} from '../customers/appointments.ts';
import type { AppointmentBook } from '../customers/ports.ts';
import type { Clock } from '../ports.ts';
import { type DisposeAt, lawfulDisposal } from './disposal.ts';
import type { DynamoDB } from './dynamodb.ts';
import { addressHash } from './keys.ts';
import { appointmentKeysOf, RekeyedItems, type Rekeying } from './rekeyed-items.ts';

interface AppointmentTableOptions extends Rekeying {
  readonly clock: Clock;
  readonly disposeAt?: DisposeAt;
}

/** Appointments, stored under the keyed hash of whatever identifies their customer. */
export class AppointmentTable implements AppointmentBook {
  readonly #items: RekeyedItems<AppointmentList>;

  constructor(client: DynamoDB, table: string, options: AppointmentTableOptions) {
    const { clock, disposeAt = lawfulDisposal } = options;
    const stored = {
      is: 'The appointments of a customer',
      parse: (item: Record<string, unknown> | undefined) => appointmentList.parse(item ?? {}),
      both: withReports,
      contentOf: (known: AppointmentList) => ({
        type: 'appointments',
        ...known,
        expiresAt: disposeAt(clock.now()),
      }),
      nothing: { reports: [] },
    };
    this.#items = new RekeyedItems(client, table, stored, options);
  }

  async of(names: readonly NamedBy[]): Promise<readonly NamedAppointments[]> {
    const places = names.flatMap((named) => {
      const place = placeOf(named);
      return place === undefined ? [] : [{ named, place }];
    });
    if (places.length === 0) return [];
    const keyed = await this.#items.keyed();
    const lists = await this.#items.readAll(
      places.map(({ place }) => appointmentKeysOf(addressHash(place), keyed)),
    );
    return places.flatMap((one, at) => {
      const list = lists[at];
      return list ? [{ ...one, list }] : [];
    });
  }

  change(place: string, next: (known: AppointmentList) => AppointmentList): Promise<AppointmentList> {
    return this.changeOfHash(addressHash(place), next);
  }

  /** For an item of an earlier release, which is known by its plain hash only. */
  async changeOfHash(
    plainHash: string,
    next: (known: AppointmentList) => AppointmentList,
  ): Promise<AppointmentList> {
    return this.#items.change(appointmentKeysOf(plainHash, await this.#items.keyed()), next);
  }
}
