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

/** What the people of one household have in common beside the address: the last name, or the company's name. */
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

/** What a release before 2026-12 made of `Zo&eacute;`: the letter with its mark, by name or by number. */
const markedLetter = /(^| )([a-z])(?:acute|grave|circ|uml|tilde|cedil|caron|ring)(?= |$)/g;
const numberedLetter = /(?<=^| )(?:x([0-9a-f]{2,4})|(\d{2,4}))(?= |$)/g;

/**
 * Whether two keys are of one name, for records that something else has in common, such as the car: with or without the
 * blank in `De La Cruz` and `Mc Donald`, and with what was left of the entities of a web page.
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
