import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { account, region } from './emulator/aws.ts';
import type { Journal } from './emulator/journal.ts';

interface FirstStart {
  awsUrl: string;
  tableName: string | undefined;
  group: string | undefined;
}

const isDemo = (group: string | undefined): boolean =>
  group === undefined || resolve(group) === resolve('groups/demo.json');

/**
 * The commands that fill a new local run: the sample roster, and visits that make some customers long-term ones. Both
 * are for the demo group's stores; another group imports its own.
 */
const commands = ({ awsUrl, group }: FirstStart): string[][] =>
  isDemo(group)
    ? [
        ['bin/handoff.ts', 'roster', 'import', 'samples/roster.csv', '--yes', '--local', awsUrl],
        [
          'bin/handoff.ts',
          'import-history',
          'samples/history.jsonl',
          '--today',
          '2026-11-20',
          '--local',
          awsUrl,
        ],
      ]
    : [];

/** Help for a group with an empty roster: every event is refused until the roster has people. */
export function emptyRosterHelp(group: string | undefined, deskUrl: string): string {
  const [people, visits, options] = isDemo(group)
    ? ['samples/roster.csv', 'samples/history.jsonl --today 2026-11-20', `--local ${deskUrl}`]
    : ['roster.csv', 'visits.jsonl', `--group ${group} --local ${deskUrl}`];
  return [
    'Nobody is in the roster yet, so events are refused. Bring your people in, then the past visits:',
    `  npm run roster -- import ${people} ${options}`,
    `  npm run import-history -- ${visits} ${options}`,
  ].join('\n');
}

function environment({ awsUrl, tableName }: FirstStart): NodeJS.ProcessEnv {
  return {
    ...process.env,
    AWS_REGION: region,
    AWS_ACCOUNT_ID: account,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL: awsUrl,
    ...(tableName ? { TABLE_NAME: tableName } : {}),
  };
}

interface Ended {
  code: number | null;
  output: string;
}

function run(args: string[], env: NodeJS.ProcessEnv): Promise<Ended> {
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => said.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output: Buffer.concat(said).toString('utf8').trim() }));
  });
}

/**
 * Fills a new data directory, once. A command that fails is reported and repeated at the next start; the local run
 * works without it.
 */
export async function firstStart(
  journal: Journal,
  start: FirstStart,
  say: (line: string) => void,
): Promise<void> {
  if (journal.getMeta('first start') === 'done') return;
  const env = environment(start);
  const scripts = commands(start).filter(([script = '']) => existsSync(script));
  if (scripts.length === 0) return;
  const ended = await Promise.all(scripts.map((args) => run(args, env)));
  ended.forEach(({ code, output }, at) => {
    if (code !== 0) say(`"${scripts[at]?.join(' ')}" ended with ${code}:\n${output}`);
  });
  if (ended.every(({ code }) => code === 0)) journal.durably(() => journal.setMeta('first start', 'done'));
}
