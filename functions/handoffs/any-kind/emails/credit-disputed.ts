import { openDispute } from '../../../handoff/credit-record.ts';
import { facts } from '../../../mail/blocks.ts';
import { messageOfAny } from '../../../mail/message.ts';
import { words } from '../../../mail/words.ts';
import { creditRows, dealFact, latestMatch } from '../credit-words.ts';
import { customerRows, named } from '../people-words.ts';
import { staffLetter } from '../staff-letter.ts';
import { whoInList, whoItIsAbout } from '../steps.ts';

/** To a manager, in a line: one of the two people disputes the credit. */
export const creditDisputed = messageOfAny({
  to: 'staff',
  leaves: 'next list',
  write: (context) => {
    const { task, customer, nameOf } = context;
    const dispute = openDispute(task) ?? task.credit?.disputes.at(-1);
    const who = named(context.person(dispute?.by), nameOf(dispute?.by ?? '') ?? 'A colleague');
    const says = words`${who} says that the credit for ${dealFact(latestMatch(task))} isn’t right: “${dispute?.because ?? ''}”`;
    return staffLetter(context, {
      subject: words`Credit to decide: ${whoItIsAbout(context)}`,
      heading: words`Does the credit stand?`,
      first: words`${says}. Please decide on the page. Everything stays on record.`,
      line: { under: 'Credit to decide', says: words`${whoInList(context)}: ${says}. Please decide.` },
      button: 'Decide',
      facts: [facts([...(customer ? customerRows(customer, context) : []), ...creditRows(context)])],
    });
  },
});
