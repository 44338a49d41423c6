import type { RepairQuoted } from '../contracts/repair-quoted.ts';
import { daysBetween, localDate } from '../group/business-time.ts';
import { type Group, nudgePolicyOf, type Store } from '../group/group.ts';
import type { HistorySummary } from '../history/visits.ts';
import { type Assessment, dollars, type ExplainedReason, explain } from '../readiness/assess.ts';
import type { Circumstances } from '../readiness/assessment.ts';
import type { Occasion } from '../readiness/occasion.ts';
import { aboutTheCar, independentFacts } from '../readiness/reasons-for.ts';
import { carFacts, customersCopy, repairSheet, type Sheet, type WorkIn } from '../readiness/sheet.ts';
import type { Cell, SheetRow } from '../readiness/sheet-cell.ts';
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

/** For the advisor: the work, both choices row by row, and what nobody knows yet with who can find out. */
export function sheetBlocks(surroundings: Surroundings, known: Known): Blocks {
  const sheet = sheetOf(surroundings, known);
  return [
    workBlock(sheet),
    comparisonBlock(sheet, surroundings, {
      caption: words`What we know today, and how old it is. Printed, it is the customer’s copy${withheld(sheet, surroundings)}.`,
      unanswered: 'Not known yet',
    }),
    paragraph(words`${strong('Still to find out:')} ${gapsText(sheet)}. Please don’t guess.`),
  ];
}

/** What the advisor sees here and the customer will not find on the paper. */
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
  const askable = [...new Set(toFindOut.map(({ who }) => who))];
  return askable
    .map((who) => {
      const all = toFindOut.filter((gap) => gap.who === who).map(({ what }) => what);
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
export function workBlock({ work }: Sheet): Block | undefined {
  const { quotedCents, approved, declined, leftToDecide, buys, isPaidByOthers } = work;
  if (isPaidByOthers) return facts([['Quoted', 'Warranty, recall or the shop pays']], 'The repair');
  const isTouched = declined.lines.length > 0 || approved.lines.length > 0;
  return facts(
    [
      ['Quoted', dollars(quotedCents)],
      ['Declined today', workText(declined)],
      ['Approved', workText(approved)],
      ['Left to decide', workText(leftToDecide) ?? (isTouched ? 'Nothing' : undefined)],
      ['What that buys', buys.length === 0 ? undefined : stacked(buys)],
    ],
    'The repair',
  );
}

/** One line tells its amount itself. */
function workText({ cents, lines }: WorkIn): Content | undefined {
  if (lines.length < 2) return lines[0];
  return [...strong(dollars(cents)), ...stacked(['', ...lines])];
}

/** `unanswered`: what stands on a side that has no answer. */
export function comparisonBlock(
  { rows }: Sheet,
  surroundings: Surroundings,
  says: { readonly caption: Content; readonly unanswered: string },
): Block {
  const today = todayOf(surroundings);
  const side = (cells: readonly Cell[]): Row[] =>
    cells.map(({ label, value, asOf }) => ({ label, value: aged(strong(value), ageOf(asOf, today)) }));
  return comparison({
    ...says,
    heads: ['Repair it', 'Replace it'],
    rows: rows.map(
      ({ about, repair, replace }): ComparedRow => ({
        topic: topics[about],
        sides: [side(repair), side(replace)],
      }),
    ),
  });
}

const topics: Record<SheetRow['about'], string> = {
  'cost now': 'What it costs now',
  'next 12 months': 'Over the next 12 months',
  worth: 'What the car is worth',
  endings: 'What ends when',
};

/** What is known of the car's value, and of its warranty, lease and loan. */
export function carRows(
  surroundings: Surroundings,
  known: KnownOfCar,
): readonly (readonly [string, Words | undefined])[] {
  const today = todayOf(surroundings);
  return carFacts({ ...questionIn(surroundings), ...known }).map(({ label, value, asOf }) => [
    label,
    aged(words`${value}`, ageOf(asOf, today)),
  ]);
}

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
  aged(words`${sentenceCase(text)}`, age);

const todayOf = ({ store, now }: Surroundings) => localDate(store.timeZone, now);
const ageOf = (asOf: string, today: string) => ageText(Math.max(0, daysBetween(asOf, today)));
const aged = (value: Words, age: string): Words => (age === ageText(0) ? value : words`${value} (${age})`);
