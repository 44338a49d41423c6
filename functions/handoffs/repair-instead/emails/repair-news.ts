import { dollars } from '../../../group/money.ts';
import { facts } from '../../../mail/blocks.ts';
import { brieflyAt } from '../../../mail/format.ts';
import { type MessageContext, messageOf } from '../../../mail/message.ts';
import { type Words, words } from '../../../mail/words.ts';
import { assigneeOf, customerRows, personRow } from '../../any-kind/people-words.ts';
import { needed } from '../../any-kind/required-facts.ts';
import { FYI, staffLetter } from '../../any-kind/staff-letter.ts';
import { SEE } from '../../any-kind/steps.ts';
import { repairInstead } from '../kind.ts';
import { peopleOf, showsAmounts } from '../repair-words.ts';
import { newsForSales, type RepairInstead, type RepairNews } from '../task.ts';

/** To the salesperson, in a line: how the visit of the customer whom they sent over is going. */
export const repairNews = messageOf(repairInstead, {
  to: 'staff',
  leaves: 'next list',
  own: newsForSales,
  write: (context) => {
    const { task } = context;
    const { customer } = needed(task.facts.asked, task);
    const line = newsLine(context);
    return staffLetter(context, {
      subject: line,
      heading: line,
      first: whyTold(context),
      status: FYI,
      line: { under: 'From Service', says: words`${line}.` },
      button: SEE,
      facts: [facts([...customerRows(customer, context), personRow('In Service', assigneeOf(context))])],
    });
  },
});

type Context = MessageContext<RepairInstead, { readonly news: RepairNews }>;

function whyTold(context: Context): Words {
  const { advisor, customer } = peopleOf(context);
  return context.own?.news.code === 'order-voided'
    ? words`It was entered wrong, so what it said does not count: ask ${advisor} how it went.`
    : words`Nothing for you to do: you sent ${customer} to Service, so you hear how it goes.`;
}

function newsLine(context: Context): Words {
  const { own, store } = context;
  const { advisor, name } = peopleOf(context);
  switch (own?.news.code) {
    case 'quote-by':
      return words`A price for ${name} by ${brieflyAt(store.timeZone, own.news.at, 'en')}`;
    case 'order-voided':
      return words`${name}’s repair order was voided`;
    case 'quoted':
      return showsAmounts(context)
        ? words`${name} has a price: ${dollars(own.news.cents)}`
        : words`${name} has a price for the repair`;
    default:
      return words`${advisor} takes care of ${name}`;
  }
}
