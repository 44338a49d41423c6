import type { Definition } from '../definition.ts';

export const retainedVin: Definition = {
  name: 'retained-vin',
  title: 'Retained as the manufacturer counts',
  words:
    'Of the cars sold here that are at least 18 months old, those with two or more visits here in the last twelve months that the customer or a warranty paid for.',
  source: 'Nissan, 2017: two or more qualified visits in a rolling twelve months at the same dealer',
  example:
    'Counted on 2026-11-26, sold on 2025-01-15: visits on 2026-02-01 and 2026-08-10 make it retained; with 2025-11-20 in place of the first it is not.',
  unit: 'rate',
  better: 'more',
  sql: `
SELECT a.storeId, CAST(NULL AS VARCHAR) AS person, a.period, CAST(NULL AS VARCHAR) AS breakdown,
  count(*) FILTER (WHERE v.visits >= 2) AS part, count(*) AS whole
FROM aged a
LEFT JOIN (
  SELECT o.deal, count(*) AS visits
  FROM owned o CROSS JOIN counted
  WHERE o.paidBy IN ('customer', 'warranty') AND o.visitedOn > today - INTERVAL '12' MONTH AND o.visitedOn <= today
  GROUP BY o.deal
) v ON v.deal = a.deal
WHERE a.months >= 18
GROUP BY a.storeId, a.period`,
};
