import type { Calendar } from '../group/business-time.ts';
import { isOpen, nextOpen } from '../group/business-time.ts';
import type { Context } from './context.ts';
import { isToCustomer, reschedule } from './outbox.ts';
import type { OutboxEntry } from './outbox-entry.ts';
import type { Task } from './task.ts';

/** The hours in which customers may get email, every day, on the store's clock. */
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

/** Emails to a customer that are due outside the hours wait for the next ones. */
export function keepSendingHours<T extends Task>(
  task: T,
  context: Pick<Context, 'group' | 'store' | 'now'>,
): T {
  const { now } = context;
  const isDue = (entry: OutboxEntry) =>
    isToCustomer(entry) && entry.state === 'owed' && (entry.notBefore ?? entry.owedAt) <= now;
  if (!task.outbox.some(isDue)) return task;
  const hours = sendingHoursOf(context);
  if (isOpen(hours, now)) return task;
  const notBefore = nextOpen(hours, now);
  return {
    ...task,
    outbox: task.outbox.map((entry) => (isDue(entry) ? reschedule(entry, notBefore) : entry)),
  };
}
