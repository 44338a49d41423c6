/** The commands that pass a synthesized dealer group to the CDK CLI. */
import type { Command } from 'commander';
import { newCommand } from '../lib/command-line.ts';
import { runCdk } from './cdk.ts';

export function newCdkCommand(name: 'deploy' | 'diff', summary: string): Command {
  return newCommand({
    name,
    summary,
    more: `The account and region are those of AWS_PROFILE and AWS_REGION. Every other option goes to the CDK's own
command: npx cdk ${name} --help`,
    examples: [
      `npm run ${name} -- --group groups/<name>.json`,
      `npm run ${name} -- --group groups/<name>.json --profile <profile>`,
    ],
  })
    .option('--group <file>', "the dealer group's file (required)")
    .argument('[cdk-options...]', `options of "cdk ${name}"`)
    .allowUnknownOption()
    .action(async (rest: string[], { group }: { readonly group?: string }) => {
      process.exitCode = await runCdk(name, group === undefined ? rest : ['--group', group, ...rest]);
    });
}
