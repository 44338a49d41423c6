/** The options that name a customer: an address, a phone number, or a store's customer number. */
import { Option } from 'commander';
import { emailAddress } from '../../functions/contracts/fields.ts';
import { customerPlace, phonePlace } from '../../functions/customers/contact-places.ts';
import { UsageProblem } from '../lib/problem.ts';

export interface PlaceChoice {
  readonly store?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly number?: string;
}

export const emailOption = (what: string) => new Option('--email <address>', what).argParser(address);

function address(text: string): string {
  const read = emailAddress.safeParse(text);
  if (read.success) return read.data;
  throw new UsageProblem(`--email takes an email address such as maria@example.com, not '${text}'`);
}

export function placeIn({ email, phone, number, store }: PlaceChoice): string | undefined {
  if ([email, phone, number].filter((one) => one !== undefined).length > 1)
    throw new UsageProblem('Ask by one: --email, --phone, or --number.');
  if (number !== undefined) return customerPlace(storeOf(store), number);
  return phone === undefined ? email : placeOfPhone(phone);
}

export function storeOf(store: string | undefined): string {
  if (store !== undefined) return store;
  throw new UsageProblem('A customer number is unique per store only: give its --store, too.');
}

export function placeOfPhone(phone: string): string {
  const place = phonePlace(phone);
  if (place !== undefined) return place;
  throw new UsageProblem(`--phone takes a phone number such as (847) 555-0188, not '${phone}'`);
}
