import { ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { type clientsOf, guardDeploy } from '../../bin/deploy/deploy-guards.ts';

/** What the SDK answers, by the name of the command. */
type Answers = Readonly<Record<string, unknown>>;

function clientsThat(answers: Answers) {
  const send = async (command: object) => {
    const answer = answers[command.constructor.name];
    if (answer instanceof Error) throw answer;
    return answer ?? {};
  };
  const client: ReturnType<typeof clientsOf> = Object.create({
    sts: Object.create({ send }),
    cloudformation: Object.create({ send }),
    dynamodb: Object.create({ send }),
    region: () => Promise.resolve('us-east-2'),
  });
  return client;
}

const keys = (partition: string, sort: string) => [
  { KeyType: 'HASH', AttributeName: partition },
  { KeyType: 'RANGE', AttributeName: sort },
];
const index = (IndexName: string, partition: string, sort: string) => ({
  IndexName,
  IndexStatus: 'ACTIVE',
  KeySchema: keys(partition, sort),
});
const table = {
  TableStatus: 'ACTIVE',
  KeySchema: keys('pk', 'sk'),
  DeletionProtectionEnabled: true,
  GlobalSecondaryIndexes: [
    index('due', 'due', 'dueAt'),
    index('open-by-assignee', 'openFor', 'openSince'),
    index('open-by-store', 'openAt', 'openSince'),
  ],
};
const stackWith = (...OutputValues: string[]) => ({
  Stacks: [{ Outputs: OutputValues.map((OutputValue) => ({ OutputKey: 'OptOutHashes', OutputValue })) }],
});
const noStack = new Error('Stack with id handoff-lakeshore does not exist');
const sound: Answers = {
  DescribeStacksCommand: stackWith('keyed'),
  GetCallerIdentityCommand: { Account: '111122223333' },
  DescribeTableCommand: { Table: table },
  DescribeTimeToLiveCommand: {
    TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAt' },
  },
  DescribeContinuousBackupsCommand: {
    ContinuousBackupsDescription: {
      PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'ENABLED' },
    },
  },
};
const plain = { name: 'lakeshore', alsoPlainOptOuts: false };
const group = {
  ...plain,
  ...{ account: '111122223333', region: 'us-east-2', table: { name: 'handoffs-restored' } },
};

describe('before a deploy', () => {
  it('nothing is said of a group whose account, region and table are as its file says', async () => {
    await expect(guardDeploy(group, clientsThat(sound))).resolves.toBeUndefined();
  });

  it('the account and the region of the shell are held against those of the file', async () => {
    const elsewhere = { ...plain, account: '444455556666', region: 'eu-west-1' };
    await expect(guardDeploy(elsewhere, clientsThat(sound))).rejects.toThrow(
      /^Nothing was deployed:\n {2}the group's file names the account 444455556666, and these credentials are of 111122223333\. Set AWS_PROFILE\.\n {2}the group's file names the region eu-west-1, and the shell's is us-east-2\. Set AWS_REGION\.$/,
    );
  });

  it('a group that names none of them, and has no stack yet, is deployed', async () => {
    await expect(
      guardDeploy(plain, clientsThat({ DescribeStacksCommand: noStack })),
    ).resolves.toBeUndefined();
  });

  it('a release that would not find the opt-outs of this one is left only with the setting that keeps both', async () => {
    const before = clientsThat({ DescribeStacksCommand: stackWith() });
    await expect(guardDeploy(plain, before)).rejects.toThrow('set "alsoPlainOptOuts": true');
    await expect(guardDeploy({ ...plain, alsoPlainOptOuts: true }, before)).resolves.toBeUndefined();
    const since = clientsThat({ DescribeStacksCommand: stackWith('keyed') });
    await expect(guardDeploy(plain, since)).resolves.toBeUndefined();
  });

  it('without credentials nothing is compared: the command of the CDK says what is missing', async () => {
    const nobody = clientsThat({
      GetCallerIdentityCommand: new Error('Could not load credentials from any providers'),
    });
    await expect(guardDeploy(group, nobody)).resolves.toBeUndefined();
  });
});

describe('a table that is to be taken over', () => {
  it('by a new stack comes with the key of its hashes, without which no opt-out in it is found', async () => {
    const anew = clientsThat({ ...sound, DescribeStacksCommand: noStack });
    await expect(guardDeploy(group, anew)).rejects.toThrow('name the secret of its hashes');
    const customerKey = 'arn:aws:secretsmanager:us-east-2:111122223333:secret:key-Ab12Cd';
    const table = { ...group.table, customerKey };
    await expect(guardDeploy({ ...group, table }, anew)).resolves.toBeUndefined();
  });

  it.each([
    [
      'does not exist',
      {
        DescribeTableCommand: new ResourceNotFoundException({ message: 'no such table', $metadata: {} }),
      },
      'the table handoffs-restored does not exist in this account and region',
    ],
    [
      'is still being restored',
      { DescribeTableCommand: { Table: { ...table, TableStatus: 'CREATING' } } },
      'the table handoffs-restored is CREATING: wait until it is ACTIVE',
    ],
    [
      'is of another software',
      { DescribeTableCommand: { Table: { ...table, KeySchema: keys('id', 'at') } } },
      'has other keys than pk and sk',
    ],
    [
      'was restored without its indexes',
      { DescribeTableCommand: { Table: { ...table, GlobalSecondaryIndexes: undefined } } },
      'has no index due: restore with indexes, or add it',
    ],
    [
      'has an index of another shape',
      {
        DescribeTableCommand: {
          Table: {
            ...table,
            GlobalSecondaryIndexes: [index('due', 'dueAt', 'due'), ...table.GlobalSecondaryIndexes.slice(1)],
          },
        },
      },
      'has an index due with other keys than due and dueAt',
    ],
    [
      'came back without time-to-live',
      { DescribeTimeToLiveCommand: { TimeToLiveDescription: { TimeToLiveStatus: 'DISABLED' } } },
      'aws dynamodb update-time-to-live --table-name handoffs-restored',
    ],
    [
      'came back without point-in-time recovery',
      { DescribeContinuousBackupsCommand: {} },
      'aws dynamodb update-continuous-backups --table-name handoffs-restored',
    ],
    [
      'came back without deletion protection',
      { DescribeTableCommand: { Table: { ...table, DeletionProtectionEnabled: false } } },
      'aws dynamodb update-table --table-name handoffs-restored --deletion-protection-enabled',
    ],
  ] as const)('is refused when it %s', async (_, answers, message) => {
    await expect(guardDeploy(group, clientsThat({ ...sound, ...answers }))).rejects.toThrow(message);
  });
});
