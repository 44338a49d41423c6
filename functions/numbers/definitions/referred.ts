import type { Definition } from '../definition.ts';

export const referredToSales: Definition = {
  name: 'referred-to-sales',
  title: 'Service customers referred to Sales',
  words:
    'Of the repair orders that the customer paid for, those from which an upgrade conversation was handed to a salesperson. The person is the advisor who wrote the order.',
  source: 'ours, and published: there is no trustworthy public figure',
  example: 'Forty customer-pay orders in June, a conversation handed over from one: 1 of 40.',
  unit: 'rate',
  better: 'more',
  sql: `
SELECT v.storeId, v.person, v.period, CAST(NULL AS VARCHAR) AS breakdown,
  count(h."order") AS part, count(*) AS whole
FROM visits v
LEFT JOIN (
  SELECT DISTINCT "order" FROM handoffs
  WHERE kind = 'upgrade-conversation' AND "order" IS NOT NULL
) h ON h."order" = v."order"
WHERE v.paidBy = 'customer'
GROUP BY v.storeId, v.person, v.period`,
};

export const referralsAccepted: Definition = {
  name: 'referrals-accepted',
  title: 'Referrals that Sales took up',
  words:
    'Of the upgrade conversations that were handed to a salesperson, those that somebody accepted and did not take back. The person is the advisor whose customer it is.',
  source: 'ours: a handoff that nobody accepted did not happen',
  example: 'Three conversations from one advisor’s orders in March, two of them accepted for good: 2 of 3.',
  unit: 'rate',
  better: 'more',
  sql: `
SELECT h.storeId, o.person, {period of h.handedOverOn} AS period, CAST(NULL AS VARCHAR) AS breakdown,
  count(*) FILTER (WHERE h.isAccepted) AS part, count(*) AS whole
FROM handoffs h
JOIN (
  SELECT handoff, max_by(try("from"[1]), "at") AS person
  FROM facts
  WHERE what = 'handed over'
  GROUP BY handoff
) o ON o.handoff = h.handoff
WHERE h.kind = 'upgrade-conversation'
GROUP BY h.storeId, o.person, {period of h.handedOverOn}`,
};

export const referredToService: Definition = {
  name: 'referred-to-service',
  title: 'Shoppers walked to Service',
  words: 'Shoppers whose car was merely broken and whom a salesperson handed to an advisor.',
  source: 'ours: nobody counts the shoppers who were not',
  example: 'Two handoffs of this kind in June: 2.',
  unit: 'count',
  better: 'more',
  sql: `
SELECT storeId, max_by(try("from"[1]), "at") AS person, {period of min_by(happenedOn, "at")} AS period,
  CAST(NULL AS VARCHAR) AS breakdown, 1 AS part, 1 AS whole
FROM dated
WHERE what = 'handed over' AND kind = 'repair-instead'
GROUP BY storeId, handoff`,
};

export const referralsSold: Definition = {
  name: 'referrals-sold',
  title: 'Referrals that became a sale',
  words:
    'Of the handoffs that can earn credit, those that a later sale follows from: the same customer, after the handoff, within the window of the group. The month is that of the handoff.',
  source: 'trade training: 3 to 5 % of repair orders a month become sales',
  example: 'Handed over in March, sold in June and not unwound: 1 of 1, in March.',
  breakdown: 'kind',
  unit: 'rate',
  better: 'more',
  sql: `
SELECT h.storeId, h.person, {period of h.handedOverOn} AS period, h.kind AS breakdown,
  count(*) FILTER (WHERE m.what = 'matched') AS part, count(*) AS whole
FROM handoffs h
LEFT JOIN (
  SELECT handoff, max_by(what, "at") AS what
  FROM facts
  WHERE what IN ('matched', 'no longer matched')
  GROUP BY handoff
) m ON m.handoff = h.handoff
WHERE h.kind IN ('upgrade-conversation', 'repair-instead')
GROUP BY h.storeId, h.person, {period of h.handedOverOn}, h.kind`,
};
