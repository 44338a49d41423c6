import type { RepairQuoted } from '../contracts/repair-quoted.ts';
import { languageOf } from '../customers/customer.ts';
import { daysBetween, type Language, localDate } from '../group/business-time.ts';
import { type Group, nudgePolicyOf, type Store } from '../group/group.ts';
import type { HistorySummary } from '../history/visits.ts';
import { type Assessment, dollars, type ExplainedReason, explain } from '../readiness/assess.ts';
import type { Circumstances } from '../readiness/assessment.ts';
import type { Occasion } from '../readiness/occasion.ts';
import { aboutTheCar, independentFacts } from '../readiness/reasons-for.ts';
import { carFacts, customersCopy, repairSheet, type Sheet, type WorkIn } from '../readiness/sheet.ts';
import type { Cell } from '../readiness/sheet-cell.ts';
import { ageText } from '../readiness/wording.ts';
import {
  type Block,
  type Blocks,
  type ComparedRow,
  comparison,
  facts,
  paragraph,
  type Row,
} from './blocks.ts';
import {
  benefitTexts,
  factWords,
  gapWords,
  lineTexts,
  type Reader,
  sheetWords,
} from './repair-sheet-words.ts';
import { type Content, sentenceCase, stacked, strong, type Words, words } from './words.ts';

/** The sheet of a repair order in emails and on pages, from the facts that are fresh when it is read. */
interface Surroundings {
  readonly group: Group;
  readonly store: Store;
  readonly now: string;
}

interface KnownOfCar {
  readonly quote: Occasion;
  readonly history?: HistorySummary | undefined;
}

interface Known extends KnownOfCar {
  readonly quote: RepairQuoted;
  readonly circumstances?: Pick<Circumstances, 'wantedUntil'> | undefined;
}

/** For the advisor: the work, both choices row by row, and what is still unknown with who can find out. */
export function sheetBlocks(surroundings: Surroundings, known: Known): Blocks {
  const sheet = sheetOf(surroundings, known);
  return [
    workBlock(sheet, surroundings),
    comparisonBlock(sheet, surroundings, {
      language: 'en',
      caption: words`What we know today, and how old it is. Printed, it is the customer’s copy${inTheirLanguage(known.quote)}${withheld(sheet, surroundings)}.`,
      unanswered: 'Not known yet',
    }),
    paragraph(words`${strong('Still to find out:')} ${gapsText(sheet)}. Please don’t guess.`),
  ];
}

const inTheirLanguage = ({ customer }: RepairQuoted): Words =>
  languageOf(customer) === 'es' ? words` in Spanish` : words``;

/** What the advisor sees here but the customer's printed copy leaves out. */
function withheld(sheet: Sheet, { store }: Surroundings): string {
  const kept = customersCopy(sheet, { tradeValue: store.tradeValueOnPaper });
  const cellsOf = ({ rows }: Sheet) => rows.flatMap(({ repair, replace }) => [...repair, ...replace]);
  const isOff = (of: Cell['onPaper']) =>
    cellsOf(sheet).some(({ onPaper }) => onPaper === of) &&
    !cellsOf(kept).some(({ onPaper }) => onPaper === of);
  const off = [
    ...(isOff('where the store allows it') ? ['what the car is worth'] : []),
    ...(isOff('never') ? ['a payment without its terms'] : []),
  ];
  return off.length === 0 ? '' : `, without ${off.join(' and ')}`;
}

/** `the trade-in value (the used-car desk); a monthly payment, tax and fees (Sales)`: each person is named once. */
function gapsText({ toFindOut }: Sheet): string {
  const gaps = toFindOut.map((gap) => gapWords[gap]);
  const askable = [...new Set(gaps.map(([, who]) => who))];
  return askable
    .map((who) => {
      const all = gaps.flatMap(([what, of]) => (of === who ? [what] : []));
      return `${all.join(', ')} (${who})`;
    })
    .join('; ');
}

export const sheetOf = (surroundings: Surroundings, known: Known): Sheet =>
  repairSheet({ ...questionIn(surroundings), ...known, circumstances: known.circumstances ?? {} });

