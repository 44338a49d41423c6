import { isNewer, type Received, versionOf } from '../../contracts/fact-version.ts';
import { daysBetween, localDate } from '../../group/business-time.ts';
import { withRecordedChoice } from '../../handoff/answer.ts';
import type { Context } from '../../handoff/context.ts';
import { type Decision, type Draft, draft, repeated, unchanged } from '../../handoff/draft.ts';
import { decideOlderWord } from '../../handoff/first-word.ts';
import { queueStatement } from '../../handoff/statement.ts';
import { isEnded } from '../../handoff/task.ts';
import { routeOccasion } from '../../readiness/assessed-order.ts';
import { decideOver } from '../any-kind/over-before.ts';
import { queueLead } from './lead.ts';
import { nudge } from './nudge.ts';
import { ASKED, type UpgradeConversation, upgradeTraits, type Wish } from './task.ts';

/**
 * A service customer asked about another car, and somebody at the store noted it. The rule does not apply to a customer who
 * asks: neither reasons nor caps hold the conversation back, and a named salesperson gets it at once. The customer's wishes
 * about being contacted are obeyed. Each such request of a customer has one item, so if two people start it, there is still
 * only one.
 */
const decide = (task: UpgradeConversation, context: Context) => draft(task, upgradeTraits, context);

export function decideWish(
  before: UpgradeConversation,
  wish: Received<Wish>,
  context: Context,
): Decision<UpgradeConversation> {
  const { wish: known } = before.facts;
  if (!isNewer(wish, known)) return decideOlderWord(before, wish, context);
  if (isOver(before))
    return isOverBefore(before, wish.occurredAt) ? decideOver(before) : unchanged(before, 'already-over');
  return known ? join(before, known, wish, context) : begin(before, wish, context);
}

function begin(
  before: UpgradeConversation,
  wish: Received<Wish>,
  context: Context,
): Decision<UpgradeConversation> {
  const { now, group, store, today } = context;
  const by = wish.serviceAdvisorNumber;
  const task: UpgradeConversation = {
    ...before,
    updatedAt: now,
    facts: {
      ...before.facts,
      wish,
      asked: { ...versionOf(wish), by: 'customer' },
      ...(by === undefined ? {} : { originatorNumber: by }),
    },
    started: { at: wish.occurredAt, ...(by === undefined ? {} : { by }) },
    ...(wish.correlationId === undefined ? {} : { correlationId: wish.correlationId }),
  };
  if (store.mode === 'off')
    return decide(task, context)
      .step('old fact', { own: { code: 'store-off' } })
      .done('store-off');
  if (daysBetween(localDate(store.timeZone, wish.occurredAt), today) > group.actOnQuotesOfDays)
    return decide(task, context)
      .step('old fact', { own: { code: 'too-long-ago' } })
      .done('kept-for-history');
  return decide(task, context)
    .step('opening fact', { by: by ?? 'dms' })
    .assign(routeOccasion(wish, by, context))
    .also(nudge())
    .also(remember)
    .change((one) => queueLead(one, context))
    .done('created');
}

/** Stored on the customer's record: the rule then stays silent for a while, and a sale to them finds the conversation. */
const remember = (begun: Draft<UpgradeConversation>): Draft<UpgradeConversation> =>
  begun.change((task) => rememberWish(task, begun.context.now));

/** `takenBack`: it was started by mistake, so the customer asked nobody. */
export const rememberWish = (
  task: UpgradeConversation,
  now: string,
  takenBack = false,
): UpgradeConversation => queueStatement(task, { remembers: ASKED }, now, takenBack);

/** Somebody else notes the same request: the newer text stands, the first sender stays the sender, and both may open it. */
function join(
  before: UpgradeConversation,
  known: Wish,
  wish: Received<Wish>,
  context: Context,
): Decision<UpgradeConversation> {
  const { serviceAdvisorNumber = wish.serviceAdvisorNumber } = known;
  const customer = { ...known.customer, ...wish.customer };
  const merged = { ...known, ...wish, serviceAdvisorNumber, customer };
  const noted = { ...before, updatedAt: context.now, facts: { ...before.facts, wish: merged } };
  const by = wish.serviceAdvisorNumber;
  if (by === undefined || by === before.facts.originatorNumber) return repeated(noted);
  return repeated(withRecordedChoice(noted, { by, at: context.now, choice: 'start', value: undefined }));
}

const isOver = ({ state }: UpgradeConversation): boolean => isEnded({ state }) || state === 'history';

/**
 * Whether the conversation had ended when this was said. By another machine's clock, something said before the end may carry a
 * later time; anything that this conversation already knows therefore belongs to it.
 */
export const isOverBefore = (task: UpgradeConversation, at: string): boolean =>
  isOver(task) && (task.ended?.at ?? task.updatedAt) <= at && (task.facts.wish?.occurredAt ?? '') < at;
