/** Every message as people see it, and the page that it leads to. */

import type { Language } from '../../../functions/group/business-time.ts';
import type { Email } from '../../../functions/mail/message.ts';
import { myDayPage } from '../../../functions/pages/my-day-page.ts';
import { preferencesPage } from '../../../functions/pages/preferences-page.ts';
import { taskPage } from '../../../functions/pages/task-page.ts';
import {
  bare,
  casesOf,
  contextIn,
  type DayCase,
  dayCasesOf,
  type EmailCase,
  hostile,
  hostileNames,
  messageCalled,
  ordinary,
  spanish,
  type World,
  write,
  writeDay,
} from '../email-fixtures.ts';
import { type LetterCase, letterCases, letterPageOf, writeLetterOf } from '../letter-fixtures.ts';
import { numbersPageOf } from '../numbers-shown.ts';
import { type ReportCase, reportCasesOf, writeReport } from '../report-fixtures.ts';

export interface Preview {
  readonly name: string;
  readonly variant: string;
  readonly language: Language;
  readonly to: 'customer' | 'staff';
  readonly email: Email;
  /** The page behind its button, or behind the customer's link. */
  readonly page: string;
}

/** The usual case of every message, and each customer's also in Spanish. */
export function everyMessage(): Preview[] {
  const [english, inSpanish] = [withLogo(ordinary), withLogo(spanish)];
  return [
    ...casesOf(english).map((one) => previewOf(one, english, 'en')),
    ...casesOf(inSpanish)
      .filter(isToCustomer)
      .map((one) => previewOf(one, inSpanish, 'es')),
    ...dayCasesOf(english).map((one) => previewOfDay(one, english)),
    ...reportCasesOf(english).map((one) => previewOfReport(one, english)),
    ...letterCases.map((one) => previewOfLetter(one, english, 'en')),
    ...letterCases.map((one) => previewOfLetter(one, inSpanish, 'es')),
  ];
}

/** The logo is drawn where the message is shown: the demo group has none that could be fetched. */
const withLogo = (world: World): World => ({
  ...world,
  store: {
    ...world.store,
    letterhead: {
      ...world.store.letterhead,
      logo: { url: 'https://lakeshore.example/logo.png', width: 148, height: 32 },
    },
  },
});

/** Where the least is known, and with names that break careless templates. */
export const worldsAtTheEdge: Readonly<Record<string, World>> = {
  bare,
  markup: hostile(hostileNames.markup),
  arabic: hostile(hostileNames.arabic),
  long: hostile(hostileNames.long),
};

export const messagesAtTheEdge = (world: World): Preview[] => [
  ...casesOf(world).map((one) => previewOf(one, world, 'en')),
  ...dayCasesOf(world).map((one) => previewOfDay(one, world)),
  ...reportCasesOf(world).map((one) => previewOfReport(one, world)),
  ...letterCases.map((one) => previewOfLetter(one, world, 'en')),
];

const isToCustomer = ({ name }: EmailCase) => messageCalled(name).to === 'customer';

function previewOf(one: EmailCase, world: World, language: Language): Preview {
  const { name, variant, context } = one;
  const { task, reader, now } = context;
  const page = reader
    ? taskPage({ ...contextIn(world, now), task, reader })
    : preferencesOf(world, context.customerAddress ?? '', language);
  return { name, variant, language, to: reader ? 'staff' : 'customer', email: write(one), page };
}

const preferencesOf = ({ store, group }: World, address: string, language: Language) =>
  preferencesPage({
    language,
    store,
    group,
    address,
    wishes: { introduction: 'yes', service: 'yes', upgrade: 'yes' },
    refused: ['phone'],
  });

function previewOfDay(one: DayCase, world: World): Preview {
  const { name, variant, context } = one;
  const { worklist } = context;
  const page = myDayPage({ ...contextIn(world), reader: worklist.person, worklist, path: '/me' });
  return { name, variant, language: 'en', to: 'staff', email: writeDay(one), page };
}

function previewOfReport(one: ReportCase, world: World): Preview {
  const { name, variant } = one;
  const page = numbersPageOf(world);
  return { name, variant, language: 'en', to: 'staff', email: writeReport(one), page };
}

/** Beside it the page from which a manager sends it. */
function previewOfLetter(one: LetterCase, world: World, language: Language): Preview {
  const { name, variant } = one;
  return {
    name,
    variant,
    language,
    to: 'customer',
    email: writeLetterOf(world, one),
    page: letterPageOf(world, one),
  };
}
