import { DeleteItemCommand, PutItemCommand, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { addMonths } from '../group/business-time.ts';
import { mergeVisits, type Person, type Visit, visit as visitSchema } from '../history/visits.ts';
import type { HistoryStore } from '../ports.ts';
import { disposeAt } from './disposal.ts';
import { conditionally, type DynamoDB, fromItem, toItem } from './dynamodb.ts';
import { type Key, keys } from './keys.ts';
import { VersionedItems } from './versioned-items.ts';

/** Where an order's visit stands, so that a corrected date or a void finds it again. */
const orderItem = z.object({
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

/**
 * The service history: each visit once per store and order number, under its vehicle and under its customer. The
 * order's item says what is true, written on its version; then the visits are written to say the same, unless a later
 * version of the order did. So a visit that comes twice, late, half recorded or beside its own void ends the same.
 */
export class HistoryTable implements HistoryStore {
  readonly #client: DynamoDB;
  readonly #table: string;
  readonly #items: VersionedItems;

  constructor(client: DynamoDB, table: string) {
    this.#client = client;
    this.#table = table;
    this.#items = new VersionedItems(client, table);
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
      this.#items.read(keys.customerSince(person.storeId, person.customerNumber)),
    ]);
    const customerSince = z.object({ since: z.string() }).optional().parse(since.content)?.since;
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
    const key = keys.order(storeId, roNumber);
    const written = await this.#items.change("A repair order's visit", key, ({ version, content }) => {
      const before = orderItem.parse(content ?? {});
      const changed = next(before);
      if (!changed) return { content: undefined, answer: undefined };
      const { usedAt, ...rest } = changed;
      const places = union(before.places, rest.visit ? placesOf(rest.visit) : []);
      const order = { ...rest, places };
      return {
        content: { type: 'order', ...order, expiresAt: disposeAt(usedAt) },
        answer: { order, version: version + 1 },
      };
    });
    if (written) await this.#place(written.order, written.version);
  }

  /** Puts the visit in both places, and takes it from where an older version stood. */
  async #place({ visit, voided, places }: OrderItem, version: number): Promise<void> {
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
