import { facts } from '../../../mail/blocks.ts';
import { messageOf } from '../../../mail/message.ts';
import { words } from '../../../mail/words.ts';
import { startByReaching } from '../../any-kind/contact-words.ts';
import { assigneeOf, customerRows, personRow } from '../../any-kind/people-words.ts';
import { needed } from '../../any-kind/required-facts.ts';
import { staffLetter } from '../../any-kind/staff-letter.ts';
import { SEE } from '../../any-kind/steps.ts';
import { repairInstead } from '../kind.ts';
import { peopleOf, reportRows, showsAmounts } from '../repair-words.ts';

/**
 * To the salesperson, months later: ask how the car is doing. It is not a nudge, because nothing shows that the customer wants
 * another car.
 */
export const repairRecheck = messageOf(repairInstead, {
  to: 'staff',
  leaves: 'next list',
  write: (context) => {
    const { task } = context;
    const { customer: who } = needed(task.facts.asked, task);
    const { name, customer, car } = peopleOf(context);
    const isFixed = task.ended?.outcome === 'fixed';
    const subject = isFixed
      ? words`How is ${name}’s ${car}?`
      : words`${name} left the ${car} as it was: how is it?`;
    const first = words`${startByReaching(who)} ${customer} and ask how the ${car} runs. Only ask: you sent ${customer} to Service, and ${customer} remembers it.`;
    return staffLetter(context, {
      subject,
      heading: subject,
      first,
      line: { under: 'To ask', says: words`${subject} ${first}` },
      button: SEE,
      facts: [
        facts([
          ...customerRows(who, context),
          ...reportRows(context, { showsAmounts: showsAmounts(context) }),
          personRow('In Service', assigneeOf(context)),
        ]),
      ],
    });
  },
});
