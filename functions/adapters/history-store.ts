import { QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
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
import type { HistoryStore } from '../history/ports.ts';
import { placedSale } from '../history/sales.ts';
import { mergeVisits, numbersOf, type Person, type Visit, visit as visitSchema } from '../history/visits.ts';
import { type DisposeAt, lawfulDisposal } from './disposal.ts';
import { conditionally, type DynamoDB, fromItem, toItem } from './dynamodb.ts';
import { type Key, keys, SALE } from './keys.ts';
import { type Copy, PlacedItems, places, withPlaces } from './placed-items.ts';
import { VersionedItems } from './versioned-items.ts';

const sinceItem = z.object({ since: z.string() });

/** Where an order's visit is stored, so that a corrected date or a void can update it. */
const orderItem = z.object({
  occurredAt: z.string().optional(),
  /** Set by releases before 2026-12, instead of `voidedBy`: the void is final. */
  voided: z.boolean().optional(),
  /** The newest void. A visit that is closed after it counts again. */
  voidedBy: factVersion.optional(),
  visit: visitSchema.optional(),
  places,
});
type OrderItem = z.infer<typeof orderItem>;

/** How far back the assessment looks, which bounds the cost of reading. */
const MONTHS_READ = 24;
/**
 * Written as the version when the order's item belongs to a later use of its number: the former visit is stored once
 * and never changes.
 */
const FORMER_USE = 0;
/** More visits than a private customer makes in 24 months; fleets are not nudged. */
export const VISITS_READ = 120;
/** More cars than a private customer buys from one store. */
const SALES_READ = 24;

/**
 * The service history: each visit once per store and order number, under its vehicle and under its customer. The
 * order's item is the source of truth, and the visits are its copies.
 */
export class HistoryTable implements HistoryStore {
  readonly #disposeAt: DisposeAt;
  readonly #client: DynamoDB;
  readonly #table: string;
  readonly #items: VersionedItems;
  readonly #copies: PlacedItems;

  constructor(client: DynamoDB, table: string, disposeAt: DisposeAt = lawfulDisposal) {
    this.#disposeAt = disposeAt;
    this.#client = client;
    this.#table = table;
    this.#items = new VersionedItems(client, table);
    this.#copies = new PlacedItems(client, table, 'orderVersion');
  }

  async record(visit: Visit) {
    const usedAt = `${visit.closedOn}T00:00:00Z`;
    // The same version is written again: the previous invocation may have stopped halfway.
    let isOfFormerUse = false;
    let isVoidedSince = false;
    const order = await this.#change(visit.storeId, visit.roNumber, (known) => {
      const isAnother = known.visit !== undefined && isAnotherUse(visit, known.visit);
      const isOlder = known.visit !== undefined && compareVersions(visit, known.visit) < 0;
      isOfFormerUse = isAnother && isOlder;
      // The order was voided: an older version of its visit does not count either.
      isVoidedSince = !isAnother && isVoided(known) === true;
      if (isOlder) return undefined;
      const places = isAnother ? [] : known.places;
      return { ...known, places, occurredAt: visit.occurredAt, visit, usedAt };
    });
    if (isOfFormerUse) {
      for (const { key, copy } of copiesOf(visit, this.#disposeAt))
        await this.#copies.put(key, copy, FORMER_USE);
    }
    await this.#keepSince(visit);
    return { counts: order === undefined ? !isVoidedSince : order.voided !== true };
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
    const [carVisits, customerVisits, known] = await Promise.all([
      this.#visits(keys.vehicle(person.vin), from),
      Promise.all(ofCustomer.map(({ pk }) => this.#visits(pk, from))),
      Promise.all(ofCustomer.map((key) => this.#sinceAndSales(key))),
    ]);
    const customerSince = known
      .flatMap(({ since }) => since ?? [])
      .toSorted()
      .at(0);
    return {
      visits: mergeVisits(carVisits, ...customerVisits),
      sales: known.flatMap(({ sales }) => sales),
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
      const known = withPlaces(state.places, state.visit ? placesOf(state.visit) : []);
      const order = { ...state, voided: isVoided(state), places: known };
      return {
        content: { type: 'order', ...order, expiresAt: this.#disposeAt(usedAt) },
        answer: { order, version: version + 1 },
      };
    });
    if (!written) return undefined;
    const { visit, voided, places: known } = written.order;
    const now = visit ? copiesOf({ ...visit, ...(voided ? { voided } : {}) }, this.#disposeAt) : [];
    await this.#copies.place({ now, known }, written.version);
    return written.order;
  }

  /**
   * Keeps the date of the first visit, so the order in which visits arrive does not matter. The item lives as long as
   * the latest visit. The newest visit so far needs one write.
   */
  async #keepSince({ storeId, customerNumber, closedOn }: Visit): Promise<void> {
    const key = keys.customerSince(storeId, customerNumber);
    const expiresAt = this.#disposeAt(`${closedOn}T00:00:00Z`);
    const isLate = '#since <= :on AND (attribute_not_exists(expiresAt) OR expiresAt <= :at)';
    const late = { ':on': closedOn, ':at': expiresAt };
    if (await this.#updateSince(key, 'SET expiresAt = :at', isLate, late)) return;
    const first = { ...late, ':type': 'customer' };
    const set = 'SET #since = :on, #type = :type, expiresAt = :at';
    if (await this.#updateSince(key, set, 'attribute_not_exists(#since)', first)) return;
    await this.#updateSince(key, 'SET #since = :on', '#since > :on', { ':on': closedOn });
  }

  #updateSince(
    key: Key,
    UpdateExpression: string,
    ConditionExpression: string,
    values: Readonly<Record<string, string | number>>,
  ): Promise<boolean> {
    const names = UpdateExpression.includes('#type')
      ? { '#since': 'since', '#type': 'type' }
      : { '#since': 'since' };
    const update = {
      ...{ TableName: this.#table, Key: toItem(key), UpdateExpression, ConditionExpression },
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: toItem(values),
    };
    return conditionally(this.#client.send(new UpdateItemCommand(update)));
  }

  /** `sale#` and `since` are adjacent sort keys: one call reads the newest sales and `since`. */
  async #sinceAndSales({ pk, sk }: Key) {
    const { Items = [] } = await this.#client.send(
      new QueryCommand({
        TableName: this.#table,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: toItem({ ':pk': pk, ':from': SALE, ':to': sk }),
        ConsistentRead: true,
        ScanIndexForward: false,
        Limit: SALES_READ,
      }),
    );
    const items = Items.map((item) => fromItem(item));
    const first = sinceItem.safeParse(items.find((item) => item['sk'] === sk));
    return {
      since: first.data?.since,
      sales: items.filter((item) => item['sk'] !== sk).map((item) => placedSale.parse(item)),
    };
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

const placesOf = (visit: Visit): readonly Key[] => [keys.visit(visit), keys.visitOfCustomer(visit)];

function copiesOf(visit: Visit, disposeAt: DisposeAt): Copy[] {
  const expiresAt = disposeAt(`${visit.closedOn}T00:00:00Z`);
  return placesOf(visit).map((key) => ({ key, copy: { type: 'visit', ...visit, expiresAt } }));
}
