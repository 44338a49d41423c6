/**
 * Synthesizes the stack of one dealer group.
 *
 *   node bin/app.ts [--group groups/demo.json] [--out cdk.out]
 *
 * The CDK's own command may run it too: `--context group=<file>` is the same as `--group`.
 */
import { parseArgs } from 'node:util';
import { DEMO_GROUP, readGroupFile } from '../lib/group-file.ts';
import { addDealerGroup, newApp } from '../lib/handoff-app.ts';
import { orHelp } from './help.ts';

const help = `npm run synth -- [--group FILE] [--out DIR]
Writes the stack of a dealer group as CloudFormation. Nothing is deployed, and no account is needed.

  --group FILE   the dealer group's file (default ${DEMO_GROUP})
  --out DIR      where to write it (default cdk.out)`;

const { values } = orHelp(help, () =>
  parseArgs({ options: { group: { type: 'string' }, out: { type: 'string' } } }),
);

try {
  const app = newApp({ outdir: values.out ?? process.env['CDK_OUTDIR'] ?? 'cdk.out' });
  const group = values.group ?? String(app.node.tryGetContext('group') ?? DEMO_GROUP);
  const stack = await addDealerGroup(app, readGroupFile(group));
  const { directory } = app.synth();
  // The CDK's own command, which sets this variable, says what it does itself.
  if (!process.env['CDK_OUTDIR']) console.log(`${stack.stackName} is in ${directory}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
