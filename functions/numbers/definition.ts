import * as z from 'zod';

/**
 * What one number of the store means: its words, the source of its definition, and the SQL that counts it. The SQL
 * uses only what both DuckDB and Athena (Trino) accept, and reads the views of views.ts. It returns a row for each
 * {@link Cell}, by month or by week: `{period of "at"}` stands for the period that contains a date or an instant.
 */
export interface Definition {
  readonly name: string;
  readonly title: string;
  /** The definition in a sentence or two, as the report prints it. */
  readonly words: string;
  readonly source: string;
  /** An example worked out by hand; a test checks the SQL against the year that the example is taken from. */
  readonly example: string;
  /** What a cell's `breakdown` means. Left out if there is none. */
  readonly breakdown?: string;
  /** `rate`: part of whole. `count`: a plain count. `minutes`: `whole` cases took `part` minutes. */
  readonly unit: 'rate' | 'count' | 'minutes';
  /** Whether more is better; undefined if neither is. */
  readonly better?: 'more' | 'less';
  readonly sql: string;
}

/** A count for one store, one month or week, one person and one breakdown: what reports add up. */
export interface Cell {
  readonly storeId: string;
  /** The employee number, if the number is about a person. */
  readonly person: string | undefined;
  /** A month, `YYYY-MM`, or a week, by the date of its Monday. */
  readonly period: string;
  readonly breakdown: string | undefined;
  readonly part: number;
  readonly whole: number;
}

/** A row of a query's result, in which a number may arrive as text. */
const text = z.string().nullable();
export const cellRow = z
  .object({ storeId: z.string(), person: text, period: z.string(), breakdown: text })
  .extend({ part: z.coerce.number(), whole: z.coerce.number() })
  .transform(
    (cell): Cell => ({ ...cell, person: cell.person ?? undefined, breakdown: cell.breakdown ?? undefined }),
  );

export const cellColumns = ['storeId', 'person', 'period', 'breakdown', 'part', 'whole'] as const;
