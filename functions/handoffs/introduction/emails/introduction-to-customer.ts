import { calendarOf, isOpen, type Language } from '../../../group/business-time.ts';
import { aside, type Blocks, paragraph } from '../../../mail/blocks.ts';
import { messageOf } from '../../../mail/message.ts';
import { leadingTo, type Words, words } from '../../../mail/words.ts';
import type { Role } from '../../../people/staff.ts';
import { comingIn, firstVisit } from '../../any-kind/coming-in.ts';
import {
  advisorCard,
  advisorContact,
  type Correspondence,
  correspondenceWith,
  customerLetter,
  theirCar,
} from '../../any-kind/customer-letter.ts';
import { dueBy, firstServiceFacts } from '../../any-kind/first-service-facts.ts';
import { needed } from '../../any-kind/required-facts.ts';
import { cameBy, meetingAt } from '../delivery-words.ts';
import { firstVisitOf } from '../first-visit.ts';
import { introduction } from '../kind.ts';
import { emailNotes } from '../task.ts';

/** To the customer at delivery: their service advisor, where to drive in, when the first service is due. */
export const introductionToCustomer = messageOf(introduction, {
  to: 'customer',
  optOutKind: 'introduction',
  own: emailNotes,
  write: (context) => {
    const { task, store, soldAt, now, own } = context;
    const sold = needed(task.facts.sold, task);
    const to = correspondenceWith(sold.customer, sold.vehicle, context, {
      came: cameBy(sold),
      from: task.contact,
    });
    const say = texts[to.language];
    const due = task.firstService;
    const meeting = meetingAt(sold, now);
    const isCorrected = own?.code === 'another-car';
    return customerLetter(to, {
      subject: to.advisor
        ? say.subject(to.advisor.role === 'service advisor', theirCar(to))
        : say.subjectOfTeam(store.name),
      preheader: due ? say.preheader(dueBy(due, to.language, store)) : say.keep,
      heading: to.advisor
        ? say.heading(to.advisor.name, say.titles[to.advisor.role])
        : say.subjectOfTeam(store.name),
      blocks: [
        isCorrected ? aside(say.otherCar(theirCar(to))) : undefined,
        paragraph(whoIAm(to)),
        soldAt.id === store.id ? undefined : paragraph(say.servicedHere(soldAt.name, store.name)),
        isCorrected || isOpen(calendarOf(store, 'service'), meeting)
          ? undefined
          : aside(meeting > now ? say.closedThen : say.closed),
        advisorCard(to),
        to.advisor ? paragraph(say.card) : undefined,
        firstServiceFacts(to, { due, prepaid: sold.prepaid, promises: sold.promises }),
        ...firstVisit(to, firstVisitOf(task, context.now)),
        comingIn(to),
        ...haveWeMet(to),
      ],
      attachments: [advisorContact(to)],
    });
  },
});

/** Two links to pages with one button each: opening a page answers nothing. */
function haveWeMet({ advisor, language, context: { metLink, notMetLink } }: Correspondence): Blocks {
  const say = texts[language];
  if (!advisor || metLink === undefined || notMetLink === undefined) return [];
  // In one line: as buttons, they would make the letter longer than one and a half phone screens.
  const answers = words`${leadingTo(metLink, say.weMet)} · ${leadingTo(notMetLink, say.notYet)}`;
  return [paragraph(words`${say.haveWeMet} ${answers}`)];
}

function whoIAm(to: Correspondence): Words {
  const { advisor, language, context } = to;
  const say = texts[language];
  if (!advisor) return say.team(context.store.name, theirCar(to));
  return say.self(advisor.name, say.titles[advisor.role], context.store.name, theirCar(to));
}

