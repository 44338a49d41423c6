import { customerName } from '../../customers/customer.ts';
import type { MessageContext } from '../../mail/message.ts';
import { visible, type Words, words } from '../../mail/words.ts';
import type { StaffMember } from '../../people/staff.ts';
import { callName } from '../any-kind/customer-letter.ts';
import { named } from '../any-kind/people-words.ts';
import { needed } from '../any-kind/required-facts.ts';
import { isStronger } from './asking.ts';
import type { Asker, UpgradeConversation } from './task.ts';

/** What the salesperson reads of who asks for the conversation, in one place for the first email and its corrections. */
interface AskedWords {
  readonly subject: Words;
  readonly heading: Words;
  readonly first: Words;
  /** Why now; undefined where nobody asked but the rule. */
  readonly why: Words | undefined;
}

type Context = Pick<MessageContext<UpgradeConversation>, 'task' | 'person'>;

export const askedWords = (context: Context): AskedWords =>
  askedBy[context.task.facts.asked?.by ?? 'assessment'](peopleOf(context));

export function peopleOf({ task, person }: Context): People {
  const quote = needed(task.facts.quote, task);
  const advisor = person(task.facts.originatorNumber);
  return {
    name: customerName(quote.customer),
    customer: callName(quote.customer),
    advisor: named(advisor, 'the service advisor'),
    brief: inBrief(advisor),
  };
}

/** The same after somebody else had asked before: a stronger word, or one that was taken back. */
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
  customer: ({ name, customer, advisor, brief }) => ({
    subject: words`${name} is open to looking: see ${brief} first`,
    heading: words`${name} is open to looking`,
    first: words`Talk to ${advisor} in Service first, then to ${customer}, together.`,
    why: words`The customer told the advisor: open to looking`,
  }),
};
