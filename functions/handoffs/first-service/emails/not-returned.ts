import { customerName } from '../../../customers/customer.ts';
import { facts, points } from '../../../mail/blocks.ts';
import { shortDayOf } from '../../../mail/format.ts';
import { messageOf } from '../../../mail/message.ts';
import { words } from '../../../mail/words.ts';
import { startByReaching } from '../../any-kind/contact-words.ts';
import { callName } from '../../any-kind/customer-letter.ts';
import { dueBy, noted } from '../../any-kind/first-service-facts.ts';
import { customerRows, howToReach, personRow } from '../../any-kind/people-words.ts';
import { needed } from '../../any-kind/required-facts.ts';
import { carRows, staffLetter } from '../../any-kind/staff-letter.ts';
import { SEE } from '../../any-kind/steps.ts';
import { firstService } from '../kind.ts';
import { sellerNamed } from '../visit.ts';

/** To the advisor alone: a customer did not come back for the first service, and can still be won back by a call. */
export const notReturned = messageOf(firstService, {
  to: 'staff',
  leaves: 'next list',
  write: (context) => {
    const { task } = context;
    const due = needed(task.facts.due, task);
    const name = customerName(due.customer);
    const customer = callName(due.customer);
    return staffLetter(context, {
      subject: words`Not returned: ${name}, first service`,
      heading: words`${name} hasn’t come back for the first service`,
      first: words`Due by ${dueBy(due, 'en', context.store)}, and no visit since. ${startByReaching(due.customer)} ${customer} once more: most of those who don’t come now never do.`,
      button: SEE,
      line: {
        under: 'Not returned: worth a call',
        says: words`${name}, ${howToReach(due.customer)}. First service was due ${shortDayOf(due.dueOn)}.`,
      },
      facts: [
        facts([
          ...customerRows(due.customer, context),
          ...carRows(due.vehicle),
          ['What we owe', noted(due.promises, context)],
          ['Already covered', noted(due.prepaid, context)],
          personRow('Salesperson', context.person(sellerNamed(due, task.storeId))),
        ]),
      ],
      more: [
        points([
          words`Ask whether it was done somewhere else, and what would have made it easier here.`,
          words`We have written three times at most. We don’t write again about it.`,
        ]),
      ],
    });
  },
});
