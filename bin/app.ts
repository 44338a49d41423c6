/** The CDK app, for cdk.json and the local run: the same as `npm run synth`, under the name that the CDK CLI calls. */
import { build } from './commands/synth.ts';
import { run } from './lib/command-line.ts';

process.exitCode = await run(build(), process.argv.slice(2));
