import type * as z from 'zod';
import type { Language } from '../../group/business-time.ts';
import { saidIn } from '../../group/said-by-language.ts';
import { button, hero, link, paragraph } from '../../mail/blocks.ts';
import { calendarFile } from '../../mail/calendar-file.ts';
import { brieflyAt, dayOf, momentOf, timeOf } from '../../mail/format.ts';
import type { Attachment, Email, MessageContext } from '../../mail/message.ts';
import { sentenceCase, type Words, words, wordsToText } from '../../mail/words.ts';
import type { Appointment, Booking } from '../any-kind/appointments.ts';
import { comingIn, waysToUs } from '../any-kind/coming-in.ts';
import {
  advisorCard,
  type Correspondence,
  correspondenceWith,
  customerLetter,
  numberToCall,
  theirCar,
} from '../any-kind/customer-letter.ts';
import { firstServiceFacts } from '../any-kind/first-service-facts.ts';
import { needed } from '../any-kind/required-facts.ts';
import { calendarEntryOf } from './announced.ts';
import { firstService } from './kind.ts';
import { letterFrom } from './letter-from.ts';
import { customerHasTime } from './recipients.ts';
import { goneFromCalendar } from './staff-words.ts';
import type { emailNotes, FirstServiceVisit } from './task.ts';
import { currentAppointment } from './visit.ts';

/**
 * The customer's letters about a visit that is, or was, booked. Each is written from what is booked when it is sent: a
 * confirmation that was queued before a cancellation asks for a new time instead, and vice versa.
 */
type Context = MessageContext<FirstServiceVisit>;
type Gone = Extract<z.infer<typeof emailNotes>, { code: 'visit-cancelled' }>;

/** `new`: the customer was sent another time before. */
type Occasion = 'first' | 'new' | 'tomorrow';

export function visitLetter(context: Context, occasion: Occasion, gone?: Gone): Email {
  const due = needed(context.task.facts.due, context.task);
  const to = correspondenceWith(due.customer, due.vehicle, context, { from: letterFrom(context.task) });
  const booked = currentAppointment(context.task, context.now);
  return booked ? bookedLetter(to, context, booked, occasion) : rebookLetter(to, context, gone);
}

function bookedLetter(to: Correspondence, context: Context, booked: Booking, occasion: Occasion): Email {
  const { task, store } = context;
  const { startsAt } = booked;
  const { promises, prepaid } = needed(task.facts.due, task);
  const say = texts[to.language];
  const of = say.occasions[occasion];
  return customerLetter(to, {
    subject: of.subject(brieflyAt(store.timeZone, startsAt, to.language)),
    preheader: of.preheader(store.name),
    heading: of.heading,
    blocks: [
      hero(
        timeOf(store.timeZone, startsAt, to.language),
        sentenceCase(dayOf(store.timeZone, startsAt, to.language)),
      ),
      waysToUs(to, context.calendarLink),
      paragraph(to.advisor ? of.expects(to.advisor.name, theirCar(to)) : of.expected(theirCar(to))),
      advisorCard(to),
      firstServiceFacts(to, { due: undefined, prepaid, promises }),
      comingIn(to),
      ...changing(to, context),
    ],
    attachments: [inCalendar(to, context, booked)],
  });
}

/** How to change the time: by phone, or on the customer's own page. */
function changing(to: Correspondence, { visitLink, store }: Context) {
  const say = texts[to.language];
  return [paragraph(say.otherTime(numberToCall(to))), link(say.change, visitLink ?? store.bookingLink)];
}

/** For a visit that was cancelled or missed, including one cancelled after a letter with its time was queued. */
function rebookLetter(to: Correspondence, context: Context, gone: Gone | undefined): Email {
  const { task, store } = context;
  const say = texts[to.language].gone;
  const due = needed(task.facts.due, task);
  const isMissed = gone?.how === 'no-show';
  const when = gone?.startsAt && words`${momentOf(store.timeZone, gone.startsAt, to.language)}`;
  return customerLetter(to, {
    subject: isMissed ? say.missed(theirCar(to)) : say.cancelled(theirCar(to)),
    preheader: say.preheader(store.name),
    heading: say.heading,
    blocks: [
      paragraph(isMissed ? say.missedOn(when || undefined) : say.cancelledOn(when || undefined)),
      paragraph(say.chooseAgain(theirCar(to))),
      button(say.choose, store.bookingLink),
      waysToUs(to),
      firstServiceFacts(to, { due, prepaid: due.prepaid, promises: due.promises }),
      advisorCard(to),
      comingIn(to),
    ],
    attachments: [outOfCalendar(to, context)],
  });
}

const inCalendar = (to: Correspondence, context: Context, entry: Appointment): Attachment | undefined => {
  const { task, group, store, now } = context;
  return calendarFile({
    ...{ task, group, store, now, entry: calendarEntryOf(task, entry) },
    summary: texts[to.language].summary(store.name),
    description:
      entry.status === 'booked' ? wordsToText(saidIn(store.serviceDriveDirections, to.language).text) : '',
  });
};

/** The visit as booked now, for the calendar button in a letter that may be older. */
export function visitCalendarFile(context: Omit<MessageContext, 'own'>): Attachment | undefined {
  const { task } = context;
  if (!firstService.is(task)) return undefined;
  const booked = currentAppointment(task, context.now);
  const due = needed(task.facts.due, task);
  const own = { ...context, task };
  return (
    booked &&
    inCalendar(correspondenceWith(due.customer, due.vehicle, own, { from: letterFrom(task) }), own, booked)
  );
}

