import type { FirstServiceDue } from '../../../contracts/first-service-due.ts';
import { customerName } from '../../../customers/customer.ts';
import { checklist, facts, points } from '../../../mail/blocks.ts';
import { carOf } from '../../../mail/format.ts';
import { type Email, type MessageContext, messageOf } from '../../../mail/message.ts';
import { type Words, words } from '../../../mail/words.ts';
import { comingDay } from '../../any-kind/coming-day.ts';
import { callName } from '../../any-kind/customer-letter.ts';
import { inEnglish, noted } from '../../any-kind/first-service-facts.ts';
import { assigneeOf, customerRows, named, personRow } from '../../any-kind/people-words.ts';
import { needed } from '../../any-kind/required-facts.ts';
import { FYI, staffLetter } from '../../any-kind/staff-letter.ts';
import { firstService } from '../kind.ts';
import { bookedVisit, isOfSales } from '../staff-words.ts';
import type { FirstServiceVisit } from '../task.ts';
import { sellerNamed } from '../visit.ts';

/**
 * On the last open day before the visit. To the salesperson: be there tomorrow, or after the weekend. To the advisor: have
 * ready what was promised.
 */
export const visitTomorrow = messageOf(firstService, {
  to: 'staff',
  leaves: 'next list',
  write: (context) => {
    const due = needed(context.task.facts.due, context.task);
    const visit = bookedVisit(context);
    if (!visit) return nothingBooked(context, due);
    const day = comingDay(context, visit.appointment.startsAt ?? context.now);
    return isOfSales(context.reader)
      ? beThere(context, due, { day, when: visit.when })
      : haveReady(context, due, { day, when: visit.when });
  },
});

type Context = MessageContext<FirstServiceVisit>;

interface At {
  /** `Tomorrow at 4:00 PM` */
  readonly day: Words;
  readonly when: Words;
}

function beThere(context: Context, due: FirstServiceDue, { day, when }: At): Email {
  const customer = callName(due.customer);
  const advisor = assigneeOf(context);
  return staffLetter(context, {
    subject: words`${day}: be there for ${customerName(due.customer)}`,
    heading: words`${day}: ${customerName(due.customer)} comes back`,
    first: words`${when}: be in the service drive when ${customer} arrives, and say hello first.`,
    facts: [facts([...aboutTheVisit(context, due), personRow('Service advisor', advisor)])],
    more: [
      points([
        words`Ask how the car is doing. Nothing to sell today.`,
        words`Hand over to ${named(advisor, 'the service advisor')} by name.`,
      ]),
    ],
  });
}

function haveReady(context: Context, due: FirstServiceDue, { day, when }: At): Email {
  const customer = callName(due.customer);
  const promises = inEnglish(due.promises, context);
  const seller = context.person(sellerNamed(due, context.task.storeId));
  return staffLetter(context, {
    subject: words`${day}: first service of ${customerName(due.customer)}`,
    heading: words`${day}: ${customerName(due.customer)}, first service`,
    first:
      promises.length > 0
        ? words`${when}. Have ready what we promised, and greet ${customer} by name.`
        : words`${when}. Nothing was promised at the sale: greet ${customer} by name.`,
    facts: [
      checklist(promises, 'Have ready'),
      facts([
        ...aboutTheVisit(context, due),
        ['Already covered', noted(due.prepaid, context)],
        personRow('Salesperson', seller),
      ]),
    ],
  });
}

const nothingBooked = (context: Context, due: FirstServiceDue): Email =>
  staffLetter(context, {
    subject: words`No appointment now: the first service of ${customerName(due.customer)}`,
    heading: words`No appointment now: the first service of ${customerName(due.customer)}`,
    first: words`Nothing to do: we’ll tell you when a new time is booked.`,
    status: FYI,
    facts: [facts(aboutTheVisit(context, due))],
  });

const aboutTheVisit = (context: Context, due: FirstServiceDue) =>
  [...customerRows(due.customer, context), ['Car', carOf(due.vehicle)]] as const;
