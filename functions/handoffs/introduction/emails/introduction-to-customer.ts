import { calendarOf, isOpen, type Language } from '../../../group/business-time.ts';
import { aside, button, paragraph } from '../../../mail/blocks.ts';
import { messageOf } from '../../../mail/message.ts';
import { type Words, words } from '../../../mail/words.ts';
import type { Role } from '../../../people/staff.ts';
import {
  advisorCard,
  advisorContact,
  type Correspondence,
  comingIn,
  correspondenceWith,
  customerLetter,
  dueBy,
  firstServiceFacts,
  numberToCall,
  theirCar,
} from '../../any-kind/customer-letter.ts';
import { needed } from '../../any-kind/required-facts.ts';
import { cameBy, meetingAt } from '../delivery-words.ts';
import { introduction } from '../kind.ts';

/** To the customer at delivery: their service advisor, where to drive in, when the first service is due. */
export const introductionToCustomer = messageOf(introduction, {
  to: 'customer',
  optOutKind: 'introduction',
  write: (context) => {
    const { task, store, soldAt, now } = context;
    const sold = needed(task.facts.sold, task);
    const to = correspondenceWith(sold.customer, sold.vehicle, context, cameBy(sold));
    const say = texts[to.language];
    const due = task.firstService;
    const meeting = meetingAt(sold, now);
    return customerLetter(to, {
      subject: to.advisor ? subjectFor(to, to.advisor.name) : say.subjectOfTeam(store.name),
      preheader: due ? say.preheader(dueBy(due, to.language, store)) : say.keep,
      heading: to.advisor
        ? say.heading(to.advisor.name, say.titles[to.advisor.role])
        : say.subjectOfTeam(store.name),
      blocks: [
        paragraph(whoIAm(to)),
        soldAt.id === store.id ? undefined : paragraph(say.servicedHere(soldAt.name, store.name)),
        isOpen(calendarOf(store, 'service'), meeting)
          ? undefined
          : aside(meeting > now ? say.closedThen : say.closed),
        advisorCard(to),
        to.advisor ? paragraph(say.card) : undefined,
        firstServiceFacts(to, { due, prepaid: sold.prepaid, promises: sold.promises }),
        button(say.book, store.bookingLink),
        paragraph(say.orCall(numberToCall(to))),
        comingIn(to),
      ],
      attachments: [advisorContact(to)],
    });
  },
});

function subjectFor({ language, context: { store, soldAt } }: Correspondence, advisor: string): Words {
  const say = texts[language];
  return soldAt.id === store.id ? say.subject(advisor) : say.subjectAcross(advisor, store.name);
}

function whoIAm(to: Correspondence): Words {
  const { advisor, language, context } = to;
  const say = texts[language];
  if (!advisor) return say.team(context.store.name, theirCar(to));
  return say.self(advisor.name, say.titles[advisor.role], context.store.name, theirCar(to));
}

interface Texts {
  readonly subject: (name: string) => Words;
  readonly subjectAcross: (name: string, store: string) => Words;
  readonly servicedHere: (soldAt: string, store: string) => Words;
  readonly subjectOfTeam: (store: string) => Words;
  readonly preheader: (due: Words) => Words;
  readonly keep: Words;
  readonly titles: Readonly<Record<Role, Words>>;
  readonly heading: (name: string, title: Words) => Words;
  readonly self: (name: string, title: Words, store: string, car: Words) => Words;
  readonly team: (store: string, car: Words) => Words;
  readonly closed: Words;
  readonly closedThen: Words;
  readonly card: Words;
  readonly book: string;
  readonly orCall: (number: Words) => Words;
}

const texts: Record<Language, Texts> = {
  en: {
    subject: (name) => words`${name} looks after your car at our service department`,
    subjectAcross: (name, store) => words`${name} looks after your car at ${store}`,
    servicedHere: (soldAt, store) =>
      words`${soldAt} sold you the car; for service it comes to us, ${store}, at the address below.`,
    subjectOfTeam: (store) => words`Your service team at ${store}`,
    preheader: (due) => words`First service due: ${due}.`,
    keep: words`Who to ask for, and where to drive in.`,
    titles: {
      'service advisor': words`your service advisor`,
      'service manager': words`the service manager`,
      'sales manager': words`the sales manager`,
      'used-car manager': words`the used-car manager`,
      'general manager': words`the general manager`,
      'BDC agent': words`your contact`,
      salesperson: words`your contact`,
    },
    heading: (name, title) => words`Meet ${name}, ${title}`,
    self: (name, title, store, car) =>
      words`I am ${name}, ${title} at ${store}, and from now on I look after ${car}. Whenever it needs anything, call or write to me directly, or come by and ask for me.`,
    team: (store, car) =>
      words`Our service team at ${store} looks after ${car}. Whenever it needs anything, call us or come by.`,
    closed: words`Our service department is closed at the moment, so this introduction comes by email. I look forward to meeting you in person.`,
    closedThen: words`Our service department is closed at the time of your delivery, so this introduction comes by email. I look forward to meeting you in person.`,
    card: words`My contact card is attached: one tap puts me in your phone.`,
    book: 'Book your first service',
    orCall: (number) => words`Or call ${number} and we'll find a time together.`,
  },
  es: {
    subject: (name) => words`${name} atiende su vehículo en nuestro departamento de servicio`,
    subjectAcross: (name, store) => words`${name} atiende su vehículo en ${store}`,
    servicedHere: (soldAt, store) =>
      words`${soldAt} le vendió el vehículo; el servicio se lo damos nosotros, ${store}, en la dirección que aparece abajo.`,
    subjectOfTeam: (store) => words`Su equipo de servicio en ${store}`,
    preheader: (due) => words`Primer servicio: ${due}.`,
    keep: words`Por quién preguntar y por dónde entrar.`,
    titles: {
      'service advisor': words`su contacto en el departamento de servicio`,
      'service manager': words`gerente de servicio`,
      'sales manager': words`gerente de ventas`,
      'used-car manager': words`gerente de autos usados`,
      'general manager': words`gerente general`,
      'BDC agent': words`su contacto`,
      salesperson: words`su contacto`,
    },
    heading: (name, title) => words`Le presentamos a ${name}, ${title}`,
    self: (name, title, store, car) =>
      words`Soy ${name}, ${title} de ${store}, y desde ahora atiendo personalmente ${car}. Para lo que necesite, llámeme o escríbame directamente, o venga y pregunte por mí.`,
    team: (store, car) =>
      words`Nuestro equipo de servicio en ${store} atiende ${car}. Para lo que necesite, llámenos o venga a vernos.`,
    closed: words`Nuestro departamento de servicio está cerrado en este momento; por eso nos presentamos por correo. Será un gusto conocerle en persona.`,
    closedThen: words`Nuestro departamento de servicio estará cerrado a la hora de la entrega; por eso nos presentamos por correo. Será un gusto conocerle en persona.`,
    card: words`Adjunto mi tarjeta de contacto: con un toque me guarda en su teléfono.`,
    book: 'Reserve su primer servicio',
    orCall: (number) => words`O llame al ${number} y buscamos juntos una hora.`,
  },
};
