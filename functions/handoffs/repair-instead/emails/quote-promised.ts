import { messageOf } from '../../../mail/message.ts';
import { words } from '../../../mail/words.ts';
import { startByReaching } from '../../any-kind/contact-words.ts';
import { needed } from '../../any-kind/required-facts.ts';
import { staffLetter } from '../../any-kind/staff-letter.ts';
import { lastStep } from '../../any-kind/steps.ts';
import { repairInstead } from '../kind.ts';
import { peopleOf, visitBlock } from '../repair-words.ts';

/** To the advisor: the promised time has come, and no price is recorded. */
export const quotePromised = messageOf(repairInstead, {
  to: 'staff',
  leaves: 'now',
  write: (context) => {
    const { name, customer } = peopleOf(context);
    const asked = needed(context.task.facts.asked, context.task);
    return staffLetter(context, {
      subject: words`${name} was promised a price by now`,
      heading: words`${name} was promised a price by now`,
      first: words`${startByReaching(asked.customer)} ${customer}, with the price or with a new time. Then note it here.`,
      button: lastStep(context),
      facts: [visitBlock(context)],
    });
  },
});
