import type { Language } from '../../../group/business-time.ts';
import { paragraph } from '../../../mail/blocks.ts';
import { messageOf } from '../../../mail/message.ts';
import { type Words, words } from '../../../mail/words.ts';
import type { Role } from '../../../people/staff.ts';
import { comingIn, firstVisit } from '../../any-kind/coming-in.ts';
import {
  advisorCard,
  advisorContact,
  correspondenceWith,
  customerLetter,
  theirCar,
} from '../../any-kind/customer-letter.ts';
import { firstServiceFacts } from '../../any-kind/first-service-facts.ts';
import { needed } from '../../any-kind/required-facts.ts';
import { cameBy } from '../delivery-words.ts';
import { firstVisitOf } from '../first-visit.ts';
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
    const to = correspondenceWith(sold.customer, sold.vehicle, context, {
      came: cameBy(sold),
      from: task.contact,
    });
    const say = texts[to.language];
    const { advisor } = to;
    return customerLetter(to, {
      subject: advisor ? say.subject(advisor.name, advisor.role) : say.subjectOfTeam(store.name),
      preheader: say.preheader,
      heading: advisor ? say.subject(advisor.name, advisor.role) : say.subjectOfTeam(store.name),
      blocks: [
        paragraph(
          advisor ? say.self(advisor.name, store.name, theirCar(to)) : say.team(store.name, theirCar(to)),
        ),
        advisorCard(to),
        advisor ? paragraph(say.card) : undefined,
        firstServiceFacts(to, { due: task.firstService, prepaid: sold.prepaid, promises: sold.promises }),
        ...firstVisit(to, firstVisitOf(task, context.now)),
        comingIn(to),
      ],
      attachments: [advisorContact(to)],
    });
  },
});

interface Texts {
  readonly subject: (name: string, role: Role) => Words;
  readonly subjectOfTeam: (store: string) => Words;
  readonly preheader: Words;
  readonly self: (name: string, store: string, car: Words) => Words;
  readonly team: (store: string, car: Words) => Words;
  readonly card: Words;
}

const texts: Record<Language, Texts> = {
  en: {
    subject: (name, role) =>
      role === 'service advisor'
        ? words`${name} is now your service advisor`
        : words`${name} is now your contact in Service`,
    subjectOfTeam: (store) => words`Your service team at ${store}`,
    preheader: words`A new name and number to keep. Nothing else changes.`,
    self: (name, store, car) =>
      words`Quick update: I’m ${name}, and from now on I take care of ${car} at ${store}. Nothing else changes. Anything you need, just call me or reply to this email.`,
    team: (store, car) =>
      words`Quick update: our service team at ${store} now takes care of ${car}. Nothing else changes.`,
    card: words`Tap the attachment to add me to your contacts.`,
  },
  es: {
    subject: (name) => words`Ahora le atiende ${name}`,
    subjectOfTeam: (store) => words`Su equipo de servicio en ${store}`,
    preheader: words`Un nombre y un número nuevos. Todo lo demás sigue igual.`,
    self: (name, store, car) =>
      words`Soy ${name} y de ahora en adelante atiendo ${car} en ${store}. Todo lo demás sigue igual. Para lo que necesite, llámeme o responda a este correo.`,
    team: (store, car) =>
      words`De ahora en adelante, nuestro equipo de servicio en ${store} atiende ${car}. Todo lo demás sigue igual.`,
    card: words`Toque el adjunto para agregarme a sus contactos.`,
  },
};
