import type { Customer, Vehicle } from '../../contracts/fields.ts';
import { languageOf } from '../../customers/customer.ts';
import { calendarOf, formatDateWithoutWeekday, type Language } from '../../group/business-time.ts';
import { distanceText } from '../../group/distance.ts';
import { type Group, letterheadOf, type Store } from '../../group/group.ts';
import { phraseIn, saidIn } from '../../group/said-by-language.ts';
import type { Task } from '../../handoff/task.ts';
import {
  actions,
  type Block,
  type Blocks,
  button,
  facts,
  heading,
  lines,
  link,
  paragraph,
  person,
} from '../../mail/blocks.ts';
import { contactCard } from '../../mail/contact-card.ts';
import { carOf, momentOf, openingHours, postalAddressOf } from '../../mail/format.ts';
import { lay } from '../../mail/layout.ts';
import type { Attachment, Email, MessageContext } from '../../mail/message.ts';
import { unlinked } from '../../mail/unlinked.ts';
import {
  type Content,
  mailbox,
  ours,
  phone,
  stacked,
  subjectLine,
  telephone,
  type Words,
  words,
} from '../../mail/words.ts';
import type { StaffMember } from '../../people/staff.ts';

/**
 * The layout shared by every email to a customer. It is a relationship message: facts first and no offers, because an
 * offer would make it commercial (16 CFR 316.3). The sender is the store; replies go to the advisor.
 */
export interface Correspondence {
  readonly context: Surroundings;
  readonly language: Language;
  readonly customer: Customer;
  readonly vehicle: Vehicle;
  /** The customer's service advisor; undefined if the advisor has left. */
  readonly advisor: StaffMember | undefined;
  /** How the customer came by the car, if the task knows; `asked`: they only asked to have it looked at. */
  readonly came: 'bought' | 'leased' | 'either' | 'asked';
}

/** The context of a message besides its task. */
type Surroundings = Omit<MessageContext, 'task' | 'own'>;

export function correspondenceWith(
  customer: Customer,
  vehicle: Vehicle,
  context: Surroundings & { readonly task: Task },
  {
    came = 'either',
    from,
  }: Partial<Pick<Correspondence, 'came'>> & { readonly from?: string | undefined } = {},
): Correspondence {
  const advisor = context.person(from ?? context.task.assignee?.employeeNumber);
  return {
    context,
    language: languageOf(customer),
    customer,
    vehicle,
    advisor,
    came,
  };
}

