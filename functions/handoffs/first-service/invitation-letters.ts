import { type Language, localDate } from '../../group/business-time.ts';
import { button, paragraph } from '../../mail/blocks.ts';
import type { Email, MessageContext } from '../../mail/message.ts';
import { type Words, words } from '../../mail/words.ts';
import { comingIn, waysToUs } from '../any-kind/coming-in.ts';
import {
  advisorCard,
  advisorContact,
  correspondenceWith,
  customerLetter,
  theirCar,
} from '../any-kind/customer-letter.ts';
import { dueBy, firstServiceFacts } from '../any-kind/first-service-facts.ts';
import { needed } from '../any-kind/required-facts.ts';
import { letterFrom } from './letter-from.ts';
import type { FirstServiceVisit } from './task.ts';
import { currentAppointment } from './visit.ts';
import { visitLetter } from './visit-letters.ts';

/** Letters to a customer whose first service is not booked: when it is due, how to book, and whom they will meet. */
type Occasion = 'first' | 'due' | 'overdue';

export function invitationLetter(context: MessageContext<FirstServiceVisit>, occasion: Occasion): Email {
  const { task, store, now } = context;
  // Booked after the email was queued: no invitation needed.
  if (currentAppointment(task, now)) return visitLetter(context, 'first');
  const due = needed(task.facts.due, task);
  const to = correspondenceWith(due.customer, due.vehicle, context, { from: letterFrom(task) });
  const say = texts[to.language];
  const of = say.occasions[occasion];
  const [car, when] = [theirCar(to), dueBy(due, to.language, store)];
  const isPast = due.dueOn < localDate(store.timeZone, now);
  return customerLetter(to, {
    subject: of.subject(car),
    preheader: isPast ? say.wasDueBy(when) : say.dueBy(when),
    heading: isPast ? of.headingPast : of.heading,
    blocks: [
      paragraph(isPast ? of.wasDue(car, when) : of.isDue(car, when)),
      button(say.book, store.bookingLink),
      waysToUs(to),
      firstServiceFacts(to, { due, prepaid: due.prepaid, promises: due.promises }),
      advisorCard(to),
      comingIn(to),
    ],
    attachments: [advisorContact(to)],
  });
}

interface OccasionTexts {
  readonly subject: (car: Words) => Words;
  readonly heading: Words;
  readonly headingPast: Words;
  readonly isDue: (car: Words, when: Words) => Words;
  readonly wasDue: (car: Words, when: Words) => Words;
}

interface Texts {
  readonly dueBy: (when: Words) => Words;
  readonly wasDueBy: (when: Words) => Words;
  readonly book: string;
  readonly occasions: Readonly<Record<Occasion, OccasionTexts>>;
}

const english = {
  isDue: (car: Words, when: Words) =>
    words`The first service for ${car} is due by ${when}. Pick the time that works best for you.`,
  wasDue: (car: Words, when: Words) =>
    words`The first service for ${car} was due by ${when}. Pick the next time that works for you.`,
};

const spanish = {
  isDue: (car: Words, when: Words) =>
    words`A ${car} le toca el primer servicio a más tardar el ${when}. Elija la hora que más le convenga.`,
  wasDue: (car: Words, when: Words) =>
    words`A ${car} le tocaba el primer servicio el ${when}. Elija la próxima hora que le convenga.`,
};

const texts: Record<Language, Texts> = {
  en: {
    dueBy: (when) => words`Due by ${when}.`,
    wasDueBy: (when) => words`It was due by ${when}.`,
    book: 'Pick a time',
    occasions: {
      first: {
        ...english,
        subject: (car) => words`Book the first service for ${car}`,
        heading: words`Your first service is coming up`,
        headingPast: words`It’s time for your first service`,
      },
      due: {
        ...english,
        subject: (car) => words`Time for the first service of ${car}`,
        heading: words`It’s time for your first service`,
        headingPast: words`It’s time for your first service`,
      },
      overdue: {
        ...english,
        subject: (car) => words`Still due: first service of ${car}`,
        heading: words`Let’s get your first service done`,
        headingPast: words`Let’s get your first service done`,
        wasDue: (car, when) =>
          words`The first service for ${car} was due by ${when}, and we haven’t seen you yet. Had it done somewhere else, or sold the car? Just reply, and we’ll make a note of it.`,
      },
    },
  },
  es: {
    dueBy: (when) => words`Le toca a más tardar el ${when}.`,
    wasDueBy: (when) => words`Le tocaba el ${when}.`,
    book: 'Hacer mi cita',
    occasions: {
      first: {
        ...spanish,
        subject: (car) => words`Primer servicio de ${car}: haga su cita`,
        heading: words`Se acerca su primer servicio`,
        headingPast: words`Ya le toca su primer servicio`,
      },
      due: {
        ...spanish,
        subject: (car) => words`Ya le toca el primer servicio a ${car}`,
        heading: words`Ya le toca su primer servicio`,
        headingPast: words`Ya le toca su primer servicio`,
      },
      overdue: {
        ...spanish,
        subject: (car) => words`Primer servicio pendiente de ${car}`,
        heading: words`Su primer servicio sigue pendiente`,
        headingPast: words`Su primer servicio sigue pendiente`,
        wasDue: (car, when) =>
          words`A ${car} le tocaba el primer servicio el ${when}, y todavía no le hemos visto. ¿Se lo hicieron en otro lugar, o ya no tiene el vehículo? Responda a este correo y tomamos nota.`,
      },
    },
  },
};
