import { andMore } from '../contracts/fields.ts';
import type { DistanceUnit } from '../contracts/odometer.ts';
import { formatDateWithoutWeekday, type Language } from '../group/business-time.ts';
import { distanceText } from '../group/distance.ts';
import type { Group } from '../group/group.ts';
import { dollars } from '../group/money.ts';
import { phraseIn } from '../group/said-by-language.ts';
import type {
  CoverEnd,
  Limit,
  Line,
  Listed,
  SheetFact,
  SheetFacts,
  SheetRow,
} from '../readiness/sheet-cell.ts';
import type { Gap } from '../readiness/sheet-gaps.ts';
import { ageText } from '../readiness/wording.ts';
import { shortened } from './words.ts';

/**
 * The words of the repair sheet in each language of customers. Staff read it in English; the customer's copy is in the
 * customer's language.
 */
interface SheetWords {
  readonly facts: FactWords;
  readonly topics: Record<SheetRow['about'], string>;
  readonly heads: readonly [repair: string, replace: string];
  readonly work: Record<'title' | 'quoted' | 'declined' | 'approved' | 'left' | 'nothing' | 'buys', string>;
  readonly paidByOthers: string;
  readonly more: (count: number) => string;
  /** The age of a fact that is not from today. */
  readonly old: (days: number) => string;
}

type FactWords = {
  readonly [Name in keyof SheetFacts]: (fact: SheetFact<Name>, reader: Reader) => Said;
};
/** The reader's language, and how their store and group phrase things. */
export interface Reader {
  readonly language: Language;
  readonly unit: DistanceUnit;
  readonly phrases: Group['phrases'];
}
type Said = readonly [label: string, value: string];

const day = (date: string, language: Language) => formatDateWithoutWeekday(date, language);

const en: SheetWords = {
  topics: {
    'cost now': 'What it costs now',
    'next 12 months': 'Over the next 12 months',
    worth: 'What the car is worth',
    endings: 'What ends when',
  },
  heads: ['Repair it', 'Replace it'],
  work: {
    title: 'The repair',
    quoted: 'Quoted',
    declined: 'Declined today',
    approved: 'Approved',
    left: 'Left to decide',
    nothing: 'Nothing',
    buys: 'What that buys',
  },
  paidByOthers: 'Warranty, recall or the shop pays',
  more: andMore,
  old: ageText,
  facts: {
    repair: ({ leftCents, approvedCents, isPart }) => [
      isPart ? 'The repair, without what was declined' : 'The repair',
      approvedCents === 0
        ? dollars(leftCents)
        : `${dollars(leftCents)}, ${dollars(approvedCents)} of it approved`,
    ],
    'paid by others': () => ['The repair', 'Nothing: warranty, recall or the shop pays'],
    'money down': ({ cents }) => ['Money down: estimate, with approved credit', dollars(cents)],
    'service as before': ({ cents }) => [
      'Service, if as in the last 12 months',
      `${dollars(cents)}, without this repair`,
    ],
    'declined today': ({ cents }) => ['Declined today, still to do', dollars(cents)],
    'declined before': ({ lines }, reader) => ['Declined before', lineTexts(lines, reader).join('; ')],
    payment: ({ cents, termMonths, moneyDownCents, inYear }) => [
      'Monthly payment: estimate, with approved credit',
      [
        dollars(cents),
        ...(termMonths === undefined ? [] : [` for ${termMonths} months`]),
        ...(moneyDownCents === undefined ? [] : [` with ${dollars(moneyDownCents)} down`]),
        `; ${inYear} payments: ${dollars(cents * inYear)}`,
      ].join(''),
    ],
    'payments end': ({ termMonths }) => ['Payments', `end after ${termMonths} months`],
    'trade-in value': (value) => [
      'Trade-in value (est.)',
      valueText(value, {
        about: 'about',
        by: 'by',
        desk: 'the used-car desk',
        goodThrough: (date) => `good through ${day(date, 'en')}`,
      }),
    ],
    equity: ({ lowCents, highCents }) => [
      'Equity toward another car',
      `${dollars(lowCents)} to ${dollars(highCents)}`,
    ],
    wanted: ({ until }) => ['The store is looking for', `cars like this one, until ${day(until, 'en')}`],
    warranty: ({ cover, ends }, { unit }) => [
      { factory: 'Factory warranty', extended: 'Extended warranty' }[cover],
      coverText(ends, (limit) => limitInEnglish(limit, unit), {
        over: ({ by }, at) => (by === 'date' ? `ended ${at}` : `ended at ${at}`),
        until: (at) => `until ${at.join(' or ')}`,
      }),
    ],
    lease: ({ maturesOn, allowedMiles }, { unit }) => [
      'Lease',
      `ends ${day(maturesOn, 'en')}${allowedMiles === undefined ? '' : `, ${distanceText(allowedMiles, unit)} allowed`}`,
    ],
    loan: ({ endsOn }) => ['Loan', `ends ${day(endsOn, 'en')}`],
  },
};

