import { QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { carValue } from '../enrich/car-value.ts';
import { plusDays } from '../group/business-time.ts';
import { type CarOwners, carOwners, type KnownCar, knownCar } from '../history/car-owners.ts';
import type { Cars } from '../history/ports.ts';
import { carsOf, placedSale } from '../history/sales.ts';
import type { Clock } from '../ports.ts';
import { type DisposeAt, lawfulDisposal } from './disposal.ts';
import { conditionally, type DynamoDB, fromItem, toItem } from './dynamodb.ts';
import { CAR_VALUE, keys, SALE } from './keys.ts';
import { VersionedItems } from './versioned-items.ts';

const placed = placedSale.extend({ expiresAt: z.number() });
type Placed = z.infer<typeof placed>;

/** Postpones a sale's expiry only if that gains at least this much, so that most visits write nothing. */
const WORTH_A_WRITE_DAYS = 90;

/**
 * The owners of each car, by VIN. Two facts that arrive at once are two writes: the second decides again on what the
 * first one wrote.
 */
export class CarTable implements Cars {
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

  async read(vin: string): Promise<KnownCar> {
    const { owners, sales, value } = await this.#read(vin);
    return { ...knownCar(owners, sales), ...(value && { value }) };
  }

  async readVisited(vin: string): Promise<KnownCar> {
    const { owners, sales } = await this.#read(vin);
    for (const sale of sales) await this.#keepLonger(sale);
    return knownCar(owners, sales);
  }

  change(vin: string, next: (known: CarOwners) => CarOwners): Promise<CarOwners> {
    return this.#items.change('The owners of a car', keys.carOwners(vin), ({ content }) => {
      const known = carOwners.parse(content ?? {});
      const changed = next(known);
      if (changed === known) return { content: undefined, answer: known };
      const latest = changed.firstServices.at(-1) ?? changed.awaited.at(-1);
      // The owner's number lets a customer's export and erasure find the item.
      const whose = latest && { storeId: latest.storeId, customerNumber: latest.customerNumber };
      const expiresAt = this.#disposeAt(this.#clock.now());
      return { content: { type: 'car', ...changed, ...whose, expiresAt }, answer: changed };
    });
  }

  /** `owners`, the value and `sale#` are adjacent sort keys, so one call reads all of them. */
  async #read(vin: string) {
    const { pk, sk } = keys.carOwners(vin);
    const { Items = [] } = await this.#client.send(
      new QueryCommand({
        TableName: this.#table,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: toItem({ ':pk': pk, ':from': sk, ':to': `${SALE}~` }),
        ConsistentRead: true,
      }),
    );
    const items = Items.map((item) => fromItem(item));
    const isSale = (item: Record<string, unknown>) => String(item['sk']).startsWith(SALE);
    return {
      owners: carOwners.parse(items.find((item) => item['sk'] === sk) ?? {}),
      sales: items.filter(isSale).map((item) => placed.parse(item)),
      value: carValue.safeParse(items.find((item) => item['sk'] === CAR_VALUE)).data,
    };
  }

  /** A sale is in use as long as its car comes in for service: its two years start again at the last visit. */
  async #keepLonger(sale: Placed): Promise<void> {
    const now = this.#clock.now();
    if (sale.expiresAt > this.#disposeAt(plusDays(now, -WORTH_A_WRITE_DAYS))) return;
    const { storeId, dealNumber } = sale;
    const copies = [...carsOf(sale).map((vin) => keys.sale({ ...sale, vin })), keys.saleToCustomer(sale)];
    for (const key of [keys.deal(storeId, dealNumber), ...copies]) {
      const update = {
        TableName: this.#table,
        Key: toItem(key),
        UpdateExpression: 'SET expiresAt = :at',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: toItem({ ':at': this.#disposeAt(now) }),
      };
      await conditionally(this.#client.send(new UpdateItemCommand(update)));
    }
  }
}
