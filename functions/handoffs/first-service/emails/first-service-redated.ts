import { formatDate, type Language } from '../../../group/business-time.ts';
import { button, paragraph } from '../../../mail/blocks.ts';
import { momentOf } from '../../../mail/format.ts';
import { messageOf } from '../../../mail/message.ts';
import { type Words, words } from '../../../mail/words.ts';
import { nextAppointment } from '../../any-kind/appointments.ts';
import { comingIn, waysToUs } from '../../any-kind/coming-in.ts';
import { advisorCard, correspondenceWith, customerLetter, theirCar } from '../../any-kind/customer-letter.ts';
import { dueBy, firstServiceFacts } from '../../any-kind/first-service-facts.ts';
import { needed } from '../../any-kind/required-facts.ts';
import { firstService } from '../kind.ts';
import { letterFrom } from '../letter-from.ts';
import { emailNotes } from '../task.ts';

/** To a customer whom we sent a wrong due date: the right one, and what happens to an appointment. */
export const firstServiceRedated = messageOf(firstService, {
  to: 'customer',
  optOutKind: 'service',
  own: emailNotes,
  write: (context) => {
    const { task, store, now, own } = context;
    const due = needed(task.facts.due, task);
    const to = correspondenceWith(due.customer, due.vehicle, context, { from: letterFrom(task) });
    const say = texts[to.language];
    const when = dueBy(due, to.language, store);
    const from = own?.code === 'due-moved' ? words`${formatDate(own.from, to.language)}` : undefined;
    const visit = nextAppointment(task.facts.appointments, now)?.startsAt;
    const isTime = task.state !== 'waiting';
    return customerLetter(to, {
      subject: say.subject,
      preheader: say.preheader(when),
      heading: say.heading,
      blocks: [
        paragraph(say.isDue(theirCar(to), when, from)),
        paragraph(
          visit === undefined
            ? isTime
              ? say.book
              : say.later
            : say.booked(words`${momentOf(store.timeZone, visit, to.language)}`),
        ),
        isTime || visit !== undefined ? button(say.button, store.bookingLink) : undefined,
        waysToUs(to),
        firstServiceFacts(to, { due, prepaid: due.prepaid, promises: due.promises }),
        advisorCard(to),
        comingIn(to),
      ],
    });
  },
});

interface Texts {
  readonly subject: Words;
  readonly preheader: (when: Words) => Words;
  readonly heading: Words;
  readonly isDue: (car: Words, when: Words, from: Words | undefined) => Words;
  readonly later: Words;
  readonly book: Words;
  readonly booked: (when: Words) => Words;
  readonly button: string;
}

const texts: Record<Language, Texts> = {
  en: {
    subject: words`Corrected date for your first service`,
    preheader: (when) => words`It’s due by ${when}.`,
    heading: words`A new date for your first service`,
    isDue: (car, when, from) =>
      from
        ? words`We wrote you that the first service for ${car} is due by ${from}. That date was wrong, and we’re sorry: it’s due by ${when}.`
        : words`The date that we wrote you was wrong, and we’re sorry: the first service for ${car} is due by ${when}.`,
    later: words`You don’t need to do anything now. We’ll write to you when it’s time to book.`,
    book: words`Pick the time that works best for you.`,
    booked: (when) =>
      words`Your appointment on ${when} is still yours. If you’d rather come closer to the new date, pick another time.`,
    button: 'Pick a time',
  },
  es: {
    subject: words`Fecha corregida de su primer servicio`,
    preheader: (when) => words`Le toca a más tardar el ${when}.`,
    heading: words`Nueva fecha de su primer servicio`,
    isDue: (car, when, from) =>
      from
        ? words`Le escribimos que a ${car} le toca el primer servicio a más tardar el ${from}. Esa fecha no era correcta, y le pedimos una disculpa: le toca a más tardar el ${when}.`
        : words`La fecha que le escribimos no era correcta, y le pedimos una disculpa: a ${car} le toca el primer servicio a más tardar el ${when}.`,
    later: words`Por ahora no tiene que hacer nada. Le escribiremos cuando sea el momento de hacer la cita.`,
    book: words`Elija la hora que más le convenga.`,
    booked: (when) =>
      words`Su cita del ${when} sigue en pie. Si prefiere venir más cerca de la nueva fecha, elija otra hora.`,
    button: 'Hacer mi cita',
  },
};
