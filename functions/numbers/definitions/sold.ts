import type { Definition } from '../definition.ts';

export const sold: Definition = {
  name: 'sold',
  title: 'Cars sold or leased',
  words:
    'Retail sales and leases by the day of the contract. An unwound deal is none, and a rebooked one is one again.',
  source: 'the dealer management system',
  example: 'Sold in May, unwound in June: none; booked again under its number in July: one, in July.',
  unit: 'count',
  better: 'more',
  sql: `
SELECT storeId, person, period, CAST(NULL AS VARCHAR) AS breakdown, count(*) AS part, count(*) AS whole
FROM sales
GROUP BY storeId, person, period`,
};
