import type { Definition } from '../definition.ts';

/**
 * Medians cannot be added up, so a cell states how many cases took how many minutes, and the report takes the middle
 * one.
 */
export const timeToAccept: Definition = {
  name: 'time-to-accept',
  title: 'Time until somebody accepts',
  words:
    'The middle one of the times from handing over to the last acceptance, in minutes of the department’s opening hours.',
  source: 'ours',
  example: 'Handed over at 17:50, closed at 18:00, accepted at 8:20 with opening at 8:00: 30 minutes.',
  breakdown: 'kind',
  unit: 'minutes',
  better: 'less',
  sql: `
SELECT storeId, acceptedBy AS person, {period of acceptedOn} AS period, kind AS breakdown,
  minutes AS part, count(*) AS whole
FROM handoffs
WHERE isAccepted AND minutes IS NOT NULL
GROUP BY storeId, acceptedBy, {period of acceptedOn}, kind, minutes`,
};
