/**
 * The outcome facts as a table: one line of a month's file is one row, and each engine is given these columns. What the
 * files hold beyond them is never read. A test holds the list against the schema of the facts.
 */
export type ColumnType = 'text' | 'number' | 'yes or no' | 'list of texts';

export const factColumns = {
  v: 'number',
  id: 'text',
  what: 'text',
  at: 'text',
  storeId: 'text',
  kind: 'text',
  handoff: 'text',
  customer: 'text',
  car: 'text',
  tradeIns: 'list of texts',
  deal: 'text',
  order: 'text',
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
  dealType: 'text',
  salespeople: 'list of texts',
  paidBy: 'text',
  person: 'text',
  sameCar: 'text',
  soldOn: 'text',
  stands: 'yes or no',
} as const satisfies Record<string, ColumnType>;
