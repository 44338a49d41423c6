/** Counts what a handoff and a customer's history cost in calls to AWS: bench/. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { orHelp } from './help.ts';

const help = `npm run bench
Counts, on an embedded DynamoDB: the calls to AWS of each handoff beside the fewest that would do
(bench/calls-per-handoff.ts), and what reading a customer's history costs (bench/history-reads.ts).`;

orHelp(help, () => parseArgs({}));

for (const script of ['calls-per-handoff.ts', 'history-reads.ts']) {
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, '../bench', script)], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}
