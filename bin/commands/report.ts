import { writeFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { stringify } from 'csv-stringify/sync';
import { guarded } from '../../functions/csv-cell.ts';
import { findStore, type Group } from '../../functions/group/group.ts';
import { askFor, type Counted } from '../../functions/numbers/cells.ts';
import { evidence } from '../../functions/numbers/definitions/thresholds.ts';
import { definitions } from '../../functions/numbers/definitions.ts';
import { effectOfRule, effectWords } from '../../functions/numbers/effect.ts';
import {
  type Evidence,
  NOTHING_TO_PROPOSE,
  policiesOf,
  proposalsFrom,
  proposalWords,
} from '../../functions/numbers/proposals.ts';
import {
  type Grouping,
  groupings,
  type Line,
  type Section,
  type Selection,
} from '../../functions/numbers/report.ts';
import { figureOf, groundsOf, type Names, subjectOf } from '../../functions/numbers/words.ts';
import { numbersPage } from '../../functions/pages/numbers-page.ts';
import type { StaffMember } from '../../functions/people/staff.ts';
import { DEMO_GROUP } from '../../lib/group-file.ts';
import { readPeople } from '../events/staff-named.ts';
import { newCommand } from '../lib/command-line.ts';

import { day } from '../lib/dates.ts';
import { type GroupChoice, groupOf, readGroup, storeIn, withGroup } from '../lib/group.ts';
import { say, sayContent, sayJson } from '../lib/output.ts';
import { UsageProblem } from '../lib/problem.ts';
import { withProgress } from '../lib/progress.ts';
import { table } from '../lib/table.ts';
import { resolveTarget, type TargetChoice, withTarget } from '../lib/target.ts';
import { NumbersDatabase } from '../numbers/duckdb.ts';
import { monthFilesIn, withMonthFilesOf } from '../numbers/month-files.ts';

interface Options extends TargetChoice, GroupChoice {
  readonly roster?: string;
  readonly store?: string;
  readonly from?: string;
  readonly to?: string;
  readonly by: Grouping;
  readonly until?: string;
  readonly json?: true;
  readonly csv?: true;
  readonly html?: string;
  readonly proposals?: true;
}

export const build = (): Command =>
  withTarget(
    withGroup(
      newCommand({
        name: 'report',
        summary: 'Count what the handoffs did for the stores, from the month files of a ledger',
        more: `A rate is shown with its 95 % interval, and only from twenty cases on; people are ranked from thirty on. The same files
give the same numbers, whatever came late or twice.`,
        examples: [
          'npm run report -- demo-ledger',
          'npm run report -- --stack handoff-<name> --by store',
          'npm run report -- demo-ledger --by person --store lakeshore-honda --roster demo-ledger/roster.csv',
          'npm run report -- demo-ledger --from 2026-01 --html numbers.html',
          'npm run report -- demo-ledger --proposals',
        ],
      }),
    ),
  )
    .argument('[folder]', 'month files on this machine: JSON lines, with or without gzip')
    .option('--roster <file>', 'the people, so that they have names')
    .option('--store <id>', 'one store only')
    .addOption(new Option('--from <month>', 'the first month, YYYY-MM').argParser(month('--from')))
    .addOption(new Option('--to <month>', 'the last month').argParser(month('--to')))
    .addOption(new Option('--by <what>', 'a line for each').choices(groupings).default('group'))
    .addOption(
      new Option('--until <date>', 'the day up to which is counted; today by default').argParser(
        day('--until'),
      ),
    )
    .addOption(new Option('--json', 'as JSON').conflicts(['csv', 'html']))
    .addOption(new Option('--csv', 'as CSV').conflicts('html'))
    .option('--html <file>', 'as a page with pictures')
    .addOption(
      new Option(
        '--proposals',
        'what other settings of the rule would have done, in place of the numbers',
      ).conflicts(['csv', 'html', 'by', 'roster']),
    )
    .action(report);

function month(option: string): (text: string) => string {
  return (text) => {
    if (/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) return text;
    throw new UsageProblem(`${option} takes a month such as 2026-11, not '${text}'`);
  };
}

async function report(folder: string | undefined, options: Options): Promise<void> {
  if (folder !== undefined) {
    const today = options.until ?? new Date().toISOString().slice(0, 10);
    const group = checked(readGroup(options.group ?? DEMO_GROUP), options);
    return of(monthFilesIn(folder), today, group, options);
  }
  const target = await resolveTarget(options);
  const today = options.until ?? target.now.slice(0, 10);
  const group = checked(groupOf(target, options), options);
  return withMonthFilesOf(target, (files) => of(files, today, group, options));
}

/** The store is checked before anything is fetched. */
function checked(group: Group, { store }: Options): Group {
  if (store !== undefined) storeIn(group, store);
  return group;
}

async function of(files: readonly string[], today: string, group: Group, options: Options): Promise<void> {
  return options.proposals
    ? propose(await withProgress('Counting', () => evidenceOf(files, today)), group, options)
    : write(await count(files, today), group, options);
}

const evidenceOf = (files: readonly string[], today: string) =>
  NumbersDatabase.onDisk(files, (database) => database.cellsOf(evidence, today));

function propose(cells: Evidence['cells'], group: Group, options: Options): void {
  const proposals = proposalsFrom({ cells, policyOf: policiesOf(group) }, selectionOf(options));
  const { store } = namesOf(group, []);
  if (options.json) sayJson(proposals);
  else if (proposals.length > 0)
    say(...proposals.map((one) => `${store(one.storeId)}: ${proposalWords(one)}`));
  else say(NOTHING_TO_PROPOSE);
}

const selectionOf = ({ store, from, to }: Options): Selection => ({ storeId: store, from, to });

function write(counted: Counted, group: Group, options: Options): void {
  const selection = selectionOf(options);
  const names = namesOf(group, options.roster === undefined ? [] : readPeople(options.roster, group));
  if (options.html !== undefined) {
    const store = options.store === undefined ? undefined : findStore(group, options.store);
    const of = { group, ...(store && { store }) };
    const proposals = proposalsFrom({ cells: counted.cells, policyOf: policiesOf(group) }, selection);
    writeFileSync(options.html, numbersPage({ counted, selection, names, of, proposals }));
    say(`Written to ${options.html}.`);
    return;
  }
  const sections = definitions.map(({ name }) => askFor(counted, name, options.by, selection));
  const effect = effectOfRule(counted, selection);
  const effectIn = ({ definition }: Section) =>
    definition.name === 'holdout' && effect ? effectWords(effect) : undefined;
  if (options.json)
    sayJson(sections.map(({ definition: { name, title }, lines }) => ({ name, title, lines })));
  else if (options.csv) sayContent(csvOf(sections));
  else
    say(reachOf(counted), '', ...sections.flatMap((section) => inWords(section, names, effectIn(section))));
}

const count = (files: readonly string[], today: string): Promise<Counted> =>
  withProgress('Counting', () => NumbersDatabase.onDisk(files, (database) => database.count(today)));

/** Nothing is known from before the first fact, so the report says from when it counts. */
const reachOf = ({ today, since }: Counted): string =>
  since === undefined
    ? `No fact yet, up to ${today}.`
    : `Counted up to ${today}, from facts since ${since}. What happened before is not known.`;

const namesOf = (group: Group, people: readonly StaffMember[]): Names => ({
  store: (storeId) => findStore(group, storeId)?.name ?? storeId,
  person: (storeId, employeeNumber) =>
    people.find((one) => one.storeId === storeId && one.employeeNumber === employeeNumber)?.name ??
    employeeNumber,
});

function inWords({ definition, lines }: Section, names: Names, effect: string | undefined): string[] {
  const rows = lines.map((line) => [
    subjectOf(line, names),
    figureOf(line.value),
    groundsOf(line.value),
    line.rank === undefined ? '' : `${line.rank}.`,
  ]);
  const shown = rows.length === 0 ? ['  none'] : table(rows, { right: [1], indent: '  ' });
  return [definition.title, ...shown, ...(effect === undefined ? [] : [`  ${effect}`]), ''];
}

function csvOf(sections: readonly Section[]): string {
  const head = [
    'number',
    'store',
    'person',
    'month',
    'breakdown',
    'part',
    'whole',
    'rate',
    'low',
    'high',
    'rank',
  ];
  const rows = sections.flatMap(({ definition, lines }) =>
    lines.map((line) =>
      [
        definition.name,
        line.storeId,
        line.person,
        line.month,
        line.breakdown,
        ...figures(line),
        line.rank,
      ].map((cell) => guarded(String(cell ?? ''))),
    ),
  );
  return stringify([head, ...rows]);
}

function figures({ value }: Line): (number | undefined)[] {
  switch (value.kind) {
    case 'count':
      return [value.count, undefined, undefined, undefined, undefined];
    case 'minutes':
      return [value.median, value.cases, undefined, undefined, undefined];
    case 'few':
      return [value.part, value.whole, undefined, undefined, undefined];
    case 'rate':
      return [value.part, value.whole, value.rate, value.interval.low, value.interval.high];
  }
}
