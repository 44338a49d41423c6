import type { Language } from '../../../group/business-time.ts';
import { paragraph } from '../../../mail/blocks.ts';
import { momentOf } from '../../../mail/format.ts';
import { messageOf } from '../../../mail/message.ts';
import { ours, type Words, words } from '../../../mail/words.ts';
import { comingIn, waysToUs } from '../../any-kind/coming-in.ts';
import {
  advisorCard,
  advisorContact,
  correspondenceWith,
  customerLetter,
  theirCar,
} from '../../any-kind/customer-letter.ts';
import { needed } from '../../any-kind/required-facts.ts';
import { repairInstead } from '../kind.ts';
import { senderOf } from '../task.ts';

/**
 * To the customer: one letter from the advisor, which names who sent them. It sells nothing: they came for a car, and stay for
 * a repair.
 */
export const repairLetter = messageOf(repairInstead, {
  to: 'customer',
  optOutKind: 'service',
  write: (context) => {
    const { task, store, now } = context;
    const asked = needed(task.facts.asked, task);
    const to = correspondenceWith(asked.customer, asked.vehicle, context, { came: 'asked' });
    const say = texts[to.language];
    const { advisor } = to;
    const { quoteBy } = task.facts;
    const by = quoteBy !== undefined && quoteBy > now ? quoteBy : undefined;
    const seller = context.person(senderOf(task))?.name;
    return customerLetter(to, {
      subject: advisor ? say.subject(advisor.name) : say.subjectOfTeam(store.name),
      preheader: say.preheader,
      heading: advisor ? say.subject(advisor.name) : say.subjectOfTeam(store.name),
      blocks: [
        paragraph(advisor ? say.self(advisor.name, seller, theirCar(to)) : say.team(seller, theirCar(to))),
        paragraph(
          by === undefined ? say.price : say.priceBy(ours(momentOf(store.timeZone, by, to.language))),
        ),
        advisorCard(to),
        advisor ? paragraph(say.card) : undefined,
        waysToUs(to),
        comingIn(to),
      ],
      attachments: [advisorContact(to)],
    });
  },
});

interface Texts {
  readonly subject: (advisor: string) => Words;
  readonly subjectOfTeam: (store: string) => Words;
  readonly preheader: Words;
  readonly self: (advisor: string, seller: string | undefined, car: Words) => Words;
  readonly team: (seller: string | undefined, car: Words) => Words;
  readonly price: Words;
  readonly priceBy: (moment: Words) => Words;
  readonly card: Words;
}

const texts: Record<Language, Texts> = {
  en: {
    subject: (advisor) => words`${advisor} looks after your car`,
    subjectOfTeam: (store) => words`${store} looks after your car`,
    preheader: words`A price before any work, and one person to ask.`,
    self: (advisor, seller, car) =>
      seller === undefined
        ? words`I’m ${advisor} in Service, and I look after ${car} from here.`
        : words`I’m ${advisor} in Service. ${seller} told me about ${car} and asked me to look after you personally.`,
    team: (seller, car) =>
      seller === undefined
        ? words`Our service team looks after ${car} from here.`
        : words`${seller} told us about ${car} and asked us to look after you personally.`,
    price: words`We find out what it needs and give you a price before we do any work. Then you decide.`,
    priceBy: (moment) =>
      words`We find out what it needs, and you have a price by ${moment}, before we do any work. Then you decide.`,
    card: words`Tap the attachment to add me to your contacts. Anything you need, just call me or reply to this email.`,
  },
  es: {
    subject: (advisor) => words`${advisor} se encarga de su vehículo`,
    subjectOfTeam: (store) => words`${store} se encarga de su vehículo`,
    preheader: words`Un precio antes de cualquier trabajo, y una persona a quien preguntar.`,
    self: (advisor, seller, car) =>
      seller === undefined
        ? words`Soy ${advisor}, del equipo de Servicio, y desde ahora me encargo de ${car}.`
        : words`Soy ${advisor}, del equipo de Servicio. ${seller} me habló de ${car} y me pidió que le atendiera personalmente.`,
    team: (seller, car) =>
      seller === undefined
        ? words`Nuestro equipo de Servicio se encarga desde ahora de ${car}.`
        : words`${seller} nos habló de ${car} y nos pidió que le atendiéramos personalmente.`,
    price: words`Revisamos qué necesita y le damos un precio antes de hacer cualquier trabajo. Después usted decide.`,
    priceBy: (moment) =>
      words`Revisamos qué necesita, y usted tendrá un precio a más tardar el ${moment}, antes de cualquier trabajo. Después usted decide.`,
    card: words`Toque el adjunto para agregarme a sus contactos. Para lo que necesite, llámeme o responda a este correo.`,
  },
};
