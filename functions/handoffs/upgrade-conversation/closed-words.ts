import { standingMatches } from '../../handoff/credit-record.ts';
import type { ClosedWords, MessageContext, MovedWords } from '../../mail/message.ts';
import { sentence, words } from '../../mail/words.ts';
import { occasionOf } from '../../readiness/occasion.ts';
import { assigneeOf, named } from '../any-kind/people-words.ts';
import { peopleOf } from './asked-words.ts';
import { REPAIR_CHOSEN, TAKEN_BACK } from './asking.ts';
import { BOUGHT } from './bought.ts';
import type { UpgradeConversation } from './task.ts';

type Context = MessageContext<UpgradeConversation>;

/** How a conversation ended, with good news shown as such; undefined for the shared words. */
export function closedWords(context: Context): ClosedWords | undefined {
  const { task } = context;
  const occasion = occasionOf(task.facts);
  if (!occasion) return undefined;
  const { name, customer, advisor } = peopleOf(context);
  switch (task.ended?.outcome) {
    case REPAIR_CHOSEN: {
      const car = occasion.vehicle.model ?? 'car';
      return {
        subject: words`${name} is fixing the ${car}: nothing to do`,
        heading: words`${customer} is fixing the ${car}`,
        first: words`Good outcome, nothing to do. ${customer} is yours again when the time comes.`,
      };
    }
    case TAKEN_BACK:
      return {
        subject: words`${name}: please hold off`,
        heading: words`Please hold off with ${name}`,
        first: words`${sentence(advisor)} asks you to leave it. Please don’t bring up another car with ${customer}.`,
      };
    case 'sold':
      return { ...(isForAdvisor(context) ? soldWords(context) : {}), ...besideCredit(task) };
    case BOUGHT:
      return besideCredit(task);
    default:
      return undefined;
  }
}

/**
 * Needs no line of its own: both people read about the sale in the line about its credit, in the same list or an earlier one.
 */
const besideCredit = (task: UpgradeConversation): ClosedWords =>
  standingMatches(task).length > 0 ? { line: 'none' } : {};

function soldWords(context: Context): ClosedWords {
  const { task } = context;
  const { name, customer } = peopleOf(context);
  const deal = task.said?.findLast(({ choice }) => choice === 'sold')?.value;
  const seller = named(assigneeOf(context), 'A colleague in Sales');
  return {
    subject: words`Sold: ${name}, and your name is on it`,
    heading: words`Sold, and your name is on it`,
    first:
      deal === undefined
        ? words`${seller} sold ${customer} a car. You sent ${customer} up, and that is on record.`
        : words`${seller} sold ${customer} a car: deal ${deal}. You sent ${customer} up, and that is on record.`,
  };
}

const isForAdvisor = ({ task, reader }: Pick<Context, 'task' | 'reader'>): boolean =>
  reader !== undefined && reader.employeeNumber === task.facts.originatorNumber;

/** For the advisor: who is coming to them now. */
export function movedWords(context: Context): MovedWords | undefined {
  const { task } = context;
  if (
    !occasionOf(task.facts) ||
    !isForAdvisor(context) ||
    (task.state !== 'open' && task.state !== 'accepted')
  )
    return undefined;
  const { name, customer } = peopleOf(context);
  const who = named(assigneeOf(context), 'A colleague in Sales');
  return {
    heading: words`${who} comes to you now about ${name}`,
    first: words`If ${customer} asks, it’s ${who} in Sales.`,
    isOfSheet: true,
  };
}
