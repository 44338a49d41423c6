import { cellColumns } from './definition.ts';
import { evidence } from './definitions/thresholds.ts';
import { definitions } from './definitions.ts';
import { monthsBack, weeksBack } from './periods.ts';
import { type PeriodLength, withViews } from './views.ts';

/** A query for an engine. Its result has the columns of a cell and is sorted by them. */
export interface NumbersQuery {
  /** The name of a definition, or {@link REACH}. */
  readonly number: string;
  readonly length: PeriodLength;
  readonly sql: string;
}

/** The query for how far back a store's facts go: one cell, whose period is the month of the oldest fact. */
export const REACH = 'reach';

const reach = `
SELECT storeId, CAST(NULL AS VARCHAR) AS person, min({period of happenedOn}) AS period, CAST(NULL AS VARCHAR) AS breakdown,
  count(*) AS part, count(*) AS whole
FROM dated
GROUP BY storeId`;

export const reachQuery = (today: string): NumbersQuery => ({
  number: REACH,
  length: 'month',
  sql: cellsFrom(withViews(reach, today, 'month')),
});

/** Five years of ownership, and the current month. */
const MONTHS_KEPT = 61;
/** A year and a month, so that each week can be compared with the same week a year ago. */
const WEEKS_KEPT = 57;

/**
 * All queries for the week's numbers.
 * @param today the day up to which facts are counted
 */
export function numbersQueries(today: string): readonly NumbersQuery[] {
  const months = monthsBack(today, MONTHS_KEPT - 1);
  const weeks = weeksBack(today, WEEKS_KEPT - 1);
  return [
    reachQuery(today),
    ...definitions.flatMap(({ name: number, sql }): NumbersQuery[] => [
      { number, length: 'month', sql: cellsFrom(withViews(sql, today, 'month'), months) },
      { number, length: 'week', sql: cellsFrom(withViews(sql, today, 'week'), weeks) },
    ]),
    // For proposals, which are made once a month.
    ...evidence.map(
      ({ name: number, sql }): NumbersQuery => ({
        ...{ number, length: 'month', sql: cellsFrom(withViews(sql, today, 'month'), months) },
      }),
    ),
  ];
}

const columns = cellColumns.join(', ');

/**
 * Sorted by every column, store first: an engine can return rows store by store, and counting a week twice gives the
 * same result.
 */
const cellsFrom = (sql: string, since?: string): string =>
  `SELECT ${columns} FROM (\n${sql}\n) cells
${since === undefined ? '' : `WHERE period >= '${since}'\n`}ORDER BY ${columns}`;
