import type { Language } from '../../../group/business-time.ts';
import { button, paragraph } from '../../../mail/blocks.ts';
import { messageOf } from '../../../mail/message.ts';
import { type Words, words } from '../../../mail/words.ts';
import {
  advisorCard,
  advisorContact,
  comingIn,
  correspondenceWith,
  customerLetter,
  firstServiceFacts,
  numberToCall,
  theirCar,
} from '../../any-kind/customer-letter.ts';
import { needed } from '../../any-kind/required-facts.ts';
import { cameBy } from '../delivery-words.ts';
import { introduction } from '../kind.ts';

/**
 * To the customer: a correction when the service advisor has changed. It never names the former advisor or says why.
 */
export const newAdvisorToCustomer = messageOf(introduction, {
  to: 'customer',
  optOutKind: 'introduction',
  write: (context) => {
    const { task, store } = context;
    const sold = needed(task.facts.sold, task);
    const to = correspondenceWith(sold.customer, sold.vehicle, context, cameBy(sold));
    const say = texts[to.language];
    const { advisor } = to;
    return customerLetter(to, {
      subject: advisor ? say.subject(advisor.name) : say.subjectOfTeam(store.name),
      preheader: say.preheader,
      heading: advisor ? say.subject(advisor.name) : say.subjectOfTeam(store.name),
      blocks: [
        paragraph(
          advisor ? say.self(advisor.name, store.name, theirCar(to)) : say.team(store.name, theirCar(to)),
        ),
        advisorCard(to),
        advisor ? paragraph(say.card) : undefined,
        firstServiceFacts(to, { due: task.firstService, prepaid: sold.prepaid, promises: sold.promises }),
        button(say.book, store.bookingLink),
        paragraph(say.orCall(numberToCall(to))),
        comingIn(to),
      ],
      attachments: [advisorContact(to)],
    });
  },
});

interface Texts {
  readonly subject: (name: string) => Words;
  readonly subjectOfTeam: (store: string) => Words;
  readonly preheader: Words;
  readonly self: (name: string, store: string, car: Words) => Words;
  readonly team: (store: string, car: Words) => Words;
  readonly card: Words;
  readonly book: string;
  readonly orCall: (number: Words) => Words;
}

const texts: Record<Language, Texts> = {
  en: {
    subject: (name) => words`${name} is now your contact in Service`,
    subjectOfTeam: (store) => words`Your service team at ${store}`,
    preheader: words`A new name and number to keep. Everything else stays the same.`,
    self: (name, store, car) =>
      words`A small update: I am ${name}, and I now look after ${car} at ${store}. Everything that was agreed stays as it is; please call or write to me directly whenever I can help.`,
    team: (store, car) =>
      words`A small update: our service team at ${store} now looks after ${car}. Everything that was agreed stays as it is.`,
    card: words`My contact card is attached: one tap puts me in your phone.`,
    book: 'Book your first service',
    orCall: (number) => words`Or call ${number} and we'll find a time together.`,
  },
  es: {
    subject: (name) => words`${name} es ahora su contacto en Servicio`,
    subjectOfTeam: (store) => words`Su equipo de servicio en ${store}`,
    preheader: words`Un nombre y un número nuevos. Todo lo demás sigue igual.`,
    self: (name, store, car) =>
      words`Una pequeña actualización: soy ${name} y ahora atiendo ${car} en ${store}. Todo lo acordado sigue igual; llámeme o escríbame cuando lo necesite.`,
    team: (store, car) =>
      words`Una pequeña actualización: nuestro equipo de servicio en ${store} atiende ahora ${car}. Todo lo acordado sigue igual.`,
    card: words`Adjunto mi tarjeta de contacto: con un toque me guarda en su teléfono.`,
    book: 'Reserve su primer servicio',
    orCall: (number) => words`O llame al ${number} y buscamos juntos una hora.`,
  },
};
