/** Erases a customer. The tombstone is written first, so that nothing about them is stored again in the meantime. */
import { randomUUID } from 'node:crypto';
import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { CarTable } from '../../functions/adapters/car-table.ts';
import { lawfulDisposal } from '../../functions/adapters/disposal.ts';
import { toItem } from '../../functions/adapters/dynamodb.ts';
import { itemKindAt, itemKinds } from '../../functions/adapters/item-kinds.ts';
import { type Erasure, erasureOf, isErased } from '../../functions/customers/erasure.ts';
import type { Keyed } from '../../functions/customers/identity.ts';
import { plusDays } from '../../functions/group/business-time.ts';
import { isUnknownCar, withoutOwner } from '../../functions/history/car-owners.ts';
import { erasuresOf, keyOf } from '../lib/customer-key.ts';
import type { TellProgress } from '../lib/progress.ts';
import type { Target } from '../lib/target.ts';
import { type Found, itemsAbout } from './find.ts';
import { about, type CustomerRecord, identitiesOf, type StoredItem } from './records.ts';

/** How many days erased data can still be read elsewhere. */
const AGES_OUT_DAYS = { archive: 400, backups: 35, logs: 92 } as const;

export interface Certificate extends Erasure {
  readonly certificate: string;
  readonly of: string;
  /** Items deleted, by kind. */
  readonly deleted: Readonly<Record<string, number>>;
  /** The opt-outs that are kept, by hash. */
  readonly kept: readonly string[];
  /** Until when copies exist that nobody can edit. Only a replay reads the archive, and it refuses erased customers. */
  readonly gone: Readonly<Record<keyof typeof AGES_OUT_DAYS, string>>;
}

/** More passes than facts in flight could make necessary. */
const PASSES = 3;

export async function eraseCustomer(target: Target, found: Found, tell: TellProgress): Promise<Certificate> {
  const keyed = await keyOf(target).read();
  const made = erasureOf(found.records.flatMap(identitiesOf), target.now, keyed);
  const certificate = randomUUID();
  await erasuresOf(target).keep(certificate, made);
  const deleted = new Map<string, number>();
  const kept = new Set<string>();
  let items = found.items;
  for (let pass = 1; pass <= PASSES && items.some(isDeleted); pass += 1) {
    for (const item of items) {
      if (!isDeleted(item)) kept.add(item.pk);
      else await erase(target, item, found.records, deleted);
    }
    items = await itemsAbout(target, about(found.records, keyed), tell);
  }
  const gone = (days: number) => plusDays(target.now, days).slice(0, 10);
  return {
    ...{ certificate, of: target.where, ...made },
    deleted: Object.fromEntries(deleted),
    kept: [...kept],
    gone: {
      archive: gone(AGES_OUT_DAYS.archive),
      backups: gone(AGES_OUT_DAYS.backups),
      logs: gone(AGES_OUT_DAYS.logs),
    },
  };
}

export const kindOf = (item: StoredItem): string => itemKindAt(item) ?? 'item of another release';

export function isDeleted(item: StoredItem): boolean {
  const kind = itemKindAt(item);
  return kind === undefined || !('whenErased' in itemKinds[kind]);
}

async function erase(
  target: Target,
  item: StoredItem,
  records: readonly CustomerRecord[],
  deleted: Map<string, number>,
): Promise<void> {
  const { pk, sk } = item;
  const { dynamodb, tableName } = target;
  const isShared = kindOf(item) === 'owners of a car' && !(await forgetOwner(target, item, records));
  if (!isShared)
    await dynamodb.send(new DeleteItemCommand({ TableName: tableName, Key: toItem({ pk, sk }) }));
  deleted.set(kindOf(item), (deleted.get(kindOf(item)) ?? 0) + 1);
}

/** True if the car has no other known owner, so that the item is deleted as well. */
async function forgetOwner(
  { dynamodb, tableName, now }: Target,
  { pk, content: { expiresAt } }: StoredItem,
  records: readonly CustomerRecord[],
): Promise<boolean> {
  // Erasing one owner does not count as use of the others' data, so the item keeps its expiry.
  const disposeAt = typeof expiresAt === 'number' ? () => expiresAt : lawfulDisposal;
  const cars = new CarTable(dynamodb, tableName, { now: () => now }, disposeAt);
  const left = await cars.change(pk.slice(itemKinds['owners of a car'].partition.length), (known) =>
    records.reduce(withoutOwner, known),
  );
  return isUnknownCar(left);
}

/** When a customer was erased, by their number; undefined if they were not. */
export async function erasedAt(
  target: Target,
  about: Pick<CustomerRecord, 'storeId' | 'customerNumber'>,
): Promise<string | undefined> {
  const erasures = await erasuresOf(target).readAll();
  if (erasures.length === 0) return undefined;
  const keyed: Keyed = await keyOf(target).read();
  return erasures.findLast((one) => isErased(about, one.at, [one], keyed))?.at;
}
