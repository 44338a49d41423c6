import { customerName } from '../../../customers/customer.ts';
import { facts } from '../../../mail/blocks.ts';
import { carOf } from '../../../mail/format.ts';
import { messageOf } from '../../../mail/message.ts';
import { words } from '../../../mail/words.ts';
import { assigneeOf, customerRows, named, personRow } from '../../any-kind/people-words.ts';
import { needed } from '../../any-kind/required-facts.ts';
import { staffLetter } from '../../any-kind/staff-letter.ts';
import { introduction } from '../kind.ts';
import { sellersOf } from '../sellers.ts';

/** To the second and third salesperson of a deal, for information only. */
export const saleNotice = messageOf(introduction, {
  to: 'staff',
  write: (context) => {
    const sold = needed(context.task.facts.sold, context.task);
    const [owner] = sellersOf(context.task, context.person);
    const advisor = assigneeOf(context);
    return staffLetter(context, {
      subject: words`For your information: ${customerName(sold.customer)} is introduced to Service`,
      heading: words`Your sale to ${customerName(sold.customer)}: nothing to do`,
      first: words`${named(owner, 'The sales manager')} introduces the customer to ${named(advisor, 'a service advisor')}. You are on the deal, so you know.`,
      facts: [
        facts([
          ...customerRows(sold.customer),
          ['Car', carOf(sold.vehicle)],
          ['Deal', sold.dealNumber],
          personRow('Introduced by', owner),
          personRow('Service advisor', advisor),
        ]),
      ],
    });
  },
});
