import type { Customer } from '../../../contracts/fields.ts';
import { customerName } from '../../../customers/customer.ts';
import { mayContact } from '../../../customers/may-contact.ts';
import { aside, facts } from '../../../mail/blocks.ts';
import { type MessageContext, messageOf } from '../../../mail/message.ts';
import { strong, words } from '../../../mail/words.ts';
import { startByReaching } from '../../any-kind/contact-words.ts';
import { callName } from '../../any-kind/customer-letter.ts';
import { dueBy, noted } from '../../any-kind/first-service-facts.ts';
import { customerRows, lacksEmail, personRow } from '../../any-kind/people-words.ts';
import { needed } from '../../any-kind/required-facts.ts';
import { carRows, staffLetter } from '../../any-kind/staff-letter.ts';
import { lastStep, nextStep } from '../../any-kind/steps.ts';
import { firstService } from '../kind.ts';
import { bookedVisit } from '../staff-words.ts';
import { emailNotes } from '../task.ts';
import { sellerNamed } from '../visit.ts';

/** To the advisor: what the customer was promised, and the visit to prepare or to book. */
export const firstServiceToPrepare = messageOf(firstService, {
  to: 'staff',
  leaves: 'next list',
  own: emailNotes,
  write: (context) => {
    const due = needed(context.task.facts.due, context.task);
    const name = customerName(due.customer);
    const customer = callName(due.customer);
    const visit = bookedVisit(context);
    return staffLetter(context, {
      why: context.own?.code === 'customer-booked' ? 'The customer booked the visit.' : undefined,
      subject: visit
        ? words`Get ready: ${name}, first service ${visit.briefly}`
        : words`Get ${name} booked for the first service`,
      heading: visit
        ? words`Get ready for ${name}: first service`
        : words`Get ${name} booked for the first service`,
      first: visit
        ? words`${customer} comes in ${visit.when}. Have ready what we promised, and greet ${customer} by name.`
        : words`Nothing is booked yet. ${startByReaching(due.customer)} ${customer}, set a time and enter it with the button.`,
      button: visit ? nextStep(context) : lastStep(context),
      facts: [
        uninvited(context, due.customer),
        facts([
          ...customerRows(due.customer, context),
          ...carRows(due.vehicle),
          ['Appointment', visit?.when ?? words`Not booked yet`],
          ['Due', dueBy(due, 'en', context.store)],
          ['What we owe', noted(due.promises, context)],
          ['Already covered', noted(due.prepaid, context)],
          personRow('Salesperson', context.person(sellerNamed(due, context.task.storeId))),
        ]),
      ],
    });
  },
});

/** For a customer who has not been written to about the visit yet. */
function uninvited(context: MessageContext, customer: Customer) {
  const name = callName(customer);
  if (!mayContact(customer, 'email')) return aside(words`${strong('No email:')} ${name} got no invitation.`);
  return lacksEmail(context)
    ? aside(words`${strong('No email address:')} ${name} got no invitation. Please ask for one.`)
    : undefined;
}
