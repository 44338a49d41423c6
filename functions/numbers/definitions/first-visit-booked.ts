import type { Definition } from '../definition.ts';

export const firstVisitBooked: Definition = {
  name: 'first-visit-booked',
  title: 'First visit booked at the sale',
  words:
    'Of the cars sold at retail or leased, those whose first visit was booked within seven days of the sale.',
  source: 'Automotive News polls, 2017: 36 % left with a first visit booked',
  example: 'Sold on 2026-05-02: booked on 2026-05-09 counts, on 2026-05-10 it does not.',
  unit: 'rate',
  better: 'more',
  sql: `
SELECT s.storeId, s.person, s.period, CAST(NULL AS VARCHAR) AS breakdown,
  count(DISTINCT CASE WHEN b.bookedOn <= s.soldOn + INTERVAL '7' DAY THEN s.deal END) AS part,
  count(DISTINCT s.deal) AS whole
FROM sales s
LEFT JOIN (
  SELECT car, CAST(happenedOn AS DATE) AS bookedOn FROM dated WHERE what = 'booked' AND car IS NOT NULL
) b ON b.car = s.car AND b.bookedOn >= s.soldOn - INTERVAL '7' DAY
GROUP BY s.storeId, s.person, s.period`,
};
