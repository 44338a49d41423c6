import {
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { addMonths } from '../domain/business-time.ts';
import { type Key, keys } from '../domain/keys.ts';
import type { HistoryStore } from '../domain/ports.ts';
import { mergeVisits, type Person, type Visit, visit as visitSchema } from '../domain/service-history.ts';
import { conditionally, type DynamoDB, fromItem, toItem } from './dynamodb.ts';
import { disposeAt } from './task-item.ts';

/** Where an order's visit stands, so that a corrected date or a void finds it again. */
const orderItem = z.object({
  occurredAt: z.string().optional(),
  voided: z.boolean().optional(),
  visit: visitSchema.optional(),
});
type OrderItem = z.infer<typeof orderItem>;

/** The assessment looks this far back; reading costs these months, never the whole past. */
const MONTHS_READ = 24;
/** More visits in 24 months than one customer makes, in cars or in a fleet that is not ours to nudge. */
const VISITS_READ = 120;

/**
 * The service history: each visit once per store and order number, under its vehicle and under its customer. Every
 * write says again what is true, so a visit that comes twice, late or half recorded ends the same.
 */
export class HistoryTable implements HistoryStore {
  readonly #client: DynamoDB;
  readonly #table: string;

  constructor(client: DynamoDB, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async record(visit: Visit): Promise<void> {
    const order = await this.#order(visit.storeId, visit.roNumber);
    if (order.occurredAt !== undefined && order.occurredAt > visit.occurredAt) return;
    await this.#place({ ...visit, ...(order.voided ? { voided: true } : {}) }, order);
    await this.#keepSince(visit);
  }

  async void(storeId: string, roNumber: string, at: string): Promise<void> {
    const order = await this.#order(storeId, roNumber);
    if (order.visit) await this.#place({ ...order.visit, voided: true }, order);
    else await this.#putOrder(storeId, roNumber, { ...order, voided: true }, at);
  }

  async read(person: Person, today: string) {
    const from = addMonths(today, -MONTHS_READ);
    const [ofCar, ofCustomer, since] = await Promise.all([
      this.#visits(keys.vehicle(person.vin), from),
      this.#visits(keys.customerSince(person.storeId, person.customerNumber).pk, from),
      this.#get(keys.customerSince(person.storeId, person.customerNumber)),
    ]);
    const customerSince = z.object({ since: z.string() }).optional().parse(since)?.since;
    return {
      visits: mergeVisits(ofCar, ofCustomer),
      ...(customerSince === undefined ? {} : { customerSince }),
    };
  }

  /** Puts the visit in both places, takes it from where an older version stood, and remembers where it is. */
  async #place(visit: Visit, order: OrderItem): Promise<void> {
    const item = toItem({ type: 'visit', ...visit, expiresAt: disposeAt(`${visit.closedOn}T00:00:00Z`) });
    for (const key of placesOf(visit)) {
      await this.#client.send(
        new PutItemCommand({ TableName: this.#table, Item: { ...toItem(key), ...item } }),
      );
    }
    const now = new Set(placesOf(visit).map(({ pk, sk }) => `${pk} ${sk}`));
    const stale = order.visit ? placesOf(order.visit).filter(({ pk, sk }) => !now.has(`${pk} ${sk}`)) : [];
    for (const key of stale) {
      await this.#client.send(new DeleteItemCommand({ TableName: this.#table, Key: toItem(key) }));
    }
    const next = { occurredAt: visit.occurredAt, visit, ...(visit.voided ? { voided: true } : {}) };
    await this.#putOrder(visit.storeId, visit.roNumber, next, `${visit.closedOn}T00:00:00Z`);
  }

  async #order(storeId: string, roNumber: string): Promise<OrderItem> {
    return orderItem.parse((await this.#get(keys.order(storeId, roNumber))) ?? {});
  }

  async #putOrder(storeId: string, roNumber: string, order: OrderItem, lastUsedAt: string): Promise<void> {
    const item = {
      ...keys.order(storeId, roNumber),
      type: 'order',
      ...order,
      expiresAt: disposeAt(lastUsedAt),
    };
    await this.#client.send(new PutItemCommand({ TableName: this.#table, Item: toItem(item) }));
  }

  /** Since when someone is a service customer is a minimum: the order of visits never matters. */
  async #keepSince({ storeId, customerNumber, closedOn }: Visit): Promise<void> {
    await conditionally(
      this.#client.send(
        new UpdateItemCommand({
          TableName: this.#table,
          Key: toItem(keys.customerSince(storeId, customerNumber)),
          UpdateExpression: 'SET #since = :on, #type = :type',
          ConditionExpression: 'attribute_not_exists(#since) OR #since > :on',
          ExpressionAttributeNames: { '#since': 'since', '#type': 'type' },
          ExpressionAttributeValues: toItem({ ':on': closedOn, ':type': 'customer' }),
        }),
      ),
    );
  }

  async #get(key: Key): Promise<Record<string, unknown> | undefined> {
    const { Item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: toItem(key), ConsistentRead: true }),
    );
    return Item && fromItem(Item);
  }

  async #visits(pk: string, from: string): Promise<Visit[]> {
    const { Items = [] } = await this.#client.send(
      new QueryCommand({
        TableName: this.#table,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: toItem({ ':pk': pk, ':from': `visit#${from}`, ':to': 'visit#~' }),
        ConsistentRead: true,
        ScanIndexForward: false,
        Limit: VISITS_READ,
      }),
    );
    return Items.map((item) => visitSchema.parse(fromItem(item)));
  }
}

const placesOf = (visit: Visit): readonly Key[] => [keys.visit(visit), keys.visitOfCustomer(visit)];
