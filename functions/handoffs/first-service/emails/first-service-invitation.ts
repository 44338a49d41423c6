import { type Language, localDate } from '../../../group/business-time.ts';
import { button, paragraph } from '../../../mail/blocks.ts';
import { messageOf } from '../../../mail/message.ts';
import { type Words, words } from '../../../mail/words.ts';
import {
  advisorCard,
  advisorContact,
  comingIn,
  correspondenceWith,
  customerLetter,
  dueBy,
  firstServiceFacts,
  theirCar,
  waysToUs,
} from '../../any-kind/customer-letter.ts';
import { needed } from '../../any-kind/required-facts.ts';
import { firstService } from '../kind.ts';
import { currentAppointment } from '../visit.ts';
import { visitLetter } from '../visit-letters.ts';

/** To a customer whose first service is due and not booked: when it is due, how to book, who will meet them. */
export const firstServiceInvitation = messageOf(firstService, {
  to: 'customer',
  optOutKind: 'service',
  write: (context) => {
    const { task, store, now } = context;
    const due = needed(task.facts.due, task);
    const to = correspondenceWith(due.customer, due.vehicle, context);
    // Booked after the email was queued: no invitation needed.
    if (currentAppointment(task, now)) return visitLetter(context, 'first');
    const say = texts[to.language];
    const when = dueBy(due, to.language, context.store);
    const isPast = due.dueOn < localDate(store.timeZone, now);
    return customerLetter(to, {
      subject: say.subject(theirCar(to)),
      preheader: say.preheader(when),
      heading: isPast ? say.headingLate : say.heading,
      blocks: [
        paragraph(isPast ? say.wasDue(theirCar(to), when) : say.isDue(theirCar(to), when)),
        button(say.book, store.bookingLink),
        waysToUs(to),
        firstServiceFacts(to, { due, prepaid: due.prepaid, promises: due.promises }),
        advisorCard(to),
        comingIn(to),
      ],
      attachments: [advisorContact(to)],
    });
  },
});

interface Texts {
  readonly subject: (car: Words) => Words;
  readonly preheader: (when: Words) => Words;
  readonly heading: Words;
  readonly headingLate: Words;
  readonly isDue: (car: Words, when: Words) => Words;
  readonly wasDue: (car: Words, when: Words) => Words;
  readonly book: string;
}

const texts: Record<Language, Texts> = {
  en: {
    subject: (car) => words`Book the first service for ${car}`,
    preheader: (when) => words`Due by ${when}.`,
    heading: words`Your first service is coming up`,
    headingLate: words`It’s time for your first service`,
    isDue: (car, when) =>
      words`The first service for ${car} is due by ${when}. Pick the time that works best for you.`,
    wasDue: (car, when) =>
      words`The first service for ${car} was due by ${when}. Pick the next time that works for you.`,
    book: 'Pick a time',
  },
  es: {
    subject: (car) => words`Primer servicio de ${car}: haga su cita`,
    preheader: (when) => words`Le toca a más tardar el ${when}.`,
    heading: words`Se acerca su primer servicio`,
    headingLate: words`Ya le toca su primer servicio`,
    isDue: (car, when) =>
      words`A ${car} le toca el primer servicio a más tardar el ${when}. Elija la hora que más le convenga.`,
    wasDue: (car, when) =>
      words`A ${car} le tocaba el primer servicio el ${when}. Elija la próxima hora que le convenga.`,
    book: 'Hacer mi cita',
  },
};
