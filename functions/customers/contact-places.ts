import type { Customer } from '../contracts/fields.ts';

/**
 * Where what a customer said about being contacted is kept: at the email address, at the phone number, and at the
 * customer's number at the store. A place is stored by its hash only, so these records name nobody and outlive an
 * erased customer.
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

/** The places of an email's own opt-outs: what the customer says on their page holds at each of them. */
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
