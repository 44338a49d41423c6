import type { VehicleSold } from '../../../contracts/vehicle-sold.ts';
import { customerName } from '../../../customers/customer.ts';
import { mayContact } from '../../../customers/may-contact.ts';
import { calendarOf, formatInstant, isOpen, nextOpen } from '../../../group/business-time.ts';
import { mayWriteToCustomer } from '../../../group/group.ts';
import { aside, checklist, facts, link } from '../../../mail/blocks.ts';
import { carOf, momentOf, postalAddressOf } from '../../../mail/format.ts';
import { type Email, type MessageContext, messageOf } from '../../../mail/message.ts';
import { strong, type Words, words } from '../../../mail/words.ts';
import { startByReaching } from '../../any-kind/contact-words.ts';
import { callName } from '../../any-kind/customer-letter.ts';
import { dueBy } from '../../any-kind/first-service-facts.ts';
import {
  assigneeOf,
  customerRows,
  lacksEmail,
  named,
  personRow,
  placeRow,
} from '../../any-kind/people-words.ts';
import { needed } from '../../any-kind/required-facts.ts';
import { staffLetter } from '../../any-kind/staff-letter.ts';
import { SEE } from '../../any-kind/steps.ts';
import { correctedSubject, whatWasCorrected } from '../correction-words.ts';
import { isOver } from '../delivery.ts';
import { deliveredWhen, deliveryRow, meetingAt, notIntroducedYet } from '../delivery-words.ts';
import { firstVisitOf } from '../first-visit.ts';
import { introduction } from '../kind.ts';
import { emailNotes, type SaleCorrection, type ServiceIntroduction } from '../task.ts';

/**
 * To the salesperson who owns the customer: walk them over to the advisor, or say what to do while Service is closed.
 */
export const walkOver = messageOf(introduction, {
  to: 'staff',
  leaves: 'now',
  own: emailNotes,
  write: (context) => {
    const sold = needed(context.task.facts.sold, context.task);
    if (isOver(sold, context)) return introduceLater(context, sold);
    if (!isOpen(calendarOf(context.store, 'service'), meetingAt(sold, context.now)))
      return tellInstead(context, sold);
    return context.soldAt.id === context.store.id ? walkNow(context, sold) : callTogether(context, sold);
  },
});

type Context = MessageContext<ServiceIntroduction, SaleCorrection>;

function walkNow(context: Context, sold: VehicleSold): Email {
  const { store } = context;
  const customer = callName(sold.customer);
  const advisor = advisorOf(context);
  return staffLetter(context, {
    subject: correctedSubject(
      context.own,
      words`Walk ${customerName(sold.customer)} over to ${advisor} in Service`,
    ),
    heading: words`Walk ${customerName(sold.customer)} over to ${advisor}`,
    first: words`Before ${customer} leaves, walk over to the service drive together and introduce ${advisor} by name.`,
    ...aboutTheSale(context, sold, 'Sign the walk-over'),
    more: [
      checklist(
        [
          askForEmail(context, customer),
          words`Introduce ${customer} and ${advisor} to each other by name.`,
          words`Let ${advisor} speak first and hand over a card: “Ask for me.”`,
          words`Show where to pull in: ${store.serviceDriveDirections.en}`,
          bookFirstVisit(context, words`Book the first visit before ${customer} leaves`),
          words`Be there for the first visit. We’ll remind you the day before.`,
        ],
        'The walk-over',
      ),
    ],
  });
}

/** The facts of the sale, and a button for the next step. */
const aboutTheSale = (context: Context, sold: VehicleSold, button: string) => ({
  button: lacksEmail(context) ? 'Enter the address' : button,
  facts: [
    whatWasCorrected(context.own, sold, context),
    houseDeal(sold),
    missingEmail(context, sold),
    factsOf(context, sold),
  ],
});

/** The car is serviced at another store: nobody walks there, so advisor and customer meet on the phone. */
function callTogether(context: Context, sold: VehicleSold): Email {
  const { store } = context;
  const customer = callName(sold.customer);
  const advisor = advisorOf(context);
  return staffLetter(context, {
    subject: correctedSubject(
      context.own,
      words`Introduce ${customerName(sold.customer)} to ${advisor} at ${store.name}`,
    ),
    heading: words`Introduce ${customerName(sold.customer)} to ${advisor} at ${store.name}`,
    first: words`Service for this car is at another address: ${store.name}, ${postalAddressOf(store)}. Before ${customer} leaves, call ${advisor} together.`,
    ...aboutTheSale(context, sold, 'Sign the introduction'),
    more: [
      checklist(
        [
          askForEmail(context, customer),
          words`Call ${advisor} with ${customer} beside you, and introduce them to each other by name.`,
          words`Let ${advisor} speak first: “Ask for me.”`,
          words`Say how to get to ${store.name}, and where to pull in: ${store.serviceDriveDirections.en}`,
          bookFirstVisit(context, words`Book the first visit before ${customer} leaves`),
        ],
        'The introduction',
      ),
    ],
  });
}

