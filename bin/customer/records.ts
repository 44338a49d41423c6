/** Which customers an item of the table is about, from its content and its key. */
import * as z from 'zod';
import { itemKindAt, itemKinds } from '../../functions/adapters/item-kinds.ts';
import { addressHash, type Key, keys, MEMORY, nameHash } from '../../functions/adapters/keys.ts';
import { card } from '../../functions/customers/card.ts';
import { customerPlace, phonePlace } from '../../functions/customers/contact-places.ts';
import {
  type Identity,
  identityIn,
  type Keyed,
  nameAtPlaceLookUp,
  placeLookUp,
} from '../../functions/customers/identity.ts';
import { nameKey } from '../../functions/customers/name-key.ts';
import { numberRecord } from '../../functions/customers/number-record.ts';

type Content = Readonly<Record<string, unknown>>;
export interface StoredItem extends Key {
  readonly content: Content;
}

/** One customer of one store, with every name, address, phone and VIN that any item has for them. */
export interface CustomerRecord {
  readonly storeId: string;
  readonly customerNumber: string;
  readonly emails: ReadonlySet<string>;
  readonly phones: ReadonlySet<string>;
  readonly vins: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
}

/** Customers named anywhere in an item. A part without a store id belongs to the store of the whole item. */
export function identitiesIn({ content }: Pick<StoredItem, 'content'>): Identity[] {
  const found: Identity[] = [...cardIn(content), ...changeIn(content)];
  walk(content, undefined, found);
  return found.filter(({ customerNumber }) => customerNumber !== undefined);
}

/** A card stores a date next to each value, so it has not the form of a customer in an event. */
function cardIn(content: Content): Identity[] {
  const { data } = card.safeParse(content);
  if (!data) return [];
  const { storeId, customerNumber, name, email, phone, cars } = data;
  const who = {
    ...{ storeId, customerNumber, email: email?.value, phone: phone?.value },
    nameKey: name && nameKey(name.value),
  };
  return [who, ...cars.map(({ vin }) => ({ ...who, vin }))];
}

const ofNumber = numberRecord.extend({
  type: z.literal('customer number'),
  storeId: z.string(),
  customerNumber: z.string(),
});

/** A record of changed contact details names the customer next to the details, not within them. */
function changeIn(content: Content): Identity[] {
  const { data } = ofNumber.safeParse(content);
  if (!data?.changed) return [];
  const { storeId, customerNumber, changed } = data;
  const { email, phone } = changed;
  return [{ storeId, customerNumber, email, phone, nameKey: nameKey(changed) }];
}

/** The merged numbers of one customer, if the item names several. */
export function sameCustomerIn({ content }: Pick<StoredItem, 'content'>): readonly CustomerId[] {
  const ofCard = card.safeParse(content).data;
  const { data } = ofNumber.safeParse(content);
  const { storeId, customerNumber } = ofCard ?? data ?? {};
  if (storeId === undefined || customerNumber === undefined) return [];
  const others = [
    ...(ofCard?.formerNumbers ?? []),
    ofCard?.mergedInto,
    ...(data?.replaces ?? []),
    data?.replacedBy,
  ];
  return [customerNumber, ...others].flatMap((number) =>
    number === undefined ? [] : [{ storeId, customerNumber: number }],
  );
}

function walk(value: unknown, storeOfWhole: unknown, into: Identity[]): void {
  if (Array.isArray(value)) for (const one of value) walk(one, storeOfWhole, into);
  if (typeof value === 'string' && value.startsWith('{')) walk(parsed(value), storeOfWhole, into);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  const fields = new Map<string, unknown>(Object.entries(value));
  const storeId = fields.get('storeId') ?? storeOfWhole;
  const identity = identityIn({ ...value, storeId });
  if (identity) into.push(flattened(identity, fields));
  for (const one of fields.values()) walk(one, storeId, into);
}

