import { sheetPath } from '../../../links/paths.ts';
import { facts } from '../../../mail/blocks.ts';
import { momentOf, timeOf } from '../../../mail/format.ts';
import { type MessageContext, messageOf } from '../../../mail/message.ts';
import { type Words, words } from '../../../mail/words.ts';
import { occasionOf } from '../../../readiness/occasion.ts';
import { assigneeOf, customerRows, named, personRow } from '../../any-kind/people-words.ts';
import { needed } from '../../any-kind/required-facts.ts';
import { FYI, staffLetter } from '../../any-kind/staff-letter.ts';
import { SEE, SEE_SHEET } from '../../any-kind/steps.ts';
import { peopleOf } from '../asked-words.ts';
import { upgradeConversation } from '../kind.ts';
import { carLine } from '../nudge-words.ts';
import { type Asker, type NudgeAgain, nudgeAgain, type UpgradeConversation } from '../task.ts';

/** To the advisor: who in Sales has the customer, their number, and that they come to the advisor first. */
export const salesHasIt = messageOf(upgradeConversation, {
  to: 'staff',
  leaves: 'now',
  own: nudgeAgain,
  write: (context) => {
    const { task, store } = context;
    const occasion = needed(occasionOf(task.facts), task);
    const { name } = peopleOf(context);
    const seller = assigneeOf(context);
    const who = named(seller, 'A colleague');
    return staffLetter(context, {
      subject: words`${who} comes to you first: ${name}`,
      heading: words`${who} comes to you first`,
      first: whyWords[task.facts.asked?.by ?? 'assessment'](context),
      status: FYI,
      ...(task.facts.wish ? { button: SEE } : { button: SEE_SHEET, leadsTo: sheetPath }),
      facts: [
        facts([
          personRow('In Sales', seller),
          ['Accepted', acceptedWhen(context)],
          ...customerRows(occasion.customer, context),
          ['Car', carLine(occasion, store)],
          ['Repair order', occasion.roNumber],
        ]),
      ],
    });
  },
});

type Context = MessageContext<UpgradeConversation, NudgeAgain>;

const notNow = words`Not a good time? Press “Not now for Sales” on the sheet.`;

/** What the advisor said, or that they did not answer. */
const whyWords: Readonly<Record<Asker, (context: Context) => Words>> = {
  customer: (context) =>
    context.task.facts.wish
      ? words`${peopleOf(context).customer} asked about another car. ${seller(context)} was told just now.`
      : words`You said that ${peopleOf(context).customer} is open to looking. ${seller(context)} was told just now.`,
  advisor: (context) => words`You said it’s a good time. ${seller(context)} was told just now.`,
  manager: (context) =>
    words`A manager decided to tell Sales. ${seller(context)} talks to you before ${peopleOf(context).customer}.`,
  silence: (context) =>
    context.own
      ? words`You took your answer back, so ${seller(context)} knows again. ${notNow}`
      : words`There was no answer on your sheet, so ${seller(context)} was told. ${notNow}`,
  assessment: (context) => words`${seller(context)} was told, too. ${notNow}`,
};

const seller = (context: Context): Words => named(assigneeOf(context), 'a colleague in Sales');

function acceptedWhen({ task, store }: Context): Words {
  if (task.state === 'accepted' && task.acceptedAt !== undefined)
    return words`${momentOf(store.timeZone, task.acceptedAt, 'en')}`;
  const at = task.deadlines['pass-on'];
  return at === undefined
    ? words`Not yet`
    : words`Not yet. Without an answer by ${timeOf(store.timeZone, at, 'en')} it goes to the next one on the floor`;
}
