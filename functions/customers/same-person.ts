import type { Customer } from '../contracts/fields.ts';
import { phonePlace } from './contact-places.ts';
import { isSameName, nameKey } from './name-key.ts';

export type Described = Partial<Pick<Customer, 'firstName' | 'lastName' | 'companyName' | 'email' | 'phone'>>;

/**
 * Whether two stores know the same person under numbers of their own. Asked only if something else, such as the car, already
 * connects the two: many people share a name.
 */
export const isSamePerson = (one: Described, other: Described): boolean =>
  isSameName(nameKey(one), nameKey(other)) ||
  isSame(one.email?.toLowerCase(), other.email?.toLowerCase()) ||
  isSame(one.phone && phonePlace(one.phone), other.phone && phonePlace(other.phone));

const isSame = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && one !== '' && one === other;
