/** Renders docs/settings.md from the schemas of the group's file and of the roster. */
import { groupFile } from '../../functions/group/group-file.ts';
import { defaultNudgePolicy } from '../../functions/group/nudge-policy.ts';
import { columnOf, rosterFields } from '../../functions/people/roster-fields.ts';
import { staffMember } from '../../functions/people/staff.ts';
import { fieldsOf, type SchemaField } from '../schemas/fields.ts';
import { code, fieldRow, generated, join, table } from './markdown.ts';

export function renderSettings(): string {
  const all = fieldsOf(groupFile).filter(({ path }) => isOwnRow(path));
  const policy = all.filter(({ path }) => path.startsWith('nudge.'));
  return join([
    generated,
    '# Settings',
    templates.settings,
    '## The file',
    table(
      ['setting', 'type', '', 'limits', 'meaning'],
      all.filter((one) => !policy.includes(one)).map(settingRow),
    ),
    '## When a customer counts as ready for an upgrade',
    templates.nudge,
    table(['setting', 'default', 'limits', 'meaning'], policy.map(nudgeRow)),
    '## What a store is looking for',
    templates.wanted,
    '## The roster',
    templates.roster,
    table(['column', '', 'limits', 'meaning'], rosterRows()),
  ]);
}

const otherDays = /\.(tuesday|wednesday|thursday|friday|saturday|sunday)$/;

/**
 * A store's policy has the same fields as the group's, and every weekday the same as Monday, so their rows are left
 * out.
 */
function isOwnRow(path: string): boolean {
  return !path.startsWith('stores[].nudge.') && !otherDays.test(path);
}

function settingRow(field: SchemaField): string[] {
  return fieldRow({ ...field, path: field.path.replace(/\.monday$/, '.<day>') });
}

function nudgeRow({ path, limits: bounds, meaning }: SchemaField): string[] {
  const name = path.slice('nudge.'.length);
  const byDefault = Object.entries(defaultNudgePolicy).find(([key]) => key === name)?.[1];
  return [code(name), String(byDefault ?? ''), bounds, meaning];
}

function rosterRows(): string[][] {
  const known = fieldsOf(staffMember);
  return rosterFields.map((field) => {
    const found = known.find(({ path }) => path === field);
    return [columnOf(field), found?.required ? 'required' : '', found?.limits ?? '', found?.meaning ?? ''];
  });
}

const templates = {
  settings: `What differs from one dealer group to another stands in one file, \`groups/<name>.json\`, and takes effect with the next
deploy. A field that isn't known is refused: nothing stands in the file that does nothing. People stand in the roster, not
here. Times of day are the store's own. [groups/demo.json](../groups/demo.json) is an example. With
\`"$schema": "../schemas/group.json"\` in it an editor completes and checks the file as you write.`,
  nudge: `Under \`nudge\`, for the group, and under \`nudge\` of a store for what is different there. Money is in cents, a share in whole
percent. Where a number is published its source stands beside it; "ours" is a starting value that nobody has published.`,
  wanted: `\`groups/<name>/wanted/<store>.csv\` is what the used-car desk of a store is looking for, and takes effect with the next deploy:
\`make\`, \`models\` (with \`;\` between them; empty: every model), \`years\` (\`2016-2020\`, \`2018\`, \`2018-\`), \`miles\` (the most, or kilometers
where the store counts in them) and \`until\`, the last day. A car in Service that is like a line of it is one more independent reason for
an upgrade conversation, said as what it is: *the store is looking for cars like this one*. It never changes what the sheet advises, and is
on the customer's paper only where \`tradeValueOnPaper\` lets the trade-in value be. A mistake in the file stops the deploy, with its line.
[groups/lakeshore/wanted/lakeshore-honda.csv](../groups/lakeshore/wanted/lakeshore-honda.csv) is an example.`,
  roster: `\`npm run roster -- import roster.csv\` reads the people from a CSV file by column name, in any order. A column that the file
doesn't have stays as it is; an empty cell clears. Absence from a file never means that somebody left.

The titles and column names of payroll systems are known (\`Employee #\`, \`Mobile\`, \`Termination Date\`; \`GM\`, \`Sales Consultant\`).
What a spreadsheet changed is noted with its line: \`1042.0\` is read as \`1042\`, \`Torres, Maya\` as \`Maya Torres\`, \`5/6/2020\` as
May 6. A number that it shortened, \`1.04E+15\`, is refused. Two rows that look like one person are asked about. An apostrophe
in front of a cell keeps it as it is.`,
} as const;
