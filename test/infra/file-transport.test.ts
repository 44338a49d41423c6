import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { feedSettings } from '../../functions/group/feed-settings.ts';
import { newFiles } from '../../lib/new-files.ts';
import { lakeshore, plain } from './group.ts';
import { ofType, statementsOf, synthesize, theOnly } from './synthesized.ts';

const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJxq';
const hostKeys = ['ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAI'];
const vendor = 'arn:aws:iam::444455556666:role/nightly-files';
const secretArn = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:dealervault-a1b2c3';
const pull = { url: 'sftp://files.example.com', hostKeys, secretArn, files: 'DVD46315_*_SV.txt' };
const honda = { name: 'honda-orders', source: 'dealervault-sv', store: 'north' };
const group = {
  ...lakeshore,
  feeds: [
    feedSettings.parse({ ...honda, pull: { ...pull, folder: '/outbound' } }),
    feedSettings.parse({ ...honda, name: 'subaru-sales', sftp: { publicKeys: [key] } }),
    feedSettings.parse({ ...honda, name: 'ford-lines', sftp: { publicKeys: [key] }, writtenBy: vendor }),
  ],
};
const { template, outdir } = synthesize(group, { validate: true });
const policies = ofType(template, 'AWS::IAM::Policy').map(([id, { Properties }]) => ({
  id,
  statements: statementsOf(Properties['PolicyDocument']),
}));
const policyOf = (part: string) =>
  policies.find(({ id }) => id.includes(part))?.statements ?? expect.fail(`no policy of ${part}`);

it('a group whose feeds are written into the bucket by themselves has no server and fetches nothing', () => {
  const types = Object.values(synthesize(plain).template.Resources).map(({ Type }) => Type);
  expect(types.filter((type) => /Transfer|StepFunctions/.test(type))).toEqual([]);
});

it('no rule pack finds anything in what brings files in', () => {
  const report = z.object({ pluginReports: z.array(z.looseObject({ violations: z.array(z.unknown()) })) });
  const text = readFileSync(join(outdir, 'validation-report.json'), 'utf8');
  const violations = report.parse(JSON.parse(text)).pluginReports.flatMap((plugin) => plugin.violations);
  expect(violations).toEqual([]);
});

describe('the SFTP server', () => {
  it('is one for all feeds, with a user for each, who is shut into the folder of the feed', () => {
    expect(theOnly(template, 'AWS::Transfer::Server')).toMatchObject({
      ...{ Protocols: ['SFTP'], SecurityPolicyName: 'TransferSecurityPolicy-2024-01' },
      IdentityProviderType: 'SERVICE_MANAGED',
    });
    const users = ofType(template, 'AWS::Transfer::User').map(([, { Properties }]) => Properties);
    expect(users.map(({ UserName, SshPublicKeys }) => [UserName, SshPublicKeys])).toEqual([
      ['subaru-sales', [key]],
      ['ford-lines', [key]],
    ]);
    expect(JSON.stringify(users[0]?.['HomeDirectoryMappings'])).toContain('/drop/subaru-sales"');
  });

  it('lets a user write and list, and neither read nor delete', () => {
    const statements = policyOf('SubaruSalesWriter');
    expect(statements.flatMap(({ Action }) => Action)).toEqual(['s3:PutObject', 's3:ListBucket']);
    expect(JSON.stringify(statements[0]?.Resource)).toContain('/drop/subaru-sales/*');
    expect(statements[1]?.Condition).toEqual({
      StringLike: { 's3:prefix': ['drop/subaru-sales/*', 'drop/subaru-sales'] },
    });
  });

  it('is told to the operator', () => {
    expect(Object.keys(template.Outputs)).toContain('SftpEndpoint');
    expect(Object.keys(synthesize(plain).template.Outputs)).not.toContain('SftpEndpoint');
  });
});

