import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { account, region } from './aws.ts';
import type { Journal } from './journal.ts';
import { Problem } from './problem.ts';

export interface FirstStart {
  awsUrl: string;
  tableName: string | undefined;
}

/** What a new local run starts with: scripts of this project and their arguments. */
const commands = ({ awsUrl }: FirstStart): string[][] => [
  ['bin/roster.ts', 'import', 'samples/roster.csv', '--yes', '--local', awsUrl],
];

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

function run(args: string[], env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => said.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) return resolve();
      const output = Buffer.concat(said).toString('utf8').trim();
      reject(new Problem(`the first start failed at "${args.join(' ')}":\n${output}`));
    });
  });
}

/** Fills a new data directory; one that has been filled is left as it is. */
export async function firstStart(journal: Journal, start: FirstStart): Promise<void> {
  if (journal.getMeta('first start') === 'done') return;
  for (const [script = '', ...args] of commands(start)) {
    if (existsSync(script)) await run([script, ...args], environment(start));
  }
  journal.durably(() => journal.setMeta('first start', 'done'));
}
