import type { RepairQuoted } from '../../../contracts/repair-quoted.ts';
import { type Block, facts, points } from '../../../mail/blocks.ts';
import { openedWhen, whereNow } from '../../../mail/car-whereabouts.ts';
import { dayOf, monthOf, timeOf } from '../../../mail/format.ts';
import { type MessageContext, messageOf } from '../../../mail/message.ts';
import { carRows } from '../../../mail/repair-sheet.ts';
import { type Words, words } from '../../../mail/words.ts';
import { dollars } from '../../../readiness/assess.ts';
import { callName } from '../../any-kind/customer-letter.ts';
import { customerRows, named, personRow } from '../../any-kind/people-words.ts';
import { needed } from '../../any-kind/required-facts.ts';
import { staffLetter } from '../../any-kind/staff-letter.ts';
import { askedWords } from '../asked-words.ts';
import { upgradeConversation } from '../kind.ts';
import { carLine, notKnown, quoteRows, reasonsOf } from '../nudge-words.ts';
import { type NudgeAgain, nudgeAgain, type UpgradeConversation } from '../task.ts';

type Context = MessageContext<UpgradeConversation, NudgeAgain>;

/** To the salesperson, readable in twenty seconds: who, where, why, why now, whom to talk to first, what to say. */
export const upgradeNudge = messageOf(upgradeConversation, {
  to: 'staff',
  leaves: 'now',
  own: nudgeAgain,
  write: (context) => {
    const { task } = context;
    const quote = needed(task.facts.quote, task);
    const customer = callName(quote.customer);
    const advisor = context.person(task.facts.originatorNumber);
    const talkTo = named(advisor, 'the service advisor');
    const { subject, heading, first, why } = askedWords(context);
    return staffLetter(context, {
      subject,
      heading,
      first,
      ...(context.own && !context.note ? { why: againWords(context.own, customer) } : {}),
      facts: [
        facts([
          ['Accept by', acceptBy(context)],
          ...customerRows(quote.customer, context),
          ['Car', carLine(quote, context.store)],
          ['Order opened', openedWhen(context, quote)],
          ['Where now', whereNow(context, quote, isOver(context)) ?? notHere(context, talkTo)],
          ['Why now', why ?? whyNow(context, quote)],
          personRow('Talk first to', advisor),
          personRow('For an appraisal', context.atWorkAs('used-car manager')),
        ]),
        reasonsOf(task.assessment, 'Why'),
      ],
      more: [
        ...howTo(customer, named(advisor, 'The service advisor')),
        facts(
          [...quoteRows(quote), ...carRows(context, { quote, history: task.history })],
          'The repair and the car',
        ),
        facts(customerSince(context, quote), 'The customer in Service'),
        notKnown(task.assessment),
      ],
    });
  },
});

const againWords = ({ after }: NudgeAgain, customer: string): string =>
  after === 'repair'
    ? `The repair was taken back: ${customer} is still deciding.`
    : 'This was on hold, and is on again.';

/** While the customer waits: the next one on the floor gets it after that. */
function acceptBy({ task, store }: Context): Words | undefined {
  const at = task.deadlines['pass-on'];
  if (task.state !== 'open' || at === undefined) return undefined;
  return words`${timeOf(store.timeZone, at, 'en')}, or it goes to a colleague: the customer is waiting`;
}

const isOver = ({ task }: Context) => task.facts.closed !== undefined || task.facts.voided !== undefined;

function notHere({ task }: Context, talkTo: Words): Words {
  return task.facts.closed ? words`The car is back with the customer` : words`Not known, ask ${talkTo}`;
}

function whyNow(context: Context, quote: RepairQuoted): Words {
  const { store } = context;
  if (whereNow(context, quote, isOver(context))) return words`The repair is decided while the car is here`;
  return words`The repair was quoted on ${dayOf(store.timeZone, quote.occurredAt, 'en')}`;
}

function howTo(customer: string, advisor: Words): (Block | undefined)[] {
  return [
    points(
      [
        words`Open with help: “${advisor} mentioned you’ve got a decision to make on the car. Want me to put numbers next to the repair so you can compare? No pressure.”`,
        words`If the answer is “repair it”, that is a good answer. Note it and wish ${customer} well.`,
      ],
      'How to open',
    ),
    points(
      [
        words`Don’t lead with the bill or knock the car.`,
        words`Don’t quote a value or a payment before an appraisal.`,
        words`Don’t mention that you were notified.`,
      ],
      'What to stay away from',
    ),
  ];
}

function customerSince({ task }: Context, quote: RepairQuoted): readonly [string, Words | undefined][] {
  const since = task.assessment?.longTerm.since ?? quote.customerSince;
  const visits = task.assessment?.longTerm.visits12;
  const { history } = task;
  return [
    ['Service customer since', since === undefined ? undefined : words`${monthOf(since)}`],
    ['Visits in 12 months', visits === undefined ? undefined : words`${visits}`],
    ['Paid in 12 months', history && words`${dollars(history.customerPayCents12)}`],
  ];
}
