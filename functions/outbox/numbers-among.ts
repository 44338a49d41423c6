import type { ContactBook } from '../customers/ports.ts';
import type { Owner } from '../history/car-owners.ts';

/**
 * All numbers that a customer has or had at the store, because a dealer system merges records. They are read only if one of the
 * car's owners may be the same customer under another number, which is rare.
 */
export async function numbersAmong(
  { contacts }: { readonly contacts: ContactBook },
  owners: readonly Owner[],
  here: Owner,
): Promise<readonly string[]> {
  const mayBeMerged = owners.some(
    ({ storeId, customerNumber }) => storeId === here.storeId && customerNumber !== here.customerNumber,
  );
  return mayBeMerged ? (await contacts.read(here)).numbers : [here.customerNumber];
}
