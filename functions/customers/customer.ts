import type { Customer } from '../contracts/fields.ts';
import type { Language } from '../group/business-time.ts';

/** The customer's name for staff: a person, with the company that they buy for, or a company. */
export function customerName({ firstName, lastName, companyName }: Customer): string {
  const person = [firstName, lastName].filter((part) => part !== undefined).join(' ');
  if (person === '' || companyName === undefined) return person === '' ? (companyName ?? '') : person;
  return `${person} (${companyName})`;
}

/** The code of the language that the customer prefers to English, such as `es`. */
export function otherLanguageOf(
  customer: Pick<Customer, 'preferredLanguage'> | undefined,
): string | undefined {
  const [language] = customer?.preferredLanguage?.toLowerCase().split('-') ?? [];
  return language === undefined || language === '' || language === 'en' ? undefined : language;
}

/** The language of emails to the customer: Spanish if preferred, else English. */
export function languageOf(customer: Customer | undefined): Language {
  return /^es(-|$)/i.test(customer?.preferredLanguage ?? '') ? 'es' : 'en';
}

/** `Robert O.`, for a reader who knows the customer; a company by its name. */
export function initialOf({
  firstName,
  lastName,
  companyName,
}: Pick<Customer, 'firstName' | 'lastName' | 'companyName'>): string {
  const initial = lastName === undefined ? undefined : `${[...lastName.trim()][0] ?? ''}.`;
  const person = [firstName, initial].filter((part) => part !== undefined).join(' ');
  return person === '' ? (companyName ?? 'Somebody without a name') : person;
}
