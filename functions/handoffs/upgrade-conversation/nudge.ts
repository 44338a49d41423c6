import { addDays, localDate, nextOpen, startOfDay } from '../../group/business-time.ts';
import type { Draft } from '../../handoff/draft.ts';
import { isOfOthers } from '../../handoff/number-reuse.ts';
import { emailsOf } from '../../handoff/queue.ts';
import type { Routed } from '../../people/routing.ts';
import { occasionOf } from '../../readiness/occasion.ts';
import { amountsOf, stateOf } from '../../readiness/quote-amounts.ts';
import { reasonText } from '../../readiness/wording.ts';
import { passOnWhileWaiting } from './pass-on.ts';
import type { CapName, NudgeAgain, NudgeChange, UpgradeConversation } from './task.ts';

/** The email that notifies the salesperson: queued now, held by a cap, or corrected. */

/** The place claimed under the caps: today, a later day (salesperson's cap), or none (customer's cap). */
export type Place =
  | {
      readonly on: 'today';
      /** A colleague, if the person's own places are used up. */
      readonly to?: Routed;
    }
  | { readonly on: 'later'; readonly date: string; readonly cap: CapName }
  | { readonly on: 'never'; readonly cap: CapName };

/** Whether the salesperson has, or may have, the email. */
export const wasNudged = (task: UpgradeConversation) =>
  emailsOf(task, 'upgrade-nudge').some((entry) => ['sending', 'sent', 'unknown'].includes(entry.state));

/**
 * Holds a conversation that is over a cap, with the reason: for the salesperson's cap until the morning of the claimed
 * day; for the customer's cap through the next business day, so that it appears in that day's summaries.
 */
export const hold =
  (place: Exclude<Place, { on: 'today' }>) =>
  (draft: Draft<UpgradeConversation>): Draft<UpgradeConversation> => {
    const { store, now, today, calendar } = draft.context;
    const opening = (date: string) => nextOpen(calendar('sales'), startOfDay(store.timeZone, date));
    const tomorrow = localDate(store.timeZone, opening(addDays(today, 1)));
    const release =
      place.on === 'later' ? opening(place.date) : startOfDay(store.timeZone, addDays(tomorrow, 1));
    const until = place.on === 'later' ? { until: localDate(store.timeZone, release) } : {};
    const { cap } = place;
    return draft
      .step('early fact', { by: 'cap', own: { code: 'over-cap', cap } })
      .change((task) => ({ ...task, overCap: { at: now, cap, ...until } }))
      .deadline('release', release);
  };

export const nudge =
  (again?: NudgeAgain, wasOver = false) =>
  (draft: Draft<UpgradeConversation>): Draft<UpgradeConversation> =>
    draft
      .startDeadline('accept')
      .change((task) => passOnWhileWaiting(task, draft.context))
      .email({
        message: 'upgrade-nudge',
        to: 'assignee',
        ...(again ? { own: again, again: true } : {}),
      })
      .also(tellAdvisor(again))
      .also(tellBus(wasOver));

/** Publishes the nudge. Subscribers on the bus already know a conversation that had ended, so for them it is reopened. */
const tellBus =
  (wasOver: boolean) =>
  (draft: Draft<UpgradeConversation>): Draft<UpgradeConversation> =>
    wasOver
      ? draft.event('handoff-task-reopened', {
          code: 'asked-by',
          askedBy: draft.task.facts.asked?.by ?? 'assessment',
        })
      : draft.announce();

/** Tells the advisor who in Sales has it, and that they come to the advisor first. */
export const tellAdvisor =
  (again?: NudgeAgain) =>
  (draft: Draft<UpgradeConversation>): Draft<UpgradeConversation> => {
    const { assignee, facts } = draft.task;
    const advisor = facts.originatorNumber;
    if (advisor === undefined || advisor === assignee?.employeeNumber) return draft;
    const to = { staff: advisor };
    return draft.email({ message: 'sales-has-it', to, ...(again ? { own: again } : {}), again: true });
  };

export const emailCorrection =
  (own: NudgeChange) =>
  (draft: Draft<UpgradeConversation>): Draft<UpgradeConversation> =>
    draft.email({ message: 'nudge-corrected', to: 'assignee', own, again: true });

/** The part of the nudge that has changed; undefined when only the age of the facts changed. */
export function changeOf(before: UpgradeConversation, after: UpgradeConversation): NudgeChange | undefined {
  if (isOfOthers(occasionOf(before.facts), occasionOf(after.facts)))
    return { code: 'nudge-changed', part: 'customer' };
  const was = before.facts.asked?.by;
  if (was !== undefined && was !== after.facts.asked?.by)
    return { code: 'nudge-changed', part: 'asker', was };
  const [wasLater, isLater] = [before, after].map(({ facts }) => facts.asked?.decidesLater === true);
  if (wasLater !== isLater) return { code: 'nudge-changed', part: isLater ? 'decides-later' : 'decides-now' };
  const [wasQuoted, isQuoted] = [before.facts.quote?.quote, after.facts.quote?.quote];
  const [wasCents, isCents] = [wasQuoted, isQuoted].map((quote) => quote && amountsOf(quote).leftCents);
  if (wasCents !== isCents) {
    return {
      code: 'amount-changed',
      ...(wasCents === undefined ? {} : { wasCents }),
      ...(isCents === undefined ? {} : { isCents }),
    };
  }
  const reasons = (conversation: UpgradeConversation) =>
    JSON.stringify(conversation.assessment?.reasonsFor.map((reason) => reasonText(reason, 'miles')));
  if (reasons(before) !== reasons(after)) return { code: 'nudge-changed', part: 'reasons' };
  const work = (quote: typeof wasQuoted) =>
    JSON.stringify(quote?.lines.map((line) => [line.description, stateOf(line)]));
  if (work(wasQuoted) !== work(isQuoted)) return { code: 'nudge-changed', part: 'work' };
  const promised = ({ facts }: UpgradeConversation) => {
    const occasion = occasionOf(facts);
    return occasion?.promisedAt ?? occasion?.promisedOn;
  };
  return promised(before) === promised(after) ? undefined : { code: 'nudge-changed', part: 'promise' };
}
