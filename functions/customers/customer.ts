import type { Customer, Vehicle } from '../contracts/fields.ts';
import type { Language } from '../group/business-time.ts';
import type { Task } from '../handoff/task.ts';

/** The customer and the car of a task, wherever its kind keeps them; nothing while only side facts are known. */
export function customerOf(task: Task): Customer | undefined {
  switch (task.kind) {
    case 'service-introduction':
      return task.facts.sold?.customer;
    case 'first-service-visit':
      return task.facts.due?.customer;
    case 'repair-options':
    case 'upgrade-conversation':
      return task.facts.quote?.customer;
  }
}

export function vehicleOf(task: Task): Vehicle | undefined {
  switch (task.kind) {
    case 'service-introduction':
      return task.facts.sold?.vehicle;
    case 'first-service-visit':
      return task.facts.due?.vehicle;
    case 'repair-options':
    case 'upgrade-conversation':
      return task.facts.quote?.vehicle;
  }
}

/** Where the customer is written to: what staff were given goes before what the DMS holds. */
export function addressOf(task: Task): string | undefined {
  return task.customerEmail ?? customerOf(task)?.email;
}

/** As the customer is spoken of: a person's name, else the company's. */
export function customerName(customer: Customer): string {
  const person = [customer.firstName, customer.lastName].filter((part) => part !== undefined).join(' ');
  return person === '' ? (customer.companyName ?? '') : person;
}

/** What we write in: Spanish where the customer prefers it, else English. */
export function languageOf(customer: Customer | undefined): Language {
  return /^es(-|$)/i.test(customer?.preferredLanguage ?? '') ? 'es' : 'en';
}