const es: SheetWords = {
  topics: {
    'cost now': 'Lo que cuesta ahora',
    'next 12 months': 'En los próximos 12 meses',
    worth: 'Lo que vale el vehículo',
    endings: 'Qué termina y cuándo',
  },
  heads: ['Repararlo', 'Cambiarlo por otro'],
  work: {
    title: 'La reparación',
    quoted: 'Presupuesto',
    declined: 'No autorizado hoy',
    approved: 'Autorizado',
    left: 'Por decidir',
    nothing: 'Nada',
    buys: 'Lo que se obtiene con eso',
  },
  paidByOthers: 'La paga la garantía, un llamado a revisión (recall) o el taller',
  more: (count) => `y ${count} más`,
  old: (days) => (days === 1 ? 'de hace 1 día' : `de hace ${days} días`),
  facts: {
    repair: ({ leftCents, approvedCents, isPart }) => [
      isPart ? 'La reparación, sin lo que no se autorizó' : 'La reparación',
      approvedCents === 0
        ? dollars(leftCents)
        : `${dollars(leftCents)}, de los cuales ${dollars(approvedCents)} ya autorizados`,
    ],
    'paid by others': () => [
      'La reparación',
      'Nada: la paga la garantía, un llamado a revisión (recall) o el taller',
    ],
    'money down': ({ cents }) => ['Pago inicial: estimado, con crédito aprobado', dollars(cents)],
    'service as before': ({ cents }) => [
      'Servicio, si es como en los últimos 12 meses',
      `${dollars(cents)}, sin esta reparación`,
    ],
    'declined today': ({ cents }) => ['No autorizado hoy, queda por hacer', dollars(cents)],
    'declined before': ({ lines }, reader) => ['No autorizado antes', lineTexts(lines, reader).join('; ')],
    payment: ({ cents, termMonths, moneyDownCents, inYear }) => [
      'Pago mensual: estimado, con crédito aprobado',
      [
        dollars(cents),
        ...(termMonths === undefined ? [] : [` durante ${termMonths} meses`]),
        ...(moneyDownCents === undefined ? [] : [` con ${dollars(moneyDownCents)} de pago inicial`]),
        `; ${inYear} pagos: ${dollars(cents * inYear)}`,
      ].join(''),
    ],
    'payments end': ({ termMonths }) => ['Pagos', `terminan a los ${termMonths} meses`],
    'trade-in value': (value) => [
      'Valor de intercambio (trade-in), estimado',
      valueText(value, {
        about: 'alrededor de',
        by: 'según',
        desk: 'el departamento de autos usados',
        goodThrough: (date) => `válido hasta el ${day(date, 'es')}`,
      }),
    ],
    equity: ({ lowCents, highCents }) => [
      'A su favor para otro vehículo',
      `de ${dollars(lowCents)} a ${dollars(highCents)}`,
    ],
    wanted: ({ until }) => ['El concesionario busca', `vehículos como este, hasta el ${day(until, 'es')}`],
    warranty: ({ cover, ends }, { unit }) => [
      { factory: 'Garantía de fábrica', extended: 'Garantía extendida' }[cover],
      coverText(ends, (limit) => limitInSpanish(limit, unit), {
        over: ({ by }, at) => (by === 'date' ? `terminó ${at}` : `terminó a ${at}`),
        until: (at) => `hasta ${at.join(' o ')}`,
      }),
    ],
    lease: ({ maturesOn, allowedMiles }, { unit }) => [
      'Arrendamiento (lease)',
      `termina el ${day(maturesOn, 'es')}${allowedMiles === undefined ? '' : `; máximo: ${distanceText(allowedMiles, unit, 'es')}`}`,
    ],
    loan: ({ endsOn }) => ['Préstamo', `termina el ${day(endsOn, 'es')}`],
  },
};

