import {
  type AttributeValue,
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { indexKeys } from '../support/table-schema.ts';
import { demanded, holds, type Item, type Names, updated } from './expression.ts';

/** What one write did, for whoever watches over the table. */
export interface Written {
  readonly pk: string;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

interface Table {
  /** When a write of this moment can be seen in the indexes. */
  readonly seenAt: () => number;
  readonly now: () => number;
  readonly wrote: (written: Written) => void;
}

/** One table with its sparse indexes, in memory. Conditions are really evaluated; index reads lag behind. */
export class SimulatedTable {
  readonly #items = new Map<string, Map<string, Item>>();
  /** What the indexes show by now, and what they will show. */
  readonly #indexed = new Map<string, Item>();
  #unseen: { readonly at: number; readonly id: string; readonly item: Item | undefined }[] = [];
  readonly #lastSeenAt = new Map<string, number>();
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  execute(command: object): object {
    if (command instanceof GetItemCommand) return this.#get(command);
    if (command instanceof BatchGetItemCommand) return this.#getBatch(command);
    if (command instanceof PutItemCommand) return this.#put(command);
    if (command instanceof UpdateItemCommand) return this.#update(command);
    if (command instanceof DeleteItemCommand) return this.#delete(command);
    if (command instanceof QueryCommand) return this.#query(command);
    throw new Error(`The simulated DynamoDB knows no ${command.constructor.name}`);
  }

  /** As it stands, for checks and for whoever acts from outside. */
  item(pk: string, sk: string): Item | undefined {
    return this.#items.get(pk)?.get(sk);
  }

  /** Everything whose partition key begins so. */
  *partitionsOf(prefix: string): Iterable<Item> {
    for (const [pk, partition] of this.#items) if (pk.startsWith(prefix)) yield* partition.values();
  }

  /** Written by somebody else: an older release, or the roster command. */
  place(item: Item): void {
    this.#write(textOf(item, 'pk'), textOf(item, 'sk'), item);
  }

  #get({ input: { Key = {}, ConsistentRead } }: GetItemCommand) {
    if (ConsistentRead !== true) throw new Error('No read of ours is eventually consistent');
    const Item = this.item(textOf(Key, 'pk'), textOf(Key, 'sk'));
    return Item ? { Item } : {};
  }

  #getBatch({ input: { RequestItems = {} } }: BatchGetItemCommand) {
    const asked = Object.entries(RequestItems).map(([name, { Keys = [], ConsistentRead }]) => {
      const found = Keys.map((Key) =>
        this.#get(new GetItemCommand({ TableName: name, Key, ConsistentRead })),
      );
      return [name, found.flatMap(({ Item }) => (Item ? [Item] : []))];
    });
    return { Responses: Object.fromEntries(asked), UnprocessedKeys: {} };
  }

  #put({ input }: PutItemCommand) {
    const { Item: item = {} } = input;
    this.#require(input, textOf(item, 'pk'), textOf(item, 'sk'));
    this.place(item);
    return {};
  }

  #update({ input }: UpdateItemCommand) {
    const [pk, sk] = [textOf(input.Key, 'pk'), textOf(input.Key, 'sk')];
    this.#require(input, pk, sk);
    const before = this.item(pk, sk) ?? { pk: { S: pk }, sk: { S: sk } };
    this.#write(pk, sk, updated(input.UpdateExpression ?? '', before, givenIn(input)));
    return {};
  }

  #delete({ input }: DeleteItemCommand) {
    const [pk, sk] = [textOf(input.Key, 'pk'), textOf(input.Key, 'sk')];
    this.#require(input, pk, sk);
    this.#write(pk, sk, undefined);
    return {};
  }

  #require(input: ConditionedInput, pk: string, sk: string): void {
    const { ConditionExpression } = input;
    if (ConditionExpression === undefined) return;
    const stands = this.item(pk, sk);
    if (holds(ConditionExpression, stands ?? {}, givenIn(input))) return;
    const isShown = input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' && stands !== undefined;
    throw new ConditionalCheckFailedException({
      $metadata: {},
      message: 'The conditional request failed',
      ...(isShown ? { Item: { ...stands } } : {}),
    });
  }

  #query({ input }: QueryCommand) {
    const { KeyConditionExpression: condition = '', IndexName, ScanIndexForward = true, Limit } = input;
    const keys = IndexName === undefined ? (['pk', 'sk'] as const) : indexKeys[IndexName];
    if (!keys) throw new Error(`The table has no index '${IndexName}'`);
    if (IndexName === undefined && input.ConsistentRead !== true) {
      throw new Error('No read of ours is eventually consistent');
    }
    const [partition, sort] = keys;
    const given = givenIn(input);
    const pk = demanded(condition, partition, given);
    const candidates = IndexName === undefined ? this.#partition(pk) : this.#seen();
    const order: Order = (one, other) => byKeys(one, other, sort) * (ScanIndexForward ? 1 : -1);
    const found = candidates
      .filter(
        (item) => item[partition]?.S === pk && item[sort] !== undefined && holds(condition, item, given),
      )
      .toSorted(order);
    return pageOf(found, {
      start: input.ExclusiveStartKey,
      limit: Limit,
      order,
      keys,
      isIndex: IndexName !== undefined,
    });
  }

  #partition(pk: string): Item[] {
    return [...(this.#items.get(pk)?.values() ?? [])];
  }

  /** The indexes as they show by now. */
  #seen(): Item[] {
    const now = this.#table.now();
    const later = [];
    for (const one of this.#unseen) {
      if (one.at > now) later.push(one);
      else if (one.item) this.#indexed.set(one.id, one.item);
      else this.#indexed.delete(one.id);
    }
    this.#unseen = later;
    return [...this.#indexed.values()];
  }

  #write(pk: string, sk: string, item: Item | undefined): void {
    const before = this.item(pk, sk);
    const partition = this.#items.get(pk) ?? new Map<string, Item>();
    this.#items.set(pk, partition);
    if (item) partition.set(sk, item);
    else partition.delete(sk);
    this.#index(`${pk} ${sk}`, before, item);
    this.#table.wrote({ pk, before, after: item });
  }

  /** Changes of one item come into the indexes in their order, however late. */
  #index(id: string, before: Item | undefined, item: Item | undefined): void {
    const isIn = (one: Item | undefined) =>
      Object.values(indexKeys).some((keys) => keys.every((name) => one?.[name] !== undefined));
    if (!isIn(before) && !isIn(item)) return;
    const at = Math.max(this.#lastSeenAt.get(id) ?? 0, this.#table.seenAt());
    this.#lastSeenAt.set(id, at);
    this.#unseen.push({ at, id, item });
  }
}