const questionIn = (surroundings: Surroundings) => ({
  policy: nudgePolicyOf(surroundings.group, surroundings.store),
  today: todayOf(surroundings),
  timeZone: surroundings.store.timeZone,
  distanceUnit: surroundings.store.distanceUnit,
});

/** What is quoted, declined and left to decide, and what that buys. */
export function workBlock(
  { work }: Sheet,
  surroundings: Surroundings,
  language: Language = 'en',
): Block | undefined {
  const { quotedCents, approved, declined, leftToDecide, buys, isPaidByOthers } = work;
  const { work: says, paidByOthers } = sheetWords[language];
  if (isPaidByOthers) return facts([[says.quoted, paidByOthers]], says.title);
  const reader = readerIn(surroundings, language);
  const isTouched = declined.lines.first.length > 0 || approved.lines.first.length > 0;
  return facts(
    [
      [says.quoted, dollars(quotedCents)],
      [says.declined, workText(declined, reader)],
      [says.approved, workText(approved, reader)],
      [says.left, workText(leftToDecide, reader) ?? (isTouched ? says.nothing : undefined)],
      [says.buys, buys.first.length === 0 ? undefined : stacked(benefitTexts(buys, reader))],
    ],
    says.title,
  );
}

/** A single line shows its own amount, so no sum is added. */
function workText({ cents, lines }: WorkIn, reader: Reader): Content | undefined {
  const all = lineTexts(lines, reader);
  if (all.length < 2) return all[0];
  return [...strong(dollars(cents)), ...stacked(['', ...all])];
}

/** `unanswered`: what a side without an answer shows. */
export function comparisonBlock(
  { rows }: Sheet,
  surroundings: Surroundings,
  says: { readonly language: Language; readonly caption: Content; readonly unanswered: string },
): Block {
  const { language, caption, unanswered } = says;
  const { topics, heads } = sheetWords[language];
  const side = (cells: readonly Cell[]): Row[] =>
    cells.map((one) => {
      const { label, value, age } = saidIn(one, surroundings, language);
      return { label, value: aged(strong(value), age) };
    });
  return comparison({
    caption,
    unanswered,
    heads,
    rows: rows.map(
      ({ about, repair, replace }): ComparedRow => ({
        topic: topics[about],
        sides: [side(repair), side(replace)],
      }),
    ),
  });
}

const readerIn = ({ group, store }: Surroundings, language: Language): Reader => ({
  language,
  unit: store.distanceUnit,
  phrases: group.phrases,
});

/** A fact in words, with its age if it is not from today. */
function saidIn({ fact, asOf }: Cell, surroundings: Surroundings, language: Language) {
  const [label, value] = factWords(fact, readerIn(surroundings, language));
  const days = Math.max(0, daysBetween(asOf, todayOf(surroundings)));
  return { label, value, age: days === 0 ? undefined : sheetWords[language].old(days) };
}

/** The car's value, warranty, lease and loan, as far as they are known. */
export const carRows = (
  surroundings: Surroundings,
  known: KnownOfCar,
): readonly (readonly [string, Words | undefined])[] =>
  carFacts({ ...questionIn(surroundings), ...known }).map((one) => {
    const { label, value, age } = saidIn(one, surroundings, 'en');
    return [label, aged(words`${value}`, age)];
  });

export function adviceIn(assessment: Assessment): string {
  const { advice, needed, unknown } = assessment;
  const ofCar = aboutTheCar(assessment.reasonsFor);
  const isThin = advice === 'either' && independentFacts(ofCar) < needed && ofCar.length > 0;
  return isThin && unknown.some(({ name }) => name === 'value')
    ? "Too little is known to compare: get the car's value first."
    : explain(assessment).advice;
}

/** A reason, with its age if its fact is older than the decision. */
export const reasonWithAge = ({ text, age }: ExplainedReason): Words =>
  aged(words`${sentenceCase(text)}`, age === ageText(0) ? undefined : age);

const todayOf = ({ store, now }: Surroundings) => localDate(store.timeZone, now);
const aged = (value: Words, age: string | undefined): Words =>
  age === undefined ? value : words`${value} (${age})`;
