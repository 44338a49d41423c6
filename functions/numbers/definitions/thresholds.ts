import type { Definition } from '../definition.ts';
import { answered } from './nudges.ts';

/**
 * The evidence for proposals: what a reason's setting would have changed if it were one step different, for each
 * version of the policy in force. readiness/policy-steps.ts defines the steps.
 */
const nudges = `
  SELECT n.storeId, n.period, n.policy, n.reasonsFor, n.decidedBy, c.wasGood
  FROM (
    SELECT "order", min(storeId) AS storeId, max({period of happenedOn}) AS period, max_by(policy, "at") AS policy,
      max_by(reasonsFor, "at") AS reasonsFor, max_by(decidedBy, "at") AS decidedBy
    FROM dated
    WHERE what = 'nudged' AND "order" IS NOT NULL AND policy IS NOT NULL
    GROUP BY "order"
  ) n
  JOIN (${answered}) c ON c."order" = n."order"`;

const shared = {
  source: 'ours',
  breakdown: 'policy and reason',
} as const;

export const nudgesThatStay: Definition = {
  ...shared,
  name: 'nudges-that-stay',
  title: 'Nudges that a stricter setting would have left, and that were right',
  words:
    'Of the answered nudges that rest on the reason, those that were right: one step stricter in the setting of that reason would have changed nothing about them.',
  example: 'A repair of half the car’s value: also a reason where 40 % are asked for in place of 30 %.',
  unit: 'rate',
  sql: `
SELECT storeId, CAST(NULL AS VARCHAR) AS person, period, concat(policy, ' ', reason) AS breakdown,
  count(*) FILTER (WHERE wasGood) AS part, count(*) AS whole
FROM (${nudges}) n CROSS JOIN UNNEST(reasonsFor) AS t (reason)
WHERE coalesce(array_position(decidedBy, reason), 0) = 0
GROUP BY storeId, period, concat(policy, ' ', reason)`,
};

export const nudgesThatGo: Definition = {
  ...shared,
  name: 'nudges-that-go',
  title: 'Nudges that a stricter setting would have spared, and that were right',
  words:
    'Of the answered nudges that one step stricter in the setting of the reason would have left silent, those that were right.',
  example: 'A repair of 34 % of the car’s value, and one other reason: silence where 40 % are asked for.',
  unit: 'rate',
  sql: `
SELECT storeId, CAST(NULL AS VARCHAR) AS person, period, concat(policy, ' ', reason) AS breakdown,
  count(*) FILTER (WHERE wasGood) AS part, count(*) AS whole
FROM (${nudges}) n CROSS JOIN UNNEST(decidedBy) AS t (reason)
GROUP BY storeId, period, concat(policy, ' ', reason)`,
};

export const silencesThatEnd: Definition = {
  ...shared,
  name: 'silences-that-end',
  title: 'Silences that a looser setting would have ended',
  words:
    'Orders of which Sales heard nothing, and would have with one step looser in the setting of the reason. What would have come of it, nobody knows.',
  example: 'A repair of 27 % of the car’s value, and one other reason: a nudge where 20 % are enough.',
  unit: 'count',
  sql: `
SELECT storeId, CAST(NULL AS VARCHAR) AS person, period, concat(policy, ' ', reason) AS breakdown,
  count(*) AS part, count(*) AS whole
FROM silent CROSS JOIN UNNEST(decidedBy) AS t (reason)
WHERE policy IS NOT NULL
GROUP BY storeId, period, concat(policy, ' ', reason)`,
};

/** The definitions that are counted only for proposals. */
export const evidence: readonly Definition[] = [nudgesThatStay, nudgesThatGo, silencesThatEnd];
