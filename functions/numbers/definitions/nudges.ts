import type { Definition } from '../definition.ts';

export const silences: Definition = {
  name: 'silences',
  title: 'Why Sales was not told',
  words:
    'Repair orders with a high quote of which Sales heard nothing, by each reason for the silence in its last version. One can have several. Where a person or the customer asked for Sales in the end, there was no silence; nobody expects a word about a quote below the minimum, so those are left out.',
  source: 'ours',
  example:
    'A quote with an open complaint, of a customer who bought in spring: one each in two lines. The complaint is settled, the quote comes again: one line.',
  breakdown: 'reason',
  unit: 'count',
  sql: `
SELECT storeId, CAST(NULL AS VARCHAR) AS person, period, reason AS breakdown, count(*) AS part, count(*) AS whole
FROM (
  SELECT storeId, period, reason FROM silent CROSS JOIN UNNEST(suppressions) AS t (reason)
  UNION ALL
  SELECT storeId, period, reason FROM silent CROSS JOIN UNNEST(lacks) AS t (reason)
) reasons
GROUP BY storeId, period, reason`,
};

/** The endings of a conversation that show that the nudge was right. The other endings show nothing about it. */
const good = "('sold', 'bought')";
const bad = "('not-ready', 'wrong-car', 'already-bought')";

/** The repair orders whose conversation was answered. */
export const answered = `
  SELECT "order", count(*) FILTER (WHERE what = 'booked' OR "as" IN ${good}) > 0 AS wasGood
  FROM facts
  WHERE kind = 'upgrade-conversation' AND (what = 'booked' OR (what = 'ended' AND ("as" IN ${good} OR "as" IN ${bad})))
  GROUP BY "order"
`;

export const precision: Definition = {
  name: 'precision',
  title: 'Nudges that were right, by reason',
  words:
    'Of the conversations that ended with an answer to it, those that ended in a sale or with an appointment; the others ended with not ready, wrong car, or already bought. One nudge can have several reasons.',
  source: 'ours',
  example: 'Two nudges for a long-term customer, one sold and one not ready: 1 of 2.',
  breakdown: 'reason',
  unit: 'rate',
  better: 'more',
  sql: `
SELECT n.storeId, CAST(NULL AS VARCHAR) AS person, n.period, n.reason AS breakdown,
  count(*) FILTER (WHERE c.wasGood) AS part, count(*) AS whole
FROM (
  SELECT DISTINCT storeId, "order", {period of happenedOn} AS period, reason
  FROM dated CROSS JOIN UNNEST(reasonsFor) AS t (reason)
  WHERE what = 'nudged' AND "order" IS NOT NULL
) n
JOIN (${answered}) c ON c."order" = n."order"
GROUP BY n.storeId, n.period, n.reason`,
};
