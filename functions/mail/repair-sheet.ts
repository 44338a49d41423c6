import type { RepairQuoted } from '../contracts/repair-quoted.ts';
import { daysBetween, formatDate, localDate } from '../group/business-time.ts';
import { type Group, nudgePolicyOf, type Store } from '../group/group.ts';
import type { HistorySummary } from '../history/visits.ts';
import {
  type Assessment,
  type Cell,
  type ExplainedReason,
  explain,
  twoColumnSheet,
} from '../readiness/assess.ts';
import { UNKNOWN } from '../readiness/sheet.ts';
import { ageText } from '../readiness/wording.ts';
import { type Block, columns, type Row } from './blocks.ts';
import { sentenceCase, strong, type Words, words } from './words.ts';

/** The repair and replace columns for emails and pages. A fact that has become too old is shown as unknown. */
interface Surroundings {
  readonly group: Group;
  readonly store: Store;
  readonly now: string;
}

interface Known {
  readonly quote: RepairQuoted;
  readonly history?: HistorySummary | undefined;
}

export function sheetBlock(surroundings: Surroundings, known: Known): Block {
  const today = todayOf(surroundings);
  const { repair, replace } = sheetCells(surroundings, known);
  const rows = (cells: readonly Cell[]): Row[] =>
    cells.map((cell) => ({ label: cell.label, value: emphasised(cell, today) }));
  return columns('What we know today, and how old it is. Unknown means we don’t know: please don’t guess.', [
    { head: 'Repair', rows: rows(repair) },
    { head: 'Replace', rows: rows(replace) },
  ]);
}

/** The car's value and the customer's obligations on it; unknown facts are left out. */
export function replaceRows(
  surroundings: Surroundings,
  known: Known,
): readonly (readonly [string, Words | undefined])[] {
  const today = todayOf(surroundings);
  return sheetCells(surroundings, known).replace.map(({ label, value, asOf }) => [
    label,
    asOf === undefined ? undefined : aged(words`${value}`, ageOf(asOf, today)),
  ]);
}

export function adviceIn(assessment: Assessment): string {
  const { advice, independent, needed, reasonsFor, unknown } = assessment;
  const isThin = advice === 'either' && independent < needed && reasonsFor.length > 0;
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

const emphasised = ({ value, asOf }: Cell, today: string): Words =>
  asOf === undefined ? words`${value}` : aged(strong(value), ageOf(asOf, today));

function sheetCells(surroundings: Surroundings, { quote, history }: Known) {
  const { group, store } = surroundings;
  const today = todayOf(surroundings);
  const { repair, replace } = twoColumnSheet({
    quote,
    policy: nudgePolicyOf(group, store),
    today,
    timeZone: store.timeZone,
    distanceUnit: store.distanceUnit,
    history,
  });
  return { repair, replace: replace.map((cell) => endedWarranty(cell, quote, today)) };
}

/** Drops a date that has passed: `Factory warranty until` a past day would read as if it still applied. */
function endedWarranty(cell: Cell, { warranty }: RepairQuoted, today: string): Cell {
  const endsOn = {
    'Factory warranty until': warranty?.factoryEndsOn,
    'Extended warranty until': warranty?.extendedEndsOn,
  }[cell.label];
  if (endsOn === undefined || endsOn >= today || cell.value === UNKNOWN) return cell;
  const date = formatDate(endsOn, 'en').replace(/^\w+, /, '');
  return { ...cell, label: cell.label.replace(' until', ''), value: `ended ${date}` };
}