export const sheetWords: Record<Language, SheetWords> = { en, es };

/** The label of a cell, and its value. */
export const factWords = (fact: SheetFact, reader: Reader): Said =>
  saidOf(sheetWords[reader.language].facts, fact, reader);

const saidOf = <Name extends keyof SheetFacts>(
  words: FactWords,
  fact: SheetFact<Name>,
  reader: Reader,
): Said => words[fact.is](fact, reader);

/** One entry each; the last one says how many more there are. */
export const entries = ({ first, more }: Listed<string>, language: Language): readonly string[] => [
  ...first,
  ...(more === 0 ? [] : [sheetWords[language].more(more)]),
];

/** The descriptions of lines, with their amounts. */
export const lineTexts = ({ first, more }: Listed<Line>, reader: Reader): readonly string[] =>
  entries({ first: first.map((line) => lineText(line, reader)), more }, reader.language);

export const benefitTexts = ({ first, more }: Listed<string>, reader: Reader): readonly string[] =>
  entries({ first: first.map((one) => asSaid(one, reader)), more }, reader.language);

function lineText({ description, amountCents }: Line, reader: Reader): string {
  const work = asSaid(description, reader);
  return amountCents === undefined ? work : `${work} (${dollars(amountCents)})`;
}

/** Enough of a line to recognize it; the repair order has its full text. */
const LETTERS_OF_A_LINE = 60;

/** In the group's own words, if its file has them. */
const asSaid = (text: string, { phrases, language }: Reader): string =>
  shortened(phraseIn(phrases, text, language).text, LETTERS_OF_A_LINE);

function valueText(
  { cents, source, isEstimate, goodThrough }: SheetFact<'trade-in value'>,
  says: {
    readonly about: string;
    readonly by: string;
    readonly desk: string;
    readonly goodThrough: (date: string) => string;
  },
): string {
  const who = source === undefined ? goodThrough && says.desk : shortened(source, LETTERS_OF_A_LINE);
  return [
    isEstimate ? `${says.about} ${dollars(cents)}` : dollars(cents),
    ...(who === undefined ? [] : [`${says.by} ${who}`]),
    ...(goodThrough === undefined ? [] : [says.goodThrough(goodThrough)]),
  ].join(', ');
}

function coverText(
  ends: CoverEnd,
  textOf: (limit: Limit) => string,
  says: {
    readonly over: (limit: Limit, at: string) => string;
    readonly until: (at: readonly string[]) => string;
  },
): string {
  return ends.isOver ? says.over(ends.at, textOf(ends.at)) : says.until(ends.at.map(textOf));
}

const limitInEnglish = (limit: Limit, unit: DistanceUnit): string =>
  limit.by === 'date' ? day(limit.on, 'en') : distanceText(limit.miles, unit);

const limitInSpanish = (limit: Limit, unit: DistanceUnit): string =>
  limit.by === 'date'
    ? `el ${day(limit.on, 'es')}`
    : `${unit === 'miles' ? 'las' : 'los'} ${distanceText(limit.miles, unit, 'es')}`;

/** What is still to be found out, and who can do it. Read by staff only. */
export const gapWords: Record<Gap, readonly [what: string, who: string]> = {
  work: ['what the repair is made of', 'the shop'],
  'what it buys': ['what it buys', 'the shop'],
  payment: ['a monthly payment with its term and money down', 'Sales'],
  'terms of the payment': ['the term and money down of that payment', 'Sales'],
  'costs of another car': ['tax, fees, insurance and service of another car', 'Sales'],
  'service history': ['service of the last 12 months', 'the service records'],
  'trade-in value': ['the trade-in value', 'the used-car desk'],
  'what is owed': ['what is still owed on this car', 'the customer'],
  warranty: ['when its warranties end', 'the warranty administrator'],
  lease: ['when the lease ends', 'the customer'],
  loan: ['when the loan ends', 'the customer'],
};
