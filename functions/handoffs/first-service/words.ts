import { formatInstant } from '../../group/business-time.ts';
import { shortDayOf } from '../../mail/format.ts';
import { type Words, words } from '../../mail/words.ts';
import { dueFact, emailToCustomer, personFact } from '../../pages/facts.ts';
import type { Fact } from '../../pages/parts.ts';
import { noted, some } from '../any-kind/first-service-facts.ts';
import { defineWords } from '../any-kind/kind-words.ts';
import { howToReach } from '../any-kind/people-words.ts';
import { firstService } from './kind.ts';
import { timeWantedWords } from './staff-words.ts';
import { type FirstServiceVisit, notes } from './task.ts';
import { unwindingReason } from './unwindings.ts';
import { currentAppointment, sellerNamed } from './visit.ts';

export const firstServiceWords = defineWords<FirstServiceVisit>(firstService, {
  name: 'First service visit',
  topic: 'First service',
  of: (who) => words`the first service of ${who}`,
  toAccept: words`accept the first service visit`,
  toComplete: words`book the first service, or say how it ended`,
  complete: 'Enter the appointment',
  about: 'The customer comes back for the first service, and is expected by name.',
  begins: 'First service coming up',
  customerLetter: 'The email about the first service',
  heading: (_task, customer) => words`First service of ${customer}`,
  outcomes: {
    'customer-declined': 'the customer declined',
    visited: 'the customer came for the first service',
    'deal unwound': 'the deal was unwound',
    'sold on': 'the car was traded in, or sold to somebody else',
    'not returned': 'the customer didn’t come back for the first service',
  },
  notes,
  logged: (note, task) => {
    switch (note.code) {
      case 'booked-early':
        return words`The visit was booked before the invitation`;
      case 'time-wanted':
        return words`The customer asked for another time: ${timeWantedWords(note)}`;
      case 'due-date-corrected':
        return words`The due date was corrected`;
      case 'deal-unwound':
        return deal(unwindingReason(task));
      case 'sold-on':
        return words`The car was traded in, or sold to somebody else`;
      case 'owned-again':
        return words`The later sale of the car was taken back: it is this customer's again`;
      case 'visit-voided':
        return words`Order ${note.roNumber} was voided: the customer was not here`;
      case 'visited':
        return words`The customer came`;
      case 'other-visit':
        return words`The car was here for other work (${note.roNumber}), not for its first service`;
      case 'appointment':
        return note.otherWork
          ? words`${appointmentLines[note.status]}: too early for the first service`
          : words`${appointmentLines[note.status]}`;
      default:
        return undefined;
    }
  },
  closingReason: (task, outcome) => (outcome === 'deal unwound' ? unwindingReason(task) : undefined),
  callRow: (task, now) => {
    const { due } = task.facts;
    if (!due || currentAppointment(task, now)) return undefined;
    return {
      reach: howToReach(due.customer),
      due: words`due ${shortDayOf(due.dueOn)}`,
      owed: some(due.promises),
    };
  },
  isWaiting: (task, now) =>
    currentAppointment(task, now) !== undefined && task.facts.timeWanted === undefined,
  pageFacts: (shown): Fact[] => {
    const { task, store, now } = shown;
    const { due } = task.facts;
    const visit = currentAppointment(task, now)?.startsAt;
    return [
      ['Booked for', visit === undefined ? undefined : words`${formatInstant(store.timeZone, visit, 'en')}`],
      ['Asks for', task.facts.timeWanted && timeWantedWords(task.facts.timeWanted)],
      ['Due', due && dueFact(due, shown.store)],
      ['Sold by', personFact(due && sellerNamed(due, task.storeId), shown)],
      ['What we owe', noted(due?.promises, shown)],
      ['Already covered', noted(due?.prepaid, shown)],
      ['Email to customer', emailToCustomer(shown, due?.customer)],
    ];
  },
});

const deal = (reason: string | undefined): Words =>
  reason === undefined ? words`The deal was unwound` : words`The deal was unwound: ${reason}`;

const appointmentLines = {
  booked: 'A service visit was booked',
  cancelled: 'The service visit was cancelled',
  'no-show': 'The customer did not come to the visit',
} as const;
