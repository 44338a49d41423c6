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
  numberToCall,
  theirCar,
} from '../../any-kind/customer-letter.ts';
import { needed } from '../../any-kind/required-facts.ts';
import { firstService } from '../kind.ts';
import { currentAppointment } from '../visit.ts';
import { confirmationLetter } from './first-service-confirmation.ts';

/** To a customer whose first service is due and not booked: when it is due, how to book, who will meet them. */
export const firstServiceInvitation = messageOf(firstService, {
  to: 'customer',
  optOutKind: 'service',
  write: (context) => {
    const { task, store, now } = context;
    const due = needed(task.facts.due, task);
    const to = correspondenceWith(due.customer, due.vehicle, context);
    const booked = currentAppointment(task, now);
    // Booked after the email was queued: no invitation needed.
    if (booked) return confirmationLetter(to, context, booked);
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
        paragraph(say.orCall(numberToCall(to))),
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
  readonly orCall: (number: Words) => Words;
}

const texts: Record<Language, Texts> = {
  en: {
    subject: (car) => words`Please book the first service of ${car}`,
    preheader: (when) => words`Due by ${when}.`,
    heading: words`Your first service is coming up`,
    headingLate: words`Your first service is waiting for a date`,
    isDue: (car, when) =>
      words`The first service of ${car} is due by ${when}. Please choose the time that suits you best.`,
    wasDue: (car, when) =>
      words`The first service of ${car} was due by ${when}. Please choose the next time that suits you.`,
    book: 'Choose a time',
    orCall: (number) => words`Or call ${number} and we'll find a time together.`,
  },
  es: {
    subject: (car) => words`Reserve el primer servicio de ${car}`,
    preheader: (when) => words`Fecha límite: ${when}.`,
    heading: words`Se acerca su primer servicio`,
    headingLate: words`Su primer servicio espera una fecha`,
    isDue: (car, when) =>
      words`El primer servicio de ${car} corresponde a más tardar el ${when}. Elija la hora que más le convenga.`,
    wasDue: (car, when) =>
      words`El primer servicio de ${car} correspondía el ${when}. Elija la próxima hora que le convenga.`,
    book: 'Elegir una hora',
    orCall: (number) => words`O llame al ${number} y buscamos juntos una hora.`,
  },
};
