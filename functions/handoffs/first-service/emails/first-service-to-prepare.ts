import { customerName } from '../../../customers/customer.ts';
import { aside, facts } from '../../../mail/blocks.ts';
import { messageOf } from '../../../mail/message.ts';
import { strong, words } from '../../../mail/words.ts';
import { callName, dueBy, some } from '../../any-kind/customer-letter.ts';
import { customerRows, personRow } from '../../any-kind/people-words.ts';
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
  own: emailNotes,
  write: (context) => {
    const due = needed(context.task.facts.due, context.task);
    const name = customerName(due.customer);
    const customer = callName(due.customer);
    const visit = bookedVisit(context);
    return staffLetter(context, {
      why: context.own?.code === 'customer-booked' ? 'The customer booked the visit.' : undefined,
      subject: visit
        ? words`Prepare the first service of ${name}: ${visit.briefly}`
        : words`Get the first service of ${name} booked`,
      heading: visit
        ? words`Prepare the first service of ${name}`
        : words`Get the first service of ${name} booked`,
      first: visit
        ? words`${customer} comes ${visit.when}. Have ready what was promised, and meet them by name.`
        : words`No time is booked yet. Call ${customer}, agree on one and enter it with the button.`,
      button: visit ? nextStep(context) : lastStep(context),
      facts: [
        context.customerAddress === undefined
          ? aside(
              words`${strong('No email address:')} ${customer} got no invitation. Ask for one when you call.`,
            )
          : undefined,
        facts([
          ...customerRows(due.customer),
          ...carRows(due.vehicle),
          ['Appointment', visit?.when ?? words`Not booked yet`],
          ['Due', dueBy(due, 'en', context.store)],
          ['Promised at the sale', some(due.promises)],
          ['Prepaid or free', some(due.prepaid)],
          personRow('Salesperson', context.person(sellerNamed(due, context.task.storeId))),
        ]),
      ],
    });
  },
});
