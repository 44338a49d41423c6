import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type FunctionName, functionNames } from '../../functions/lambdas.ts';
import { DEMO_GROUP, readGroupFile } from '../../lib/group-file.ts';
import {
  ofType,
  type Resource,
  readTemplate,
  type SynthesizedTemplate,
  statementsOf,
} from './synthesized.ts';

const project = join(import.meta.dirname, '..', '..');
const scratch = mkdtempSync(join(tmpdir(), 'handoff-reproducible-'));
const run = promisify(execFile);
const parts = ['bin', 'lib', 'functions', 'groups', 'sources', 'cdk.json', 'package.json'];

/** The project at another place, synthesized there with its bundles. */
async function synthesizeIn(directory: string): Promise<string> {
  mkdirSync(directory, { recursive: true });
  for (const part of parts) cpSync(join(project, part), join(directory, part), { recursive: true });
  symlinkSync(join(project, 'node_modules'), join(directory, 'node_modules'));
  // The rule packs have a test of their own, and take most of the time.
  const env = { ...process.env, CDK_VALIDATION: 'false' };
  await run(process.execPath, ['bin/app.ts', '--out', 'out'], { cwd: directory, env });
  return join(directory, 'out');
}

function assetsOf(directory: string): string[] {
  return readdirSync(directory)
    .filter((name) => name.startsWith('asset.'))
    .sort();
}

const services = [
  ['client-dynamodb', 'dynamodb'],
  ['client-sesv2', 'ses'],
  ['client-eventbridge', 'events'],
  ['client-secrets-manager', 'secretsmanager'],
  ['client-s3', 's3'],
  ['client-athena', 'athena'],
] as const;

/**
 * What AWS asks for beside the name of the call: a message with attachments is a raw one, and only who may list a bucket
 * is told that an object is gone. Athena reads files and writes its result in the name of whoever asks.
 */
const asksFor: Readonly<Record<string, readonly string[]>> = {
  'ses:SendEmail': ['ses:SendRawEmail'],
  's3:GetObject': ['s3:ListBucket'],
  'athena:StartQueryExecution': [
    's3:AbortMultipartUpload',
    's3:GetBucketLocation',
    's3:ListBucketMultipartUploads',
    's3:ListMultipartUploadParts',
  ],
};

/** For endpoint discovery, which is off, and for directory buckets, which ours is not. */
const broughtAlong = ['DescribeEndpoints', 'CreateSession'];

/** Where the output has the bundle of a function. */
function bundleOf(lambda: Resource['Properties']): string {
  const { S3Key } = z.object({ S3Key: z.string() }).parse(lambda['Code']);
  return join(`asset.${S3Key.replace('.zip', '')}`, 'index.mjs');
}

/** What a bundle can call: its source map names the commands of the SDK that are in it. */
function calledBy(directory: string, lambda: Resource['Properties']): string[] {
  const map = readFileSync(join(directory, `${bundleOf(lambda)}.map`), 'utf8');
  const { sources } = z.object({ sources: z.array(z.string()) }).parse(JSON.parse(map));
  const called = services.flatMap(([client, prefix]) =>
    sources
      .map((source) => source.match(new RegExp(`/${client}/.*/commands/(\\w+)Command\\.js$`))?.[1])
      .filter((command) => command !== undefined && !broughtAlong.includes(command))
      .map((command) => `${prefix}:${command}`),
  );
  return called.flatMap((call) => [call, ...(asksFor[call] ?? [])]).sort();
}

/** Calls of classes that a bundle carries and uses in part: dates of history and the roster are changed by these functions only. */
const onlyCalledBy: Readonly<Record<string, readonly string[]>> = {
  'dynamodb:UpdateItem': ['follow-dms', 'settle-email', 'receive-webhook'],
};
/** Whoever notes a feed, shows a report or reads the numbers has the class that does more elsewhere. */
const neverCalledBy: Readonly<Record<string, readonly string[]>> = {
  'dynamodb:Query': ['refuse-unknown-event'],
  'dynamodb:PutItem': ['show-numbers'],
  's3:PutObject': ['report-week', 'show-numbers'],
};
const isNeverCalled = (call: string, name: string) =>
  onlyCalledBy[call]?.includes(name) === false || neverCalledBy[call]?.includes(name) === true;

function allowedTo(template: SynthesizedTemplate, lambda: Resource['Properties']): string[] {
  const role = JSON.stringify({ Ref: roleOf(lambda) });
  const policies = ofType(template, 'AWS::IAM::Policy').filter(([, { Properties }]) =>
    JSON.stringify(Properties['Roles']).includes(role),
  );
  const actions = policies
    .flatMap(([, { Properties }]) => statementsOf(Properties['PolicyDocument']))
    .flatMap(({ Action }) => Action)
    .filter((action) => services.some(([, prefix]) => action.startsWith(`${prefix}:`)));
  return [...new Set(actions)].sort();
}

