import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { stringify } from 'csv-stringify/sync';
import { DEMO_GROUP } from '../../lib/group-file.ts';
import { newCommand, wholeNumber } from '../lib/command-line.ts';
import { day } from '../lib/dates.ts';
import { readGroup, withGroup } from '../lib/group.ts';
import { say, sayJson } from '../lib/output.ts';
import { demoYear } from '../numbers/demo/demo-year.ts';
import { writeMonthFile } from '../numbers/month-files.ts';

interface Options {
  readonly group?: string;
  readonly seed: number;
  readonly until?: string;
  readonly json?: true;
}

export const build = (): Command =>
  withGroup(
    newCommand({
      name: 'demo-year',
      summary: 'Make two years of a believable dealer group, as its ledger would tell them',
      more: `Writes the month files of a ledger and a roster into a folder, for "npm run report". Seasons, leavers, customers
who do not come back, deals that unwind: all by the seed. Nobody in it exists. Two more years before them make the cohorts.`,
      examples: [
        'npm run demo-year -- demo-ledger',
        'npm run demo-year -- demo-ledger --seed 8 --until 2026-11-30',
      ],
    }),
  )
    .argument('<folder>', 'where to write')
    .addOption(
      new Option('--seed <n>', 'another group of people').default(7).argParser(wholeNumber('--seed', 0)),
    )
    .addOption(new Option('--until <date>', 'the last day; today by default').argParser(day('--until')))
    .option('--json', 'what was written as JSON')
    .action((folder: string, { group, seed, until, json }: Options) => {
      const storeIds = readGroup(group ?? DEMO_GROUP).stores.map(({ id }) => id);
      const lastDay = until ?? new Date().toISOString().slice(0, 10);
      const { months, people } = demoYear({ storeIds, seed, until: lastDay });
      for (const [month, facts] of months) writeMonthFile(folder, month, facts);
      const rows = people.map(({ storeId, employeeNumber, name, department, startDate, endDate }) => [
        ...[storeId, employeeNumber, name],
        department === 'sales' ? 'salesperson' : 'service advisor',
        `${employeeNumber.toLowerCase()}@${storeId}.example`,
        ...[startDate, endDate ?? ''],
      ]);
      writeFileSync(
        join(folder, 'roster.csv'),
        stringify([['store', 'employee number', 'name', 'role', 'email', 'start date', 'end date'], ...rows]),
      );
      const count = [...months.values()].reduce((sum, facts) => sum + facts.length, 0);
      if (json) sayJson({ facts: count, months: [...months.keys()].sort(), people: people.length });
      else
        say(`${folder}: ${count} facts in ${months.size} months, and ${people.length} people in roster.csv.`);
    });
