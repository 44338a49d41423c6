/**
 * Synthesizes a dealer group and passes the result to the CDK CLI, which therefore deploys exactly what was
 * synthesized. By itself it would run the app again, and for some commands without the bundles.
 */
import { readGroup, stackNameOf } from '../lib/group.ts';
import { complain } from '../lib/output.ts';
import { UsageProblem } from '../lib/problem.ts';
import { runScript } from '../lib/scripts.ts';
import { accountProblem, requireProfile } from './aws-account.ts';
import { clientsOf, guardDeploy } from './deploy-guards.ts';

const OUTPUT = 'cdk.out';

interface CdkArguments {
  readonly group: string | undefined;
  /** All other options, for the CDK CLI: --profile, --require-approval, … */
  readonly rest: readonly string[];
}

export function readArguments(given: readonly string[]): CdkArguments {
  const at = given.findIndex((one) => one === '--group' || one.startsWith('--group='));
  const option = given[at];
  if (option === undefined) return { group: undefined, rest: given };
  const joined = option.startsWith('--group=');
  return {
    group: joined ? option.slice('--group='.length) : given[at + 1],
    rest: given.toSpliced(at, joined ? 1 : 2),
  };
}

/** Returns the exit code of the first step that fails, or 0. */
export async function runCdk(command: 'deploy' | 'diff', given: readonly string[]): Promise<number> {
  const { group: path, rest } = readArguments(given);
  if (path === undefined)
    throw new UsageProblem(`Which dealer group? npm run ${command} -- --group groups/<name>.json`);
  const group = readGroup(path);
  const profile = profileIn(rest);
  requireProfile(profile);
  await guardDeploy(group, clientsOf(profile));
  const synthesized = await runScript('bin/app.ts', '--group', path, '--out', OUTPUT);
  if (synthesized !== 0) return synthesized;
  const stack = stackNameOf(group.name);
  const done = await runScript('node_modules/aws-cdk/bin/cdk', command, '--app', OUTPUT, stack, ...rest);
  if (done === 0) return done;
  const problem = await accountProblem(stack, profile);
  if (problem !== undefined) complain(...problem.split('\n'));
  return done;
}

function profileIn(rest: readonly string[]): string | undefined {
  const joined = rest.find((one) => one.startsWith('--profile='));
  if (joined !== undefined) return joined.slice('--profile='.length);
  const at = rest.indexOf('--profile');
  return at === -1 ? undefined : rest[at + 1];
}
