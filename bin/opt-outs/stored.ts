/** Reads the stored address records. They contain only hashes, so they do not reveal a person. */
import { paginateScan } from '@aws-sdk/client-dynamodb';
import { AddressTable, addressFromItem } from '../../functions/adapters/address-table.ts';
import { fromItem, toItem } from '../../functions/adapters/dynamodb.ts';
import { addressHash, hashOfAddressKey, keys } from '../../functions/adapters/keys.ts';
import { type AddressRecord, GROUP } from '../../functions/customers/opt-outs.ts';
import type { TellProgress } from '../lib/progress.ts';
import type { Target } from '../lib/target.ts';

export interface StoredAddress extends AddressRecord {
  readonly hash: string;
}

/** Which of them: one address, or what holds at one store. */
interface Asked {
  /** One place: an address, a phone number or a customer number. */
  readonly place?: string | undefined;
  readonly storeId?: string | undefined;
}

type Table = Pick<Target, 'dynamodb' | 'tableName'>;

/** The addresses that said no or bounced, by hash. */
export async function readStored(
  from: Table,
  { place, storeId }: Asked,
  tell: TellProgress,
): Promise<StoredAddress[]> {
  const found = place === undefined ? await readAll(from, tell) : [await readOne(from, place)];
  return found
    .map((one) => (storeId === undefined ? one : atStore(one, storeId)))
    .filter(({ optOuts, bouncedAt }) => optOuts.length > 0 || bouncedAt !== undefined)
    .toSorted((one, other) => (one.hash < other.hash ? -1 : 1));
}

async function readOne({ dynamodb, tableName }: Table, place: string): Promise<StoredAddress> {
  return { hash: addressHash(place), ...(await new AddressTable(dynamodb, tableName).read(place)) };
}

/** The whole table is looked through. */
async function readAll({ dynamodb, tableName }: Table, tell: TellProgress): Promise<StoredAddress[]> {
  const { pk, sk } = keys.addressOfHash('');
  const scan = {
    TableName: tableName,
    FilterExpression: 'begins_with(pk, :pk) AND sk = :sk',
    ExpressionAttributeValues: toItem({ ':pk': pk, ':sk': sk }),
    ConsistentRead: true,
  };
  const found: StoredAddress[] = [];
  let read = 0;
  for await (const { Items = [], ScannedCount = 0 } of paginateScan({ client: dynamodb }, scan)) {
    read += ScannedCount;
    tell(`${read} items read`);
    found.push(...Items.map((item) => storedAddress(fromItem(item))));
  }
  return found;
}

const storedAddress = (item: Record<string, unknown>): StoredAddress => ({
  hash: hashOfAddressKey(String(item['pk'])),
  ...addressFromItem(item),
});

/** A bounce holds everywhere. */
const atStore = (address: StoredAddress, storeId: string): StoredAddress => ({
  ...address,
  optOuts: address.optOuts.filter((no) => no.storeId === storeId || no.storeId === GROUP),
});
