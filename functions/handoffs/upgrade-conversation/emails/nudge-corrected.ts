import { customerName } from '../../../customers/customer.ts';
import { facts } from '../../../mail/blocks.ts';
import { whereNow } from '../../../mail/car-whereabouts.ts';
import { type MessageContext, message } from '../../../mail/message.ts';
import { type Words, words } from '../../../mail/words.ts';
import { dollars } from '../../../readiness/assess.ts';
import { callName } from '../../any-kind/customer-letter.ts';
import { neededQuote } from '../../any-kind/required-facts.ts';
import { customerRows, named, personRow, staffLetter } from '../../any-kind/staff-letter.ts';
import { carLine, notKnown, quoteRows, reasonsOf } from '../nudge-words.ts';

/** To the salesperson: what we told you changed, and whether the conversation still makes sense. */
export const nudgeCorrected = message({
  kinds: ['upgrade-conversation'],
  to: 'staff',
  write: (context) => {
    const { task } = context;
    const quote = neededQuote(task);
    const name = customerName(quote.customer);
    const advisor = context.person(task.facts.originatorNumber);
    const isOver = task.facts.closed !== undefined || task.facts.voided !== undefined;
    return staffLetter(context, {
      subject: words`Corrected: what we told you about ${name}`,
      heading: words`What we told you about ${name} changed`,
      first: whatChanged(context),
      facts: [
        facts([
          ['What to do now', whatNow(context, callName(quote.customer))],
          ...customerRows(quote.customer),
          ['Car', carLine(quote)],
          ['Where now', whereNow(context, quote, isOver)],
          personRow('Talk first to', advisor),
        ]),
        reasonsOf(task.assessment, 'What speaks for it now'),
      ],
      more: [facts(quoteRows(quote), 'The repair'), notKnown(task.assessment)],
    });
  },
});

type Context = MessageContext<'upgrade-conversation'>;

function whatChanged({ note, task }: Context): Words {
  if (note['change']) return words`${note['change']}`;
  const was = amount(note['wasCents']);
  const is = amount(note['isCents']) ?? dollars(neededQuote(task).quote.totalCents);
  return was === undefined
    ? words`The repair quote is now ${is}.`
    : words`The repair quote changed from ${was} to ${is}.`;
}

function whatNow({ task, person }: Context, customer: string): Words {
  const talkTo = named(person(task.facts.originatorNumber), 'the service advisor');
  const stillMakesSense = task.assessment?.nudge === true || task.facts.asked?.by === 'customer';
  return stillMakesSense
    ? words`A conversation still makes sense. Use the numbers below, and talk to ${talkTo} first.`
    : words`Leave it: the reasons are gone. If you already talked to ${customer}, tell ${talkTo} how it went.`;
}

const amount = (cents: string | undefined): string | undefined =>
  cents !== undefined && /^\d+$/.test(cents) ? dollars(Number(cents)) : undefined;
