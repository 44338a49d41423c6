import { andMore } from '../contracts/fields.ts';
import type { LocalDate } from '../group/business-time.ts';
import { dollars } from '../group/money.ts';
import { shortened } from '../history/visits.ts';

/** One fact on the sheet. */
export interface Cell {
  readonly label: string;
  readonly value: string;
  /** The date of the fact. */
  readonly asOf: LocalDate;
  /**
   * Whether the customer's copy may carry it. A trade-in value only where the store allows it. A monthly payment only
   * together with its terms, as the law on advertised credit asks.
   */
  readonly onPaper: 'always' | 'where the store allows it' | 'never';
}

/** One question, answered for the repair and for another car. */
export interface SheetRow {
  readonly about: 'cost now' | 'next 12 months' | 'worth' | 'endings';
  readonly repair: readonly Cell[];
  readonly replace: readonly Cell[];
}

export const hasFacts = ({ repair, replace }: SheetRow): boolean => repair.length + replace.length > 0;

/** Enough of a line to know it by; the repair order has all of it. */
const LETTERS_OF_A_LINE = 60;
/** Of a list within a cell. */
export const OTHERS_LISTED = 3;

export const inBrief = (text: string): string => shortened(text, LETTERS_OF_A_LINE);

export function lineText(line: {
  readonly description: string;
  readonly amountCents?: number | undefined;
}): string {
  const description = inBrief(line.description);
  return line.amountCents === undefined ? description : `${description} (${dollars(line.amountCents)})`;
}

export const list = (items: readonly string[]): string | undefined =>
  items.length === 0 ? undefined : firstOf(items, OTHERS_LISTED).join('; ');

/** As many entries as people read, and how many more there are. */
export function firstOf(items: readonly string[], most: number): string[] {
  const more = items.length - most;
  return [...items.slice(0, most), ...(more > 0 ? [andMore(more)] : [])];
}

export const cell = (label: string, value: string, asOf: LocalDate): Cell => ({
  label,
  value,
  asOf,
  onPaper: 'always',
});

export const cellOf = (label: string, value: string | undefined, asOf: LocalDate): Cell | undefined =>
  value === undefined ? undefined : cell(label, value, asOf);

export const cells = (...all: readonly (Cell | undefined)[]): readonly Cell[] =>
  all.filter((one) => one !== undefined);
