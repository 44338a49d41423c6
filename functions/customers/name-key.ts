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
