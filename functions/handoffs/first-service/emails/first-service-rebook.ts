import type { Language } from '../../../group/business-time.ts';
import { button, paragraph } from '../../../mail/blocks.ts';
import { calendarFile } from '../../../mail/calendar-file.ts';
import { momentOf } from '../../../mail/format.ts';
import { type MessageContext, messageOf } from '../../../mail/message.ts';
import { type Words, words } from '../../../mail/words.ts';
import {
  advisorCard,
  type Correspondence,
  comingIn,
  correspondenceWith,
  customerLetter,
  firstServiceFacts,
  orCall,
  theirCar,
} from '../../any-kind/customer-letter.ts';
import { needed } from '../../any-kind/required-facts.ts';
import { calendarEntryOf } from '../announced.ts';
import { firstService } from '../kind.ts';
import { customerHasTime } from '../recipients.ts';
import { goneFromCalendar } from '../staff-words.ts';
import { emailNotes, type FirstServiceVisit } from '../task.ts';
import { currentAppointment } from '../visit.ts';
import { confirmationLetter } from './first-service-confirmation.ts';

type Context = MessageContext<FirstServiceVisit>;

/** To a customer who did not come, or whose appointment was cancelled: please choose a new time. */
export const firstServiceRebook = messageOf(firstService, {
  to: 'customer',
  optOutKind: 'service',
  own: emailNotes,
  write: (context) => {
    const { task, store, now, own } = context;
    const due = needed(task.facts.due, task);
    const to = correspondenceWith(due.customer, due.vehicle, context);
    const booked = currentAppointment(task, now);
    // Booked again after the email was queued.
    if (booked) return confirmationLetter(to, context, booked, 'new');
    const say = texts[to.language];
    const gone = own?.code === 'visit-cancelled' ? own : undefined;
    const when =
      gone?.startsAt === undefined
        ? undefined
        : words`${momentOf(store.timeZone, gone.startsAt, to.language)}`;
    const subject = gone?.how === 'no-show' ? say.missed : say.cancelled;
    return customerLetter(to, {
      subject: subject(theirCar(to)),
      preheader: say.preheader(store.name),
      heading: say.heading,
      blocks: [
        paragraph(gone?.how === 'no-show' ? say.missedOn(when) : say.cancelledOn(when)),
        paragraph(say.chooseAgain(theirCar(to))),
        button(say.choose, store.bookingLink),
        orCall(to),
        firstServiceFacts(to, { due, prepaid: due.prepaid, promises: due.promises }),
        advisorCard(to),
        ...comingIn(to),
      ],
      attachments: [cancellation(to, context)],
    });
  },
});

/** Takes the time out of the customer's calendar, if a letter of ours put it there. */
function cancellation(to: Correspondence, { task, group, store, now }: Context) {
  const gone = goneFromCalendar({ task, now });
  if (!gone || !customerHasTime(task)) return undefined;
  const entry = calendarEntryOf(task, gone);
  return calendarFile({
    ...{ task, entry, group, store, now },
    summary: texts[to.language].summary(store.name),
    description: '',
  });
}

interface Texts {
  readonly missed: (car: Words) => Words;
  readonly cancelled: (car: Words) => Words;
  readonly preheader: (store: string) => Words;
  readonly heading: Words;
  readonly missedOn: (when: Words | undefined) => Words;
  readonly cancelledOn: (when: Words | undefined) => Words;
  readonly chooseAgain: (car: Words) => Words;
  readonly choose: string;
  readonly summary: (store: string) => string;
}

const texts: Record<Language, Texts> = {
  en: {
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
    summary: (store) => `First service at ${store}`,
  },
  es: {
    missed: (car) => words`Le esperábamos: ¿nueva cita para ${car}?`,
    cancelled: (car) => words`Haga una nueva cita para ${car}`,
    preheader: (store) => words`En ${store}, cuando le convenga.`,
    heading: words`Hay que reprogramar su primer servicio`,
    missedOn: (when) =>
      when
        ? words`Teníamos su cita para el ${when} y no pudimos verle.`
        : words`Teníamos su cita y no pudimos verle.`,
    cancelledOn: (when) => (when ? words`Su cita del ${when} fue cancelada.` : words`Su cita fue cancelada.`),
    chooseAgain: (car) => words`Elija la hora que más le convenga para ${car}.`,
    choose: 'Hacer mi cita',
    summary: (store) => `Primer servicio en ${store}`,
  },
};
