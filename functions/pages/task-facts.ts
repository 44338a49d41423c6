import { addressOf, customerName, customerOf, vehicleOf } from '../customers/customer.ts';
import { formatInstant } from '../group/business-time.ts';
import { type EmailRecord, emailRecords } from '../handoff/item-bounds.ts';
import type { Task } from '../handoff/task.ts';
import { some } from '../handoffs/any-kind/customer-letter.ts';
import { currentAppointment } from '../handoffs/first-service/visit.ts';
import { deliveryRow } from '../handoffs/introduction/delivery-words.ts';
import { carOf, dayOf, languageName, lastEight, miles } from '../mail/format.ts';
import { type Html, html } from '../mail/html.ts';
import { type Words, words } from '../mail/words.ts';
import { findPerson } from '../people/staff.ts';
import { type Fact, personWithPhone, phoneLink } from './parts.ts';
import { isNamed, type Shown, whyThem } from './task-words.ts';

/** What a person needs to act on this handoff, and no more: no address, no payoff, no account. */
export const keyFacts = (shown: Shown): Fact[] => [...aboutCustomer(shown.task), ...whoHasIt(shown)];

export const moreFacts = (shown: Shown): Fact[] => [...ofItsKind(shown), ...theCar(shown.task)];

function aboutCustomer(task: Task): Fact[] {
  const customer = customerOf(task);
  const vehicle = vehicleOf(task);
  if (!customer) return [];
  const { preferredLanguage = 'en', phone } = customer;
  return [
    ['Customer', customerName(customer)],
    ['Phone', phone === undefined ? undefined : phoneLink(phone)],
    ['Speaks', /^en(?:-|$)/i.test(preferredLanguage) ? undefined : languageName(preferredLanguage)],
    ['Car', vehicle && (carOf(vehicle) ?? 'not known')],
  ];
}

function theCar(task: Task): Fact[] {
  const vehicle = vehicleOf(task);
  return [['VIN, last 8', vehicle && lastEight(vehicle)]];
}

function ofItsKind(shown: Shown): Fact[] {
  const { task } = shown;
  switch (task.kind) {
    case 'service-introduction':
      return introductionFacts(task, shown);
    case 'first-service-visit':
      return firstServiceFacts(task, shown);
    case 'repair-options':
      return [['Repair order', task.subject.roNumber]];
    case 'upgrade-conversation':
      return [
        ['Repair order', task.subject.roNumber],
        ['Talk first to', personOf(task.facts.originatorNumber, shown)],
      ];
  }
}

function introductionFacts(task: Task & { kind: 'service-introduction' }, shown: Shown): Fact[] {
  const { sold } = task.facts;
  return [
    sold ? deliveryRow(shown, sold) : ['Delivery', undefined],
    ['Sold by', personOf(sold?.salespeople[0]?.employeeNumber, shown)],
    ['First service', task.firstService && dueWords(task.firstService)],
    ['Promised', some(sold?.promises)],
    ['Prepaid or free', some(sold?.prepaid)],
    ['Email to customer', emailToCustomer(shown)],
  ];
}

function firstServiceFacts(task: Task & { kind: 'first-service-visit' }, shown: Shown): Fact[] {
  const { due } = task.facts;
  const visit = currentAppointment(task, shown.now)?.startsAt;
  return [
    [
      'Booked for',
      visit === undefined ? undefined : words`${formatInstant(shown.store.timeZone, visit, 'en')}`,
    ],
    ['Due', due && dueWords(due)],
    ['Sold by', personOf(due?.salespersonNumber, shown)],
    ['Promised', some(due?.promises)],
    ['Prepaid or free', some(due?.prepaid)],
    ['Email to customer', emailToCustomer(shown)],
  ];
}

function whoHasIt(shown: Shown): Fact[] {
  const { assignee } = shown.task;
  const person = assignee && findPerson(shown.roster, assignee.employeeNumber);
  return [
    ['Who has it', person && (isNamed(shown) ? html`You` : personWithPhone(person))],
    [isNamed(shown) ? 'Why you' : 'Why them', whyThem(shown)],
  ];
}

function personOf(number: string | undefined, { roster }: Shown): Html | undefined {
  const person = number === undefined ? undefined : findPerson(roster, number);
  return person && personWithPhone(person);
}

function dueWords({ dueOn, dueMiles }: { dueOn: string; dueMiles?: number | undefined }): Words {
  const date = dayOf('UTC', `${dueOn}T00:00:00.000Z`, 'en');
  return dueMiles === undefined
    ? words`${date}`
    : words`${date} or ${miles(dueMiles, 'en')}, whichever comes first`;
}

/** How the last email to the customer fared: what staff must know before they say "as I wrote you". */
function emailToCustomer({ task, store }: Shown): Words | undefined {
  const last = emailRecords(task).findLast(({ to }) => to === 'customer');
  if (!last) return addressOf(task) === undefined ? words`None: we have no address` : undefined;
  const sent = last.sentAt === undefined ? undefined : formatInstant(store.timeZone, last.sentAt, 'en');
  return words`${emailStates(last, sent)}`;
}

function emailStates(entry: EmailRecord, sent: string | undefined): string {
  if (entry.reported === 'bounced') return 'Came back: the address does not exist';
  if (entry.reported === 'complained') return 'Marked as unwanted by the customer';
  switch (entry.state) {
    case 'sent':
      return sent === undefined ? 'Sent' : `Sent ${sent}`;
    case 'owed':
    case 'sending':
      return 'On its way';
    case 'unknown':
      return 'Sent or not: we are finding out';
    case 'asked':
      return 'Sent or not: nobody can say. Please decide';
    case 'given-up':
      return 'Could not be sent';
    case 'withheld':
    case 'lapsed':
      return `Not sent: ${entry.reason ?? 'it had lost its moment'}`;
  }
}
