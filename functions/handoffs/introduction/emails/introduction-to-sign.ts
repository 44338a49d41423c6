import { customerName } from '../../../customers/customer.ts';
import { aside, facts } from '../../../mail/blocks.ts';
import { messageOf } from '../../../mail/message.ts';
import { strong, words } from '../../../mail/words.ts';
import { callName, dueBy, some } from '../../any-kind/customer-letter.ts';
import { customerRows, lacksEmail, named, personRow } from '../../any-kind/people-words.ts';
import { needed } from '../../any-kind/required-facts.ts';
import { carRows, staffLetter } from '../../any-kind/staff-letter.ts';
import { lastStep } from '../../any-kind/steps.ts';
import { deliveryRow } from '../delivery-words.ts';
import { introduction } from '../kind.ts';
import { sellersOf } from '../sellers.ts';
import { walkersOf } from '../task.ts';

/** To the advisor: which customer will be walked over, what was promised, and to confirm the introduction. */
export const introductionToSign = messageOf(introduction, {
  to: 'staff',
  write: (context) => {
    const { task } = context;
    const sold = needed(task.facts.sold, task);
    const customer = callName(sold.customer);
    const [seller] = sellersOf(task, context.person);
    const walker = seller ?? context.person(walkersOf(task)[0]);
    const across = context.soldAt.id !== context.store.id;
    return staffLetter(context, {
      subject: words`Meet ${customerName(sold.customer)} and sign the introduction`,
      heading: words`Meet ${customerName(sold.customer)}, then sign`,
      first: words`${named(walker, 'Sales')} introduces ${customer} to you${across ? words` by phone, from ${context.soldAt.name}` : words``}. Speak first, give your card, then sign with the button: in person, by video, or not yet.`,
      button: lastStep(context),
      facts: [
        lacksEmail(context)
          ? aside(
              words`${strong('No email address yet.')} Please ask ${customer} for one and enter it with the button.`,
            )
          : undefined,
        facts([
          ...customerRows(sold.customer),
          ...carRows(sold.vehicle),
          deliveryRow(context, sold),
          ['Promised at the sale', some(sold.promises)],
          ['Prepaid or free', some(sold.prepaid)],
          ['First service due', task.firstService && dueBy(task.firstService, 'en', context.store)],
          ['Sold at', across ? context.soldAt.name : undefined],
          personRow(sold.salespeople.length === 0 ? 'House deal, with' : 'Salesperson', walker),
        ]),
      ],
    });
  },
});
