import type { Customer } from '../contracts/fields.ts';

type Names = Pick<Customer, 'firstName' | 'lastName' | 'companyName'>;

/**
 * A name without case, accents and punctuation. Undefined if it does not identify one person or company: a last
 * name alone is a family.
 */
export function nameKey(customer: Names): string | undefined {
  const first = plain(customer.firstName);
  const last = plain(customer.lastName);
  return first !== '' && last !== '' ? `${first} ${last}` : companyKey(customer);
}

/** What the people of one household share in addition to the address: the last name, or the company's name. */
export function familyKey(customer: Names): string | undefined {
  const last = plain(customer.lastName);
  return last === '' ? companyKey(customer) : last;
}

function companyKey({ companyName }: Names): string | undefined {
  const company = plain(companyName);
  return company === '' ? undefined : `company ${company}`;
}

/** A text without case, accents and punctuation. */
export function plain(text = ''): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** What a release before 2026-12 stored for `Zo&eacute;`: the letter and the name or number of its accent. */
const markedLetter = /(^| )([a-z])(?:acute|grave|circ|uml|tilde|cedil|caron|ring)(?= |$)/g;
const numberedLetter = /(?<=^| )(?:x([0-9a-f]{2,4})|(\d{2,4}))(?= |$)/g;

/**
 * Whether two keys are the same name, for records that share something else, such as the car: with or without the space in `De
 * La Cruz` and `Mc Donald`, and with remains of HTML entities.
 */
export const isSameName = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && other !== undefined && letters(one) === letters(other);

const letters = (key: string): string =>
  plain(
    key
      .replace(markedLetter, '$1$2')
      .replace(numberedLetter, (_all, hex?: string, decimal?: string) =>
        String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)),
      ),
  ).replaceAll(' ', '');
