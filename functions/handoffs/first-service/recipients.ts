import type { FirstServiceDue } from '../../contracts/first-service-due.ts';
import type { Context } from '../../handoff/context.ts';
import { addressOf } from '../../handoff/customer-address.ts';
import type { Draft } from '../../handoff/draft.ts';
import { mayHaveLeft } from '../../handoff/item-bounds.ts';
import { isToCustomer, lapse } from '../../handoff/outbox.ts';
import { staffIn } from '../../handoff/outbox-entry.ts';
import { emailsOf, type QueuedEmail } from '../../handoff/queue.ts';
import type { FirstServiceVisit } from './task.ts';
import { sellerOf } from './visit.ts';

/** Everybody who was notified of the visit is notified of each change, and nobody else is. */
type VisitDraft = Draft<FirstServiceVisit>;
type Email = QueuedEmail<FirstServiceVisit>;

const STAFF_MESSAGES = [
  'first-service-to-prepare',
  'be-there',
  'visit-booked',
  'visit-tomorrow',
  'visit-cancelled',
  'time-wanted',
  'due-date-moved',
] as const;

/** The letters that tell the customer a time. */
const TIMES = ['first-service-confirmation', 'first-service-moved', 'first-service-tomorrow'] as const;

/** All letters to the customer about the visit. */
export const CUSTOMER_MESSAGES = [
  'first-service-invitation',
  ...TIMES,
  'first-service-rebook',
  'first-service-redated',
  'first-service-due-today',
  'first-service-overdue',
] as const;

/** The assignee, the salesperson, and staff who got an email about the visit and have not passed it on since. */
export function staffToNotify(task: FirstServiceVisit, due: FirstServiceDue, context: Context): string[] {
  const { assignee, heldBy = [], declinedBy = [] } = task;
  const left = [...heldBy, ...declinedBy];
  const emailed = STAFF_MESSAGES.flatMap((message) => emailsOf(task, message))
    .filter(mayHaveLeft)
    .flatMap(({ to }) => staffIn(to))
    .filter((number) => !left.includes(number));
  const named = [assignee?.employeeNumber, sellerOf(due, context)].filter((one) => one !== undefined);
  return [...new Set([...named, ...emailed])];
}

/** Whether one of our letters may have told the customer a time. */
export const customerHasTime = (task: FirstServiceVisit): boolean =>
  TIMES.some((message) => emailsOf(task, message, 'customer').some(mayHaveLeft));

/** Confirms every booked time to the customer; if they were sent a different one before, it is a move. */
export const sendNewTime = (draft: VisitDraft): VisitDraft =>
  writeToCustomer(customerHasTime(draft.task) ? 'first-service-moved' : 'first-service-confirmation')(draft);

/** Queues a letter and drops letters about the visit that still wait to be sent: they would say the same, or less. */
export const writeToCustomer =
  (message: (typeof CUSTOMER_MESSAGES)[number], own?: Email['own']) =>
  (draft: VisitDraft): VisitDraft => {
    if (addressOf(draft.task, draft.task.facts.due?.customer) === undefined) return draft.noAddress();
    return draft
      .change((task) => ({
        ...task,
        outbox: task.outbox.map((entry) =>
          isToCustomer(entry) && entry.state === 'owed' ? lapse(entry, { code: 'superseded' }) : entry,
        ),
      }))
      .email({ message, to: 'customer', ...(own === undefined ? {} : { own }), again: true });
  };
