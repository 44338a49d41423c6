import { dollars } from '../../group/money.ts';
import { aside, type Block, type Blocks, facts, points } from '../../mail/blocks.ts';
import { openedWhen, whereNow } from '../../mail/car-whereabouts.ts';
import { dayOf, monthOf, timeOf } from '../../mail/format.ts';
import type { MessageContext } from '../../mail/message.ts';
import { carRows } from '../../mail/repair-sheet.ts';
import { type Content, sentence, strong, type Words, words } from '../../mail/words.ts';
import { type Occasion, occasionOf } from '../../readiness/occasion.ts';
import { callName } from '../any-kind/customer-letter.ts';
import { customerRows, named, personRow } from '../any-kind/people-words.ts';
import { askedWords, peopleOf } from './asked-words.ts';
import { carLine, notKnown, orderRows, reasonsOf } from './nudge-words.ts';
import { isOrderOver, standingEnds } from './order-ends.ts';
import type { UpgradeConversation } from './task.ts';

/**
 * The case for a conversation, for the email and its page. What is needed on the walk over to Service comes first and fits a
 * phone's first screen: where, whom to see first, who, why, what to say.
 */
type Case = Pick<
  MessageContext<UpgradeConversation>,
  'task' | 'group' | 'store' | 'now' | 'person' | 'reader' | 'atWorkAs'
>;

/** As many as fit the first screen; the full list follows below. */
const REASONS_FIRST = 2;

export function inTwentySeconds(context: Case): Blocks {
  const { task, store } = context;
  const occasion = occasionOf(task.facts);
  if (!occasion) return [];
  return [
    facts([
      ...whereRows(context, occasion),
      ...customerRows(occasion.customer, context),
      ['Car', carLine(occasion, store)],
    ]),
    reasonsOf(task.assessment, 'Why', REASONS_FIRST),
    opener(context, occasion),
  ];
}

/** Where to go, and whom to see first. */
const whereRows = (
  context: Case,
  occasion: Occasion,
): readonly (readonly [string, Content | undefined])[] => [
  ['Accept by', acceptBy(context)],
  [
    'Where now',
    whereNow(context, occasion, isOver(context)) ??
      (occasion.asked === undefined ? notHere(context, talkTo(context)) : undefined),
  ],
  personRow('Talk first to', advisorOf(context)),
  [context.task.facts.asked?.decidesLater === true ? 'When' : 'Why now', askedWords(context).why],
  ['They said', occasion.asked === undefined ? undefined : words`“${occasion.asked}”`],
];

const advisorOf = ({ task, person }: Case) => person(task.facts.originatorNumber);
const talkTo = (context: Case): Words => named(advisorOf(context), 'the service advisor');

/** What to say first: it offers help, and does not mention the bill. */
function opener(context: Case, { quote, asked, vehicle }: Occasion): Block {
  const advisor = sentence(peopleOf(context).brief);
  if (asked !== undefined)
    return aside(
      words`${strong('Say:')} “${advisor} mentioned you asked about another car. What do you have in mind?”`,
    );
  return quote
    ? aside(
        words`${strong('Say:')} “${advisor} mentioned you’ve got a decision to make on the car. Want me to put numbers next to the repair? No pressure.”`,
      )
    : aside(
        words`${strong('Say:')} “${advisor} mentioned you’re in today. How’s the ${vehicle.model ?? 'car'} treating you? If you ever wonder about a newer one, I can put numbers together. No pressure.”`,
      );
}

/** Everything that does not fit the first screen. */
export function atLeisure(context: Case): Blocks {
  const { task } = context;
  const occasion = occasionOf(task.facts);
  if (!occasion) return [];
  return [...howTo(occasion), ...theCase(context, occasion)];
}

/** The whole case for the page, which shows the customer and the car above it. */
export function wholeCase(context: Case): Blocks {
  const { task } = context;
  const occasion = occasionOf(task.facts);
  if (!occasion) return [];
  return [
    facts(whereRows(context, occasion)),
    reasonsOf(task.assessment, 'Why this customer'),
    opener(context, occasion),
    ...howTo(occasion),
    ...theCase(context, occasion),
  ];
}

const theCase = (context: Case, occasion: Occasion): Blocks => [
  facts(
    [
      ['Why now', askedWords(context).why ? undefined : whyNow(context, occasion)],
      ['Order opened', openedWhen(context, occasion)],
      ...orderRows(occasion),
      ...carRows(context, { quote: occasion, history: context.task.history }),
      personRow('For an appraisal', context.atWorkAs('used-car manager')),
    ],
    titleOf(occasion),
  ),
  facts(customerSince(context, occasion), 'The customer in Service'),
  notKnown(context.task.assessment),
];

/** While the customer waits: when the next person on the floor will get it. */
function acceptBy({ task, store }: Case): Words | undefined {
  const at = task.deadlines['pass-on'];
  if (task.state !== 'open' || at === undefined) return undefined;
  return words`${timeOf(store.timeZone, at, 'en')}, or it goes to a colleague: the customer is waiting`;
}

const isOver = ({ task }: Case) => isOrderOver(task.facts);

function notHere({ task }: Case, talkTo: Words): Words {
  return standingEnds(task.facts).closed
    ? words`The car is back with the customer`
    : words`Not known, ask ${talkTo}`;
}

function whyNow(context: Case, occasion: Occasion): Words {
  const isHere = whereNow(context, occasion, isOver(context)) !== undefined;
  const on = dayOf(context.store.timeZone, occasion.occurredAt, 'en');
  if (occasion.quote)
    return isHere
      ? words`The repair is decided while the car is here`
      : words`The repair was quoted on ${on}`;
  return isHere ? words`The car is here for service` : words`The car came in on ${on}`;
}

const titleOf = ({ quote, asked }: Occasion): string => {
  if (quote) return 'The repair and the car';
  return asked === undefined ? 'The visit and the car' : 'The question and the car';
};

function howTo({ quote, asked, customer }: Occasion): Blocks {
  const name = callName(customer);
  return [
    points(
      [
        quote
          ? words`If the answer is “repair it”, that is a good answer. Note it and wish ${name} well.`
          : words`If the answer is “I’m keeping it”, that is a good answer. Note it and wish ${name} well.`,
        quote ? words`Don’t lead with the bill or knock the car.` : words`Don’t knock the car.`,
        words`Don’t quote a value or a payment before an appraisal.`,
        ...(asked === undefined ? [words`Don’t mention that you were notified.`] : []),
      ],
      'Keep in mind',
    ),
  ];
}

function customerSince({ task }: Case, occasion: Occasion): readonly [string, Words | undefined][] {
  const since = task.assessment?.longTerm.since ?? occasion.customerSince;
  const visits = task.assessment?.longTerm.visits12;
  const { history } = task;
  return [
    ['Service customer since', since === undefined ? undefined : words`${monthOf(since)}`],
    ['Visits in 12 months', visits === undefined ? undefined : words`${visits}`],
    ['Paid in 12 months', history && words`${dollars(history.customerPayCents12)}`],
  ];
}