interface Texts {
  /** The sender's name already shows the person and the store, so the subject says what the letter is for. */
  readonly subject: (isAdvisor: boolean, car: Words) => Words;
  readonly servicedHere: (soldAt: string, store: string) => Words;
  readonly subjectOfTeam: (store: string) => Words;
  readonly preheader: (due: Words) => Words;
  readonly keep: Words;
  readonly titles: Readonly<Record<Role, Words>>;
  readonly heading: (name: string, title: Words) => Words;
  readonly self: (name: string, title: Words, store: string, car: Words) => Words;
  readonly team: (store: string, car: Words) => Words;
  readonly otherCar: (car: Words) => Words;
  readonly closed: Words;
  readonly closedThen: Words;
  readonly card: Words;
  readonly haveWeMet: Words;
  readonly weMet: string;
  readonly notYet: string;
}

const texts: Record<Language, Texts> = {
  en: {
    subject: (isAdvisor, car) =>
      isAdvisor ? words`Your service advisor for ${car}` : words`Your contact in Service for ${car}`,
    servicedHere: (soldAt, store) =>
      words`You bought it from ${soldAt}. For service, come to us: ${store}, at the address below.`,
    subjectOfTeam: (store) => words`Your service team at ${store}`,
    preheader: (due) => words`First service due: ${due}.`,
    keep: words`Who to ask for, and where to pull in.`,
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
      words`Congratulations on ${car}! I’m ${name}, ${title} at ${store}. Anything you need, call me or reply to this email, or just pull in and ask for me.`,
    team: (store, car) =>
      words`Congratulations on ${car}! Our service team at ${store} takes care of it from here. Anything you need, call us or just pull in.`,
    otherCar: (car) =>
      words`Our earlier email named the wrong car, and we’re sorry. This one is about ${car}.`,
    closed: words`Our service department is closed right now, so this hello comes by email. We look forward to meeting you.`,
    closedThen: words`Our service department will be closed when you pick up your car, so this hello comes by email. We look forward to meeting you.`,
    card: words`Tap the attachment to add me to your contacts.`,
    haveWeMet: words`Have we met?`,
    weMet: 'Yes',
    notYet: 'Not yet',
  },
  es: {
    subject: (_isAdvisor, car) => words`Quién atenderá ${car} en servicio`,
    servicedHere: (soldAt, store) =>
      words`Usted lo compró en ${soldAt}. Para el servicio, venga con nosotros: ${store}, en la dirección que aparece abajo.`,
    subjectOfTeam: (store) => words`Su equipo de servicio en ${store}`,
    preheader: (due) => words`Primer servicio: ${due}.`,
    keep: words`Por quién preguntar y por dónde entrar.`,
    titles: {
      'service advisor': words`del equipo de asesores de servicio`,
      'service manager': words`gerente de servicio`,
      'sales manager': words`gerente de ventas`,
      'used-car manager': words`gerente de autos usados`,
      'general manager': words`gerente general`,
      'BDC agent': words`del equipo de citas`,
      salesperson: words`del equipo de ventas`,
    },
    heading: (name, title) => words`Le presentamos a ${name}, ${title}`,
    self: (name, title, store, car) =>
      words`¡Felicidades por ${car}! Soy ${name}, ${title} de ${store}. Lo que necesite: llámeme, responda aquí o venga y pregunte por mí.`,
    team: (store, car) =>
      words`¡Felicidades por ${car}! De aquí en adelante le atiende nuestro equipo de servicio en ${store}. Para lo que necesite, llámenos o venga a vernos.`,
    otherCar: (car) => words`Disculpe: nuestro correo anterior nombraba otro vehículo. Este es sobre ${car}.`,
    closed: words`Nuestro departamento de servicio está cerrado en este momento; por eso le saludamos por correo. Será un gusto conocerle en persona.`,
    closedThen: words`Nuestro departamento de servicio estará cerrado cuando reciba su vehículo; por eso le saludamos por correo. Será un gusto conocerle en persona.`,
    card: words`El adjunto me agrega a sus contactos.`,
    haveWeMet: words`¿Ya nos conocimos?`,
    weMet: 'Sí',
    notYet: 'Todavía no',
  },
};
