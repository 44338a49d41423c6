import { messageOf } from '../../../mail/message.ts';
import { occasionOf } from '../../../readiness/occasion.ts';
import { callName } from '../../any-kind/customer-letter.ts';
import { needed } from '../../any-kind/required-facts.ts';
import { staffLetter } from '../../any-kind/staff-letter.ts';
import { askedWords } from '../asked-words.ts';
import { atLeisure, inTwentySeconds } from '../case-words.ts';
import { upgradeConversation } from '../kind.ts';
import { type NudgeAgain, nudgeAgain } from '../task.ts';

/** To the salesperson, readable in twenty seconds: who, where, why, why now, whom to talk to first, what to say. */
export const upgradeNudge = messageOf(upgradeConversation, {
  to: 'staff',
  leaves: 'now',
  own: nudgeAgain,
  write: (context) => {
    const { task } = context;
    const occasion = needed(occasionOf(task.facts), task);
    const customer = callName(occasion.customer);
    const { subject, heading, first } = askedWords(context);
    return staffLetter(context, {
      subject,
      heading,
      first,
      ...(context.own && !context.note ? { why: againWords(context.own, customer) } : {}),
      facts: inTwentySeconds(context),
      more: atLeisure(context),
    });
  },
});

const againWords = ({ after }: NudgeAgain, customer: string): string =>
  after === 'repair'
    ? `The repair was taken back: ${customer} is still deciding.`
    : 'This was on hold, and is on again.';
