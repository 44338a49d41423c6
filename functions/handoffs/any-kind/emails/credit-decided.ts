import { facts } from '../../../mail/blocks.ts';
import { messageOfAny } from '../../../mail/message.ts';
import { words } from '../../../mail/words.ts';
import { creditRows, dealFact, latestMatch } from '../credit-words.ts';
import { customerRows, named } from '../people-words.ts';
import { FYI, staffLetter } from '../staff-letter.ts';
import { SEE, whoInList, whoItIsAbout } from '../steps.ts';

/** To both people, in a line: what a manager decided about a disputed credit. */
export const creditDecided = messageOfAny({
  to: 'staff',
  leaves: 'next list',
  write: (context) => {
    const { task, customer, nameOf } = context;
    const decided = task.credit?.disputes.findLast((one) => one.decided !== undefined)?.decided;
    const who = named(context.person(decided?.by), nameOf(decided?.by ?? '') ?? 'A manager');
    const verdict = decided?.stands === false ? 'doesn’t stand' : 'stands';
    const deal = dealFact(latestMatch(task));
    return staffLetter(context, {
      subject: words`The credit ${verdict}: ${whoItIsAbout(context)}`,
      heading: words`The credit for ${deal} ${verdict}`,
      first: words`${who} has decided. What each of you said stays on record.`,
      status: FYI,
      line: {
        under: 'Credit',
        says: words`${whoInList(context)}: the credit for ${deal} ${verdict}. ${who} has decided.`,
      },
      button: SEE,
      facts: [facts([...(customer ? customerRows(customer, context) : []), ...creditRows(context)])],
    });
  },
});
