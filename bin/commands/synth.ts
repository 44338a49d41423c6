import type { Command } from 'commander';
import { DEMO_GROUP } from '../../lib/group-file.ts';
import { addDealerGroup, newApp } from '../../lib/handoff-app.ts';
import { feedsOf } from '../../lib/sources.ts';
import { newCommand } from '../lib/command-line.ts';
import { readGroup } from '../lib/group.ts';
import { say } from '../lib/output.ts';
import { withProgress } from '../lib/progress.ts';

interface Options {
  readonly group?: string;
  readonly out?: string;
}

export const build = (): Command =>
  newCommand({
    name: 'synth',
    summary: 'Write the stack of a dealer group as CloudFormation',
    more: 'Nothing is deployed, and no AWS account is needed.',
    examples: ['npm run synth', 'npm run synth -- --group groups/<name>.json --out cdk.out'],
  })
    .option('--group <file>', `the dealer group's file (default: ${DEMO_GROUP})`)
    .option('--out <folder>', 'where to write it (default: cdk.out)')
    .action(synthesize);

/** The CDK CLI passes the folder in CDK_OUTDIR and the group as `--context group=<file>`. */
async function synthesize({ group: given, out }: Options): Promise<void> {
  const app = newApp({ outdir: out ?? process.env['CDK_OUTDIR'] ?? 'cdk.out' });
  const file = given ?? String(app.node.tryGetContext('group') ?? DEMO_GROUP);
  const group = readGroup(file);
  const feeds = feedsOf(group, file);
  const stack = await withProgress('Bundling the functions', () => addDealerGroup(app, group, feeds));
  const { directory } = app.synth();
  // The CDK CLI prints its own message.
  if (!process.env['CDK_OUTDIR']) say(`${stack.stackName} is in ${directory}`);
}
