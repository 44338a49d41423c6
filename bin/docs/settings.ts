/** Renders docs/settings.md from the schemas of the group's file and of the roster. */
import { readFileSync } from 'node:fs';
import { groupFile } from '../../functions/domain/group.ts';
import { defaultNudgePolicy } from '../../functions/domain/nudge-policy.ts';
import { columnOf, type RosterField, rosterFields } from '../../functions/domain/roster-change.ts';
import { staffMember } from '../../functions/domain/staff.ts';
import { fieldsOf, type SchemaField } from '../schemas/fields.ts';
import { code, fieldRow, generated, join, table } from './markdown.ts';

export function renderSettings(): string {
  const meanings = nudgeMeanings();
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
    table(
      ['setting', 'default', 'limits', 'meaning'],
      policy.map(({ path, limits: bounds }) => nudgeRow(path, bounds, meanings)),
    ),
    '## The roster',
    templates.roster,
    table(['column', '', 'limits', 'meaning'], rosterRows()),
  ]);
}

const otherDays = /\.(tuesday|wednesday|thursday|friday|saturday|sunday)$/;

/** A store's own policy has the fields of the group's, and every day of the week those of Monday. */
function isOwnRow(path: string): boolean {
  return !path.startsWith('stores[].nudge.') && !otherDays.test(path);
}

function settingRow(field: SchemaField): string[] {
  return fieldRow({ ...field, path: field.path.replace(/\.monday$/, '.<day>') });
}

function nudgeRow(path: string, bounds: string, meanings: ReadonlyMap<string, string>): string[] {
  const name = path.slice('nudge.'.length);
  const byDefault = Object.entries(defaultNudgePolicy).find(([key]) => key === name)?.[1];
  return [code(name), String(byDefault ?? ''), bounds, meanings.get(name) ?? ''];
}

/** The policy's numbers and their sources stand together in the code, as comments: the one place to keep them true. */
function nudgeMeanings(): Map<string, string> {
  const source = readFileSync('functions/domain/nudge-policy.ts', 'utf8');
  const defaults = source.slice(source.indexOf('export const defaultNudgePolicy'));
  const commented = defaults.matchAll(/\/\*\* ([\s\S]*?)\*\/\s+(\w+):/g);
  return new Map(
    [...commented].map(([, text = '', name = '']) => [name, text.replace(/\s+\*?\s*/g, ' ').trim()]),
  );
}

const rosterMeanings: Readonly<Record<RosterField, string>> = {
  storeId: "the store's id or name",
  employeeNumber: 'as the DMS knows the person; unique in the store',
  name: 'as customers read it',
  role: '`service advisor`, `salesperson`, `service manager` or `sales manager`',
  email: 'where their handoffs go',
  phone: 'the direct line, told to customers',
  startsOn: 'the first day of work, `2026-11-20` or `11/20/2026`',
  endsOn: 'the last day of work: only this says that somebody left',
  suspendedFrom:
    'the first day of an absence without an end: what they have moves on. Empty it when they are back',
  daysOff: 'dates, separated by semicolons',
  partnerNumber: "an advisor's partner in Sales, by employee number",
  photo: 'an https address; customers see it',
};

function rosterRows(): string[][] {
  const known = fieldsOf(staffMember);
  return rosterFields.map((field) => {
    const found = known.find(({ path }) => path === field);
    return [columnOf(field), found?.required ? 'required' : '', found?.limits ?? '', rosterMeanings[field]];
  });
}

const templates = {
  settings: `What differs from one dealer group to another stands in one file, \`groups/<name>.json\`, and takes effect with the next
deploy. A field that isn't known is refused: nothing stands in the file that does nothing. People stand in the roster, not
here. Times of day are the store's own. [groups/demo.json](../groups/demo.json) is an example.`,
  nudge: `Under \`nudge\`, for the group, and under \`nudge\` of a store for what is different there. Money is in cents, a share in whole
percent. Where a number is published its source stands beside it; "ours" is a starting value that nobody has published.`,
  roster: `\`npm run roster -- import roster.csv\` reads the people from a CSV file by column name, in any order. A column that the file
doesn't have stays as it is; an empty cell clears. Absence from a file never means that somebody left.`,
} as const;
