import type { LocalDate } from '../group/business-time.ts';

/** One fact on the sheet. It becomes words when it is read, in the reader's language. */
export interface Cell {
  readonly fact: SheetFact;
  /** The date of the fact. */
  readonly asOf: LocalDate;
  /**
   * Whether the customer's copy may show it. A trade-in value only if the store allows it. A monthly payment only together with
   * its terms, as the law on advertised credit requires.
   */
  readonly onPaper: 'always' | 'where the store allows it' | 'never';
}

/** The facts that a cell can hold. */
export interface SheetFacts {
  repair: {
    readonly leftCents: number;
    readonly approvedCents: number;
    /** Some work was declined, and is not included. */
    readonly isPart: boolean;
  };
  /** Paid by warranty, recall or the shop. */
  'paid by others': object;
  'money down': { readonly cents: number };
  'service as before': { readonly cents: number };
  'declined today': { readonly cents: number };
  'declined before': { readonly lines: Listed<Line> };
  payment: {
    readonly cents: number;
    readonly termMonths: number | undefined;
    readonly moneyDownCents: number | undefined;
    /** How many of them are due within the next twelve months. */
    readonly inYear: number;
  };
  'payments end': { readonly termMonths: number };
  'trade-in value': {
    readonly cents: number;
    readonly source: string | undefined;
    readonly isEstimate: boolean;
    /** For an appraisal. */
    readonly goodThrough: LocalDate | undefined;
  };
  equity: { readonly lowCents: number; readonly highCents: number };
  wanted: { readonly until: LocalDate };
  warranty: { readonly cover: 'factory' | 'extended'; readonly ends: CoverEnd };
  lease: { readonly maturesOn: LocalDate; readonly allowedMiles: number | undefined };
  loan: { readonly endsOn: LocalDate };
}

export type SheetFact<Name extends keyof SheetFacts = keyof SheetFacts> = {
  readonly [One in Name]: { readonly is: One } & SheetFacts[One];
}[Name];

/** By date or miles, whichever comes first. A cover that is over is shown as ended, so that nobody counts on it. */
export type CoverEnd =
  | { readonly isOver: true; readonly at: Limit }
  | { readonly isOver: false; readonly at: readonly [Limit, ...Limit[]] };
export type Limit =
  | { readonly by: 'date'; readonly on: LocalDate }
  | { readonly by: 'miles'; readonly miles: number };

/** One question, answered for the repair and for another car. */
export interface SheetRow {
  readonly about: 'cost now' | 'next 12 months' | 'worth' | 'endings';
  readonly repair: readonly Cell[];
  readonly replace: readonly Cell[];
}

export const hasFacts = ({ repair, replace }: SheetRow): boolean => repair.length + replace.length > 0;

/** A piece of work, in the DMS's words. */
export interface Line {
  readonly description: string;
  readonly amountCents?: number | undefined;
}

/** The number of entries in a list within a cell. */
export const OTHERS_LISTED = 3;

/** As many entries as people read, and the number of those left out. */
export interface Listed<Entry> {
  readonly first: readonly Entry[];
  readonly more: number;
}

export const firstOf = <Entry>(items: readonly Entry[], most: number): Listed<Entry> => ({
  first: items.slice(0, most),
  more: Math.max(0, items.length - most),
});

export const cell = (fact: SheetFact, asOf: LocalDate, onPaper: Cell['onPaper'] = 'always'): Cell => ({
  fact,
  asOf,
  onPaper,
});

export const cells = (...all: readonly (Cell | undefined)[]): readonly Cell[] =>
  all.filter((one) => one !== undefined);
