import { customerName } from '../../customers/customer.ts';
import { formatInstant } from '../../group/business-time.ts';
import { emailRecords } from '../../handoff/item-bounds.ts';
import { isStaff } from '../../handoff/outbox-entry.ts';
import { isEnded, isOpen, type Task } from '../../handoff/task.ts';
import type { MessageContext } from '../../mail/message.ts';
import { type Words, words } from '../../mail/words.ts';
import { dueFact, emailToCustomer, personFact } from '../../pages/facts.ts';
import type { Fact } from '../../pages/parts.ts';
import type { Shown } from '../../pages/shown.ts';
import { callName } from '../any-kind/customer-letter.ts';
import { noted } from '../any-kind/first-service-facts.ts';
import { defineWords } from '../any-kind/kind-words.ts';
import { assigneeOf, named } from '../any-kind/people-words.ts';
import { deliveryRow, firstVisitRow } from './delivery-words.ts';
import { introduction } from './kind.ts';
import { sellersOf } from './sellers.ts';
import { notes, type ServiceIntroduction, signedAs } from './task.ts';

export const introductionWords = defineWords<ServiceIntroduction>(introduction, {
  name: 'Introduction to Service',
  topic: 'Sold to Service',
  of: (who) => words`the introduction of ${who}`,
  toAccept: words`accept the introduction`,
  toComplete: words`sign off on the introduction`,
  complete: 'Sign the introduction',
  about:
    'The customer bought a car here and is introduced to a named person in Service, who signs that it happened.',
  begins: 'The sale came in',
  customerLetter: 'The introduction of the service advisor',
  heading: (_task, customer) => words`Introduce ${customer} to Service`,
  outcomes: {
    'introduced-in-person': 'the customer was introduced in person',
    'introduced-by-video': 'the customer was introduced by video',
    'introduced-by-phone': 'the customer was introduced by phone',
    'customer-declined': 'the customer declined',
    'deal unwound': 'the deal was unwound',
    'serviced elsewhere': 'another store services the car',
    'number used again': 'the deal number now belongs to another customer and car',
    'not a retail sale': 'the deal isn’t a retail sale or lease after all',
    'started-by-mistake': 'it was started by mistake',
    'nobody signed the introduction': 'nobody signed the introduction in time',
  },
  notes,
  logged: (note, task) => {
    switch (note.code) {
      case 'sale-corrected':
        return words`The sale was corrected`;
      case 'deal-unwound':
        return words`The deal was unwound${given(task.facts.unwound?.reason)}`;
      case 'first-service-raised':
        return words`First service coming up`;
      case 'not-a-retail-sale':
        return words`The deal isn’t a retail sale or lease after all`;
      default:
        return undefined;
    }
  },
  closingReason: ({ facts }, outcome) => (outcome === 'deal unwound' ? facts.unwound?.reason : undefined),
  moved,
  closed,
  pageFacts: (shown): Fact[] => {
    const { task } = shown;
    const { sold } = task.facts;
    return [
      sold ? deliveryRow(shown, sold) : ['Delivery', undefined],
      ['Sold by', soldBy(shown)],
      ['Walked over', walkedOver(shown)],
      ['Customer says', customerSays[task.met?.answer ?? 'nothing']],
      ['Sold at', shown.soldAt.id === shown.store.id ? undefined : words`${shown.soldAt.name}`],
      firstVisitRow(shown),
      ['First service', task.firstService && dueFact(task.firstService, shown.store)],
      ['What we owe', noted(sold?.promises, shown)],
      ['Already covered', noted(sold?.prepaid, shown)],
      ['Email to customer', emailToCustomer(shown, sold?.customer)],
    ];
  },
});

const customerSays = {
  yes: words`They met`,
  no: words`They haven’t met yet`,
  nothing: undefined,
} as const;

function soldBy(shown: Shown<ServiceIntroduction>) {
  const { task, person } = shown;
  if (task.facts.sold?.salespeople.length === 0) return words`House deal, without a salesperson`;
  return personFact(sellersOf(task, person)[0]?.employeeNumber, shown);
}

/** The salesperson's signature; the advisor's is in the headline. */
function walkedOver({ task, store, person }: Shown<ServiceIntroduction>): Words | undefined {
  const { walkedOver: signed, state } = task;
  if (signed)
    return words`${person(signed.by)?.name ?? 'Sales'}, ${formatInstant(store.timeZone, signed.at, 'en')}`;
  if (state === 'completed') return words`Not signed by Sales`;
  return isOpen(task) ? words`Not yet` : undefined;
}

const given = (reason: string | undefined): Words =>
  reason === undefined ? words`` : words`: ${reason.replace(/[\s.]+$/u, '')}`;

/** Tells the salesperson to whom they walk the customer over. */
function moved(context: MessageContext<ServiceIntroduction>) {
  const { task } = context;
  const { sold } = task.facts;
  if (!walksOver(context) || !sold) return undefined;
  const who = words`${customerName(sold.customer)}`;
  const advisor = named(assigneeOf(context), 'the service advisor');
  return {
    heading: whomToWalkTo(context, who),
    first: words`Introduce ${callName(sold.customer)} to ${advisor} by name. ${advisor} signs off on it.`,
  };
}

/** Good news if a member of Service has signed. */
function closed(context: MessageContext<ServiceIntroduction>) {
  const { ended, facts } = context.task;
  if (!facts.sold || !isSignature(ended?.outcome)) return undefined;
  const line = words`Done: ${named(context.person(ended?.by), 'Service')} met ${customerName(facts.sold.customer)}`;
  return { subject: line, heading: line, first: words`Signed: ${signed[ended.outcome]}.` };
}

const signed: Readonly<Record<(typeof signedAs)[number], string>> = {
  'introduced-in-person': 'introduced in person',
  'introduced-by-video': 'introduced by video',
  'introduced-by-phone': 'introduced by phone',
};

const isSignature = (outcome: string | undefined): outcome is (typeof signedAs)[number] =>
  signedAs.some((one) => one === outcome);

/** Whether the introduction is not confirmed yet and the reader was asked to walk the customer over. */
function walksOver({ task, reader }: MessageContext<ServiceIntroduction>): boolean {
  if (isEnded(task) || task.walkedOver !== undefined || reader === undefined) return false;
  if (task.assignee?.employeeNumber === reader.employeeNumber) return false;
  return emailRecords(task).some(
    ({ message, to }) => message === 'walk-over' && isStaff(to) && to.staff === reader.employeeNumber,
  );
}

function whomToWalkTo(context: MessageContext<ServiceIntroduction>, who: Words): Words {
  const advisor = named(assigneeOf(context), 'the service advisor');
  const before = context.person(lastHolder(context.task));
  const takenBack = endTakenBack(context);
  if (takenBack) return words`Not ${takenBack} after all: walk ${who} to ${advisor}`;
  return before ? words`Walk ${who} to ${advisor}, not ${before.name}` : words`Walk ${who} to ${advisor}`;
}

/** The former outcome, if this email is about undoing it. */
function endTakenBack({ note }: MessageContext<ServiceIntroduction>): string | undefined {
  if (note?.code !== 'choice-taken-back') return undefined;
  const endings = new Map([
    ['customer-declined', 'declined'],
    ['introduced-in-person', 'introduced'],
    ['introduced-by-video', 'introduced'],
    ['introduced-by-phone', 'introduced'],
  ]);
  return endings.get(note.choice);
}

const lastHolder = ({ heldBy, assignee }: Task): string | undefined =>
  heldBy?.findLast((number) => number !== assignee?.employeeNumber);
