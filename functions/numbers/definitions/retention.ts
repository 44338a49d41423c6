import type { Definition } from '../definition.ts';

/** Ownership years are counted to the day: the second one starts a year after the sale. */
export const retention: Definition = {
  name: 'retention',
  title: 'Still serviced here, by year of ownership',
  words:
    'Of the cars sold here, those with at least one service visit here in that year of ownership. Its opposite is defection. A sale counts once its year is over, and for as long as nobody else bought the car.',
  source: 'CBT News, 2017: one trainer’s store loses 50 % in year one, 70 % by year two, 80 % by year three',
  example:
    'Sold on 2025-03-10 and serviced on 2025-09-02 and 2026-03-10: retained in year 1; the second visit is the first day of year 2.',
  breakdown: 'year of ownership',
  unit: 'rate',
  better: 'more',
  sql: `
SELECT a.storeId, CAST(NULL AS VARCHAR) AS person, a.period, CAST(y.ownershipYear AS VARCHAR) AS breakdown,
  count(v.deal) AS part, count(*) AS whole
FROM aged a
JOIN (VALUES (1), (2), (3), (4), (5)) AS y (ownershipYear) ON a.months >= 12 * y.ownershipYear
LEFT JOIN (
  SELECT DISTINCT deal, CAST(floor(monthsOwned / 12) AS INTEGER) + 1 AS ownershipYear FROM owned
) v ON v.deal = a.deal AND v.ownershipYear = y.ownershipYear
GROUP BY a.storeId, a.period, y.ownershipYear`,
};
