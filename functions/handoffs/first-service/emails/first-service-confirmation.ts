import type { Language } from '../../../group/business-time.ts';
import { button, lead, link, paragraph } from '../../../mail/blocks.ts';
import { calendarFile } from '../../../mail/calendar-file.ts';
import { momentOf } from '../../../mail/format.ts';
import { type Email, type MessageContext, messageOf } from '../../../mail/message.ts';
import { sentenceCase, type Words, words, wordsToText } from '../../../mail/words.ts';
import {
  advisorCard,
  type Correspondence,
  comingIn,
  correspondenceWith,
  customerLetter,
  firstServiceFacts,
  numberToCall,
  theirCar,
} from '../../any-kind/customer-letter.ts';
import { needed } from '../../any-kind/required-facts.ts';
import { calendarEntryOf } from '../announced.ts';
import { firstService } from '../kind.ts';
import type { Appointment, FirstServiceVisit } from '../task.ts';
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
  const when = momentOf(store.timeZone, appointment.startsAt ?? now, to.language);
  const due = needed(task.facts.due, task);
  return customerLetter(to, {
    subject: say.subject(words`${when}`),
    preheader: say.preheader(store.name),
    heading: say.heading,
    blocks: [
      lead(sentenceCase(when)),
      paragraph(to.advisor ? say.expects(to.advisor.name, theirCar(to)) : say.expected(theirCar(to))),
      advisorCard(to),
      comingIn(to),
      firstServiceFacts(to, { due: undefined, prepaid: due.prepaid, promises: due.promises }),
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
      paragraph(say.chooseAgain(theirCar(to))),
      button(say.choose, store.bookingLink),
      paragraph(say.orCall(numberToCall(to))),
      firstServiceFacts(to, { due, prepaid: due.prepaid, promises: due.promises }),
      advisorCard(to),
      comingIn(to),
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
  readonly chooseAgain: (car: Words) => Words;
  readonly choose: string;
  readonly orCall: (number: Words) => Words;
}

const texts: Record<Language, Texts> = {
  en: {
    subject: (when) => words`Your first service: ${when}`,
    preheader: (store) => words`At ${store}, with a file for your calendar.`,
    heading: words`Your first service is booked`,
    expects: (name, car) =>
      words`${name} expects you and ${car}. The attached file puts the time in your calendar.`,
    expected: (car) => words`We expect you and ${car}. The attached file puts the time in your calendar.`,
    otherTime: (number) => words`Does another time suit you better? Call ${number}, or change it online:`,
    change: 'Change the time',
    summary: (store) => `First service at ${store}`,
    gone: words`Your first service needs a new time`,
    chooseAgain: (car) =>
      words`The first service of ${car} has no time at the moment. Please choose a new one.`,
    choose: 'Choose a time',
    orCall: (number) => words`Or call ${number} and we'll find a time together.`,
  },
  es: {
    subject: (when) => words`Su primer servicio: ${when}`,
    preheader: (store) => words`En ${store}, con un archivo para su calendario.`,
    heading: words`Su primer servicio está reservado`,
    expects: (name, car) =>
      words`${name} le espera con ${car}. El archivo adjunto anota la hora en su calendario.`,
    expected: (car) => words`Le esperamos con ${car}. El archivo adjunto anota la hora en su calendario.`,
    otherTime: (number) => words`¿Le conviene más otra hora? Llame al ${number} o cámbiela en línea:`,
    change: 'Cambiar la hora',
    summary: (store) => `Primer servicio en ${store}`,
    gone: words`Su primer servicio necesita una nueva hora`,
    chooseAgain: (car) => words`El primer servicio de ${car} no tiene hora en este momento. Elija una nueva.`,
    choose: 'Elegir una hora',
    orCall: (number) => words`O llame al ${number} y buscamos juntos una hora.`,
  },
};

const movedTexts: Record<Language, Pick<Texts, 'subject' | 'heading' | 'expects' | 'expected'>> = {
  en: {
    subject: (when) => words`Your first service has a new time: ${when}`,
    heading: words`Your first service has a new time`,
    expects: (name, car) =>
      words`${name} expects you and ${car} at this time. The attached file changes it in your calendar.`,
    expected: (car) =>
      words`We expect you and ${car} at this time. The attached file changes it in your calendar.`,
  },
  es: {
    subject: (when) => words`Su primer servicio tiene una nueva hora: ${when}`,
    heading: words`Su primer servicio tiene una nueva hora`,
    expects: (name, car) =>
      words`${name} le espera con ${car} a esta hora. El archivo adjunto la cambia en su calendario.`,
    expected: (car) =>
      words`Le esperamos con ${car} a esta hora. El archivo adjunto la cambia en su calendario.`,
  },
};
