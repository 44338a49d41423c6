/** Scans the whole table for a customer. This is rare, so there is no index for it. */
import { paginateScan } from '@aws-sdk/client-dynamodb';
import { fromItem } from '../../functions/adapters/dynamodb.ts';
import type { Identity } from '../../functions/customers/identity.ts';
import { keyOf } from '../lib/customer-key.ts';
import type { TellProgress } from '../lib/progress.ts';
import type { Target } from '../lib/target.ts';
import {
  about,
  type CustomerRecord,
  identitiesIn,
  idOf,
  Records,
  type StoredItem,
  sameCustomerIn,
} from './records.ts';

export interface Asked {
  readonly email?: string | undefined;
  readonly vin?: string | undefined;
  readonly number?: string | undefined;
  readonly store?: string | undefined;
}

export interface Found {
  readonly records: readonly CustomerRecord[];
  /** Numbers that the dealer system merged count as one customer. */
  readonly people: number;
  readonly items: readonly StoredItem[];
}

/** Scans the table twice: first for the customers who are meant, then for everything about them. */
export async function findCustomer(target: Target, asked: Asked, tell: TellProgress): Promise<Found> {
  const everybody = new Records();
  const meant = new Set<string>();
  const same: string[][] = [];
  for await (const item of itemsOf(target, tell)) {
    for (const identity of identitiesIn(item)) {
      everybody.add(identity);
      if (isAsked(identity, asked)) meant.add(idOf(identity));
    }
    const merged = sameCustomerIn(item);
    if (merged.length > 1) same.push(merged.map(idOf));
  }
  addMerged(meant, same);
  const records = everybody.all().filter((one) => meant.has(idOf(one)));
  const people = peopleIn(records.map(idOf), same);
  if (records.length === 0) return { records, people, items: [] };
  const isAbout = about(records, await keyOf(target).read());
  return { records, people, items: await itemsAbout(target, isAbout, tell) };
}

export async function itemsAbout(
  target: Target,
  isAbout: ReturnType<typeof about>,
  tell: TellProgress,
): Promise<StoredItem[]> {
  const found: StoredItem[] = [];
  for await (const item of itemsOf(target, tell)) if (isAbout(item)) found.push(item);
  return found;
}

function peopleIn(ids: readonly string[], same: readonly (readonly string[])[]): number {
  const [first, ...others] = ids;
  if (first === undefined) return 0;
  const theirs = new Set([first]);
  addMerged(theirs, same);
  return (
    1 +
    peopleIn(
      others.filter((id) => !theirs.has(id)),
      same,
    )
  );
}

/** Follows merges of merges until no new number is found. */
function addMerged(meant: Set<string>, same: readonly (readonly string[])[]): void {
  for (let before = -1; before < meant.size; ) {
    before = meant.size;
    for (const ids of same.filter((all) => all.some((id) => meant.has(id))))
      for (const id of ids) meant.add(id);
  }
}

const isAsked = (identity: Identity, { email, vin, number, store }: Asked): boolean =>
  (store === undefined || identity.storeId === store) &&
  (number === undefined || identity.customerNumber === number) &&
  (email === undefined || identity.email?.toLowerCase() === email.toLowerCase()) &&
  (vin === undefined || identity.vin === vin.toUpperCase());

async function* itemsOf({ dynamodb, tableName }: Target, tell: TellProgress): AsyncGenerator<StoredItem> {
  let read = 0;
  const scan = { TableName: tableName, ConsistentRead: true };
  for await (const { Items = [] } of paginateScan({ client: dynamodb }, scan)) {
    read += Items.length;
    tell(`${read} items read`);
    for (const item of Items) {
      const { pk, sk, ...content } = fromItem(item);
      yield { pk: String(pk), sk: String(sk), content };
    }
  }
}
