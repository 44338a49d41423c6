import { addDays, nextOpen, plusDays, startOfDay } from '../../group/business-time.ts';
import type { Context } from '../../handoff/context.ts';
import type { Draft } from '../../handoff/draft.ts';
import type { EmailRecord } from '../../handoff/item-bounds.ts';
import { emailsOf } from '../../handoff/queue.ts';
import { isOpen } from '../../handoff/task.ts';
import { CUSTOMER_MESSAGES } from './recipients.ts';
import type { FirstServiceVisit } from './task.ts';
import { currentAppointment } from './visit.ts';

/** The customer was invited and has not booked: a second letter as it falls due, and a third, the last one. */
type VisitDraft = Draft<FirstServiceVisit>;

export const FOLLOW_UPS = [
  { message: 'first-service-due-today', daysAfter: 0 },
  { message: 'first-service-overdue', daysAfter: 21 },
] as const;

/** Nobody is written to twice in a week about the same. */
const DAYS_BETWEEN = 7;

/** Decides again when the next letter leaves: none while a visit is booked, or while staff snoozed it. */
export const planFollowUp = (draft: VisitDraft): VisitDraft =>
  draft.deadline('follow-up', nextLetter(draft.task, draft.context)?.at);

/** An address that is missing or refused is the outbox's business, as with every letter. */
export function followUp(draft: VisitDraft): VisitDraft {
  const letter = nextLetter(draft.task, draft.context);
  const isDue = letter !== undefined && letter.at <= draft.context.now;
  const written = isDue ? draft.email({ message: letter.message, to: 'customer', again: true }) : draft;
  return written.also(planFollowUp);
}

/** Staff call the customer on another day: a letter that waited to leave is planned again after it. */
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
  // One that would come too soon after another letter is left out; the last one is put off.
  const next = planned.find(({ at }) => at >= earliest) ?? planned.at(-1);
  return next && { ...next, at: next.at >= earliest ? next.at : earliest };
}

/** Without those that a snooze put off. */
const lettersOf = (task: FirstServiceVisit, message: string): EmailRecord[] =>
  emailsOf(task, message, 'customer').filter(({ reason }) => reason?.code !== SNOOZED.code);

/** As Service opens, when the customer has not been written to about this first service for a week. */
function earliestNext(task: FirstServiceVisit, { calendar, now }: Context): string {
  const last = CUSTOMER_MESSAGES.flatMap((message) => lettersOf(task, message))
    .map(({ owedAt }) => owedAt)
    .toSorted()
    .at(-1);
  return last === undefined ? now : nextOpen(calendar('service'), plusDays(last, DAYS_BETWEEN));
}

const opensOn = (day: string, { store, calendar }: Context): string =>
  nextOpen(calendar('service'), startOfDay(store.timeZone, day));
