/**
 * The outcome facts as a table: one line of a month's file is one row, and each engine is given these columns. Other
 * fields in the files are never read. A test compares the list with the schema of the facts.
 */
export type ColumnType = 'text' | 'number' | 'yes or no' | 'list of texts';

export const factColumns = {
  v: 'number',
  id: 'text',
  what: 'text',
  at: 'text',
  storeId: 'text',
  localDate: 'text',
  kind: 'text',
  handoff: 'text',
  customer: 'text',
  car: 'text',
  tradeIns: 'list of texts',
  deal: 'text',
  order: 'text',
  household: 'text',
  arm: 'text',
  from: 'list of texts',
  to: 'text',
  why: 'text',
  by: 'text',
  minutes: 'number',
  limit: 'text',
  as: 'text',
  how: 'text',
  choice: 'text',
  answer: 'text',
  startsAt: 'text',
  on: 'text',
  reasonsFor: 'list of texts',
  reasonsAgainst: 'list of texts',
  suppressions: 'list of texts',
  lacks: 'list of texts',
  policy: 'text',
  decidedBy: 'list of texts',
  dealType: 'text',
  salespeople: 'list of texts',
  paidBy: 'text',
  person: 'text',
  sameCar: 'text',
  soldOn: 'text',
  stands: 'yes or no',
  email: 'text',
  message: 'text',
  became: 'text',
} as const satisfies Record<string, ColumnType>;

/** The table over the month files, in the catalog of the stack. */
export const FACTS_TABLE = 'ledger';

/** The folder for Athena's results in the ledger's bucket; they expire within days. */
export const RESULTS = 'results/';

const columns = Object.keys(factColumns).map((name) => `"${name}"`);

/**
 * Lets a query read `facts` from the table, each fact once: while files are being written, two of them may contain
 * the same fact.
 */
export const overFactsTable = (sql: string): string => `WITH facts AS (
  SELECT ${columns.join(', ')}
  FROM (SELECT l.*, row_number() OVER (PARTITION BY id ORDER BY "at") AS copy FROM ${FACTS_TABLE} l) copies
  WHERE copy = 1
)
${sql}`;
