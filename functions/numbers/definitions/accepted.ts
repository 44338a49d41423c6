import type { Definition } from '../definition.ts';

export const accepted: Definition = {
  name: 'accepted',
  title: 'Handoffs accepted',
  words:
    'Of the handoffs given to a named person, those that somebody accepted and did not take back. The month is that in which it was handed over, the person is whoever had it last.',
  source: 'ours: a handoff that nobody accepted did not happen',
  example: 'Accepted at 9:00, taken back at 9:05, accepted by a colleague at 10:00: accepted.',
  breakdown: 'kind',
  unit: 'rate',
  better: 'more',
  sql: `
SELECT storeId, person, {period of handedOverOn} AS period, kind AS breakdown,
  count(CASE WHEN isAccepted THEN 1 END) AS part, count(*) AS whole
FROM handoffs
GROUP BY storeId, person, {period of handedOverOn}, kind`,
};

export const escalated: Definition = {
  name: 'escalated',
  title: 'Handoffs escalated to a manager',
  words: 'Of the handoffs given to a named person, those that went to a manager because a limit had passed.',
  source: 'ours',
  example:
    'Handed over on Monday, accepted on Tuesday after its manager was notified: escalated, and accepted.',
  breakdown: 'kind',
  unit: 'rate',
  better: 'less',
  sql: `
SELECT storeId, person, {period of handedOverOn} AS period, kind AS breakdown,
  count(escalatedAt) AS part, count(*) AS whole
FROM handoffs
GROUP BY storeId, person, {period of handedOverOn}, kind`,
};
