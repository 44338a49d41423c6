/**
 * Synthesizes a dealer group and hands the result to the CDK's own command, which therefore deploys exactly what
 * was synthesized: left to itself it would run the app again, and for some commands without the bundles.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { readGroupFile } from '../lib/group-file.ts';
import { accountHint, isNobodyLoggedIn } from './aws-account.ts';

const projectDirectory = join(import.meta.dirname, '..');
const OUTPUT = 'cdk.out';

export interface CdkArguments {
  readonly group: string | undefined;
  /** Everything else, for the CDK's own command: --profile, --require-approval, … */
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

/** The exit code of the first step that fails, or 0. */
export async function runCdk(command: 'deploy' | 'diff', given: readonly string[]): Promise<number> {
  const { group: path, rest } = readArguments(given);
  if (rest.includes('--help') || rest.includes('-h')) {
    console.log(helpOf(command));
    return 0;
  }
  if (path === undefined)
    throw new Error(`Which dealer group? npm run ${command} -- --group groups/<name>.json`);
  const { group } = readGroupFile(path);
  const synthesized = run('bin/app.ts', '--group', path, '--out', OUTPUT);
  if (synthesized !== 0) return synthesized;
  const stack = `handoff-${group.name}`;
  const done = run('node_modules/aws-cdk/bin/cdk', command, '--app', OUTPUT, stack, ...rest);
  if (done !== 0 && (await isNobodyLoggedIn(profileIn(rest)))) console.error(accountHint);
  return done;
}

const helpOf = (
  command: string,
) => `npm run ${command} -- --group groups/<name>.json [options of "cdk ${command}"]
${command === 'deploy' ? 'Deploys a dealer group' : 'Shows what a deploy of a dealer group would change'}, in the account and region of AWS_PROFILE and AWS_REGION.

The CDK's own options: npx cdk ${command} --help`;

function profileIn(rest: readonly string[]): string | undefined {
  const joined = rest.find((one) => one.startsWith('--profile='));
  if (joined !== undefined) return joined.slice('--profile='.length);
  const at = rest.indexOf('--profile');
  return at === -1 ? undefined : rest[at + 1];
}

function run(script: string, ...given: string[]): number {
  const { status, error } = spawnSync(process.execPath, [join(projectDirectory, script), ...given], {
    stdio: 'inherit',
  });
  if (error) throw error;
  return status ?? 1;
}
