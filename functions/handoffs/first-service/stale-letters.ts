import type { EmailEntry, EntryReason } from '../../handoff/outbox-entry.ts';
import { FOLLOW_UPS, SNOOZED } from './follow-up.ts';
import type { FirstServiceVisit } from './task.ts';
import { currentAppointment, REMINDERS } from './visit.ts';

const followUps: readonly string[] = FOLLOW_UPS.map(({ message }) => message);
const asksToBook: readonly string[] = ['first-service-invitation', 'first-service-rebook', ...followUps];
const reminders: readonly string[] = REMINDERS;

/**
 * An email may wait until Service may write, for SES, or for the outcome of an unanswered attempt. If meanwhile the customer
 * books, moves or comes, or staff snooze the handoff, the email is no longer true.
 */
export function staleReason(
  task: FirstServiceVisit,
  { message, owedAt, lapsesAt }: EmailEntry,
  now: string,
): EntryReason | undefined {
  const isReminder = reminders.includes(message);
  if (!isReminder && !asksToBook.includes(message)) return undefined;
  const { ended, state } = task;
  if (ended && owedAt < ended.at) return { code: 'ended', outcome: ended.outcome };
  const startsAt = currentAppointment(task, now)?.startsAt;
  if (isReminder) return isOfAnotherTime(lapsesAt, startsAt, now) ? { code: 'superseded' } : undefined;
  if (startsAt !== undefined) return { code: 'superseded' };
  return state === 'waiting' && followUps.includes(message) ? SNOOZED : undefined;
}

/**
 * Whether the reminder is for a time that is no longer booked. A reminder lapses at the time of its visit, so one whose time
 * has passed is left to lapse as too late.
 */
const isOfAnotherTime = (lapsesAt: string | undefined, startsAt: string | undefined, now: string): boolean =>
  lapsesAt !== undefined && lapsesAt > now && lapsesAt !== startsAt;
