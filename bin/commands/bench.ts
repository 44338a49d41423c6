import type { Command } from 'commander';
import { newCommand } from '../lib/command-line.ts';
import { runScript } from '../lib/scripts.ts';

const scripts = [
  'bench/calls-per-handoff.ts',
  'bench/calls-behind.ts',
  'bench/history-reads.ts',
  'bench/scale.ts',
  'bench/feeds.ts',
  'bench/cold-start.ts',
];

export const build = (): Command =>
  newCommand({
    name: 'bench',
    summary:
      'Count the calls to AWS that a handoff takes, the reads of a history, and what a cold start loads',
    more: `On an embedded DynamoDB: the calls of each handoff beside the fewest that would do (bench/calls-per-handoff.ts),
what the ledger adds behind it (bench/calls-behind.ts), and what reading a customer's history costs (bench/history-reads.ts). In
virtual time: what a table of a million tasks costs, and how long a backlog takes (bench/scale.ts); what a night's file costs
(bench/feeds.ts). Beside them the bytes of each function, and the time to load it (bench/cold-start.ts).`,
    examples: ['npm run bench'],
  }).action(async () => {
    for (const script of scripts) {
      process.exitCode = await runScript(script);
      if (process.exitCode !== 0) return;
    }
  });
