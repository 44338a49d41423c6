import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as z from 'zod';
import { Problem } from './emulator/problem.ts';

const cdkJsonSchema = z.object({ context: z.record(z.string(), z.unknown()).default({}) });

/** The feature flags of cdk.json, as the CDK CLI would pass them. */
function cdkContext(): Record<string, unknown> {
  if (!existsSync('cdk.json')) return {};
  return cdkJsonSchema.parse(JSON.parse(readFileSync('cdk.json', 'utf8'))).context;
}

interface SynthOptions {
  app: string;
  group: string | undefined;
  out: string;
}

/** Runs the CDK app, just as a deployment would, and leaves its cloud assembly in `out`. */
export function synthesize({ app, group, out }: SynthOptions): Promise<void> {
  if (!existsSync(app)) throw new Problem(`there is no CDK app at ${app}`);
  const context = { ...cdkContext(), ...(group ? { group } : {}) };
  const child = spawn(process.execPath, [app], {
    // The tests and deployments check the template; doing so here would take up most of the start.
    env: {
      CDK_VALIDATION: 'false',
      ...process.env,
      CDK_OUTDIR: resolve(out),
      CDK_CONTEXT_JSON: JSON.stringify(context),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => said.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
  return new Promise((done, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) return done();
      reject(new Problem(`${app} does not synthesize:\n${Buffer.concat(said).toString('utf8').trim()}`));
    });
  });
}
