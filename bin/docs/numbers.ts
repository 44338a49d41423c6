/** Renders docs/numbers.md from the definitions of the store's numbers. */
import type { Definition } from '../../functions/numbers/definition.ts';
import { evidence } from '../../functions/numbers/definitions/thresholds.ts';
import { definitions } from '../../functions/numbers/definitions.ts';
import { byPeriod } from '../../functions/numbers/views.ts';
import { generated, join, table } from './markdown.ts';

export function renderNumbers(): string {
  return join([
    generated,
    "# The store's numbers",
    `What the handoffs did, counted from the outcome facts of the ledger: its month files, one fact a line, with keyed pseudonyms in
place of customers, cars, deals and orders. \`npm run report\` counts them on this machine, \`npm run demo-year\` makes two years of a
group that does not exist, so that there is something to look at within a minute:

    npm run demo-year -- demo-ledger
    npm run report -- demo-ledger
    npm run report -- demo-ledger --from 2026-01 --roster demo-ledger/roster.csv --html numbers.html`,
    `The same facts give the same numbers in whatever order and however often they came: of several versions of a sale or a visit the
latest counts, an unwound deal is no sale, a choice that was taken back was never made. A rate has its 95 % interval
(Wilson's) and is shown from twenty cases on; below, the counts are all that can be said. People are ranked from thirty cases on.`,
    `Weeks begin on Monday; weeks and months are those of each store's own clock. A fact of a release before 2026-12 does not carry its store's
date: it counts on the day that UTC had.`,
    table(
      ['number', 'for short'],
      definitions.map(({ name, title }) => [`[${title}](#${name})`, name]),
    ),
    ...definitions.flatMap(chapter),
    '# Proposals',
    `\`npm run report -- --proposals\` says what another setting of the rule would have done at each store, reason by reason: one step of the
reason’s own setting, judged with each decision and kept with its outcome. Only decisions under the policy in force count. A stricter
setting is proposed where at least twenty answered nudges would have been spared and twenty left, and the spared ones were certainly
less often right (Newcombe’s interval of the difference leaves zero out). Of a looser one only the number is said, from twenty on. Nothing
changes by itself: \`npm run replay-policy\` shows order by order what a setting would have done, and a group’s file sets it. The page of the numbers shows them, and the Monday email once a month.`,
    ...evidence.flatMap(chapter),
  ]);
}

const chapter = ({ name, title, words, source, example, breakdown, sql }: Definition): string[] => [
  `## ${name}`,
  `**${title}.** ${words}`,
  [
    `- Source: ${source}`,
    `- Example: ${example}`,
    ...(breakdown === undefined ? [] : [`- Told apart by ${breakdown}`]),
  ].join('\n'),
  `\`\`\`sql\n${byPeriod(sql, 'month').trim()}\n\`\`\``,
];