/** A visit has the customer's address next to the number, not in a `customer` object. */
function flattened(identity: Identity, fields: ReadonlyMap<string, unknown>): Identity {
  const email = fields.get('customerEmail') ?? fields.get('email');
  const phone = fields.get('phone');
  const nameKey = fields.get('nameKey');
  return {
    ...identity,
    phone: identity.phone ?? (typeof phone === 'string' ? phone : undefined),
    email: identity.email ?? (typeof email === 'string' ? email : undefined),
    nameKey: identity.nameKey ?? (typeof nameKey === 'string' ? nameKey : undefined),
  };
}

/** Undefined if the text is not JSON: a refused event is stored as text and may be truncated. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

type CustomerId = Pick<Identity, 'storeId' | 'customerNumber'>;

export const idOf = ({ storeId, customerNumber }: CustomerId): string => `${storeId}#${customerNumber}`;

export class Records {
  readonly #byId = new Map<
    string,
    { emails: Set<string>; phones: Set<string>; vins: Set<string>; names: Set<string> } & Identity
  >();

  add(identity: Identity): void {
    const { email, phone, vin, nameKey } = identity;
    const known = this.#byId.get(idOf(identity)) ?? {
      ...identity,
      ...{ emails: new Set<string>(), phones: new Set<string>() },
      ...{ vins: new Set<string>(), names: new Set<string>() },
    };
    if (email !== undefined) known.emails.add(email.toLowerCase());
    if (phone !== undefined) known.phones.add(phone);
    if (vin !== undefined) known.vins.add(vin);
    if (nameKey !== undefined) known.names.add(nameKey);
    this.#byId.set(idOf(identity), known);
  }

  all(): CustomerRecord[] {
    return [...this.#byId.values()].flatMap(({ storeId, customerNumber, emails, phones, vins, names }) =>
      customerNumber === undefined ? [] : [{ storeId, customerNumber, emails, phones, vins, names }],
    );
  }
}

/** Every combination of the customer's identifiers, for the hashes of a tombstone. */
export function identitiesOf({ storeId, customerNumber, emails, vins, names }: CustomerRecord): Identity[] {
  const plain = { storeId, customerNumber };
  const addresses = [...emails].flatMap((email) =>
    [...names].map((nameKey) => ({ ...plain, email, nameKey })),
  );
  return [plain, ...addresses, ...[...vins].map((vin) => ({ ...plain, vin }))];
}

/** The addresses, phone numbers and customer number under which their opt-outs are stored. */
const placesOf = ({ storeId, customerNumber, emails, phones }: CustomerRecord): string[] => [
  ...emails,
  ...[...phones].flatMap((phone) => phonePlace(phone) ?? []),
  customerPlace(storeId, customerNumber),
];

/** Returns a test whether an item of the table is about one of these customers. */
export function about(records: readonly CustomerRecord[], keyed: Keyed): (item: StoredItem) => boolean {
  const ids = new Set(records.map(idOf));
  const partitions = new Set(
    records.flatMap((one) => [`customer#${idOf(one)}`, `cap#customer#${idOf(one)}`, `number#${idOf(one)}`]),
  );
  const addresses = new Set(records.flatMap(placesOf).map(addressHash));
  const places = new Set([...addresses].map((plain) => keys.place(keyed(placeLookUp(plain))).pk));
  const names = records.flatMap((one) => [...one.names].map(nameHash));
  const remarks = new Set(
    [...names, ...names.map((plain) => keyed(nameAtPlaceLookUp(plain)))].map((of) => `${MEMORY}#${of}`),
  );
  const mayBeTheirs = ({ sk }: Key) => !sk.startsWith(`${MEMORY}#`) || remarks.has(sk);
  const isAtAddress = (key: Key) =>
    addresses.has(key.pk.slice(itemKinds.address.partition.length)) && mayBeTheirs(key);
  return (item) => {
    const kind = itemKindAt(item);
    switch (kind === undefined ? 'content' : itemKinds[kind].customer) {
      case "nobody's":
        return false;
      case 'number':
        return partitions.has(item.pk);
      case 'address':
        return isAtAddress(item);
      case 'place':
        return places.has(item.pk) && mayBeTheirs(item);
      case 'content':
        return identitiesIn(item).some((one) => ids.has(idOf(one)));
    }
  };
}
