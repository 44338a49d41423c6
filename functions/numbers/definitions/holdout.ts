import type { Definition } from '../definition.ts';

export const holdout: Definition = {
  name: 'holdout',
  title: 'Households that bought, with the rule and without',
  words:
    'Of the households that the holdout has drawn ninety days ago or longer, those that bought or leased a car here within ninety days. Each counts in the arm that was drawn for it, whatever became of it: withheld, the rule started nothing of itself; with the rule, it did. The period is that of the draw, the store the one of the first order.',
  source: 'ours: intention to treat, the difference with Newcombe’s interval',
  example:
    'Drawn on 2026-03-02: a contract of 2026-05-31 counts, of 2026-06-01 it does not, and nothing counts before 2026-06-01. Withheld, and the customer asked for Sales: still withheld.',
  breakdown: 'arm',
  unit: 'rate',
  better: 'more',
  sql: `
SELECT storeId, CAST(NULL AS VARCHAR) AS person, period, arm AS breakdown, sum(bought) AS part, count(*) AS whole
FROM (
  SELECT d.household, d.storeId, d.arm, {period of d.drawnDay} AS period,
    max(CASE WHEN b.soldOn >= d.drawnOn AND b.soldOn <= d.drawnOn + INTERVAL '90' DAY THEN 1 ELSE 0 END) AS bought
  FROM (
    SELECT household, min_by(storeId, "at") AS storeId,
      CASE WHEN min_by(arm, "at") = 'rule' THEN 'with the rule' ELSE 'withheld' END AS arm,
      CAST(min_by(happenedOn, "at") AS DATE) AS drawnOn, min_by(happenedOn, "at") AS drawnDay
    FROM dated
    WHERE what = 'in holdout' AND household IS NOT NULL
    GROUP BY household
  ) d
  CROSS JOIN counted
  LEFT JOIN (
    SELECT f.household, s.soldOn
    FROM facts f
    JOIN sales s ON s.deal = f.deal AND s.toldAt = f."at"
    WHERE f.what = 'household bought'
  ) b ON b.household = d.household
  WHERE d.drawnOn + INTERVAL '90' DAY < today
  GROUP BY d.household, d.storeId, d.arm, {period of d.drawnDay}
) households
GROUP BY storeId, period, arm`,
};
