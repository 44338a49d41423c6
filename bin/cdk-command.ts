/**
 * Synthesizes a dealer group and hands the result to the CDK's own command, which therefore deploys exactly what
 * was synthesized: left to itself it would run the app again, and for some commands without the bundles.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { readGroupFile } from '../lib/group-file.ts';

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
export function runCdk(command: 'deploy' | 'diff', given: readonly string[]): number {
  const { group: path, rest } = readArguments(given);
  if (path === undefined)
    throw new Error(`Which dealer group? npm run ${command} -- --group groups/<name>.json`);
  const { group } = readGroupFile(path);
  return (
    run('bin/app.ts', '--group', path, '--out', OUTPUT) ||
    run('node_modules/aws-cdk/bin/cdk', command, '--app', OUTPUT, `handoff-${group.name}`, ...rest)
  );
}

function run(script: string, ...given: string[]): number {
  const { status, error } = spawnSync(process.execPath, [join(projectDirectory, script), ...given], {
    stdio: 'inherit',
  });
  if (error) throw error;
  return status ?? 1;
}
