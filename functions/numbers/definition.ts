import * as z from 'zod';

/**
 * What one number of the store means: its words, where the definition comes from, and the SQL that counts it. The SQL keeps
 * to what both DuckDB and Athena (Trino) take, and reads the views of views.ts. It returns a row for each {@link Cell}, by
 * month or by week: `{period of "at"}` stands for the one in which a date or an instant lies.
 */
export interface Definition {
  readonly name: string;
  readonly title: string;
  /** The definition in a sentence or two, as the report prints it. */
  readonly words: string;
  readonly source: string;
  /** Worked out by hand; a test holds the SQL against the year that it is taken from. */
  readonly example: string;
  /** What `breakdown` says of a cell. Left out where it has none. */
  readonly breakdown?: string;
  /** `rate`: part of whole. `count`: how many, of nothing. `minutes`: `whole` cases took `part` minutes. */
  readonly unit: 'rate' | 'count' | 'minutes';
  /** Whether more is better; undefined where neither is. */
  readonly better?: 'more' | 'less';
  readonly sql: string;
}

/** So many of so many at one store, in one month or week, by one person, of one sort: what a report adds up. */
export interface Cell {
  readonly storeId: string;
  /** The employee number, where the number is about somebody. */
  readonly person: string | undefined;
  /** A month, `YYYY-MM`, or a week, by the date of its Monday. */
  readonly period: string;
  readonly breakdown: string | undefined;
  readonly part: number;
  readonly whole: number;
}

/** A row of an answer, in which a number can be text. */
const text = z.string().nullable();
export const cellRow = z
  .object({ storeId: z.string(), person: text, period: z.string(), breakdown: text })
  .extend({ part: z.coerce.number(), whole: z.coerce.number() })
  .transform(
    (cell): Cell => ({ ...cell, person: cell.person ?? undefined, breakdown: cell.breakdown ?? undefined }),
  );

export const cellColumns = ['storeId', 'person', 'period', 'breakdown', 'part', 'whole'] as const;