interface ConditionedInput {
  ConditionExpression?: string | undefined;
  ExpressionAttributeNames?: Record<string, string> | undefined;
  ExpressionAttributeValues?: Record<string, AttributeValue> | undefined;
  ReturnValuesOnConditionCheckFailure?: string | undefined;
}

const givenIn = (input: ConditionedInput): Names => ({
  names: input.ExpressionAttributeNames,
  values: input.ExpressionAttributeValues,
});

function textOf(item: Record<string, AttributeValue> | undefined, name: string): string {
  const text = item?.[name]?.S;
  if (text === undefined) throw new Error(`A key needs a text '${name}'`);
  return text;
}

type Order = (one: Item, other: Item) => number;

/**
 * By the sort key. DynamoDB promises no order among equal ones: theirs follows from a hash, so that it is neither that
 * of the items' keys nor that in which they were written, yet the same from page to page.
 */
function byKeys(one: Item, other: Item, sort: string): number {
  const [key, otherKey] = [one[sort]?.S ?? '', other[sort]?.S ?? ''];
  if (key !== otherKey) return key < otherKey ? -1 : 1;
  return scattered(one, key) - scattered(other, key);
}

/** FNV-1a over the item's key and its place in the index. */
function scattered(item: Item, sortKey: string): number {
  let hash = 0x811c9dc5;
  for (const letter of `${sortKey} ${item['pk']?.S} ${item['sk']?.S}`) {
    hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return hash;
}

interface Paging {
  readonly start: Record<string, AttributeValue> | undefined;
  readonly limit: number | undefined;
  readonly order: Order;
  readonly keys: readonly string[];
  readonly isIndex: boolean;
}

/** A page that its limit has filled names its last key, also when nothing follows: then an empty page comes last. */
function pageOf(found: readonly Item[], { start, limit, order, keys, isIndex }: Paging) {
  const from = start ? found.filter((item) => order(start, item) < 0 && !isSame(start, item)) : found;
  const page = from.slice(0, limit);
  const last = page.length === limit ? page.at(-1) : undefined;
  // An index of keys only shows its keys and the table's.
  const Items = isIndex ? page.map((item) => keysOf(item, keys)) : page;
  return { Items, ...(last ? { LastEvaluatedKey: keysOf(last, keys) } : {}) };
}

const isSame = (one: Item, other: Item) => one['pk']?.S === other['pk']?.S && one['sk']?.S === other['sk']?.S;

function keysOf(item: Item, keys: readonly string[]): Record<string, AttributeValue> {
  const names = ['pk', 'sk', ...keys];
  return Object.fromEntries(Object.entries(item).filter(([name]) => names.includes(name)));
}