/**
 * Kilobytes that a function may have at most, with some room: a cold start parses all of them. One that outgrows its ceiling
 * gets a higher one with the reason, or loads less (docs/decisions/stack-lean-bundles.md).
 */
const ceilings = {
  'introduce-service': 960,
  'prepare-first-service': 980,
  'review-repair-quote': 1010,
  'request-appraisal': 950,
  'send-to-service': 970,
  'start-upgrade-conversation': 980,
  'follow-dms': 980,
  'keep-customers': 460,
  'keep-outcomes': 960,
  'write-ledger': 520,
  'report-week': 600,
  'show-numbers': 640,
  'count-numbers': 580,
  'refuse-unknown-event': 480,
  'answer-task': 1050,
  'sweep-due-work': 940,
  'settle-email': 930,
  'read-feed': 770,
  'receive-webhook': 580,
  'keep-dead-letters': 410,
} as const satisfies Readonly<Record<FunctionName, number>>;

function roleOf(lambda: Resource['Properties']): string | undefined {
  return z.object({ 'Fn::GetAtt': z.array(z.string()) }).parse(lambda['Role'])['Fn::GetAtt'][0];
}

describe('synthesized twice, in two folders', () => {
  const stack = `handoff-${readGroupFile(join(project, DEMO_GROUP)).name}`;
  let outputs: readonly string[];

  beforeAll(async () => {
    const folders = [join(scratch, 'here'), join(scratch, 'somewhere', 'else', 'entirely')];
    outputs = await Promise.all(folders.map(synthesizeIn));
  }, 120_000);
  afterAll(() => rmSync(scratch, { recursive: true }));

  it('the template and the bundles are the same to the byte', () => {
    const [first, second] = outputs.map((directory) => ({
      template: readFileSync(join(directory, `${stack}.template.json`), 'utf8'),
      assets: assetsOf(directory),
    }));
    expect(first?.assets.length).toBeGreaterThan(0);
    expect(second).toEqual(first);
  });

  it('nothing that is deployed tells where it was made', () => {
    for (const directory of outputs) {
      const assets = assetsOf(directory);
      const files = assets.flatMap((asset) =>
        readdirSync(join(directory, asset)).map((name) => join(asset, name)),
      );
      for (const file of [...files, `${stack}.template.json`]) {
        const text = readFileSync(join(directory, file), 'utf8');
        expect.soft(text.includes(scratch) || text.includes(project), file).toBe(false);
      }
    }
  });

  it('what a function calls is what its role allows, no less and no more', () => {
    const [directory = ''] = outputs;
    const template = readTemplate(join(directory, `${stack}.template.json`));
    for (const [, { Properties }] of ofType(template, 'AWS::Lambda::Function')) {
      const name = String(Properties['FunctionName']).replace(`${stack}-`, '');
      const called = calledBy(directory, Properties).filter((call) => !isNeverCalled(call, name));
      expect.soft(called, name).toEqual(allowedTo(template, Properties));
    }
  });

  it('the engine of this machine is in no bundle: Athena counts in the stack', () => {
    const [directory = ''] = outputs;
    for (const asset of assetsOf(directory)) {
      const map = readFileSync(join(directory, asset, 'index.mjs.map'), 'utf8');
      expect.soft(/@duckdb|node-sql-parser/.test(map), asset).toBe(false);
    }
  });

  it.each(functionNames)('%s does not outgrow its ceiling', (name) => {
    const [directory = ''] = outputs;
    const template = readTemplate(join(directory, `${stack}.template.json`));
    const lambda = ofType(template, 'AWS::Lambda::Function').find(
      ([, { Properties }]) => Properties['FunctionName'] === `${stack}-${name}`,
    );
    const { size } = statSync(join(directory, bundleOf(lambda?.[1].Properties ?? {})));
    expect(Math.round(size / 1000)).toBeLessThanOrEqual(ceilings[name]);
  });

  it('each library that a bundle loads when needed lies beside it', () => {
    const [directory = ''] = outputs;
    for (const asset of assetsOf(directory)) {
      const bundle = readFileSync(join(directory, asset, 'index.mjs'), 'utf8');
      const asked = [...bundle.matchAll(/["'`]\.\/([\w-]+\.cjs)["'`]/g)].map(([, file]) => file);
      const files = readdirSync(join(directory, asset)).filter((name) => name.endsWith('.cjs'));
      expect.soft(new Set(asked), asset).toEqual(new Set(files));
    }
  });

  it('each bundle loads in Node itself, and has a handler', async () => {
    const [directory = ''] = outputs;
    const bundles = assetsOf(directory).map((asset) => join(directory, asset, 'index.mjs'));
    const script = `for (const path of ${JSON.stringify(bundles)}) console.log(typeof (await import(path)).handler);`;
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script]);
    expect(stdout.trim().split('\n')).toEqual(bundles.map(() => 'function'));
  });
});
