import { resolveTxt } from 'node:dns/promises';
import type { Command } from 'commander';
import { newCommand } from '../lib/command-line.ts';
import { type GroupChoice, groupOf, readGroup, withGroup } from '../lib/group.ts';
import { say, sayJson } from '../lib/output.ts';
import { exitCodes } from '../lib/problem.ts';
import { withProgress } from '../lib/progress.ts';
import { type TargetChoice, withTarget } from '../lib/target.ts';
import { askAll } from '../preflight/ask.ts';
import { runChecks } from '../preflight/checks.ts';
import type { Finding, State } from '../preflight/finding.ts';
import { resolvePlace } from '../preflight/place.ts';

interface Options extends TargetChoice, GroupChoice {
  readonly json?: boolean;
}

export const build = (): Command =>
  withTarget(
    withGroup(
      newCommand({
        name: 'preflight',
        summary: 'Check, before and after a deploy, what would keep a dealer group from working',
        more: `SES, DNS, the alarms' subscription, the people of each open store, the links' origin, the event senders and Lambda's
concurrency. It changes nothing. With --group alone it looks at the AWS account of your shell, where the stack may not be
deployed yet. What cannot be checked is a warning; it exits with 1 when something is wrong.`,
        examples: [
          'npm run preflight -- --group groups/<name>.json',
          'npm run preflight -- --group groups/<name>.json --stack handoff-<name>',
          'npm run preflight -- --port 4500 --json',
        ],
      }),
    ),
  )
    .option('--json', 'every finding as JSON')
    .action(preflight);

async function preflight({ json = false, group: file, ...choice }: Options): Promise<void> {
  const named = file === undefined ? undefined : readGroup(file).name;
  const place = await resolvePlace(choice, named);
  const group = groupOf(place, { group: file });
  const answers = await withProgress('Asking', (tell) => askAll(place, group, resolveTxt, tell));
  const findings = runChecks(answers, group);
  if (json) sayJson(findings);
  else say(`Preflight of ${place.where}:`, '', ...findings.flatMap(linesOf), sumOf(findings));
  if (findings.some(({ state }) => state === 'wrong')) process.exitCode = exitCodes.wrong;
}

const marks: Readonly<Record<State, string>> = { fine: 'fine   ', warning: 'warning', wrong: 'WRONG  ' };

function linesOf({ what, state, found, why, fix }: Finding): string[] {
  return [
    `${marks[state]}  ${what}: ${found}`,
    `         why: ${why}`,
    ...(state === 'fine' ? [] : [`         fix: ${fix}`]),
    '',
  ];
}

function sumOf(findings: readonly Finding[]): string {
  const count = (state: State) => findings.filter((finding) => finding.state === state).length;
  return `${count('fine')} fine, ${count('warning')} to look at, ${count('wrong')} wrong`;
}
