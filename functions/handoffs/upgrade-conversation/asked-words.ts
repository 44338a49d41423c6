import { customerName } from '../../customers/customer.ts';
import type { MessageContext } from '../../mail/message.ts';
import { visible, type Words, words } from '../../mail/words.ts';
import type { StaffMember } from '../../people/staff.ts';
import { occasionOf } from '../../readiness/occasion.ts';
import { callName } from '../any-kind/customer-letter.ts';
import { named } from '../any-kind/people-words.ts';
import { needed } from '../any-kind/required-facts.ts';
import { isStronger } from './asking.ts';
import type { Asker, UpgradeConversation } from './task.ts';

/** What the salesperson reads about who asks for the conversation, shared by the first email and its corrections. */
interface AskedWords {
  readonly subject: Words;
  readonly heading: Words;
  readonly first: Words;
  /** Why now, or why not; undefined if only the rule asks. */
  readonly why: Words | undefined;
}

type Context = Pick<MessageContext<UpgradeConversation>, 'task' | 'person'>;

export function askedWords(context: Context): AskedWords {
  const { asked } = context.task.facts;
  const people = peopleOf(context);
  return asked?.decidesLater === true ? decidesLater(people) : askedBy[asked?.by ?? 'assessment'](people);
}

/** Not a refusal: the advisor can say which day to call, and the choice *Remind me on* stores it. */
const decidesLater = ({ name, customer, advisor, brief }: People): AskedWords => ({
  subject: words`${name} will decide later: not today`,
  heading: words`${name} will decide later`,
  first: words`${customer} wants to think it over, says ${advisor}. Leave it for today, ask ${brief} when to call, and set a reminder for that day.`,
  why: words`Not today: ${customer} wants to think it over. Ask ${brief} when to call`,
});

/** The advisor undid the choice that the customer decides later. */
export function decidesNow(context: Context): Omit<AskedWords, 'why'> {
  const { name, customer, advisor, brief } = peopleOf(context);
  return {
    subject: words`${name} is still deciding: see ${brief} first`,
    heading: words`${name} is still deciding`,
    first: words`${customer} is still deciding after all, says ${advisor}. See ${brief} in Service first.`,
  };
}

export function peopleOf({ task, person }: Context): People {
  const { customer } = needed(occasionOf(task.facts), task);
  const advisor = person(task.facts.originatorNumber);
  return {
    name: customerName(customer),
    customer: callName(customer),
    advisor: named(advisor, 'the service advisor'),
    brief: inBrief(advisor),
    broughtItUp: task.facts.wish !== undefined,
  };
}

/** The same if somebody else had asked before: a stronger request came, or one was taken back. */
export function askedInstead(context: Context, was: Asker | undefined): Omit<AskedWords, 'why'> {
  if (was === undefined || isStronger(context.task.facts.asked?.by, was)) return askedWords(context);
  const { customer, name, advisor, brief } = peopleOf(context);
  const not =
    was === 'customer' ? words`not “open to looking” after all` : words`not a “good time” after all`;
  return {
    subject: words`${name}: ${not}`,
    heading: words`${name}: ${not}`,
    first: words`${advisor} took it back. See ${brief} before you say anything to ${customer}.`,
  };
}

interface People {
  readonly name: string;
  readonly customer: string;
  readonly advisor: Words;
  /** The advisor's first name, as people at a store call each other. */
  readonly brief: Words;
  /** The customer asked, whatever they came for. */
  readonly broughtItUp: boolean;
}

const inBrief = (advisor: StaffMember | undefined): Words =>
  advisor ? words`${visible(advisor.name).split(' ')[0] ?? ''}` : words`the advisor`;

const mayBeReady = ({ name, customer, advisor, brief }: People) => ({
  subject: words`${name} may be ready for another car: see ${brief} first`,
  heading: words`${name} may be ready for another car`,
  first: words`Talk to ${advisor} in Service first, then to ${customer}, together.`,
});

const askedBy: Readonly<Record<Asker, (people: People) => AskedWords>> = {
  assessment: (people) => ({ ...mayBeReady(people), why: undefined }),
  silence: (people) => ({
    ...mayBeReady(people),
    first: words`${people.advisor} hasn’t said yet whether it’s a good time. Go to ${people.brief} in Service first, before you talk to ${people.customer}.`,
    why: words`The advisor had a head start and didn’t answer`,
  }),
  advisor: (people) => ({
    ...mayBeReady(people),
    subject: words`${people.name}: good time to talk, see ${people.brief} first`,
    first: words`${people.advisor} says it’s a good time. Go to ${people.brief} in Service first, then to ${people.customer}, together.`,
    why: words`The advisor says it’s a good time`,
  }),
  manager: (people) => ({
    ...mayBeReady(people),
    first: words`The service manager asks you to talk to ${people.customer}. See ${people.advisor} in Service first.`,
    why: words`The service manager says to talk`,
  }),
  customer: (people) => (people.broughtItUp ? broughtUp(people) : openToLooking(people)),
};

function broughtUp({ name, customer, advisor, brief }: People): AskedWords {
  return {
    subject: words`${name} asked about another car: see ${brief} first`,
    heading: words`${name} asked about another car`,
    first: words`Talk to ${advisor} in Service first, then to ${customer}, together.`,
    why: words`The customer brought it up`,
  };
}

function openToLooking({ name, customer, advisor, brief }: People): AskedWords {
  return {
    subject: words`${name} is open to looking: see ${brief} first`,
    heading: words`${name} is open to looking`,
    first: words`Talk to ${advisor} in Service first, then to ${customer}, together.`,
    why: words`The customer told the advisor: open to looking`,
  };
}
