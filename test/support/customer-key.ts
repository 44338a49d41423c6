import { keyedBy } from '../../functions/adapters/customer-key.ts';
import { addressHash, keys } from '../../functions/adapters/keys.ts';
import { placeLookUp } from '../../functions/customers/identity.ts';

/** The group's key, as Secrets Manager has it in tests. */
export const SECRET = 'a key for tests';

/** Where what an address, a phone number or a customer number said no to is kept. */
export const keyOfPlace = (place: string) => keys.place(keyedBy(SECRET)(placeLookUp(addressHash(place))));
