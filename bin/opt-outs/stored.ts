/** Reads the stored address records. They contain only hashes, so they do not reveal a person. */
import { paginateScan } from '@aws-sdk/client-dynamodb';
import { addressFromItem } from '../../functions/adapters/address-table.ts';
import { fromItem, toItem } from '../../functions/adapters/dynamodb.ts';
import { addressHash, hashOfAddressKey, hashOfPlaceKey, keys } from '../../functions/adapters/keys.ts';
import { type Keyed, placeLookUp } from '../../functions/customers/identity.ts';
import { type AddressRecord, GROUP, withBoth } from '../../functions/customers/opt-outs.ts';
import { keyOf } from '../lib/customer-key.ts';
import type { TellProgress } from '../lib/progress.ts';
import type { Target } from '../lib/target.ts';

export interface StoredAddress extends AddressRecord {
  /** Made with the group's key. */
  readonly hash: string;
}

/** Limits the result to one place, or to what applies at one store. */
interface Asked {
  /** One place: an address, a phone number or a customer number. */
  readonly place?: string | undefined;
  readonly storeId?: string | undefined;
}

/** Addresses that opted out or bounced, by hash. Scans the whole table. */
export async function readStored(
  target: Target,
  { place, storeId }: Asked,
  tell: TellProgress,
): Promise<StoredAddress[]> {
  const keyed = await keyOf(target).read();
  const asked = place === undefined ? undefined : keyed(placeLookUp(addressHash(place)));
  const found = await readAll(target, keyed, tell);
  return found
    .filter(({ hash }) => asked === undefined || hash === asked)
    .map((one) => (storeId === undefined ? one : atStore(one, storeId)))
    .filter(
      ({ optOuts, bouncedAt, lifted }) =>
        optOuts.length > 0 || bouncedAt !== undefined || lifted !== undefined,
    )
    .toSorted((one, other) => (one.hash < other.hash ? -1 : 1));
}

/** Merges what an earlier release stored about a place with what this one stored. */
async function readAll(target: Target, keyed: Keyed, tell: TellProgress): Promise<StoredAddress[]> {
  const found = new Map<string, AddressRecord>();
  for await (const { hash, isPlain, item } of itemsOf(target, tell)) {
    const own = isPlain ? keyed(placeLookUp(hash)) : hash;
    const known = addressFromItem(item);
    const before = found.get(own);
    found.set(own, before ? withBoth(before, known) : known);
  }
  return [...found].map(([hash, known]) => ({ hash, ...known }));
}

interface PlaceItem {
  readonly hash: string;
  readonly isPlain: boolean;
  readonly item: Record<string, unknown>;
}

async function* itemsOf({ dynamodb, tableName }: Target, tell: TellProgress): AsyncGenerator<PlaceItem> {
  const [own, plain] = [keys.place(''), keys.addressOfHash('')];
  const scan = {
    TableName: tableName,
    FilterExpression:
      '(begins_with(pk, :own) AND sk = :place) OR (begins_with(pk, :plain) AND sk = :address)',
    ExpressionAttributeValues: toItem({
      ...{ ':own': own.pk, ':place': own.sk },
      ...{ ':plain': plain.pk, ':address': plain.sk },
    }),
    ConsistentRead: true,
  };
  let read = 0;
  for await (const { Items = [], ScannedCount = 0 } of paginateScan({ client: dynamodb }, scan)) {
    read += ScannedCount;
    tell(`${read} items read`);
    for (const item of Items.map((one) => fromItem(one))) {
      const [pk, isPlain] = [String(item['pk']), item['sk'] === plain.sk];
      yield { hash: isPlain ? hashOfAddressKey(pk) : hashOfPlaceKey(pk), isPlain, item };
    }
  }
}

/** The opt-outs of an address that apply at a store. A bounce applies everywhere. */
const atStore = (address: StoredAddress, storeId: string): StoredAddress => ({
  ...address,
  optOuts: address.optOuts.filter((no) => no.storeId === storeId || no.storeId === GROUP),
});
