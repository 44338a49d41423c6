import * as z from 'zod';
import { type Identity, type Keyed, type LookUp, vinLookUp } from './identity.ts';

/**
 * A tombstone: what is left of an erased customer. Facts dated before `at` are about the person to be forgotten, wherever they
 * come from: a redrive, a replay of the archive, a nightly file. Facts dated later start a new record.
 */
export const erasure = z.object({
  at: z.string(),
  /** Keyed hashes of customer numbers, and of addresses with the name. */
  customers: z.array(z.string()),
  /** Keyed hashes of the cars. They apply only to facts that name no customer, because cars change hands. */
  cars: z.array(z.string()),
});
export type Erasure = z.infer<typeof erasure>;

/** The tombstone for all records of a person. */
export function erasureOf(records: readonly Identity[], at: string, keyed: Keyed): Erasure {
  const hashesOf = (lookUps: (record: Identity) => readonly LookUp[]) => [
    ...new Set(records.flatMap(lookUps).map(keyed)),
  ];
  return { at, customers: hashesOf(customerLookUps), cars: hashesOf(carLookUps) };
}

/** Whether the fact happened to an erased customer before they were erased. */
export function isErased(
  about: Identity,
  occurredAt: string,
  erasures: readonly Erasure[],
  keyed: Keyed,
): boolean {
  const later = erasures.filter(({ at }) => at >= occurredAt);
  if (later.length === 0) return false;
  const customers = customerLookUps(about).map(keyed);
  if (customers.length > 0)
    return later.some((one) => customers.some((hash) => one.customers.includes(hash)));
  const cars = carLookUps(about).map(keyed);
  return later.some((one) => cars.some((hash) => one.cars.includes(hash)));
}

/** An address applies only together with the name: others in the family are not erased. */
function customerLookUps({ storeId, customerNumber, email, nameKey }: Identity): LookUp[] {
  return [
    ...(customerNumber === undefined ? [] : [['number', `${storeId}/${customerNumber}`] as const]),
    ...(email === undefined || nameKey === undefined
      ? []
      : [['address and name', `${email.toLowerCase()}/${nameKey}`] as const]),
  ];
}

function carLookUps({ storeId, vin }: Identity): LookUp[] {
  const lookUp = vin === undefined ? undefined : vinLookUp(vin);
  return lookUp ? [[lookUp[0], `${storeId}/${vin}`]] : [];
}
