import type { Definition } from '../definition.ts';

/** In the order in which they are shown. A customer who complains about an email has received it. */
export const emailOutcomeNames = ['delivered', 'bounced', 'complained', 'opted out'] as const;

/** Splits `introduction-to-customer bounced`; names of messages contain no spaces. */
export function emailIn(breakdown: string): { readonly message: string; readonly outcome: string } {
  const end = breakdown.indexOf(' ');
  return { message: breakdown.slice(0, end), outcome: breakdown.slice(end + 1) };
}

export const emailOutcomes: Definition = {
  name: 'email-outcomes',
  title: 'What became of emails to customers',
  words:
    'Of the emails of handoffs that were to go to a customer and whose end is known: how many were delivered, came back, were complained of as spam, or did not leave because the customer had opted out. An email counts once, by the last and gravest of what was reported; one that was complained of had been delivered. The month is that in which it left, or was to leave. An email of which nothing was reported is left out.',
  source: 'Amazon SES’s reports: delivery, bounce, complaint; and the customer’s opt-outs',
  example:
    'Five introductions in May: two delivered, one delivered first and then returned, one complained of, one to a customer who had opted out: 3 of 5 delivered, 1 bounced, 1 complained of, 1 opted out.',
  breakdown: 'email and outcome',
  unit: 'rate',
  sql: `
SELECT e.storeId, CAST(NULL AS VARCHAR) AS person, e.period, concat(e.message, ' ', o.outcome) AS breakdown,
  count(CASE WHEN e.became = o.outcome OR (e.became = 'complained' AND o.outcome = 'delivered') THEN 1 END) AS part,
  count(*) AS whole
FROM (
  SELECT min(storeId) AS storeId, min(message) AS message, {period of max_by(happenedOn, "at")} AS period,
    CASE
      WHEN count(*) FILTER (WHERE became = 'complained') > 0 THEN 'complained'
      WHEN count(*) FILTER (WHERE became = 'bounced') > 0 THEN 'bounced'
      WHEN count(*) FILTER (WHERE became = 'delivered') > 0 THEN 'delivered'
      ELSE 'opted out'
    END AS became
  FROM dated
  WHERE what = 'emailed'
  GROUP BY handoff, email
) e
CROSS JOIN (VALUES ${emailOutcomeNames.map((name) => `('${name}')`).join(', ')}) AS o (outcome)
GROUP BY e.storeId, e.message, e.period, o.outcome`,
};
