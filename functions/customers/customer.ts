import type { Customer } from '../contracts/fields.ts';
import type { Language } from '../group/business-time.ts';

/** The customer's display name: a person's name, else the company's. */
export function customerName(customer: Customer): string {
  const person = [customer.firstName, customer.lastName].filter((part) => part !== undefined).join(' ');
  return person === '' ? (customer.companyName ?? '') : person;
}

/** The language of emails to the customer: Spanish if preferred, else English. */
export function languageOf(customer: Customer | undefined): Language {
  return /^es(-|$)/i.test(customer?.preferredLanguage ?? '') ? 'es' : 'en';
}
