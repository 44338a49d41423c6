/** The target of an operator's command: the local run, a deployed stack, or a table by name. */
import {
  CloudFormationClient,
  DescribeStacksCommand,
  type DescribeStacksCommandOutput,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { type Command, Option } from 'commander';
import * as z from 'zod';
import { explainAccount } from '../deploy/aws-account.ts';
import { wholeNumber } from './command-line.ts';
import { messageOf, Problem, UsageProblem } from './problem.ts';

/** The default endpoint of the local run. */
const DESK_PORT = 4500;

/** The options that select a command's target. */
export function withTarget(command: Command): Command {
  return command
    .optionsGroup('Which dealer group, if not the local run at http://127.0.0.1:4500:')
    .addOption(new Option('--port <n>', 'the local run whose desk is at that port').argParser(port))
    .option('--local <url>', "the local run at that address, its desk's or its AWS endpoint's")
    .option('--stack <name>', 'a deployed stack, with your AWS credentials')
    .option('--table <name>', 'a table, with your AWS credentials or AWS_ENDPOINT_URL_DYNAMODB')
    .option('--customer-key <arn>', 'beside --table: the secret with the key of its hashes of customers')
    .optionsGroup('Options:');
}

const port = wholeNumber('--port', 1, 65_535);

export interface TargetChoice {
  readonly port?: number | undefined;
  readonly local?: string | undefined;
  readonly stack?: string | undefined;
  readonly table?: string | undefined;
  readonly customerKey?: string | undefined;
}

/** What an SDK client needs to reach the target; empty if the shell's environment provides it. */
export interface ClientOptions {
  readonly endpoint?: string;
  readonly region?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

export interface Target {
  /** A description of the target for messages. */
  readonly where: string;
  readonly dynamodb: DynamoDBClient;
  readonly tableName: string;
  readonly eventbridge: EventBridgeClient;
  readonly lambda: LambdaClient;
  /** Undefined if only a table was named. */
  readonly busName: string | undefined;
  readonly stackName: string | undefined;
  /** For services that only a single command uses. */
  readonly clientOptions: ClientOptions;
  /** The stack's outputs. */
  readonly outputs: ReadonlyMap<string, string>;
  /** The current instant at the target: the local run has a clock of its own. */
  readonly now: string;
}

export async function resolveTarget(choice: TargetChoice): Promise<Target> {
  const { port, local, stack, table } = choice;
  const named = Object.entries({ port, local, stack, table }).filter(([, value]) => value !== undefined);
  if (named.length > 1) {
    throw new UsageProblem(`Name one target, not ${named.map(([name]) => `--${name}`).join(' and ')}`);
  }
  if (choice.customerKey !== undefined && table === undefined)
    throw new UsageProblem('--customer-key belongs to --table: a stack says which key it has.');
  if (choice.stack !== undefined) return deployed(choice.stack);
  if (choice.table !== undefined) return tableByName(choice.table, choice.customerKey);
  return localRun(choice.local ?? `http://127.0.0.1:${choice.port ?? DESK_PORT}`);
}

const health = z.object({
  aws: z.url(),
  table: z.string(),
  bus: z.string(),
  stack: z.string().optional(),
  now: z.iso.datetime().optional(),
  outputs: z.record(z.string(), z.string()).default({}),
});

async function localRun(url: string): Promise<Target> {
  const { aws, table, bus, stack, now, outputs } = await askHealth(url);
  const options = localClient(aws);
  return {
    where: `${stack ?? 'the dealer group'}, the local run at ${url}`,
    dynamodb: new DynamoDBClient(options),
    tableName: table,
    eventbridge: new EventBridgeClient(options),
    lambda: new LambdaClient(options),
    busName: bus,
    stackName: stack,
    clientOptions: options,
    outputs: new Map(Object.entries(outputs)),
    now: now ?? systemNow(),
  };
}

/** The local run accepts any credentials. */
const localClient = (endpoint: string): Required<ClientOptions> => ({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});

async function askHealth(url: string): Promise<z.infer<typeof health>> {
  let answer: unknown;
  try {
    const response = await fetch(new URL('/healthz', url), { signal: AbortSignal.timeout(5_000) });
    answer = await response.json();
  } catch {
    throw new Problem(
      `No local run answers at ${url}. Start one with "npm start", or name a deployed stack with --stack.`,
    );
  }
  const read = health.safeParse(answer);
  if (!read.success) throw new Problem(`What answers at ${url} is not a local run of this software.`);
  return read.data;
}

async function deployed(stackName: string): Promise<Target> {
  const answer = await describe(stackName);
  const outputs = outputsOf(answer.Stacks?.[0]);
  const tableName = outputs.get('TableName');
  if (tableName === undefined)
    throw new Problem(`The stack ${stackName} has no output TableName: is it one of ours?`);
  return {
    ...tableByName(tableName),
    where: `${stackName}, deployed`,
    busName: outputs.get('BusName'),
    stackName,
    outputs,
  };
}

export function outputsOf(stack: Stack | undefined): Map<string, string> {
  const outputs = stack?.Outputs ?? [];
  return new Map(
    outputs.flatMap(({ OutputKey, OutputValue }) =>
      OutputKey && OutputValue ? [[OutputKey, OutputValue]] : [],
    ),
  );
}

async function describe(stackName: string): Promise<DescribeStacksCommandOutput> {
  try {
    return await new CloudFormationClient({}).send(new DescribeStacksCommand({ StackName: stackName }));
  } catch (error) {
    const hint = explainAccount(error);
    throw new Problem(
      `The stack ${stackName} cannot be read: ${messageOf(error)}${hint === undefined ? '' : `\n${hint}`}`,
    );
  }
}

function tableByName(tableName: string, customerKey?: string): Target {
  return {
    where: `the table ${tableName}`,
    dynamodb: new DynamoDBClient({}),
    tableName,
    eventbridge: new EventBridgeClient({}),
    lambda: new LambdaClient({}),
    busName: undefined,
    stackName: undefined,
    clientOptions: {},
    outputs: new Map(customerKey === undefined ? [] : [['CustomerKeyArn', customerKey]]),
    now: systemNow(),
  };
}

function systemNow(): string {
  return new Date().toISOString();
}
