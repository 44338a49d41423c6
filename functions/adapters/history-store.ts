import {
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { addMonths } from '../group/business-time.ts';
import { type Key, keys } from '../handoff/keys.ts';
import type { HistoryStore } from '../handoff/ports.ts';
import { mergeVisits, type Person, type Visit, visit as visitSchema } from '../history/visits.ts';
import { conditionally, type DynamoDB, fromItem, toItem } from './dynamodb.ts';
import { disposeAt } from './task-item.ts';

/** Where an order's visit stands, so that a corrected date or a void finds it again. */
const orderItem = z.object({
  version: z.number().int().default(0),
  occurredAt: z.string().optional(),
  voided: z.boolean().optional(),
  visit: visitSchema.optional(),
  /** Where any version of it was ever written: what is not so any more is taken from there. */
  places: z.array(z.object({ pk: z.string(), sk: z.string() })).default([]),
});
type OrderItem = z.infer<typeof orderItem>;

/** The assessment looks this far back; reading costs these months, never the whole past. */
const MONTHS_READ = 24;
/** More visits in 24 months than one customer makes, in cars or in a fleet that is not ours to nudge. */
export const VISITS_READ = 120;
/** More conflicts in a row than one order has events. */
const ATTEMPTS = 20;

/**
 * The service history: each visit once per store and order number, under its vehicle and under its customer. The
 * order's item says what is true, written on its version; then the visits are written to say the same, unless a later
 * version of the order did. So a visit that comes twice, late, half recorded or beside its own void ends the same.
 */
export class HistoryTable implements HistoryStore {
  readonly #client: DynamoDB;
  readonly #table: string;

  constructor(client: DynamoDB, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async record(visit: Visit): Promise<void> {
    await this.#change(visit.storeId, visit.roNumber, (order) =>
      order.occurredAt !== undefined && order.occurredAt > visit.occurredAt
        ? undefined
        : { ...order, occurredAt: visit.occurredAt, visit, usedAt: `${visit.closedOn}T00:00:00Z` },
    );
    await this.#keepSince(visit);
  }

  async void(storeId: string, roNumber: string, at: string): Promise<void> {
    await this.#change(storeId, roNumber, (order) => ({ ...order, voided: true, usedAt: at }));
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

  async #change(
    storeId: string,
    roNumber: string,
    next: (order: OrderItem) => (OrderItem & { readonly usedAt: string }) | undefined,
  ): Promise<void> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const before = orderItem.parse((await this.#get(keys.order(storeId, roNumber))) ?? {});
      const changed = next(before);
      if (!changed) return;
      const { usedAt, ...rest } = changed;
      const places = union(before.places, rest.visit ? placesOf(rest.visit) : []);
      const order = { ...rest, version: before.version + 1, places };
      if (await this.#putOrder(keys.order(storeId, roNumber), order, usedAt)) return this.#place(order);
    }
    throw new Error(`A repair order's visit was written by others ${ATTEMPTS} times in a row`);
  }

  async #putOrder(key: Key, order: OrderItem, lastUsedAt: string): Promise<boolean> {
    const item = { ...key, type: 'order', ...order, expiresAt: disposeAt(lastUsedAt) };
    return conditionally(
      this.#client.send(
        new PutItemCommand({
          TableName: this.#table,
          Item: toItem(item),
          ConditionExpression:
            'attribute_not_exists(pk) OR attribute_not_exists(#version) OR #version = :read',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: toItem({ ':read': order.version - 1 }),
        }),
      ),
    );
  }

  /** Puts the visit in both places, and takes it from where an older version stood. */
  async #place({ visit, voided, version, places }: OrderItem): Promise<void> {
    const now = visit ? placesOf(visit) : [];
    for (const key of now) {
      if (visit) await this.#putVisit(key, { ...visit, ...(voided ? { voided } : {}) }, version);
    }
    for (const key of places.filter((one) => !now.some((other) => isSame(one, other)))) {
      await this.#unlessLater(
        version,
        (condition) => new DeleteItemCommand({ TableName: this.#table, Key: toItem(key), ...condition }),
      );
    }
  }

  async #putVisit(key: Key, visit: Visit, orderVersion: number): Promise<void> {
    const expiresAt = disposeAt(`${visit.closedOn}T00:00:00Z`);
    const item = { ...key, type: 'visit', ...visit, orderVersion, expiresAt };
    await this.#unlessLater(
      orderVersion,
      (condition) => new PutItemCommand({ TableName: this.#table, Item: toItem(item), ...condition }),
    );
  }

  /** A later version of the order has written here what is true now. */
  async #unlessLater(version: number, command: (condition: Condition) => PutItemCommand | DeleteItemCommand) {
    const condition = {
      ConditionExpression: 'attribute_not_exists(orderVersion) OR orderVersion <= :version',
      ExpressionAttributeValues: toItem({ ':version': version }),
    };
    const made = command(condition);
    await conditionally(made instanceof PutItemCommand ? this.#client.send(made) : this.#client.send(made));
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

const isSame = (one: Key, other: Key) => one.pk === other.pk && one.sk === other.sk;
const union = (some: readonly Key[], more: readonly Key[]) => [
  ...some,
  ...more.filter((one) => !some.some((other) => isSame(one, other))),
];
const placesOf = (visit: Visit): readonly Key[] => [keys.visit(visit), keys.visitOfCustomer(visit)];

interface Condition {
  readonly ConditionExpression: string;
  readonly ExpressionAttributeValues: ReturnType<typeof toItem>;
}