describe('a feed that is fetched', () => {
  it('knows the server by its keys, and the secret of no other', () => {
    expect(theOnly(template, 'AWS::Transfer::Connector')).toMatchObject({
      Url: 'sftp://files.example.com',
      SftpConfig: { UserSecretId: secretArn, TrustedHostKeys: hostKeys },
    });
    const secrets = policyOf('HondaOrdersPullConnectorRole').filter(({ Action }) =>
      Action.includes('secretsmanager:GetSecretValue'),
    );
    expect(secrets.map(({ Resource }) => Resource)).toEqual([[secretArn]]);
  });

  it('writes into its own folders only', () => {
    const writing = policyOf('HondaOrdersPullConnectorRole').filter(({ Action }) =>
      Action.includes('s3:PutObject'),
    );
    expect(JSON.stringify(writing.map(({ Resource }) => Resource)).match(/\/[a-z/-]+\*/g)).toEqual([
      '/drop/honda-orders/*',
      '/listings/honda-orders/*',
    ]);
  });

  it('is told that a list is not written yet, instead of being denied it', () => {
    const [, , listing] = policyOf('HondaOrdersPullRunRole').filter(
      ({ Resource }) => JSON.stringify(Resource) !== '["*"]',
    );
    expect(listing).toMatchObject({
      Action: ['s3:ListBucket'],
      Condition: { StringLikeIfExists: { 's3:prefix': 'drop/honda-orders/' } },
    });
  });

  const machine = theOnly(template, 'AWS::StepFunctions::StateMachine');
  const definition = JSON.stringify(machine['DefinitionString'])
    .replaceAll('\\\\\\"', '"')
    .replaceAll('\\"', '"');

  it('is listed every hour, compared with what lies there, and fetched ten at a time', () => {
    expect(machine).toMatchObject({ StateMachineName: 'handoff-lakeshore-pull-honda-orders' });
    const [, rule] = ofType(template, 'AWS::Events::Rule').find(([id]) => id.includes('Pull')) ?? [];
    expect(rule?.Properties).toMatchObject({ ScheduleExpression: 'rate(1 hour)' });
    for (const call of ['startDirectoryListing', 'getObject', 'listObjectsV2', 'startFileTransfer'])
      expect(definition).toContain(call);
    expect(definition).toContain('/outbound');
    expect(definition).toContain('$partition($wanted, 10)');
  });

  it('rings when it fails, takes too long or is not started, twice in a day', () => {
    const [, alarm] =
      ofType(template, 'AWS::CloudWatch::Alarm').find(
        ([, { Properties }]) =>
          Properties['AlarmName'] === 'handoff-lakeshore-files-not-fetched-honda-orders',
      ) ?? [];
    expect(alarm?.Properties).toMatchObject({ Threshold: 2 });
    const measured = JSON.stringify(alarm?.Properties['Metrics']);
    const [ruleId] = ofType(template, 'AWS::Events::Rule').find(([id]) => id.includes('Pull')) ?? [];
    const ofRule = [{ Name: 'RuleName', Value: { Ref: ruleId } }];
    expect(measured).toContain(`{"Dimensions":${JSON.stringify(ofRule)},"MetricName":"FailedInvocations"`);
    for (const name of ['ExecutionsFailed', 'ExecutionsTimedOut']) expect(measured).toContain(`"${name}"`);
  });

  it('takes a star for any letters and a point for itself', () => {
    const text = newFiles({ names: 'DVD46315_*_SV.txt', folder: 'drop/honda-orders/', withinDays: 10 });
    expect(text).toContain(String.raw`/(^|\/)DVD46315_[^\/]*_SV\.txt$/`);
  });
});

it('a vendor with an account of its own may write into one folder, and do nothing else', () => {
  const policy = ofType(template, 'AWS::S3::BucketPolicy').map(([, { Properties }]) => Properties);
  const allowed = statementsOf(policy[0]?.['PolicyDocument']).filter(({ Effect }) => Effect === 'Allow');
  expect(allowed).toHaveLength(1);
  expect(allowed[0]).toMatchObject({ Action: ['s3:PutObject'], Principal: { AWS: vendor } });
  expect(JSON.stringify(allowed[0]?.Resource)).toContain('/drop/ford-lines/*');
});

it.each<readonly [object, string]>([
  [{ sftp: { publicKeys: ['-----BEGIN OPENSSH PRIVATE KEY-----'] } }, 'the public part of an SSH key'],
  [{ pull: { ...pull, url: 'https://files.example.com' } }, 'an SFTP server'],
  [{ pull: { ...pull, hostKeys: ['files.example.com ssh-rsa AAAA'] } }, 'without the host'],
  [{ pull: { ...pull, files: "'; drop" } }, 'the names of files'],
  [{ writtenBy: 'arn:aws:iam::444455556666:*' }, 'an IAM principal'],
])('%j is refused with what was expected', (setting, message) => {
  const read = feedSettings.safeParse({ ...honda, ...setting });
  expect(read.error?.issues.map((issue) => issue.message).join()).toContain(message);
});
