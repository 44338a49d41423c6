import { customerName } from '../customers/customer.ts';
import { mayContact } from '../customers/may-contact.ts';
import type { Task } from '../handoff/task.ts';
import { contactWords } from '../handoffs/any-kind/contact-words.ts';
import { languageWords } from '../handoffs/any-kind/people-words.ts';
import { customerOf, vehicleOf } from '../handoffs/kinds.ts';
import { wordsOf } from '../handoffs/letters.ts';
import { carOf, lastEight } from '../mail/format.ts';
import { html } from '../mail/html.ts';
import { type Fact, personWithPhone, phoneLink } from './parts.ts';
import type { Shown } from './shown.ts';
import { isNamed, whyThem } from './task-words.ts';

/** The facts needed to act on this handoff, and no others: no address, payoff or account. */
export const keyFacts = (shown: Shown): Fact[] => [
  ...wordsOf(shown.task).firstFacts(shown),
  ...aboutCustomer(shown),
  ...whoHasIt(shown),
];

export const moreFacts = (shown: Shown): Fact[] => [
  ...wordsOf(shown.task).pageFacts(shown),
  ...theCar(shown.task),
];

function aboutCustomer({ task, person, reader }: Shown): Fact[] {
  const customer = customerOf(task);
  const vehicle = vehicleOf(task);
  if (!customer) return [];
  const { phone } = customer;
  return [
    ['Customer', customerName(customer)],
    ['Phone', phone === undefined || !mayContact(customer, 'phone') ? undefined : phoneLink(phone)],
    ['Contact', contactWords(customer)],
    ['Speaks', languageWords(customer, person(task.assignee?.employeeNumber), reader)],
    ['Car', vehicle && (carOf(vehicle) ?? 'not known')],
  ];
}

function theCar(task: Task): Fact[] {
  const vehicle = vehicleOf(task);
  return [['VIN, last 8', vehicle && lastEight(vehicle)]];
}

function whoHasIt(shown: Shown): Fact[] {
  const person = shown.person(shown.task.assignee?.employeeNumber);
  return [
    ['Who has it', person && (isNamed(shown) ? html`You` : personWithPhone(person))],
    [isNamed(shown) ? 'Why you' : 'Why them', whyThem(shown)],
  ];
}
