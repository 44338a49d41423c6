import { customerName } from '../../../customers/customer.ts';
import { facts } from '../../../mail/blocks.ts';
import { carOf } from '../../../mail/format.ts';
import { messageOf } from '../../../mail/message.ts';
import { words } from '../../../mail/words.ts';
import { callName } from '../../any-kind/customer-letter.ts';
import { assigneeOf, customerRows, named, personRow } from '../../any-kind/people-words.ts';
import { needed } from '../../any-kind/required-facts.ts';
import { FYI, staffLetter } from '../../any-kind/staff-letter.ts';
import { correctedSubject, whatWasCorrected } from '../correction-words.ts';
import { introduction } from '../kind.ts';
import { sellersOf } from '../sellers.ts';
import { emailNotes } from '../task.ts';

/**
 * To the second and third salesperson of a deal, and to a person who was asked to walk the customer over before a correction.
 */
export const saleNotice = messageOf(introduction, {
  to: 'staff',
  leaves: 'next list',
  own: emailNotes,
  write: (context) => {
    const sold = needed(context.task.facts.sold, context.task);
    const sellers = sellersOf(context.task, context.person);
    const [owner] = sellers;
    const isOnDeal = sellers.some(({ employeeNumber }) => employeeNumber === context.reader?.employeeNumber);
    const advisor = assigneeOf(context);
    return staffLetter(context, {
      subject: correctedSubject(
        context.own,
        words`FYI: ${customerName(sold.customer)} is being introduced to Service`,
      ),
      heading: isOnDeal
        ? words`Your sale to ${customerName(sold.customer)}`
        : words`The sale to ${customerName(sold.customer)} was corrected`,
      first: words`${named(owner, 'The sales manager')} is introducing ${callName(sold.customer)} to ${named(advisor, 'a service advisor')}${isOnDeal ? words`. You’re on the deal, so here’s an FYI. Nothing to do.` : words`, not you: the deal was corrected.`}`,
      status: FYI,
      facts: [
        whatWasCorrected(context.own, sold, context),
        facts([
          ...customerRows(sold.customer, context),
          ['Car', carOf(sold.vehicle)],
          ['Deal', sold.dealNumber],
          personRow('Introduced by', owner),
          personRow('Service advisor', advisor),
        ]),
      ],
    });
  },
});