const texts = {
  en: {
    from: (person: string, store: string) => `${person} at ${store}`,
    hello: (name: string) => words`Hello ${name},`,
    car: (car: string | undefined) => (car === undefined ? words`your car` : words`your ${car}`),
    directLine: (number: Words) => words`Direct line: ${number}`,
    storeLine: (number: Words) => words`Phone: ${number}`,
    roles: {
      'service advisor': 'Service advisor',
      'service manager': 'Service manager',
      salesperson: 'Sales consultant',
      'sales manager': 'Sales manager',
      'used-car manager': 'Used-car manager',
      'general manager': 'General manager',
      'BDC agent': 'Appointments',
    },
    due: (date: string, odometer: string | undefined) =>
      odometer === undefined ? words`${date}` : words`${date} or ${odometer}, whichever comes first`,
    dueLabel: 'First service due',
    prepaid: 'Already covered',
    promised: 'What we owe you',
    asNoted: { prepaid: 'Already covered', promised: 'What we owe you' },
    comingIn: 'When you come in',
    driveIn: 'Where to pull in',
    driveInAsWritten: 'Where to pull in',
    address: 'Address',
    hours: 'Service hours',
    seeYou: 'See you soon,',
    team: (store: string) => words`Your service team at ${store}`,
    came: {
      bought: words`you bought your car from`,
      leased: words`you leased your car from`,
      either: words`you bought or leased your car from`,
      asked: words`you asked for your car to be looked at by`,
    },
    why: (came: Words, store: string) => words`You’re getting this email because ${came} ${store}.`,
    preferences: 'Unsubscribe or choose emails',
    book: 'Book your first service',
    firstVisit: (when: string) => words`Your first service is booked: ${ours(when)}.`,
    addToCalendar: 'Add to calendar',
    directions: 'Directions',
    call: (name: string | undefined) => (name === undefined ? 'Call us' : `Call ${name}`),
  },
  es: {
    from: (person: string, store: string) => `${person} de ${store}`,
    hello: (name: string) => words`Hola, ${name}:`,
    car: (car: string | undefined) => (car === undefined ? words`su vehículo` : words`su ${car}`),
    directLine: (number: Words) => words`Teléfono directo: ${number}`,
    storeLine: (number: Words) => words`Teléfono: ${number}`,
    roles: {
      'service advisor': 'Equipo de asesores de servicio',
      'service manager': 'Gerente de Servicio',
      salesperson: 'Ventas',
      'sales manager': 'Gerente de Ventas',
      'used-car manager': 'Gerente de Autos Usados',
      'general manager': 'Gerente general',
      'BDC agent': 'Citas',
    },
    due: (date: string, odometer: string | undefined) =>
      odometer === undefined ? words`${date}` : words`${date} o a las ${odometer}, lo que ocurra primero`,
    dueLabel: 'Primer servicio',
    prepaid: 'Ya cubierto',
    promised: 'Lo que le debemos',
    asNoted: {
      prepaid: 'Ya cubierto, según su compra',
      promised: 'Le debemos, según su compra',
    },
    comingIn: 'Cuando venga',
    driveIn: 'Por dónde entrar',
    driveInAsWritten: 'Por dónde entrar (en inglés)',
    address: 'Dirección',
    hours: 'Horario de servicio',
    seeYou: 'Hasta pronto,',
    team: (store: string) => words`Su equipo de servicio en ${store}`,
    came: {
      bought: words`compró su vehículo en`,
      leased: words`arrendó su vehículo en`,
      either: words`compró o arrendó su vehículo en`,
      asked: words`pidió que revisaran su vehículo en`,
    },
    why: (came: Words, store: string) => words`Recibe este correo porque ${came} ${store}.`,
    preferences: 'Cancelar la suscripción o elegir correos',
    book: 'Hacer mi cita',
    firstVisit: (when: string) => words`Su primer servicio ya tiene cita: ${ours(when)}.`,
    addToCalendar: 'Agregar al calendario',
    directions: 'Cómo llegar',
    call: (name: string | undefined) => (name === undefined ? 'Llamar' : `Llamar a ${name}`),
  },
} as const;

export interface CustomerLetter {
  readonly subject: Words;
  readonly preheader: Content;
  readonly heading: Words;
  readonly blocks: Blocks;
  readonly attachments?: readonly (Attachment | undefined)[];
}

export function customerLetter(to: Correspondence, letter: CustomerLetter): Email {
  const { context, language, advisor } = to;
  const { store } = context;
  const say = texts[language];
  const subject = subjectLine(letter.subject);
  const body = lay({
    language,
    title: subject,
    preheader: letter.preheader,
    brand: store.name,
    letterhead: letterheadOf(context.group, store),
    blocks: [
      heading(letter.heading),
      paragraph(say.hello(unlinked(callName(to.customer)))),
      ...letter.blocks,
      signature(to),
    ],
    footer: [
      lines(
        say.why(say.came[to.came], context.soldAt.name),
        words`${store.name}, ${postalAddressOf(store)}, ${phone(store.phone)}`,
      ),
      context.preferencesLink === undefined ? undefined : link(say.preferences, context.preferencesLink),
    ],
  });
  const attachments = (letter.attachments ?? []).filter((file) => file !== undefined);
  return {
    subject,
    ...body,
    ...(advisor ? { fromName: say.from(advisor.name, store.name), replyTo: advisor.email } : {}),
    ...(attachments.length > 0 ? { attachments } : {}),
  };
}

function signature({ language, advisor, context }: Correspondence): Block {
  const say = texts[language];
  const { name } = context.store;
  if (!advisor) return lines(say.seeYou, say.team(name));
  return lines(words`${say.seeYou}`, advisor.name);
}

/** The first name, as for somebody you have met; a company's full name. */
export const callName = ({ firstName, lastName, companyName }: Customer) =>
  firstName ?? lastName ?? companyName ?? '';

/** `your 2026 Honda CR-V`, or `your car`. */
export function theirCar({ language, vehicle }: Correspondence): Words {
  const car = carOf(vehicle, language);
  return texts[language].car(car && unlinked(car));
}

/** The advisor's phone number, or the store's. */
export const numberToCall = ({ advisor, context }: Correspondence): Words =>
  phone(advisor?.phone ?? context.store.phone);

