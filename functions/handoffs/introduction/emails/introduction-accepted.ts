import { facts } from '../../../mail/blocks.ts';
import { messageOf } from '../../../mail/message.ts';
import { words } from '../../../mail/words.ts';
import { callName } from '../../any-kind/customer-letter.ts';
import { assigneeOf, customerRows, named, personRow } from '../../any-kind/people-words.ts';
import { needed } from '../../any-kind/required-facts.ts';
import { FYI, staffLetter } from '../../any-kind/staff-letter.ts';
import { SEE, whoItIsAbout } from '../../any-kind/steps.ts';
import { introduction } from '../kind.ts';

/** To the salesperson, in a line: the advisor has taken the customer. */
export const introductionAccepted = messageOf(introduction, {
  to: 'staff',
  leaves: 'next list',
  write: (context) => {
    const { task } = context;
    const sold = needed(task.facts.sold, task);
    const advisor = assigneeOf(context);
    const line = words`${named(advisor, 'A service advisor')} has ${whoItIsAbout(context)}`;
    return staffLetter(context, {
      subject: line,
      heading: line,
      first: words`Nothing for you to do: ${named(advisor, 'Service')} has accepted the introduction of ${callName(sold.customer)}.`,
      status: FYI,
      line: { under: 'From Service', says: words`${line}.` },
      button: SEE,
      facts: [facts([...customerRows(sold.customer, context), personRow('Service advisor', advisor)])],
    });
  },
});
