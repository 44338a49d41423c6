import type { RepairQuoted } from '../contracts/repair-quoted.ts';
import { dollars } from '../group/money.ts';
import type { Question, QuotedQuestion } from './assessment.ts';
import { freshFactsOf } from './fresh-facts.ts';
import { amountsOf, isPaidByOthers, type LineState, type QuoteLine, stateOf } from './quote-amounts.ts';
import {
  type Cell,
  firstOf,
  hasFacts,
  type Line,
  type Listed,
  OTHERS_LISTED,
  type SheetRow,
} from './sheet-cell.ts';
import { type Gap, toFindOut } from './sheet-gaps.ts';
import { carCells, sheetRows } from './sheet-rows.ts';

/**
 * The advisor's sheet: what is quoted, and repair compared with replacement, row by row. Both sides of a row answer the same
 * question, whatever the advice. A fact that is missing or too old is listed in `toFindOut` and nowhere else.
 */
export interface Sheet {
  readonly work: Work;
  readonly rows: readonly SheetRow[];
  readonly toFindOut: readonly Gap[];
}

/** What is quoted, by the customer's answer to it. */
interface Work {
  readonly quotedCents: number;
  readonly leftToDecide: WorkIn;
  readonly approved: WorkIn;
  readonly declined: WorkIn;
  /** What the undecided lines buy; other lines are left out. */
  readonly buys: Listed<string>;
  /** Paid by warranty, recall or the shop. */
  readonly isPaidByOthers: boolean;
}

export interface WorkIn {
  readonly cents: number;
  readonly lines: Listed<Line>;
}

/** As much work as fits on one page; the repair order lists all of it. */
const WORK_LISTED = 6;

export function repairSheet(question: QuotedQuestion): Sheet {
  const facts = freshFactsOf(question);
  return {
    work: workOf(question.quote.quote),
    rows: sheetRows(question, facts),
    toFindOut: toFindOut(question, facts),
  };
}

/** The car's value, warranty, lease and loan, as far as they are known. */
export function carFacts(question: Omit<Question, 'circumstances'>): readonly Cell[] {
  const asked = { ...question, circumstances: {} };
  return carCells(asked, freshFactsOf(asked));
}

function workOf(quote: RepairQuoted['quote']): Work {
  const { quotedCents, declinedCents, approvedCents, leftCents } = amountsOf(quote);
  const linesOf = (state: LineState) => {
    const lines = quote.lines.filter((line) => stateOf(line) === state);
    const said = lines.map(({ description, amountCents }) => ({ description, amountCents }));
    return firstOf(said, WORK_LISTED);
  };
  return {
    quotedCents,
    leftToDecide: { cents: leftCents - approvedCents, lines: linesOf('quoted') },
    approved: { cents: approvedCents, lines: linesOf('approved') },
    declined: { cents: declinedCents, lines: linesOf('declined') },
    buys: firstOf([...new Set(quote.lines.filter(isOpen).flatMap(benefitOf))], OTHERS_LISTED),
    isPaidByOthers: isPaidByOthers(quote),
  };
}

const isOpen = (line: QuoteLine) => stateOf(line) === 'quoted';
const benefitOf = ({ buys }: QuoteLine): readonly string[] => (buys === undefined ? [] : [buys]);

/** The sheet without anything that the customer's copy may not show. Rows that become empty are left out. */
export function customersCopy(sheet: Sheet, { tradeValue }: { readonly tradeValue: boolean }): Sheet {
  const may = ({ onPaper }: Cell) =>
    onPaper === 'always' || (onPaper === 'where the store allows it' && tradeValue);
  const rows = sheet.rows.map(({ about, repair, replace }) => ({
    about,
    repair: repair.filter(may),
    replace: replace.filter(may),
  }));
  return { ...sheet, rows: rows.filter(hasFacts) };
}

/** `$4,180`, or `Quoted $4,180; declined $1,290; left to decide $2,890` once something is declined or approved. */
export function amountsText(quote: RepairQuoted['quote']): string {
  const { quotedCents, declinedCents, approvedCents, leftCents } = amountsOf(quote);
  if (declinedCents === 0 && approvedCents === 0) return dollars(quotedCents);
  return [
    `Quoted ${dollars(quotedCents)}`,
    ...(declinedCents === 0 ? [] : [`declined ${dollars(declinedCents)}`]),
    ...(approvedCents === 0 ? [] : [`approved ${dollars(approvedCents)}`]),
    leftCents === approvedCents
      ? 'nothing left to decide'
      : `left to decide ${dollars(leftCents - approvedCents)}`,
  ].join('; ');
}
