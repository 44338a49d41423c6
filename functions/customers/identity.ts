import * as z from 'zod';
import { nameKey } from './name-key.ts';
import { isStandIn } from './without-placeholders.ts';

const optionalText = z.string().optional().catch(undefined);
const named = { firstName: optionalText, lastName: optionalText, companyName: optionalText };

const aboutCustomer = z.looseObject({
  storeId: z.string(),
  customerNumber: optionalText,
  vin: optionalText,
  customer: z
    .looseObject({ customerNumber: optionalText, email: optionalText, phone: optionalText, ...named })
    .optional()
    .catch(undefined),
  vehicle: z.looseObject({ vin: optionalText }).optional().catch(undefined),
});

/** The customer and the car of a fact: everything in it that identifies either. */
export interface Identity {
  readonly storeId: string;
  readonly customerNumber?: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly vin?: string | undefined;
  readonly nameKey?: string | undefined;
}

/** Undefined if the fact names no store. */
export function identityIn(fact: unknown): Identity | undefined {
  const { data } = aboutCustomer.safeParse(fact);
  if (!data) return undefined;
  const { storeId, customer, vehicle } = data;
  return {
    storeId,
    customerNumber: customer?.customerNumber ?? data.customerNumber,
    email: customer?.email,
    phone: customer?.phone,
    vin: vehicle?.vin ?? data.vin,
    nameKey: customer && nameKey(customer),
  };
}

/** A value by which a customer or a car is looked up; hashed with the group's key before it is stored. */
export type LookUp = readonly [
  (
    | 'phone'
    | 'email'
    | 'vin'
    | 'number'
    | 'address and name'
    | 'pseudonym'
    | 'place'
    | 'name at a place'
    | 'household'
    | 'feed fact'
  ),
  string,
];

const PHONE_DIGITS = 10;
const VIN_DIGITS = 8;

/** Digits only and without a country code, so that all spellings of a number are equal. */
export function phoneLookUp(phone: string): LookUp | undefined {
  const digits = phone.replace(/\D/g, '').slice(-PHONE_DIGITS);
  return digits.length === PHONE_DIGITS ? ['phone', digits] : undefined;
}
export const emailLookUp = (email: string): LookUp => ['email', email.toLowerCase()];
/** The trade identifies a car by the last eight characters of its VIN. */
export const vinLookUp = (vin: string): LookUp | undefined =>
  vin.length < VIN_DIGITS || isStandIn(vin) ? undefined : ['vin', vin.slice(-VIN_DIGITS)];

/**
 * A place of opt-outs. It takes the plain hash, so that records that earlier releases stored under it are found without the
 * address or number itself.
 */
export const placeLookUp = (plainHash: string): LookUp => ['place', plainHash];

/** A name together with a place. It takes the plain hash, for the same reason. */
export const nameAtPlaceLookUp = (plainHash: string): LookUp => ['name at a place', plainHash];

/** A household's cap. It takes the plain hash, for the same reason. */
export const householdLookUp = (plainHash: string): LookUp => ['household', plainHash];

/** A keyed hash (HMAC): a copy of the table is not enough to try all phone numbers. */
export type Keyed = (lookUp: LookUp) => string;
