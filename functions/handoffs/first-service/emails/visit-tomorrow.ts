import { customerName } from '../../../customers/customer.ts';
import { addDays, localDate } from '../../../group/business-time.ts';
import { facts, points } from '../../../mail/blocks.ts';
import { carOf, dayOf, timeOf } from '../../../mail/format.ts';
import { type MessageContext, messageOf } from '../../../mail/message.ts';
import { ours, type Words, words } from '../../../mail/words.ts';
import { callName } from '../../any-kind/customer-letter.ts';
import { assigneeOf, customerRows, named, personRow } from '../../any-kind/people-words.ts';
import { needed } from '../../any-kind/required-facts.ts';
import { staffLetter } from '../../any-kind/staff-letter.ts';
import { firstService } from '../kind.ts';
import { bookedVisit, type Visit } from '../staff-words.ts';
import type { FirstServiceVisit } from '../task.ts';

/** To the salesperson, on the last open day before the visit: tomorrow, or after the weekend, be there. */
export const visitTomorrow = messageOf(firstService, {
  to: 'staff',
  leaves: 'now',
  write: (context) => {
    const due = needed(context.task.facts.due, context.task);
    const name = customerName(due.customer);
    const customer = callName(due.customer);
    const advisor = assigneeOf(context);
    const visit = bookedVisit(context);
    const day = visit ? dayInWords(context, visit) : words`Soon`;
    return staffLetter(context, {
      subject: visit
        ? words`${day}: be there for ${name}`
        : words`No appointment now: the first service of ${name}`,
      heading: visit
        ? words`${day}: ${name} comes back`
        : words`No appointment now: the first service of ${name}`,
      first: visit
        ? words`${visit.when}: be in the service drive when ${customer} arrives, and say hello first.`
        : words`Nothing to do: we’ll tell you when a new time is booked.`,
      facts: [
        facts([
          ...customerRows(due.customer, context),
          ['Car', carOf(due.vehicle)],
          personRow('Service advisor', advisor),
        ]),
      ],
      more: visit
        ? [
            points([
              words`Ask how the car is doing. Nothing to sell today.`,
              words`Hand over to ${named(advisor, 'the service advisor')} by name.`,
            ]),
          ]
        : [],
    });
  },
});

/** `Tomorrow at 4:00 PM`; with a closed day between, the day's name. */
function dayInWords({ store, now }: MessageContext<FirstServiceVisit>, { appointment }: Visit): Words {
  const startsAt = appointment.startsAt ?? now;
  const time = ours(timeOf(store.timeZone, startsAt, 'en'));
  const today = localDate(store.timeZone, now);
  const day = localDate(store.timeZone, startsAt);
  if (day === today) return words`Today at ${time}`;
  if (day === addDays(today, 1)) return words`Tomorrow at ${time}`;
  return words`${dayOf(store.timeZone, startsAt, 'en').split(',')[0] ?? ''} at ${time}`;
}
