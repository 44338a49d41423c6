import { isNewer, type Received, versionOf } from '../../contracts/fact-version.ts';
import { daysBetween, localDate } from '../../group/business-time.ts';
import { withRecordedChoice } from '../../handoff/answer.ts';
import type { Context } from '../../handoff/context.ts';
import { type Decision, type Draft, draft, repeated, unchanged } from '../../handoff/draft.ts';
import { decideOlderWord } from '../../handoff/first-word.ts';
import { queueStatement } from '../../handoff/statement.ts';
import { isEnded } from '../../handoff/task.ts';
import { routeOccasion } from '../../readiness/assessed-order.ts';
import { queueLead } from './lead.ts';
import { nudge } from './nudge.ts';
import { ASKED, type UpgradeConversation, upgradeTraits, type Wish } from './task.ts';

/**
 * A service customer asked about another car, and somebody at the store noted it. A customer who asks is past the rule:
 * neither reasons nor caps hold it back, and it is with a named salesperson at once. What they said of being contacted
 * is obeyed. One item for each such wish of a customer, so two people who start it make one.
 */
const decide = (task: UpgradeConversation, context: Context) => draft(task, upgradeTraits, context);

/** The conversation was over before that: the customer's next one begins. */
export const OVER = 'over-before';

export function decideWish(
  before: UpgradeConversation,
  wish: Received<Wish>,
  context: Context,
): Decision<UpgradeConversation> {
  const { wish: known } = before.facts;
  if (!isNewer(wish, known)) return decideOlderWord(before, wish, context);
  if (isOver(before)) return unchanged(before, isOverBefore(before, wish.occurredAt) ? OVER : 'already-over');
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

/** On the customer's record: the rule is silent for a while, and a sale to them finds the conversation. */
const remember = (begun: Draft<UpgradeConversation>): Draft<UpgradeConversation> =>
  begun.change((task) => rememberWish(task, begun.context.now));

/** `takenBack`: started by mistake, the customer asked nobody. */
export const rememberWish = (
  task: UpgradeConversation,
  now: string,
  takenBack = false,
): UpgradeConversation => queueStatement(task, { remembers: ASKED }, now, takenBack);

/** Somebody else notes the same: the newer words stand, whoever sent the customer up first stays that, and both may open it. */
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

/** By another machine's clock a word may be later than the end that it came before: what is known here is of this one. */
export const isOverBefore = (task: UpgradeConversation, at: string): boolean =>
  isOver(task) && (task.ended?.at ?? task.updatedAt) <= at && (task.facts.wish?.occurredAt ?? '') < at;