/** The customer has left with the car: the introduction happens on the phone, or by passing on a number. */
function introduceLater(context: Context, sold: VehicleSold): Email {
  const { store } = context;
  const customer = callName(sold.customer);
  const advisor = advisorOf(context);
  const reach = startByReaching(sold.customer);
  return staffLetter(context, {
    subject: words`${notIntroducedYet(context, sold)}: ${customerName(sold.customer)}`,
    heading: words`Introduce ${customerName(sold.customer)} to ${advisor} now`,
    first: words`${customer} took the car ${deliveredWhen(context, sold)} and hasn’t met anybody in Service yet. ${reach} ${customer} and introduce ${advisor} by name.`,
    ...aboutTheSale(context, sold, 'Sign the introduction'),
    more: [
      checklist(
        [
          askForEmail(context, customer),
          words`Say who ${advisor} is, and to ask for ${advisor} by name.`,
          words`Say where to pull in: ${store.serviceDriveDirections.en}`,
          bookFirstVisit(context, words`Book the first visit while you talk`),
          words`Be there for the first visit. We’ll remind you the day before.`,
        ],
        'The introduction',
      ),
    ],
  });
}

/** For when Service is closed: what the salesperson can do alone, and how the introduction will happen. */
function tellInstead(context: Context, sold: VehicleSold): Email {
  const { store } = context;
  const customer = callName(sold.customer);
  const advisor = advisorOf(context);
  return staffLetter(context, {
    subject: correctedSubject(
      context.own,
      words`Service closed: tell ${customerName(sold.customer)} about ${advisor}`,
    ),
    heading: words`Tell ${customerName(sold.customer)} who ${advisor} is`,
    first: writesToCustomer(context)
      ? words`Service ${whenClosed(context, sold)}, so an email introduces ${advisor} instead. Tell ${customer} to look out for it.`
      : words`Service ${whenClosed(context, sold)}. Give ${customer} the name and number of ${advisor}, and introduce the two when Service is open.`,
    ...aboutTheSale(context, sold, SEE),
    more: [
      checklist(
        [
          askForEmail(context, customer),
          words`Say who ${advisor} is, and to ask for ${advisor} by name.`,
          words`Show where to pull in: ${store.serviceDriveDirections.en}`,
          bookFirstVisit(context, words`Book the first visit online`),
          words`Be there for the first visit. We’ll remind you the day before.`,
        ],
        'While Service is closed',
      ),
      firstVisitOf(context.task, context.now) ? undefined : link('Booking page', store.bookingLink),
    ],
  });
}

function whenClosed({ store, now }: Context, sold: VehicleSold): Words {
  const at = meetingAt(sold, now);
  if (at > now) {
    const delivery = formatInstant(store.timeZone, at, 'en');
    return words`will be closed at delivery (${delivery})`;
  }
  const opens = formatInstant(store.timeZone, nextOpen(calendarOf(store, 'service'), now), 'en');
  return words`is closed until ${opens}`;
}

const advisorOf = (context: Context): Words => named(assigneeOf(context), 'the service advisor');
const askForEmail = (context: Context, customer: string): Words | undefined =>
  lacksEmail(context) ? words`Ask ${customer} for an email address and enter it with the button.` : undefined;

const writesToCustomer = ({ customerAddress, customer, store, soldAt }: Context): boolean =>
  customerAddress !== undefined &&
  mayContact(customer ?? {}, 'email') &&
  [store, soldAt].every((one) => mayWriteToCustomer(one, customerAddress));

const missingEmail = (context: Context, sold: VehicleSold) =>
  lacksEmail(context)
    ? aside(
        words`${strong('No email address yet.')} Please ask ${callName(sold.customer)} for one: without it, nothing we promised goes out in writing.`,
      )
    : undefined;

const houseDeal = ({ salespeople, customer }: VehicleSold) =>
  salespeople.length > 0
    ? undefined
    : aside(words`House deal: there is no salesperson on it, so you introduce ${callName(customer)}.`);

const factsOf = (context: Context, sold: VehicleSold) =>
  facts([
    ...customerRows(sold.customer, context),
    ['Car', carOf(sold.vehicle)],
    deliveryRow(context, sold),
    placeRow(context),
    personRow('Service advisor', assigneeOf(context)),
  ]);

/** Asks only for what is not done yet: if the visit is booked, it asks the salesperson to be there. */
function bookFirstVisit({ task, store, now }: Context, what: Words): Words {
  const visit = firstVisitOf(task, now);
  if (visit)
    return words`The first visit is booked for ${momentOf(store.timeZone, visit.startsAt, 'en')}: say that you’ll be there.`;
  return task.firstService
    ? words`${what}. It is due by ${dueBy(task.firstService, 'en', store)}.`
    : words`${what}.`;
}
