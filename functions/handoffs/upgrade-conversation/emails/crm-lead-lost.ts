import { facts } from '../../../mail/blocks.ts';
import { messageOf } from '../../../mail/message.ts';
import { words } from '../../../mail/words.ts';
import { occasionOf } from '../../../readiness/occasion.ts';
import { assigneeOf, customerRows, personRow } from '../../any-kind/people-words.ts';
import { needed } from '../../any-kind/required-facts.ts';
import { staffLetter } from '../../any-kind/staff-letter.ts';
import { SEE } from '../../any-kind/steps.ts';
import { peopleOf } from '../asked-words.ts';
import { upgradeConversation } from '../kind.ts';
import { carLine } from '../nudge-words.ts';

/** To the sales manager: the CRM's lead mailbox refused a lead, so the CRM does not know of the customer. */
export const crmLeadLost = messageOf(upgradeConversation, {
  to: 'staff',
  leaves: 'next list',
  write: (context) => {
    const { task, store } = context;
    const occasion = needed(occasionOf(task.facts), task);
    const { name, customer } = peopleOf(context);
    return staffLetter(context, {
      subject: words`Not in the CRM: ${name}`,
      heading: words`The CRM did not take ${name}`,
      first: words`Its lead mailbox refused the email. Enter ${customer} by hand, and ask the CRM’s support about the mailbox.`,
      line: {
        under: 'Not in the CRM: enter by hand',
        says: words`${name}: the CRM’s lead mailbox refused the lead.`,
      },
      button: SEE,
      facts: [
        facts([
          ...customerRows(occasion.customer, context),
          ['Car', carLine(occasion, store)],
          personRow('In Sales', assigneeOf(context)),
          ['Lead mailbox', store.crm?.leadAddress],
        ]),
      ],
    });
  },
});
