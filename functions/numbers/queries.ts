import { cellColumns } from './definition.ts';
import { evidence } from './definitions/thresholds.ts';
import { definitions } from './definitions.ts';
import { monthsBack, weeksBack } from './periods.ts';
import { type PeriodLength, withViews } from './views.ts';

/** One question to an engine. Its answer has the columns of a cell, and is ordered by them. */
export interface NumbersQuery {
  /** The name of a definition, or {@link REACH}. */
  readonly number: string;
  readonly length: PeriodLength;
  readonly sql: string;
}

/** Since when there are facts of a store: one cell, whose period is the month of the oldest. */
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

/** Five years of ownership, and the month that has just begun. */
const MONTHS_KEPT = 61;
/** A year and a month, so that each week has its like a year ago. */
const WEEKS_KEPT = 57;

/**
 * All that the week's numbers are made of.
 * @param today the day up to which is counted
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

/** Ordered by every column, the store first: an engine gives rows of one store as they come, and a week that is counted twice says the same. */
const cellsFrom = (sql: string, since?: string): string =>
  `SELECT ${columns} FROM (\n${sql}\n) cells
${since === undefined ? '' : `WHERE period >= '${since}'\n`}ORDER BY ${columns}`;
