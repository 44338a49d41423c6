import type { Customer } from '../contracts/fields.ts';

/**
 * A place is a key under which we store what a customer said about being contacted: the email address, the phone number, or the
 * customer's number at the store. It is stored only as a hash, so these records name nobody and are kept when a customer is
 * erased.
 */
export interface Reached {
  readonly storeId: string;
  readonly customerNumber?: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
}

export const reachedBy = (
  storeId: string,
  { customerNumber, email, phone }: Pick<Customer, 'customerNumber' | 'email' | 'phone'>,
): Reached => ({ storeId, customerNumber, email, phone });

/** US numbers are written with and without the country's 1, and with an extension. */
export function phonePlace(phone: string): string | undefined {
  const [main = ''] = phone.split(/\s*(?:x|ext\.?|#)\s*\d/iu);
  const digits = main.replace(/\D/gu, '');
  if (digits.length < 7) return undefined;
  return `tel:${digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits}`;
}

export const customerPlace = (storeId: string, customerNumber: string): string =>
  `customer:${storeId}/${customerNumber}`;

/** The places to which the choices on the page behind an email's preferences link apply. */
export function emailPlaces({ storeId, customerNumber, email }: Reached): string[] {
  return [
    ...(email === undefined ? [] : [email]),
    ...(customerNumber === undefined ? [] : [customerPlace(storeId, customerNumber)]),
  ];
}

export function placesOf(reached: Reached): string[] {
  const phone = reached.phone === undefined ? undefined : phonePlace(reached.phone);
  return [...emailPlaces(reached), ...(phone === undefined ? [] : [phone])];
}
