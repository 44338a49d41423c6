import type { VehicleSold } from '../../../contracts/vehicle-sold.ts';
import { customerName } from '../../../customers/customer.ts';
import { mayContact } from '../../../customers/may-contact.ts';
import { calendarOf, formatInstant, isOpen, nextOpen } from '../../../group/business-time.ts';
import { aside, facts } from '../../../mail/blocks.ts';
import { type MessageContext, messageOf } from '../../../mail/message.ts';
import { strong, type Words, words } from '../../../mail/words.ts';
import { startByReaching } from '../../any-kind/contact-words.ts';
import { callName } from '../../any-kind/customer-letter.ts';
import { dueBy, noted } from '../../any-kind/first-service-facts.ts';
import { customerRows, lacksEmail, named, personRow } from '../../any-kind/people-words.ts';
import { needed } from '../../any-kind/required-facts.ts';
import { carRows, newOrChanged, staffLetter } from '../../any-kind/staff-letter.ts';
import { lastStep } from '../../any-kind/steps.ts';
import { correctedSubject, whatWasCorrected } from '../correction-words.ts';
import { isOver } from '../delivery.ts';
import { deliveredWhen, deliveryRow, firstVisitRow, meetingAt, notIntroducedYet } from '../delivery-words.ts';
import { introduction } from '../kind.ts';
import { sellersOf } from '../sellers.ts';
import { emailNotes, type SaleCorrection, type ServiceIntroduction, walkersOf } from '../task.ts';

/** To the advisor: which customer will be walked over, what was promised, and to confirm the introduction. */
export const introductionToSign = messageOf(introduction, {
  to: 'staff',
  leaves: 'now',
  own: emailNotes,
  write: (context) => {
    const { task } = context;
    const sold = needed(task.facts.sold, task);
    const customer = callName(sold.customer);
    const [seller] = sellersOf(task, context.person);
    const walker = seller ?? context.person(walkersOf(task)[0]);
    const across = context.soldAt.id !== context.store.id;
    return staffLetter(context, {
      ...headlines(context, sold),
      first: whatNow(context, sold, named(walker, 'Sales')),
      ...newOrChanged(context, context.own !== undefined),
      button: lastStep(context),
      facts: [
        whatWasCorrected(context.own, sold, context),
        lacksEmail(context)
          ? aside(
              words`${strong('No email address yet.')} Please ask ${customer} for one and enter it with the button.`,
            )
          : undefined,
        facts([
          ...customerRows(sold.customer, context),
          ...carRows(sold.vehicle),
          deliveryRow(context, sold),
          ['What we owe', noted(sold.promises, context)],
          ['Already covered', noted(sold.prepaid, context)],
          firstVisitRow(context),
          ['First service due', task.firstService && dueBy(task.firstService, 'en', context.store)],
          ['Sold at', across ? context.soldAt.name : undefined],
          personRow(sold.salespeople.length === 0 ? 'House deal, with' : 'Salesperson', walker),
        ]),
      ],
    });
  },
});

function headlines(context: Context, sold: VehicleSold): Record<'subject' | 'heading', Words> {
  const who = words`${customerName(sold.customer)}`;
  return isOver(sold, context)
    ? {
        subject: words`${notIntroducedYet(context, sold)}: ${who}`,
        heading: words`${who}: introduce yourself, then sign off`,
      }
    : {
        subject: correctedSubject(context.own, words`Meet ${who} and sign the introduction`),
        heading: words`Meet ${who}, then sign off`,
      };
}

/** Who comes over, and when. A customer who has left, or who comes while Service is closed, is reached by phone. */
function whatNow(context: Context, sold: VehicleSold, walker: Words): Words {
  const { store, soldAt, now } = context;
  const customer = callName(sold.customer);
  const reach = startByReaching(sold.customer);
  const byPhone = mayContact(sold.customer, 'phone') ? words`: by phone counts` : words``;
  const { walkedOver } = context.task;
  if (walkedOver)
    return words`${walker} brought ${customer} over (${formatInstant(store.timeZone, walkedOver.at, 'en')}). Sign off with the button that you met.`;
  if (isOver(sold, context))
    return words`${customer} took the car ${deliveredWhen(context, sold)} and hasn’t been introduced to Service yet. ${reach} ${customer}, introduce yourself, then sign off with the button${byPhone}.`;
  const meeting = meetingAt(sold, now);
  const at = meeting > now ? words` (${formatInstant(store.timeZone, meeting, 'en')})` : words``;
  const calendar = calendarOf(store, 'service');
  if (!isOpen(calendar, meeting)) {
    const opens = formatInstant(store.timeZone, nextOpen(calendar, meeting), 'en');
    return words`Service is closed when ${customer} picks up the car${at}. ${reach} ${customer} when you’re open again (${opens}) and introduce yourself. Then sign off with the button${byPhone}.`;
  }
  if (soldAt.id !== store.id)
    return words`${walker} introduces ${customer} to you by phone, from ${soldAt.name}${at}. Introduce yourself, then sign off with the button.`;
  return words`${walker} is bringing ${customer} over${at}. Introduce yourself, hand over your card, then sign off with the button: in person, by video, by phone, or not yet.`;
}

type Context = MessageContext<ServiceIntroduction, SaleCorrection>;
