import type { Customer } from '../contracts/fields.ts';
import type { Language } from '../group/business-time.ts';

/** As the customer is spoken of: a person's name, else the company's. */
export function customerName(customer: Customer): string {
  const person = [customer.firstName, customer.lastName].filter((part) => part !== undefined).join(' ');
  return person === '' ? (customer.companyName ?? '') : person;
}

/** What we write in: Spanish where the customer prefers it, else English. */
export function languageOf(customer: Customer | undefined): Language {
  return /^es(-|$)/i.test(customer?.preferredLanguage ?? '') ? 'es' : 'en';
}
