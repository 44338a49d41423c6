import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { followed, plain } from './group.ts';
import { synthesize } from './synthesized.ts';

const report = z.object({
  pluginReports: z.array(z.looseObject({ violations: z.array(z.unknown()) })),
});

const groups = [
  { group: followed, like: 'with everything that a group may have' },
  { group: plain, like: 'with only what a group must have' },
];

it.each(groups)('no rule pack finds anything that is not acknowledged, $like', ({ group }) => {
  const { outdir } = synthesize(group, { validate: true });
  const { pluginReports } = report.parse(
    JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8')),
  );
  expect(pluginReports.flatMap(({ violations }) => violations)).toEqual([]);
});

it('a finding of either rule pack, and a property that CloudFormation does not know, stop the synth', () => {
  const withFaults = () =>
    synthesize(plain, {
      validate: true,
      change: (stack) => new CfnQueue(stack, 'Faulty').addPropertyOverride('Encrypted', true),
    });
  expect(withFaults).toThrow(/AwsSolutions-SQS4/);
  expect(withFaults).toThrow(/Serverless-SQSRedrivePolicy/);
  expect(withFaults).toThrow(/Encrypted/);
});

const hasLinter = spawnSync('cfn-lint', ['--version']).status === 0;

/** CloudFormation's own linter is written in Python and not from npm: used where somebody has it. */
it.skipIf(!hasLinter)('cfn-lint accepts the templates', () => {
  const files = groups.map(({ group }) => synthesize(group).file);
  const { stdout, status } = spawnSync('cfn-lint', files, { encoding: 'utf8' });
  expect(stdout).toBe('');
  expect(status).toBe(0);
});
