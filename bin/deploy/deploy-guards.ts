/** Checks against the AWS account before a deploy: a wrong account or region would create a second, empty group. */
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  type KeySchemaElement,
  ResourceNotFoundException,
} from '@aws-sdk/client-dynamodb';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { type DescribedTable, OPT_OUT_HASHES, problemsOfTable } from '../../lib/table-shape.ts';
import { stackNameOf } from '../lib/group.ts';
import { Problem } from '../lib/problem.ts';
import { outputsOf } from '../lib/target.ts';
import { isWithoutAccount } from './aws-account.ts';

export interface GuardedGroup {
  readonly name: string;
  readonly alsoPlainOptOuts: boolean;
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  readonly table?: { readonly name: string; readonly customerKey?: string | undefined } | undefined;
}

interface Clients {
  readonly sts: Pick<STSClient, 'send'>;
  readonly cloudformation: Pick<CloudFormationClient, 'send'>;
  readonly dynamodb: Pick<DynamoDBClient, 'send'>;
  readonly region: () => Promise<string>;
}

/** Throws if the group must not be deployed with the shell's credentials. */
export async function guardDeploy(group: GuardedGroup, clients: Clients): Promise<void> {
  const problems = await problemsOf(group, clients).catch((error: unknown) => {
    // Without credentials there is nothing to compare; the CDK CLI reports that itself.
    if (isWithoutAccount(error)) return [];
    throw error;
  });
  if (problems.length > 0) throw new Problem(['Nothing was deployed:', ...problems].join('\n  '));
}

export function clientsOf(profile: string | undefined): Clients {
  const options = profile === undefined ? {} : { profile };
  const sts = new STSClient(options);
  return {
    ...{ sts, cloudformation: new CloudFormationClient(options), dynamodb: new DynamoDBClient(options) },
    region: () => sts.config.region(),
  };
}

async function problemsOf(group: GuardedGroup, clients: Clients): Promise<string[]> {
  const { account, region, table } = group;
  return [
    ...(account === undefined ? [] : await problemsOfAccount(account, clients)),
    ...(region === undefined ? [] : await problemsOfRegion(region, clients)),
    ...(table === undefined ? [] : await problemsOfNamedTable(table.name, clients)),
    ...problemsOfOptOuts(group, await deployedOutputs(stackNameOf(group.name), clients)),
  ];
}

/** Undefined if the stack is not there yet. */
async function deployedOutputs(
  StackName: string,
  { cloudformation }: Clients,
): Promise<ReadonlyMap<string, string> | undefined> {
  try {
    const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName }));
    return outputsOf(Stacks?.[0]);
  } catch (error) {
    if (error instanceof Error && /does not exist/.test(error.message)) return undefined;
    throw error;
  }
}

/** With another key, or a release that cannot find keyed opt-outs, customers who opted out would be written to. */
function problemsOfOptOuts(
  { table, alsoPlainOptOuts }: GuardedGroup,
  deployed: ReadonlyMap<string, string> | undefined,
): string[] {
  if (deployed === undefined && table !== undefined && table.customerKey === undefined) {
    return [
      `the table ${table.name} is of another stack: name the secret of its hashes, which that stack kept, as table.customerKey. With a new key no opt-out in it is found.`,
    ];
  }
  if (deployed === undefined || alsoPlainOptOuts || deployed.get('OptOutHashes') === OPT_OUT_HASHES)
    return [];
  return [
    'the deployed release finds opt-outs by their plain hash only: set "alsoPlainOptOuts": true in the group\'s file for this deploy. See docs/operations.md, Upgrade.',
  ];
}

async function problemsOfAccount(account: string, { sts }: Clients): Promise<string[]> {
  const { Account } = await sts.send(new GetCallerIdentityCommand({}));
  return Account === account
    ? []
    : [
        `the group's file names the account ${account}, and these credentials are of ${Account}. Set AWS_PROFILE.`,
      ];
}

async function problemsOfRegion(region: string, clients: Clients): Promise<string[]> {
  const current = await clients.region();
  return current === region
    ? []
    : [`the group's file names the region ${region}, and the shell's is ${current}. Set AWS_REGION.`];
}

async function problemsOfNamedTable(name: string, { dynamodb }: Clients): Promise<string[]> {
  try {
    const problems = problemsOfTable(name, await describe(name, dynamodb));
    return problems.map((problem) => `the table ${name} ${problem}`);
  } catch (error) {
    if (error instanceof ResourceNotFoundException)
      return [
        `the table ${name} does not exist in this account and region: see table.name in the group's file.`,
      ];
    throw error;
  }
}

async function describe(name: string, dynamodb: Clients['dynamodb']): Promise<DescribedTable> {
  const TableName = name;
  const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName }));
  const { TimeToLiveDescription } = await dynamodb.send(new DescribeTimeToLiveCommand({ TableName }));
  const { ContinuousBackupsDescription } = await dynamodb.send(
    new DescribeContinuousBackupsCommand({ TableName }),
  );
  const recovery = ContinuousBackupsDescription?.PointInTimeRecoveryDescription;
  return {
    status: Table?.TableStatus,
    keys: keysOf(Table?.KeySchema),
    indexes: Object.fromEntries(
      (Table?.GlobalSecondaryIndexes ?? []).map(({ IndexName, IndexStatus, KeySchema }) => [
        IndexName,
        { status: IndexStatus, keys: keysOf(KeySchema) },
      ]),
    ),
    timeToLiveAttribute:
      TimeToLiveDescription?.TimeToLiveStatus === 'ENABLED' ? TimeToLiveDescription.AttributeName : undefined,
    isRecoverable: recovery?.PointInTimeRecoveryStatus === 'ENABLED',
    isProtected: Table?.DeletionProtectionEnabled === true,
  };
}

const keysOf = (schema: readonly KeySchemaElement[] = []) =>
  Object.fromEntries(schema.map(({ KeyType, AttributeName }) => [KeyType ?? '', AttributeName]));