/** Removes the time from the customer's calendar, if one of our letters put it there. */
function outOfCalendar(to: Correspondence, context: Context): Attachment | undefined {
  const gone = goneFromCalendar(context);
  return gone && customerHasTime(context.task) ? inCalendar(to, context, gone) : undefined;
}

interface OccasionTexts {
  readonly subject: (when: Words) => Words;
  readonly preheader: (store: string) => Words;
  readonly heading: Words;
  readonly expects: (name: string, car: Words) => Words;
  readonly expected: (car: Words) => Words;
}

interface Texts {
  readonly occasions: Readonly<Record<Occasion, OccasionTexts>>;
  readonly otherTime: (number: Words) => Words;
  readonly change: string;
  readonly summary: (store: string) => string;
  readonly gone: {
    readonly missed: (car: Words) => Words;
    readonly cancelled: (car: Words) => Words;
    readonly preheader: (store: string) => Words;
    readonly heading: Words;
    readonly missedOn: (when: Words | undefined) => Words;
    readonly cancelledOn: (when: Words | undefined) => Words;
    readonly chooseAgain: (car: Words) => Words;
    readonly choose: string;
  };
}

const texts: Record<Language, Texts> = {
  en: {
    occasions: {
      first: {
        subject: (when) => words`Your first service: ${when}`,
        preheader: (store) => words`At ${store}. Add it to your calendar, and see where to pull in.`,
        heading: words`Your first service is booked`,
        expects: (name, car) => words`${name} will be ready for you and ${car}.`,
        expected: (car) => words`We’ll be ready for you and ${car}.`,
      },
      new: {
        subject: (when) => words`New time for your first service: ${when}`,
        preheader: (store) => words`At ${store}. Update your calendar, and see where to pull in.`,
        heading: words`Your first service has a new time`,
        expects: (name, car) => words`${name} will be ready for you and ${car} at the new time.`,
        expected: (car) => words`We’ll be ready for you and ${car} at the new time.`,
      },
      tomorrow: {
        subject: (when) => words`See you ${when}`,
        preheader: (store) => words`Your first service at ${store}: where to pull in, and who to ask for.`,
        heading: words`Your first service is coming up`,
        expects: (name, car) => words`A quick reminder: ${name} is looking forward to seeing you and ${car}.`,
        expected: (car) => words`A quick reminder: we’re looking forward to seeing you and ${car}.`,
      },
    },
    otherTime: (number) => words`Need a different time? Call ${number}, or ask for one here:`,
    change: 'Ask for another time',
    summary: (store) => `First service at ${store}`,
    gone: {
      missed: (car) => words`We missed you: a new time for ${car}?`,
      cancelled: (car) => words`Let’s find a new time for ${car}`,
      preheader: (store) => words`At ${store}, whenever it works for you.`,
      heading: words`Let’s reschedule your first service`,
      missedOn: (when) =>
        when ? words`We had you down for ${when} and missed you.` : words`We had you down and missed you.`,
      cancelledOn: (when) =>
        when ? words`Your appointment on ${when} was cancelled.` : words`Your appointment was cancelled.`,
      chooseAgain: (car) => words`Pick the time that works best for you and ${car}.`,
      choose: 'Pick a time',
    },
  },
  es: {
    occasions: {
      first: {
        subject: (when) => words`Su primer servicio: ${when}`,
        preheader: (store) => words`En ${store}. Agregue la cita a su calendario y vea por dónde entrar.`,
        heading: words`Su primer servicio ya tiene cita`,
        expects: (name, car) => words`${name} le estará esperando para atender ${car}.`,
        expected: (car) => words`Le estaremos esperando para atender ${car}.`,
      },
      new: {
        subject: (when) => words`Nueva hora de su cita: ${when}`,
        preheader: (store) => words`En ${store}. Actualice su calendario y vea por dónde entrar.`,
        heading: words`Su primer servicio tiene una nueva hora`,
        expects: (name, car) => words`${name} le estará esperando a la nueva hora para atender ${car}.`,
        expected: (car) => words`Le estaremos esperando a la nueva hora para atender ${car}.`,
      },
      tomorrow: {
        subject: (when) => words`Le esperamos: ${when}`,
        preheader: (store) => words`Su primer servicio en ${store}: por dónde entrar y por quién preguntar.`,
        heading: words`Se acerca su cita de primer servicio`,
        expects: (name, car) =>
          words`Le recordamos su cita: ${name} le estará esperando para atender ${car}.`,
        expected: (car) => words`Le recordamos su cita: le estaremos esperando para atender ${car}.`,
      },
    },
    otherTime: (number) => words`¿Necesita otra hora? Llame al ${number} o pídala aquí:`,
    change: 'Pedir otra hora',
    summary: (store) => `Primer servicio en ${store}`,
    gone: {
      missed: (car) => words`Le esperábamos: ¿nueva cita para ${car}?`,
      cancelled: (car) => words`Haga una nueva cita para ${car}`,
      preheader: (store) => words`En ${store}, cuando le convenga.`,
      heading: words`Hay que reprogramar su primer servicio`,
      missedOn: (when) =>
        when
          ? words`Teníamos su cita para el ${when} y no pudimos verle.`
          : words`Teníamos su cita y no pudimos verle.`,
      cancelledOn: (when) =>
        when ? words`Su cita del ${when} fue cancelada.` : words`Su cita fue cancelada.`,
      chooseAgain: (car) => words`Elija la hora que más le convenga para ${car}.`,
      choose: 'Hacer mi cita',
    },
  },
};
