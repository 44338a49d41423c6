import type { Language } from '../../../group/business-time.ts';
import { button, hero, link, paragraph } from '../../../mail/blocks.ts';
import { calendarFile } from '../../../mail/calendar-file.ts';
import { brieflyAt, dayOf, timeOf } from '../../../mail/format.ts';
import { type Email, type MessageContext, messageOf } from '../../../mail/message.ts';
import { sentenceCase, type Words, words, wordsToText } from '../../../mail/words.ts';
import type { Appointment } from '../../any-kind/appointments.ts';
import {
  advisorCard,
  type Correspondence,
  comingIn,
  correspondenceWith,
  customerLetter,
  firstServiceFacts,
  numberToCall,
  orCall,
  theirCar,
} from '../../any-kind/customer-letter.ts';
import { needed } from '../../any-kind/required-facts.ts';
import { calendarEntryOf } from '../announced.ts';
import { firstService } from '../kind.ts';
import type { FirstServiceVisit } from '../task.ts';
import { currentAppointment } from '../visit.ts';

type Context = MessageContext<FirstServiceVisit>;

/** To a customer with a booked first service: when, where, and a calendar file. */
export const firstServiceConfirmation = messageOf(firstService, {
  to: 'customer',
  optOutKind: 'service',
  write: (context) => {
    const due = needed(context.task.facts.due, context.task);
    const to = correspondenceWith(due.customer, due.vehicle, context);
    const booked = currentAppointment(context.task, context.now);
    return booked ? confirmationLetter(to, context, booked) : noTimeAnyMore(to, context);
  },
});

/** `new`: the customer was written another time before. */
export function confirmationLetter(
  to: Correspondence,
  context: Context,
  appointment: Appointment,
  time: 'first' | 'new' = 'first',
): Email {
  const { task, group, store, now } = context;
  const say = { ...texts[to.language], ...(time === 'new' ? movedTexts[to.language] : {}) };
  const startsAt = appointment.startsAt ?? now;
  const due = needed(task.facts.due, task);
  return customerLetter(to, {
    subject: say.subject(brieflyAt(store.timeZone, startsAt, to.language)),
    preheader: say.preheader(store.name),
    heading: say.heading,
    blocks: [
      hero(
        timeOf(store.timeZone, startsAt, to.language),
        sentenceCase(dayOf(store.timeZone, startsAt, to.language)),
      ),
      paragraph(to.advisor ? say.expects(to.advisor.name, theirCar(to)) : say.expected(theirCar(to))),
      advisorCard(to),
      firstServiceFacts(to, { due: undefined, prepaid: due.prepaid, promises: due.promises }),
      ...comingIn(to),
      paragraph(say.otherTime(numberToCall(to))),
      link(say.change, store.bookingLink),
    ],
    attachments: [
      calendarFile({
        task,
        entry: calendarEntryOf(task, appointment),
        group,
        store,
        now,
        summary: say.summary(store.name),
        description: wordsToText(store.serviceDriveDirections),
      }),
    ],
  });
}

/** Whether the appointment was cancelled after the email was queued: a cancelled time is not confirmed. */
export function noTimeAnyMore(to: Correspondence, { store, task }: Context): Email {
  const say = texts[to.language];
  const due = needed(task.facts.due, task);
  return customerLetter(to, {
    subject: say.gone,
    preheader: say.preheader(store.name),
    heading: say.gone,
    blocks: [
      paragraph(say.wasCancelled(theirCar(to))),
      button(say.choose, store.bookingLink),
      orCall(to),
      firstServiceFacts(to, { due, prepaid: due.prepaid, promises: due.promises }),
      advisorCard(to),
      ...comingIn(to),
    ],
  });
}

interface Texts {
  readonly subject: (when: Words) => Words;
  readonly preheader: (store: string) => Words;
  readonly heading: Words;
  readonly expects: (name: string, car: Words) => Words;
  readonly expected: (car: Words) => Words;
  readonly otherTime: (number: Words) => Words;
  readonly change: string;
  readonly summary: (store: string) => string;
  readonly gone: Words;
  readonly wasCancelled: (car: Words) => Words;
  readonly choose: string;
}

const texts: Record<Language, Texts> = {
  en: {
    subject: (when) => words`Your first service: ${when}`,
    preheader: (store) => words`At ${store}. Tap the attachment to add it to your calendar.`,
    heading: words`Your first service is booked`,
    expects: (name, car) =>
      words`${name} will be ready for you and ${car}. Tap the attachment to add it to your calendar.`,
    expected: (car) =>
      words`We’ll be ready for you and ${car}. Tap the attachment to add it to your calendar.`,
    otherTime: (number) => words`Need a different time? Call ${number}, or change it online:`,
    change: 'Change the time',
    summary: (store) => `First service at ${store}`,
    gone: words`Let’s reschedule your first service`,
    wasCancelled: (car) =>
      words`Your appointment for the first service of ${car} was cancelled. Please pick a new time.`,
    choose: 'Pick a time',
  },
  es: {
    subject: (when) => words`Su primer servicio: ${when}`,
    preheader: (store) => words`En ${store}. Toque el archivo adjunto para agregar la cita a su calendario.`,
    heading: words`Su primer servicio ya tiene cita`,
    expects: (name, car) =>
      words`${name} le estará esperando para atender ${car}. Toque el archivo adjunto para agregar la cita a su calendario.`,
    expected: (car) =>
      words`Le estaremos esperando para atender ${car}. Toque el archivo adjunto para agregar la cita a su calendario.`,
    otherTime: (number) => words`¿Necesita otra hora? Llame al ${number} o cambie su cita en línea:`,
    change: 'Cambiar mi cita',
    summary: (store) => `Primer servicio en ${store}`,
    gone: words`Hay que reprogramar su primer servicio`,
    wasCancelled: (car) =>
      words`La cita para el primer servicio de ${car} fue cancelada. Por favor, elija otra hora.`,
    choose: 'Hacer mi cita',
  },
};

const movedTexts: Record<Language, Pick<Texts, 'subject' | 'heading' | 'expects' | 'expected'>> = {
  en: {
    subject: (when) => words`New time for your first service: ${when}`,
    heading: words`Your first service has a new time`,
    expects: (name, car) =>
      words`${name} will be ready for you and ${car} at the new time. Tap the attachment to update your calendar.`,
    expected: (car) =>
      words`We’ll be ready for you and ${car} at the new time. Tap the attachment to update your calendar.`,
  },
  es: {
    subject: (when) => words`Nueva hora de su cita: ${when}`,
    heading: words`Su primer servicio tiene una nueva hora`,
    expects: (name, car) =>
      words`${name} le estará esperando a la nueva hora para atender ${car}. Toque el archivo adjunto para actualizar su calendario.`,
    expected: (car) =>
      words`Le estaremos esperando a la nueva hora para atender ${car}. Toque el archivo adjunto para actualizar su calendario.`,
  },
};
