import { DeleteItemCommand, PutItemCommand, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import {
  compareVersions,
  type FactVersion,
  factVersion,
  isNewer,
  reverses,
} from '../contracts/fact-version.ts';
import { addMonths } from '../group/business-time.ts';
import { isAnotherUse } from '../handoff/number-reuse.ts';
import { mergeVisits, numbersOf, type Person, type Visit, visit as visitSchema } from '../history/visits.ts';
import type { HistoryStore } from '../ports.ts';
import { disposeAt } from './disposal.ts';
import { conditionally, type DynamoDB, fromItem, toItem } from './dynamodb.ts';
import { type Key, keys } from './keys.ts';
import { VersionedItems } from './versioned-items.ts';

/** Where an order's visit is stored, so that a corrected date or a void can update it. */
const orderItem = z.object({
  occurredAt: z.string().optional(),
  /** Without `voidedBy`: by a release before 2026-12, and for good. */
  voided: z.boolean().optional(),
  /** The newest void. A visit that is closed after it counts again. */
  voidedBy: factVersion.optional(),
  visit: visitSchema.optional(),
  /** Every key at which a version of the visit was stored; outdated ones are deleted. */
  places: z.array(z.object({ pk: z.string(), sk: z.string() })).default([]),
});
type OrderItem = z.infer<typeof orderItem>;

/** How far back the assessment looks, which bounds the cost of reading. */
const MONTHS_READ = 24;
/** The order's item belongs to a later use of its number: a visit of a former use is stored once and stays. */
const FORMER_USE = 0;
/** More visits than a private customer makes in 24 months; fleets are not nudged. */
export const VISITS_READ = 120;

/**
 * The service history: each visit once per store and order number, under its vehicle and under its customer. The
 * order's item is the source of truth and is written on its version; then the visits are updated to match, unless a
 * later version of the order already did. So duplicate, late or partly recorded visits and concurrent voids all end in
 * the same state.
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

  async record(visit: Visit) {
    const usedAt = `${visit.closedOn}T00:00:00Z`;
    // The same version again is written again: the invocation before may have stopped after half of it.
    let isOfFormerUse = false;
    const order = await this.#change(visit.storeId, visit.roNumber, (known) => {
      const isAnother = known.visit !== undefined && isAnotherUse(visit, known.visit);
      const isOlder = known.visit !== undefined && compareVersions(visit, known.visit) < 0;
      isOfFormerUse = isAnother && isOlder;
      if (isOlder) return undefined;
      const places = isAnother ? [] : known.places;
      return { ...known, places, occurredAt: visit.occurredAt, visit, usedAt };
    });
    if (isOfFormerUse) for (const key of placesOf(visit)) await this.#putVisit(key, visit, FORMER_USE);
    await this.#keepSince(visit);
    return { counts: order?.voided !== true };
  }

  async void(storeId: string, roNumber: string, by: FactVersion): Promise<Visit | undefined> {
    const order = await this.#change(storeId, roNumber, (known) => ({
      ...known,
      voidedBy: isNewer(by, known.voidedBy) ? by : known.voidedBy,
      usedAt: by.occurredAt,
    }));
    return order?.visit;
  }

  async read(person: Person, today: string) {
    const from = addMonths(today, -MONTHS_READ);
    const ofCustomer = numbersOf(person).map((number) => keys.customerSince(person.storeId, number));
    const [carVisits, customerVisits, sinces] = await Promise.all([
      this.#visits(keys.vehicle(person.vin), from),
      Promise.all(ofCustomer.map(({ pk }) => this.#visits(pk, from))),
      Promise.all(ofCustomer.map((key) => this.#items.read(key))),
    ]);
    const customerSince = sinces
      .flatMap(({ content }) => z.object({ since: z.string() }).optional().parse(content)?.since ?? [])
      .toSorted()
      .at(0);
    return {
      visits: mergeVisits(carVisits, ...customerVisits),
      ...(customerSince === undefined ? {} : { customerSince }),
    };
  }

  readCar(vin: string, today: string): Promise<readonly Visit[]> {
    return this.#visits(keys.vehicle(vin), addMonths(today, -MONTHS_READ));
  }

  async #change(
    storeId: string,
    roNumber: string,
    next: (order: OrderItem) => (OrderItem & { readonly usedAt: string }) | undefined,
  ): Promise<OrderItem | undefined> {
    const key = keys.order(storeId, roNumber);
    const written = await this.#items.change("A repair order's visit", key, ({ version, content }) => {
      const before = orderItem.parse(content ?? {});
      const changed = next(before);
      if (!changed) return { content: undefined, answer: undefined };
      const { usedAt, ...state } = changed;
      const places = union(state.places, state.visit ? placesOf(state.visit) : []);
      const order = { ...state, voided: isVoided(state), places };
      return {
        content: { type: 'order', ...order, expiresAt: disposeAt(usedAt) },
        answer: { order, version: version + 1 },
      };
    });
    if (written) await this.#place(written.order, written.version);
    return written?.order;
  }

  /** Stores the visit under both keys, and deletes it from the keys of older versions. */
  async #place({ visit, voided, places }: OrderItem, version: number): Promise<void> {
    const now = visit ? placesOf(visit) : [];
    for (const key of now) {
      if (visit) await this.#putVisit(key, { ...visit, ...(voided ? { voided } : {}) }, version);
    }
    for (const key of places.filter((place) => !now.some((current) => isSame(place, current)))) {
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

  /** Skips the write if a later version of the order already made it. */
  async #unlessLater(version: number, command: (condition: Condition) => PutItemCommand | DeleteItemCommand) {
    const condition = {
      ConditionExpression: 'attribute_not_exists(orderVersion) OR orderVersion <= :version',
      ExpressionAttributeValues: toItem({ ':version': version }),
    };
    const made = command(condition);
    await conditionally(made instanceof PutItemCommand ? this.#client.send(made) : this.#client.send(made));
  }

  /** Keeps the earliest date, so the order in which visits arrive does not matter. */
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

function isVoided({ voided, voidedBy, visit }: OrderItem): boolean | undefined {
  if (!voidedBy) return voided;
  return reverses(voidedBy, visit) || undefined;
}

const isSame = (a: Key, b: Key) => a.pk === b.pk && a.sk === b.sk;
const union = (keysBefore: readonly Key[], added: readonly Key[]) => [
  ...keysBefore,
  ...added.filter((key) => !keysBefore.some((known) => isSame(known, key))),
];
const placesOf = (visit: Visit): readonly Key[] => [keys.visit(visit), keys.visitOfCustomer(visit)];

interface Condition {
  readonly ConditionExpression: string;
  readonly ExpressionAttributeValues: ReturnType<typeof toItem>;
}
