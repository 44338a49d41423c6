import { addDays, nextOpen, plusDays, startOfDay } from '../../group/business-time.ts';
import type { Context } from '../../handoff/context.ts';
import type { Draft } from '../../handoff/draft.ts';
import type { EmailRecord } from '../../handoff/item-bounds.ts';
import { emailsOf } from '../../handoff/queue.ts';
import { isOpen } from '../../handoff/task.ts';
import { CUSTOMER_MESSAGES } from './recipients.ts';
import type { FirstServiceVisit } from './task.ts';
import { currentAppointment } from './visit.ts';

/**
 * The customer was invited and has not booked: they get a second letter when the service is due, and a third and last one
 * later.
 */
type VisitDraft = Draft<FirstServiceVisit>;

export const FOLLOW_UPS = [
  { message: 'first-service-due-today', daysAfter: 0 },
  { message: 'first-service-overdue', daysAfter: 21 },
] as const;

/** A customer gets at most one letter a week about the same first service. */
const DAYS_BETWEEN = 7;

/** Reschedules the next letter: none while a visit is booked, or while staff have snoozed the handoff. */
export const planFollowUp = (draft: VisitDraft): VisitDraft =>
  draft.deadline('follow-up', nextLetter(draft.task, draft.context)?.at);

/** A missing or refused address is handled by the outbox, as for every letter. */
export function followUp(draft: VisitDraft): VisitDraft {
  const letter = nextLetter(draft.task, draft.context);
  const isDue = letter !== undefined && letter.at <= draft.context.now;
  const written = isDue ? draft.email({ message: letter.message, to: 'customer', again: true }) : draft;
  return written.also(planFollowUp);
}

/** Staff snoozed the handoff to call the customer on another day, so a queued letter is rescheduled after that day. */
export const SNOOZED = { code: 'snoozed' } as const;

interface Letter {
  readonly message: (typeof FOLLOW_UPS)[number]['message'];
  readonly at: string;
}

function nextLetter(task: FirstServiceVisit, context: Context): Letter | undefined {
  const { due } = task.facts;
  if (!due || !isOpen(task) || currentAppointment(task, context.now)) return undefined;
  const written = FOLLOW_UPS.findLastIndex(({ message }) => lettersOf(task, message).length > 0);
  const planned = FOLLOW_UPS.slice(written + 1).map(({ message, daysAfter }) => ({
    message,
    at: opensOn(addDays(due.dueOn, daysAfter), context),
  }));
  const earliest = earliestNext(task, context);
  // A letter that would come too soon after another one is skipped; the last one is postponed instead.
  const next = planned.find(({ at }) => at >= earliest) ?? planned.at(-1);
  return next && { ...next, at: next.at >= earliest ? next.at : earliest };
}

/** The letters, without those that a snooze postponed. */
const lettersOf = (task: FirstServiceVisit, message: string): EmailRecord[] =>
  emailsOf(task, message, 'customer').filter(({ reason }) => reason?.code !== SNOOZED.code);

/** The first opening of Service at which the customer has had no letter about this first service for a week. */
function earliestNext(task: FirstServiceVisit, { calendar, now }: Context): string {
  const last = CUSTOMER_MESSAGES.flatMap((message) => lettersOf(task, message))
    .map(({ owedAt }) => owedAt)
    .toSorted()
    .at(-1);
  return last === undefined ? now : nextOpen(calendar('service'), plusDays(last, DAYS_BETWEEN));
}

const opensOn = (day: string, { store, calendar }: Context): string =>
  nextOpen(calendar('service'), startOfDay(store.timeZone, day));
