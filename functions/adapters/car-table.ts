import { type CarOwners, carOwners } from '../history/car-owners.ts';
import type { Cars, Clock } from '../ports.ts';
import { disposeAt } from './disposal.ts';
import type { DynamoDB } from './dynamodb.ts';
import { keys } from './keys.ts';
import { VersionedItems } from './versioned-items.ts';

/** Owners of cars, by VIN. Two facts at once are two writes: the later one decides again on what the other wrote. */
export class CarTable implements Cars {
  readonly #items: VersionedItems;
  readonly #clock: Clock;

  constructor(client: DynamoDB, table: string, clock: Clock) {
    this.#items = new VersionedItems(client, table);
    this.#clock = clock;
  }

  async read(vin: string): Promise<CarOwners> {
    return carOwners.parse((await this.#items.read(keys.carOwners(vin))).content ?? {});
  }

  change(vin: string, next: (known: CarOwners) => CarOwners): Promise<CarOwners> {
    return this.#items.change('The owners of a car', keys.carOwners(vin), ({ content }) => {
      const known = carOwners.parse(content ?? {});
      const changed = next(known);
      if (changed === known) return { content: undefined, answer: known };
      const latest = changed.sales.at(-1) ?? changed.firstServices.at(-1);
      // Whose it is, for exporting and erasing a customer.
      const whose = latest && { storeId: latest.storeId, customerNumber: latest.customerNumber };
      const expiresAt = disposeAt(this.#clock.now());
      return { content: { type: 'car', ...changed, ...whose, expiresAt }, answer: changed };
    });
  }
}
