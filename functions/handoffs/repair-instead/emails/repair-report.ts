import { facts } from '../../../mail/blocks.ts';
import { type MessageContext, messageOf } from '../../../mail/message.ts';
import { type Words, words } from '../../../mail/words.ts';
import { assigneeOf, customerRows, personRow } from '../../any-kind/people-words.ts';
import { needed } from '../../any-kind/required-facts.ts';
import { FYI, staffLetter } from '../../any-kind/staff-letter.ts';
import { SEE } from '../../any-kind/steps.ts';
import { repairInstead } from '../kind.ts';
import { peopleOf, reportRows, showsAmounts, visitRows } from '../repair-words.ts';
import type { RepairInstead } from '../task.ts';

/** To the salesperson, with thanks: how it ended for the customer whom they sent over. */
export const repairReport = messageOf(repairInstead, {
  to: 'staff',
  leaves: {
    // The customer is still at the store, and with Sales again.
    when: ({ ended }) => (ended?.outcome === 'not-worth-it' ? 'now' : 'next list'),
    says: 'now if the car is not worth fixing, else in the next list',
  },
  write: (context) => {
    const { task } = context;
    const { customer } = needed(task.facts.asked, task);
    const { subject, heading, first } = saying(context);
    return staffLetter(context, {
      subject,
      heading,
      first,
      ...(task.ended?.outcome === 'not-worth-it' ? {} : { status: FYI }),
      line: { under: 'From Service', says: words`${subject}. ${first}` },
      button: SEE,
      facts: [
        facts([
          ...customerRows(customer, context),
          ...reportRows(context, { showsAmounts: showsAmounts(context) }),
          ...visitRows(context).filter(([label]) => label === 'Car' || label === 'What is wrong'),
          personRow('In Service', assigneeOf(context)),
        ]),
      ],
    });
  },
});

interface Saying {
  readonly subject: Words;
  readonly heading: Words;
  readonly first: Words;
}

function saying(context: MessageContext<RepairInstead>): Saying {
  const { name, customer, car, advisor } = peopleOf(context);
  switch (context.task.ended?.outcome) {
    case 'fixed':
      return {
        subject: words`${name}’s ${car} is fixed`,
        heading: words`${name}’s ${car} is fixed`,
        first: words`Thank you for sending ${customer} over: ${customer} won’t forget it. That you did is on record.`,
      };
    case 'not-worth-it':
      return {
        subject: words`${name} is yours again: not worth fixing`,
        heading: words`The ${car} is not worth fixing`,
        first: words`${advisor} told ${customer} the truth about the ${car}, and hands ${customer} back to you with thanks. Talk to ${advisor} first.`,
      };
    case 'declined':
      return {
        subject: words`${name} left the ${car} as it is`,
        heading: words`${name} left the ${car} as it is`,
        first: words`Thank you for sending ${customer} over. ${customer} has a price and decided against it for now.`,
      };
    default:
      return {
        subject: words`${name}’s visit in Service is over`,
        heading: words`${name}’s visit in Service is over`,
        first: words`Thank you for sending ${customer} over. The repair order is closed; ask ${advisor} how it went.`,
      };
  }
}
