import type { FactVersion } from '../../contracts/fact-version.ts';
import type { UpgradeConversationDue } from '../../contracts/upgrade-conversation-due.ts';
import type { OutcomeOf } from '../../handoff/task.ts';
import type { AssessedOrder } from '../../readiness/assessed-order.ts';
import { occasionOf } from '../../readiness/occasion.ts';
import { isOver } from '../any-kind/order-ends.ts';
import { standingEnds } from './order-ends.ts';
import type { Asker, UpgradeConversation } from './task.ts';

/** Who asks for the conversation, and whether that starts one that is over or never began. */
type Outcome = OutcomeOf<UpgradeConversation>;

/** Outcomes of a withdrawn conversation, which can be requested again. */
export const TAKEN_BACK: Outcome = 'the advisor took it back';
export const REPAIR_CHOSEN: Outcome = 'the customer chose the repair';
export const NO_REASON: Outcome = 'the newer quote gives no reason any more';
const withdrawn: ReadonlySet<Outcome> = new Set([TAKEN_BACK, REPAIR_CHOSEN, NO_REASON]);

export const carLeft = {
  trigger: 'closing fact',
  outcome: 'the car left before Sales was told',
  by: 'dms',
} as const;

export const isWithdrawn = ({ askedBy }: UpgradeConversationDue) =>
  askedBy === 'taken back' || askedBy === 'repair chosen';

/** Who asks now, which every event carries. An event of an earlier release may say only that its withdrawal was a mistake. */
export function askerIn({ askedBy }: UpgradeConversationDue, known: Asker = 'assessment'): Asker {
  switch (askedBy) {
    case 'taken back':
    case 'repair chosen':
    case 'wanted after all':
      return known;
    default:
      return askedBy;
  }
}

/** The askers, weakest first. When the stronger of two takes the request back, the weaker one's still stands. */
const strength: readonly Asker[] = ['assessment', 'silence', 'manager', 'advisor', 'customer'];

export const isStronger = (one: Asker = 'assessment', other: Asker = 'assessment'): boolean =>
  strength.indexOf(one) > strength.indexOf(other);

/** Whether the conversation is still wanted. A customer's own request does not need the rule's reasons. */
export const isWanted = ({ assessment, facts }: UpgradeConversation): boolean =>
  assessment?.nudge === true || facts.asked?.by === 'customer';

/** What only the rule found matters while the car is here; what a person asked for is worth a call afterwards. */
export const isTooLate = (task: UpgradeConversation): boolean =>
  standingEnds(task.facts).closed !== undefined && isOfRule(task);

export const isOfRule = ({ facts: { asked } }: UpgradeConversation): boolean =>
  asked === undefined || asked.by === 'assessment';

/** Whether this event starts the conversation and therefore needs a place under the caps. */
export const isStarting = (
  before: UpgradeConversation,
  due: UpgradeConversationDue,
  order: AssessedOrder,
): boolean => !isWithdrawn(due) && (before.state === 'awaited' || isAskedAgain(before, due, order));

/** Whether a conversation that was held, snoozed, withdrawn or ended is requested again. */
export function isAskedAgain(
  before: UpgradeConversation,
  due: UpgradeConversationDue,
  { assessment, facts }: AssessedOrder,
): boolean {
  const { state, ended, overCap } = before;
  const asker = askerIn(due, before.facts.asked?.by);
  const isNews = asker !== standingAsker(before);
  const occasion = occasionOf(facts);
  if (occasion !== undefined && isReopenedBy(before, occasion)) {
    return asker !== 'assessment' || assessment?.nudge === true;
  }
  switch (state) {
    case 'waiting':
      // Held by a cap, or snoozed: a customer who asks is not kept waiting by either.
      return asker === 'customer' && (overCap !== undefined || isNews);
    case 'history':
      return asker !== 'assessment' && isNews;
    case 'cancelled':
      if (ended === undefined || !withdrawn.has(ended.outcome)) return false;
      return asker === 'customer' || assessment?.nudge === true;
    case 'completed':
      return asker === 'customer' && isNews && ended?.outcome !== 'sold';
    default:
      return false;
  }
}

const standingAsker = ({ facts: { asked } }: UpgradeConversation): Asker | undefined =>
  asked?.takenBack === true ? undefined : asked?.by;

/** Whether the order was voided, or the car had left, and it has been quoted again since. */
function isReopenedBy({ ended, facts }: UpgradeConversation, quote: FactVersion): boolean {
  const wasOver = ended?.outcome === 'order voided' || ended?.outcome === carLeft.outcome;
  return wasOver && !isOver(facts, quote);
}
