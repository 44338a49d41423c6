import * as z from 'zod';

/**
 * The views that definitions read, built from the outcome facts. They take care of late, repeated and corrected
 * facts, so that no definition has to: of several versions of a sale or a visit the latest counts, and an acceptance
 * that was undone does not.
 *
 * `happenedOn` is the date on the clock of the fact's store, or the UTC date if a fact of an earlier release has
 * none.
 *
 * The SQL must run on both engines: it uses no function that only one of them has, writes dates as `CAST(substr("at",
 * 1, 10) AS DATE)` and the first entry of a list as `try(list[1])`, and counts months by itself because `date_diff`
 * differs.
 */
const views: Readonly<Record<string, string>> = {
  counted: `
  SELECT DATE '{today}' AS today`,
  dated: `
  SELECT f.*, coalesce(localDate, substr("at", 1, 10)) AS happenedOn FROM facts f`,
  sale_versions: `
  SELECT f.*, row_number() OVER (PARTITION BY deal ORDER BY "at" DESC, id DESC) AS version
  FROM facts f
  WHERE what IN ('sold', 'unwound') AND deal IS NOT NULL`,
  sales: `
  SELECT storeId, deal, customer, car, try(salespeople[1]) AS person, CAST("on" AS DATE) AS soldOn, "at" AS toldAt,
    {period of "on"} AS period,
    lead(CAST("on" AS DATE)) OVER (PARTITION BY car ORDER BY "on", id) AS soldAgainOn
  FROM sale_versions
  WHERE version = 1 AND what = 'sold' AND dealType IN ('retail', 'lease') AND car IS NOT NULL`,
  visit_versions: `
  SELECT v.*, row_number() OVER (PARTITION BY visit ORDER BY "at" DESC, id DESC) AS version
  FROM (SELECT f.*, coalesce("order", id) AS visit FROM facts f WHERE what IN ('visited', 'voided')) v`,
  visits: `
  SELECT storeId, "order", customer, car, CAST("on" AS DATE) AS visitedOn, {period of "on"} AS period, paidBy,
    "by" AS person
  FROM visit_versions
  WHERE version = 1 AND what = 'visited'`,
  owned: `
  SELECT s.storeId, s.deal, s.soldOn, s.period, v.visitedOn, v.paidBy,
    (year(v.visitedOn) - year(s.soldOn)) * 12 + month(v.visitedOn) - month(s.soldOn)
      - CASE WHEN day(v.visitedOn) < day(s.soldOn) THEN 1 ELSE 0 END AS monthsOwned
  FROM sales s
  JOIN visits v ON v.car = s.car AND v.storeId = s.storeId AND v.visitedOn > s.soldOn
    AND (s.soldAgainOn IS NULL OR v.visitedOn < s.soldAgainOn)`,
  aged: `
  SELECT s.storeId, s.deal, s.car, s.person, s.soldOn, s.period, today,
    (year(today) - year(s.soldOn)) * 12 + month(today) - month(s.soldOn)
      - CASE WHEN day(today) < day(s.soldOn) THEN 1 ELSE 0 END AS months
  FROM sales s CROSS JOIN counted
  WHERE s.soldAgainOn IS NULL`,
  told: `
  SELECT handoff, min(storeId) AS storeId, min(kind) AS kind, min(deal) AS deal, min("order") AS "order",
    min(CASE WHEN what = 'handed over' THEN "at" END) AS handedOverAt,
    max_by("to", CASE WHEN what = 'handed over' THEN "at" END) AS person,
    max(CASE WHEN what = 'accepted' THEN "at" END) AS acceptedAt,
    max_by("by", CASE WHEN what = 'accepted' THEN "at" END) AS acceptedBy,
    max_by(minutes, CASE WHEN what = 'accepted' THEN "at" END) AS minutes,
    max(CASE WHEN what = 'taken back' AND choice = 'accept' THEN "at" END) AS refusedAt,
    max(CASE WHEN what = 'escalated' THEN "at" END) AS escalatedAt,
    min_by(happenedOn, CASE WHEN what = 'handed over' THEN "at" END) AS handedOverOn,
    max_by(happenedOn, CASE WHEN what = 'accepted' THEN "at" END) AS acceptedOn
  FROM dated
  WHERE handoff IS NOT NULL
  GROUP BY handoff`,
  handoffs: `
  SELECT t.*, acceptedAt IS NOT NULL AND (refusedAt IS NULL OR refusedAt < acceptedAt) AS isAccepted
  FROM told t
  WHERE handedOverAt IS NOT NULL`,
  assessed: `
  SELECT q.*, row_number() OVER (PARTITION BY quoted ORDER BY "at" DESC, what, id DESC) AS version
  FROM (SELECT f.*, coalesce("order", id) AS quoted FROM dated f WHERE what IN ('nudged', 'silent')) q`,
  silent: `
  SELECT a.storeId, {period of a.happenedOn} AS period, a.suppressions, a.lacks, a.policy, a.decidedBy
  FROM assessed a
  LEFT JOIN (
    SELECT DISTINCT "order" FROM handoffs WHERE kind = 'upgrade-conversation' AND "order" IS NOT NULL
  ) t ON t."order" = a."order"
  WHERE a.version = 1 AND a.what = 'silent' AND t."order" IS NULL
    AND coalesce(array_position(a.suppressions, 'below-minimum'), 0) = 0`,
};

/** The two period lengths for which numbers are counted. */
export type PeriodLength = 'month' | 'week';

const periodOf: Readonly<Record<PeriodLength, (text: string) => string>> = {
  month: (text) => `substr(${text}, 1, 7)`,
  week: (text) => `CAST(CAST(date_trunc('week', CAST(substr(${text}, 1, 10) AS DATE)) AS DATE) AS VARCHAR)`,
};

/** Replaces the period placeholders in a definition's SQL. */
export const byPeriod = (sql: string, length: PeriodLength): string =>
  sql.replaceAll(/\{period of ([^}]+)\}/g, (_, text: string) => periodOf[length](text));

const date = z.iso.date();

/**
 * Prepends the views that the SQL reads, directly or through other views, and no others: Athena and the local run
 * parse a query as a whole before they run it.
 *
 * @param today the day up to which facts are counted, `YYYY-MM-DD`
 */
export function withViews(sql: string, today: string, length: PeriodLength = 'month'): string {
  const needed = viewsIn(sql);
  const first = Object.entries(views)
    .filter(([name]) => needed.has(name))
    .map(([name, view]) => `${name} AS (${view}\n)`);
  const start = first.length === 0 ? '' : `WITH ${first.join(',\n')}\n`;
  return byPeriod(`${start}${sql.trim()}`, length).replaceAll('{today}', date.parse(today));
}

/** The views that the SQL reads, directly or through other views. */
function viewsIn(sql: string, found = new Set<string>()): ReadonlySet<string> {
  for (const [name, view] of Object.entries(views)) {
    if (found.has(name) || !new RegExp(`\\b${name}\\b`).test(sql)) continue;
    found.add(name);
    viewsIn(view, found);
  }
  return found;
}
