import type { Definition } from '../definition.ts';

export const firstServiceShow: Definition = {
  name: 'first-service-show',
  title: 'Came for the first service',
  words:
    'Of the first services that fell due thirty days ago or longer, those whose customer came, at whatever store of the group serviced the car. The month is that of the due date.',
  source: 'WardsAuto: lax stores see 40 to 50 % of first visits, good ones about 90 %',
  example: 'Due on 2026-05-04: counted from 2026-06-03 on; a visit on 2026-05-20 makes it one of one.',
  unit: 'rate',
  better: 'more',
  sql: `
SELECT storeId, person, period, CAST(NULL AS VARCHAR) AS breakdown, sum(came) AS part, count(*) AS whole
FROM (
  SELECT f.storeId, f.handoff, max_by(f."to", CASE WHEN f.what = 'handed over' THEN f."at" END) AS person,
    max({period of d."on"}) AS period, max(CASE WHEN f.what = 'showed' THEN 1 ELSE 0 END) AS came
  FROM facts f
  JOIN (
    SELECT handoff, max_by("on", "at") AS "on" FROM facts WHERE what = 'fell due' GROUP BY handoff
  ) d ON d.handoff = f.handoff
  CROSS JOIN counted
  WHERE CAST(d."on" AS DATE) <= today - INTERVAL '30' DAY
  GROUP BY f.storeId, f.handoff
) visits
GROUP BY storeId, person, period`,
};
