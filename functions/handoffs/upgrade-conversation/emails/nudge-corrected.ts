import { customerName } from '../../../customers/customer.ts';
import { facts } from '../../../mail/blocks.ts';
import { whereNow } from '../../../mail/car-whereabouts.ts';
import { type MessageContext, messageOf } from '../../../mail/message.ts';
import { type Words, words } from '../../../mail/words.ts';
import { dollars } from '../../../readiness/assess.ts';
import { occasionOf } from '../../../readiness/occasion.ts';
import { amountsOf } from '../../../readiness/quote-amounts.ts';
import { callName } from '../../any-kind/customer-letter.ts';
import { customerRows, named, personRow } from '../../any-kind/people-words.ts';
import { needed } from '../../any-kind/required-facts.ts';
import { CHANGED, staffLetter } from '../../any-kind/staff-letter.ts';
import { askedInstead, askedWords, decidesNow } from '../asked-words.ts';
import { isWanted } from '../asking.ts';
import { upgradeConversation } from '../kind.ts';
import { carLine, notKnown, orderRows, reasonsOf } from '../nudge-words.ts';
import { isOrderOver } from '../order-ends.ts';
import { type NudgeChange, type NudgePart, nudgeChange, type UpgradeConversation } from '../task.ts';

/** To the salesperson: what changed since the nudge, and whether the conversation still makes sense. */
export const nudgeCorrected = messageOf(upgradeConversation, {
  to: 'staff',
  leaves: 'now',
  own: nudgeChange,
  write: (context) => {
    const { task } = context;
    const occasion = needed(occasionOf(task.facts), task);
    const name = customerName(occasion.customer);
    const advisor = context.person(task.facts.originatorNumber);
    const asker = insteadOf(context);
    return staffLetter(context, {
      subject: asker?.subject ?? words`Update on ${name}: what we told you changed`,
      heading: asker?.heading ?? words`What we told you about ${name} changed`,
      first: asker?.first ?? whatChanged(context),
      status: CHANGED,
      facts: [
        facts([
          ['What to do now', asker ? undefined : whatNow(context, callName(occasion.customer))],
          ...customerRows(occasion.customer, context),
          ['Car', carLine(occasion, context.store)],
          ['Where now', whereNow(context, occasion, isOrderOver(task.facts))],
          personRow('Talk first to', advisor),
        ]),
        reasonsOf(task.assessment, 'What speaks for it now'),
      ],
      more: [facts(orderRows(occasion), 'The repair order'), notKnown(task.assessment)],
    });
  },
});

type Context = MessageContext<UpgradeConversation, NudgeChange>;

/** If only the asker changed, or when the customer decides, that is the whole message. */
function insteadOf(context: Context) {
  const { own } = context;
  if (own?.code !== 'nudge-changed') return undefined;
  switch (own.part) {
    case 'asker':
      return askedInstead(context, own.was);
    case 'decides-later':
      return askedWords(context);
    case 'decides-now':
      return decidesNow(context);
    default:
      return undefined;
  }
}

const changes: Record<Exclude<NudgePart, WholeMessage>, Words> = {
  reasons: words`What speaks for a conversation changed.`,
  work: words`The work that is quoted, or what is approved or declined of it, changed.`,
  customer: words`The order is of another customer, or for another car: look at it before you talk.`,
  promise: words`The car is promised for another time.`,
  'repair-chosen': words`The customer is going with the repair: a good outcome.`,
};

const wholeMessages = ['asker', 'decides-later', 'decides-now'] as const;
type WholeMessage = (typeof wholeMessages)[number];
const isWholeMessage = (part: NudgePart): part is WholeMessage => wholeMessages.some((one) => one === part);

function whatChanged({ own, task }: Context): Words {
  if (own?.code === 'nudge-changed' && !isWholeMessage(own.part)) return changes[own.part];
  const said = own?.code === 'amount-changed' ? own.isCents : undefined;
  const isCents = said ?? amountsOf(needed(task.facts.quote, task).quote).leftCents;
  if (isCents === 0) return words`Everything that was quoted is declined now.`;
  const is = dollars(isCents);
  return own?.code !== 'amount-changed' || own.wasCents === undefined
    ? words`The repair quote, without what was declined, is now ${is}.`
    : words`The repair quote, without what was declined, changed from ${dollars(own.wasCents)} to ${is}.`;
}

function whatNow({ task, person, own }: Context, customer: string): Words {
  if (own?.code === 'nudge-changed' && own.part === 'repair-chosen')
    return words`Nothing to sell. Wish ${customer} well, and note how your conversation ended.`;
  const talkTo = named(person(task.facts.originatorNumber), 'the service advisor');
  if (isWanted(task) && task.facts.asked?.decidesLater === true)
    return words`${customer} still decides later. Leave it for today, and ask ${talkTo} when to call.`;
  return isWanted(task)
    ? words`A conversation still makes sense. Use the numbers below, and talk to ${talkTo} first.`
    : words`Leave it: the reasons are gone. If you talked to ${customer} already, tell ${talkTo} how it went.`;
}
