import type { Definition } from '../definition.ts';

/** For each sale, the best of the ways in which its customer met somebody from Service. */
const bestWay = `
SELECT s.storeId, s.person, s.period, s.deal,
  CASE
    WHEN count(*) FILTER (WHERE f.how IN ('in person', 'walked over')) > 0 THEN 'in person'
    WHEN count(*) FILTER (WHERE f.how = 'by video') > 0 THEN 'by video'
    WHEN count(*) FILTER (WHERE f.how = 'by phone') > 0 THEN 'by phone'
    WHEN count(*) FILTER (WHERE f.answer = 'yes') > 0 THEN 'says the customer'
    ELSE 'by email at most'
  END AS how
FROM sales s
LEFT JOIN facts f ON f.deal = s.deal AND f.what IN ('introduced', 'met')
GROUP BY s.storeId, s.person, s.period, s.deal`;

export const introduced: Definition = {
  name: 'introduced',
  title: 'Introduced to Service',
  words:
    'Of the cars sold at retail or leased, those whose buyer met a member of Service: in person, by video or by phone, as Service or the salesperson signed it, or as the customer says.',
  source: 'Automotive News polls, 2017: 42 % of buyers were introduced',
  example:
    'Three sales in May: one signed in person, one with an email only, one of whom the customer says so: 2 of 3.',
  unit: 'rate',
  better: 'more',
  sql: `
SELECT storeId, person, period, CAST(NULL AS VARCHAR) AS breakdown,
  count(*) FILTER (WHERE how <> 'by email at most') AS part, count(*) AS whole
FROM (${bestWay}) best
GROUP BY storeId, person, period`,
};

export const introducedHow: Definition = {
  name: 'introduced-how',
  title: 'How they were introduced',
  words: 'The same sales by the best way in which the buyer met Service.',
  source: 'ours',
  example: 'Signed by phone at first, then in person: in person.',
  breakdown: 'way',
  unit: 'rate',
  sql: `
SELECT b.storeId, b.person, b.period, w.how AS breakdown,
  count(CASE WHEN b.how = w.how THEN 1 END) AS part, count(*) AS whole
FROM (${bestWay}) b
CROSS JOIN (
  VALUES ('in person'), ('by video'), ('by phone'), ('says the customer'), ('by email at most')
) AS w (how)
GROUP BY b.storeId, b.person, b.period, w.how`,
};
