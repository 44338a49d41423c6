import { facts } from '../../../mail/blocks.ts';
import { messageOfAny } from '../../../mail/message.ts';
import { type Words, words } from '../../../mail/words.ts';
import { creditRows, dealFact, latestMatch, saleWords } from '../credit-words.ts';
import { customerRows } from '../people-words.ts';
import { FYI, staffLetter } from '../staff-letter.ts';
import { SEE, whoInList, whoItIsAbout } from '../steps.ts';

/** To both people of a handoff, in a line: a sale that follows from it was found, or no longer counts. */
export const laterSale = messageOfAny({
  to: 'staff',
  leaves: 'next list',
  write: (context) => {
    const { task, store, customer } = context;
    const who = whoItIsAbout(context);
    const match = latestMatch(task);
    const sale = match && saleWords(match, task, store.timeZone);
    const isGone = match?.lapsed !== undefined;
    const news = isGone
      ? words`${dealFact(match)} doesn’t count for this handoff any more: ${match.lapsed?.why ?? ''}.`
      : words`bought (${sale ?? 'a car'}). The credit is kept for both of you.`;
    const says = (name: Words) => (isGone ? words`${name}: ${news}` : words`${name} ${news}`);
    return staffLetter(context, {
      subject: isGone ? words`A sale counts no more: ${who}` : words`${who} bought after your handoff`,
      heading: isGone ? words`A sale doesn’t count any more` : words`${who} bought after your handoff`,
      first: isGone
        ? words`${says(who)} What was kept before stays on record.`
        : words`${says(who)} If that isn’t right, say why on the page: a manager decides.`,
      status: FYI,
      line: { under: 'Credit', says: says(whoInList(context)) },
      button: SEE,
      facts: [facts([...(customer ? customerRows(customer, context) : []), ...creditRows(context)])],
    });
  },
});
