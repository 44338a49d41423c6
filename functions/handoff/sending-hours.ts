import type { Calendar } from '../group/business-time.ts';
import { isOpen, nextOpen } from '../group/business-time.ts';
import type { Context } from './context.ts';
import { isToCustomer, reschedule } from './outbox.ts';
import type { OutboxEntry } from './outbox-entry.ts';

/** The hours in which customers may get email, every day, in the store's time zone. */
export function sendingHoursOf({ group, store }: Pick<Context, 'group' | 'store'>): Calendar {
  const hours = group.customerEmailHours;
  return {
    timeZone: store.timeZone,
    hours: {
      monday: hours,
      tuesday: hours,
      wednesday: hours,
      thursday: hours,
      friday: hours,
      saturday: hours,
      sunday: hours,
    },
    holidays: [],
  };
}

type Sending = Pick<Context, 'group' | 'store' | 'now'>;

/** When customers may get email next; undefined if they may now. */
export function nextSendingHours(context: Sending): string | undefined {
  const hours = sendingHoursOf(context);
  return isOpen(hours, context.now) ? undefined : nextOpen(hours, context.now);
}

/** Emails to a customer that are due outside the hours wait for the next ones. */
export function keepSendingHours<I extends { readonly outbox: OutboxEntry[] }>(item: I, context: Sending): I {
  const { now } = context;
  const isDue = (entry: OutboxEntry) =>
    isToCustomer(entry) && entry.state === 'owed' && (entry.notBefore ?? entry.owedAt) <= now;
  const notBefore = item.outbox.some(isDue) ? nextSendingHours(context) : undefined;
  if (notBefore === undefined) return item;
  return {
    ...item,
    outbox: item.outbox.map((entry) => (isDue(entry) ? reschedule(entry, notBefore) : entry)),
  };
}
