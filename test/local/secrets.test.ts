import { randomUUID } from 'node:crypto';
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { clientOptions } from '../../local/aws.ts';
import { type Fixture, startFixture } from './support.ts';

const SecretId = 'fixture/webhook';
let fixture: Fixture;
let secrets: SecretsManagerClient;

beforeAll(async () => {
  fixture = await startFixture();
  secrets = new SecretsManagerClient({ ...clientOptions(fixture.run.awsUrl), maxAttempts: 1 });
});
afterAll(async () => {
  secrets.destroy();
  await fixture.stop();
});

const get = (change: object = {}) => secrets.send(new GetSecretValueCommand({ SecretId, ...change }));
const put = (SecretString: string, change: object = {}) =>
  secrets.send(new PutSecretValueCommand({ SecretId, SecretString, ...change }));

it('makes the first value as the template says', async () => {
  const { SecretString = '', ARN, Name, VersionStages } = await get();
  expect(JSON.parse(SecretString)).toEqual({ user: 'dms', key: expect.stringMatching(/^[A-Za-z0-9]{40}$/) });
  expect({ ARN, Name, VersionStages }).toEqual({
    ARN: expect.stringMatching(
      /^arn:aws:secretsmanager:us-east-1:000000000000:secret:fixture\/webhook-\w{6}$/,
    ),
    Name: SecretId,
    VersionStages: ['AWSCURRENT'],
  });
  expect((await get({ SecretId: ARN })).SecretString).toBe(SecretString);
  expect((await get({ SecretId: ARN?.slice(0, -7) })).SecretString).toBe(SecretString);
  expect((await get({ SecretId: 'plain' })).SecretString).toBe('as given');
});

it('keeps the value before the current one, and moves the labels back', async () => {
  const { SecretString: first, VersionId: firstId } = await get();
  const { VersionId: secondId } = await put('second');
  expect((await get()).SecretString).toBe('second');
  expect((await get({ VersionStage: 'AWSPREVIOUS' })).SecretString).toBe(first);
  const move = { SecretId, VersionStage: 'AWSCURRENT', MoveToVersionId: firstId };
  await expect(secrets.send(new UpdateSecretVersionStageCommand(move))).rejects.toMatchObject({
    name: 'InvalidParameterException',
  });
  await secrets.send(new UpdateSecretVersionStageCommand({ ...move, RemoveFromVersionId: secondId }));
  expect((await get()).SecretString).toBe(first);
  expect(await secrets.send(new DescribeSecretCommand({ SecretId }))).toMatchObject({
    VersionIdsToStages: { [firstId ?? '']: ['AWSCURRENT'], [secondId ?? '']: ['AWSPREVIOUS'] },
  });
});

it('takes the same request twice, and no other with its token', async () => {
  const ClientRequestToken = randomUUID();
  const pending = { ClientRequestToken, VersionStages: ['AWSPENDING'] };
  await put('pending', pending);
  await put('pending', pending);
  await expect(put('other', pending)).rejects.toMatchObject({ name: 'ResourceExistsException' });
  expect((await get({ VersionStage: 'AWSPENDING' })).VersionId).toBe(ClientRequestToken);
  expect((await get({ VersionId: ClientRequestToken })).SecretString).toBe('pending');
  expect((await get()).SecretString).not.toBe('pending');
});

it('keeps bytes as bytes', async () => {
  const SecretBinary = Buffer.from([0, 255, 1]);
  await secrets.send(new PutSecretValueCommand({ SecretId: 'plain', SecretBinary }));
  const found = await get({ SecretId: 'plain' });
  expect(Buffer.from(found.SecretBinary ?? [])).toEqual(SecretBinary);
  expect(found.SecretString).toBeUndefined();
});

it.each([
  ['an unknown secret', { SecretId: 'nobody' }],
  ['a secret without a value', { SecretId: 'unset' }],
  ['an unknown label', { VersionStage: 'AWSOTHER' }],
  ['an unknown version', { VersionId: randomUUID() }],
])('does not find %s', async (_name, change) => {
  await expect(get(change)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});
