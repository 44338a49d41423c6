import type { Customer, Vehicle } from '../../contracts/fields.ts';
import { languageOf } from '../../customers/customer.ts';
import type { Language } from '../../group/business-time.ts';
import type { Group, Store } from '../../group/group.ts';
import {
  advisorCard,
  advisorContact,
  type Correspondence,
  customerLetter,
  theirCar,
} from '../../handoffs/any-kind/customer-letter.ts';
import { paragraph } from '../../mail/blocks.ts';
import type { Email } from '../../mail/message.ts';
import { type Words, words } from '../../mail/words.ts';
import type { StaffMember } from '../../people/staff.ts';

export interface NewAdvisor {
  readonly group: Group;
  readonly store: Store;
  readonly now: string;
  readonly advisor: StaffMember;
  /** The name of the advisor who left. */
  readonly leaver: string | undefined;
  readonly customer: Customer;
  readonly vehicle: Pick<Vehicle, 'year' | 'make' | 'model'>;
  readonly preferencesLink?: string | undefined;
}

/** The new advisor's letter to the customers of one who left: a hello, and a number to keep. It offers nothing. */
export function newAdvisorLetter(of: NewAdvisor): Email {
  const { group, store, now, advisor, customer, vehicle, preferencesLink } = of;
  const language = languageOf(customer);
  const say = texts[language];
  const to: Correspondence = {
    context: { group, store, soldAt: store, now, preferencesLink },
    ...{ language, customer, vehicle, advisor },
    came: 'customer',
  };
  const leaver = store.namesFormerAdvisor ? of.leaver : undefined;
  return customerLetter(to, {
    subject: say.subject(advisor.name),
    preheader: say.preheader,
    heading: say.subject(advisor.name),
    blocks: [
      paragraph(say.whoIAm(advisor.name, store.name)),
      paragraph(leaver === undefined ? say.fromNowOn(theirCar(to)) : say.tookOver(leaver, theirCar(to))),
      paragraph(say.reachMe),
      advisorCard(to),
      paragraph(say.card),
    ],
    attachments: [advisorContact(to)],
  });
}

interface Texts {
  readonly subject: (name: string) => Words;
  readonly preheader: Words;
  readonly whoIAm: (name: string, store: string) => Words;
  readonly fromNowOn: (car: Words) => Words;
  readonly tookOver: (leaver: string, car: Words) => Words;
  readonly reachMe: Words;
  readonly card: Words;
}

const texts: Record<Language, Texts> = {
  en: {
    subject: (name) => words`${name} is now your service advisor`,
    preheader: words`A hello, and a number to keep. Nothing else changes.`,
    whoIAm: (name, store) => words`I’m ${name}, your new service advisor at ${store}.`,
    fromNowOn: (car) =>
      words`From now on I look after you and ${car}. Everything about it is on file here, so you don’t have to start over.`,
    tookOver: (leaver, car) =>
      words`${leaver} has moved on, and I look after you and ${car} now. Everything about it is on file here, so you don’t have to start over.`,
    reachMe: words`Anything on your mind? Call me, or just reply to this email. And next time you pull in, ask for me: I’d like to say hello in person.`,
    card: words`Tap the attachment to add me to your contacts.`,
  },
  es: {
    subject: (name) => words`Ahora le atiende ${name}`,
    preheader: words`Un saludo y un número para guardar. Todo lo demás sigue igual.`,
    whoIAm: (name, store) => words`Soy ${name} y ahora le atiendo en el servicio de ${store}.`,
    fromNowOn: (car) =>
      words`De ahora en adelante me encargo de usted y de ${car}. Aquí tenemos todos sus datos, así que no hay que empezar de cero.`,
    tookOver: (leaver, car) =>
      words`${leaver} ya no está con nosotros; ahora yo me encargo de usted y de ${car}. Aquí tenemos todos sus datos, así que no hay que empezar de cero.`,
    reachMe: words`¿Tiene alguna pregunta? Llámeme o responda a este correo. Y la próxima vez que venga, pregunte por mí: me gustaría saludarle en persona.`,
    card: words`El adjunto me agrega a sus contactos.`,
  },
};
