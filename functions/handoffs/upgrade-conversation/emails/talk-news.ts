import { facts } from '../../../mail/blocks.ts';
import { brieflyAt } from '../../../mail/format.ts';
import { type MessageContext, messageOf } from '../../../mail/message.ts';
import { type Words, words } from '../../../mail/words.ts';
import { occasionOf } from '../../../readiness/occasion.ts';
import { assigneeOf, customerRows, named, personRow } from '../../any-kind/people-words.ts';
import { needed } from '../../any-kind/required-facts.ts';
import { FYI, staffLetter } from '../../any-kind/staff-letter.ts';
import { SEE } from '../../any-kind/steps.ts';
import { peopleOf } from '../asked-words.ts';
import { upgradeConversation } from '../kind.ts';
import { newsForAdvisor, type TalkNews, type UpgradeConversation } from '../task.ts';

/** To the advisor, in a line: how it is going with the customer whom they sent to Sales. */
export const talkNews = messageOf(upgradeConversation, {
  to: 'staff',
  leaves: 'next list',
  own: newsForAdvisor,
  write: (context) => {
    const { task } = context;
    const occasion = needed(occasionOf(task.facts), task);
    const line = newsLine(context);
    return staffLetter(context, {
      subject: line,
      heading: line,
      first: words`Nothing for you to do: you sent ${peopleOf(context).customer} up, so you hear how it goes.`,
      status: FYI,
      line: { under: 'From Sales', says: words`${line}.` },
      button: SEE,
      facts: [
        facts([...customerRows(occasion.customer, context), personRow('In Sales', assigneeOf(context))]),
      ],
    });
  },
});

type Context = MessageContext<UpgradeConversation, { readonly news: TalkNews }>;

function newsLine(context: Context): Words {
  const { own, store } = context;
  const who = named(assigneeOf(context), 'A colleague');
  const { name } = peopleOf(context);
  switch (own?.news.code) {
    case 'contacted':
      return words`${who} talked to ${name}`;
    case 'appointment':
      return words`${who} and ${name}: ${brieflyAt(store.timeZone, own.news.startsAt, 'en')}`;
    default:
      return words`${who} has accepted ${name}`;
  }
}