/** The advisor's name, photo and phone number. */
export function advisorCard({ advisor, language }: Correspondence): Block | undefined {
  if (!advisor) return undefined;
  const say = texts[language];
  return person({
    name: advisor.name,
    photo: advisor.photo,
    lines: [
      words`${say.roles[advisor.role]}`,
      ...(advisor.phone === undefined ? [] : [say.directLine(phone(advisor.phone))]),
      mailbox(advisor.email),
    ],
  });
}

export function advisorContact({ advisor, language, context }: Correspondence): Attachment | undefined {
  return advisor && contactCard(advisor, context.store, texts[language].roles[advisor.role], context.now);
}

export interface Due {
  readonly dueOn: string;
  readonly dueMiles?: number | undefined;
}

/** `May 20, 2027 or 5,000 miles, whichever comes first`. */
export const dueBy = ({ dueOn, dueMiles }: Due, language: Language, { distanceUnit }: Store): Words =>
  texts[language].due(
    formatDateWithoutWeekday(dueOn, language),
    dueMiles === undefined ? undefined : distanceText(dueMiles, distanceUnit, language),
  );

/** The due date, what is prepaid, and what was promised. */
export function firstServiceFacts(
  { language, context }: Correspondence,
  known: {
    readonly due: Due | undefined;
    readonly prepaid?: readonly string[] | undefined;
    readonly promises?: readonly string[] | undefined;
  },
): Block | undefined {
  const say = texts[language];
  const prepaid = inLanguage(known.prepaid, context.group, language);
  const promised = inLanguage(known.promises, context.group, language);
  return facts([
    [say.dueLabel, known.due && dueBy(known.due, language, context.store)],
    [say.prepaid, some(prepaid.translated)],
    [say.asNoted.prepaid, some(prepaid.asNoted)],
    [say.promised, some(promised.translated)],
    [say.asNoted.promised, some(promised.asNoted)],
  ]);
}

/** What the group's file says in the language, and apart from it what stands as the DMS wrote it. */
function inLanguage(noted: readonly string[] = [], { phrases }: Pick<Group, 'phrases'>, language: Language) {
  const all = noted.map((one) => phraseIn(phrases, one, language));
  const those = (isTranslated: boolean) =>
    all.filter((one) => one.isTranslated === isTranslated).map(({ text }) => unlinked(text));
  return { translated: those(true), asNoted: those(false) };
}

/** What was promised or prepaid, as the group says it to its staff. */
export const inEnglish = (
  all: readonly string[] = [],
  { group }: { readonly group: Pick<Group, 'phrases'> },
): readonly string[] => all.map((one) => phraseIn(group.phrases, one, 'en').text);

export const noted = (...of: Parameters<typeof inEnglish>): Words | undefined => some(inEnglish(...of));

/** What a thumb does next: keep the date, call, or drive there. */
export function waysToUs(
  { language, advisor, context }: Correspondence,
  calendarLink?: string,
): Block | undefined {
  const say = texts[language];
  const { store } = context;
  const [givenName] = (advisor?.name ?? '').split(' ');
  return actions([
    [say.addToCalendar, calendarLink],
    [say.call(givenName === '' ? undefined : givenName), telephone(advisor?.phone ?? store.phone)],
    [say.directions, directionsTo(store)],
  ]);
}

/** The service entrance, address and hours. */
export function comingIn({ language, context }: Correspondence): Block | undefined {
  const say = texts[language];
  const { store } = context;
  const directions = saidIn(store.serviceDriveDirections, language);
  return facts(
    [
      [directions.isTranslated ? say.driveIn : say.driveInAsWritten, directions.text],
      [say.address, postalAddressOf(store)],
      [say.hours, stacked(openingHours(calendarOf(store, 'service').hours, language))],
    ],
    say.comingIn,
  );
}

/** Opens the map of the reader's phone or browser. */
function directionsTo(store: Store): string {
  const destination = `${store.name}, ${postalAddressOf(store)}`;
  return `https://www.google.com/maps/dir/?${new URLSearchParams({ api: '1', destination })}`;
}

/** How to book the first service, or for when it is booked. */
export function firstVisit(to: Correspondence, booked: { readonly startsAt: string } | undefined): Blocks {
  const { language, context } = to;
  const say = texts[language];
  return booked
    ? [paragraph(say.firstVisit(momentOf(context.store.timeZone, booked.startsAt, language)))]
    : [button(say.book, context.store.bookingLink), waysToUs(to)];
}

/** The values on one line each, or undefined if there are none. */
export const some = (values: readonly string[] | undefined): Words | undefined =>
  values === undefined || values.length === 0 ? undefined : stacked(values);
