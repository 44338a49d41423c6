/** Queries AWS, DNS, the origin of links and the table for the checks. */
import { CloudFormationClient, DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetRoleCommand, GetUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  GetAccountCommand,
  GetEmailIdentityCommand,
  paginateListSuppressedDestinations,
  SESv2Client,
  type SuppressedDestinationSummary,
} from '@aws-sdk/client-sesv2';
import { paginateListSubscriptionsByTopic, SNSClient, type Subscription } from '@aws-sdk/client-sns';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { FeedTable } from '../../functions/adapters/feed-table.ts';
import { RosterStore } from '../../functions/adapters/roster-store.ts';
import type { Group } from '../../functions/group/group.ts';
import { messageOf } from '../lib/problem.ts';
import type { TellProgress } from '../lib/progress.ts';
import { outputsOf } from '../lib/target.ts';
import type { Answer, Answers, OriginAnswer } from './answers.ts';
import type { Place } from './place.ts';

/** The type of `resolveTxt` in `node:dns/promises`. */
type ResolveTxt = (name: string) => Promise<string[][]>;

const TIMEOUT_MILLISECONDS = 10_000;

export async function askAll(
  place: Place,
  group: Group,
  resolveTxt: ResolveTxt,
  tell: TellProgress,
): Promise<Answers> {
  tell('the stack');
  const stack = await askStack(place);
  const outputs = outputsKnown(place, stack);
  tell('SES, DNS, SNS, IAM, Lambda and the table');
  const [
    sesAccount,
    identity,
    suppressed,
    dmarc,
    subscriptions,
    roster,
    origin,
    senders,
    lambda,
    lastEvents,
  ] = await Promise.all([
    askSesAccount(place),
    askIdentity(place, group.sender.domain),
    askSuppressed(place),
    askDmarc(place, group.sender.domain, resolveTxt),
    askSubscriptions(place, outputs),
    askRoster(place, outputs, group),
    askOrigin(outputs),
    askSenders(
      place,
      group.eventSenders.map(({ arn }) => arn),
    ),
    askConcurrency(place),
    askLastEvents(place, outputs),
  ]);
  return {
    now: place.now,
    stack,
    sesAccount,
    identity,
    suppressed,
    dmarc,
    subscriptions,
    roster,
    origin,
    senders,
    lambda,
    lastEvents,
  };
}

/** Runs a query and turns an error into a missing answer. */
async function asking<Value>(
  ask: (abortSignal: AbortSignal) => Promise<Value>,
  place?: Place,
): Promise<Answer<Value>> {
  try {
    return { value: await ask(AbortSignal.timeout(TIMEOUT_MILLISECONDS)) };
  } catch (error) {
    return { unanswered: reasonOf(error, place) };
  }
}

/** The local run rejects unsupported calls with JSON, which clients of some AWS protocols cannot parse. */
function reasonOf(error: unknown, place: Place | undefined): string {
  if (place?.isLocal && !isServerFault(error)) return 'the local run does not play it';
  const said = messageOf(error);
  return error instanceof Error && error.name !== 'Error' ? `${error.name}: ${said}` : said;
}

const isServerFault = (error: unknown) =>
  error instanceof Error && '$fault' in error && error.$fault === 'server';

/** Undefined if AWS reports that the resource does not exist. */
async function unlessMissing<Value>(
  names: readonly string[],
  ask: () => Promise<Value>,
): Promise<Value | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Error && names.includes(error.name)) return undefined;
    throw error;
  }
}

function askStack({ stackName, clientOptions, ...place }: Place): Promise<Answer<Stack | undefined>> {
  return asking(
    async (abortSignal) => {
      try {
        const client = new CloudFormationClient(clientOptions);
        const command = new DescribeStacksCommand({ StackName: stackName });
        return (await client.send(command, { abortSignal })).Stacks?.[0];
      } catch (error) {
        // CloudFormation has no error type of its own for this.
        if (error instanceof Error && error.message.includes('does not exist')) return undefined;
        throw error;
      }
    },
    { ...place, stackName, clientOptions },
  );
}

type Outputs = Answer<ReadonlyMap<string, string>>;

function outputsKnown({ isLocal, outputs, stackName }: Place, stack: Answer<Stack | undefined>): Outputs {
  if (isLocal) return { value: outputs };
  if ('unanswered' in stack) return stack;
  return stack.value ? { value: outputsOf(stack.value) } : { unanswered: `${stackName} is not deployed yet` };
}

/** Asks about an output of the stack, if there is one. */
async function withOutput<Value>(
  outputs: Outputs,
  name: string,
  ask: (output: string) => Promise<Answer<Value>>,
): Promise<Answer<Value>> {
  if ('unanswered' in outputs) return outputs;
  const output = outputs.value.get(name);
  return output === undefined ? { unanswered: `the stack has no output ${name}` } : ask(output);
}

const ses = ({ clientOptions }: Place) => new SESv2Client(clientOptions);

const askSesAccount = (place: Place) =>
  asking((abortSignal) => ses(place).send(new GetAccountCommand({}), { abortSignal }), place);

const askIdentity = (place: Place, EmailIdentity: string) =>
  asking(
    (abortSignal) =>
      unlessMissing(['NotFoundException'], () =>
        ses(place).send(new GetEmailIdentityCommand({ EmailIdentity }), { abortSignal }),
      ),
    place,
  );

const askSuppressed = (place: Place) =>
  asking(async () => {
    const found: SuppressedDestinationSummary[] = [];
    const pages = paginateListSuppressedDestinations({ client: ses(place), pageSize: 1_000 }, {});
    for await (const { SuppressedDestinationSummaries = [] } of pages)
      found.push(...SuppressedDestinationSummaries);
    return found;
  }, place);

/** Receivers check the domain itself, then its parent domains. */
export async function askDmarc(
  { isLocal }: Pick<Place, 'isLocal'>,
  domain: string,
  resolveTxt: ResolveTxt,
): Promise<Answer<readonly string[]>> {
  if (isLocal) return { unanswered: 'the local run has no DNS' };
  const labels = domain.split('.');
  // A top-level domain is not ours, so its policy does not matter.
  const domains = labels.slice(0, -1).map((_, at) => labels.slice(at).join('.'));
  for (const name of domains) {
    const answer = await asking(() => txtRecords(`_dmarc.${name}`, resolveTxt));
    if ('unanswered' in answer || answer.value.length > 0) return answer;
  }
  return { value: [] };
}

const NO_RECORD = ['ENOTFOUND', 'ENODATA'];

async function txtRecords(name: string, resolveTxt: ResolveTxt): Promise<string[]> {
  try {
    return (await resolveTxt(name)).map((parts) => parts.join(''));
  } catch (error) {
    if (error instanceof Error && 'code' in error && NO_RECORD.includes(String(error.code))) return [];
    throw error;
  }
}

const askSubscriptions = (place: Place, outputs: Outputs) =>
  withOutput(outputs, 'AlarmTopicArn', (TopicArn) =>
    asking(async () => {
      const found: Subscription[] = [];
      const pages = paginateListSubscriptionsByTopic(
        { client: new SNSClient(place.clientOptions) },
        { TopicArn },
      );
      for await (const { Subscriptions = [] } of pages) found.push(...Subscriptions);
      return found;
    }, place),
  );

const askRoster = (place: Place, outputs: Outputs, group: Group) =>
  withOutput(outputs, 'TableName', (tableName) =>
    asking(async () => {
      const people = new RosterStore(new DynamoDBClient(place.clientOptions), tableName);
      const read = await Promise.all(
        group.stores.map(async ({ id }) => [id, await people.read(id)] as const),
      );
      return new Map(read);
    }),
  );

const askLastEvents = (place: Place, outputs: Outputs) =>
  withOutput(outputs, 'TableName', (tableName) =>
    asking(() => new FeedTable(new DynamoDBClient(place.clientOptions), tableName).heard()),
  );

const askOrigin = (outputs: Outputs) =>
  withOutput(outputs, 'LinkOrigin', async (origin): Promise<Answer<OriginAnswer>> => {
    try {
      const signal = AbortSignal.timeout(TIMEOUT_MILLISECONDS);
      const { status } = await fetch(origin, { redirect: 'manual', signal });
      return { value: { status } };
    } catch (error) {
      const cause = error instanceof Error && error.cause !== undefined ? `: ${messageOf(error.cause)}` : '';
      return { value: { failure: `${origin} does not answer: ${messageOf(error)}${cause}` } };
    }
  });

async function askSenders(place: Place, arns: readonly string[]): Promise<Answers['senders']> {
  const own = await asking(
    (abortSignal) =>
      new STSClient(place.clientOptions)
        .send(new GetCallerIdentityCommand({}), { abortSignal })
        .then(({ Account }) => Account),
    place,
  );
  const answers = arns.map(async (arn) => [arn, await askSender(place, arn, own)] as const);
  return new Map(await Promise.all(answers));
}

async function askSender(
  place: Place,
  arn: string,
  own: Answer<string | undefined>,
): Promise<Answer<'there' | 'missing'>> {
  if ('unanswered' in own) return own;
  const [, account, kind = '', name = ''] = /^arn:[^:]+:iam::(\d+):(\w+)(?:\/.*?([^/]+))?$/.exec(arn) ?? [];
  if (account !== own.value)
    return { unanswered: `it is of account ${account}, and you are in ${own.value}` };
  // The account itself: everybody whom its own policies allow.
  if (kind === 'root') return { value: 'there' };
  const iam = new IAMClient(place.clientOptions);
  return asking(async (abortSignal) => {
    const found = await unlessMissing(['NoSuchEntityException', 'NoSuchEntity'], async () =>
      kind === 'role'
        ? (await iam.send(new GetRoleCommand({ RoleName: name }), { abortSignal })).Role?.Arn
        : (await iam.send(new GetUserCommand({ UserName: name }), { abortSignal })).User?.Arn,
    );
    return found === arn ? 'there' : 'missing';
  }, place);
}

const askConcurrency = (place: Place) =>
  asking(
    (abortSignal) =>
      new LambdaClient(place.clientOptions).send(new GetAccountSettingsCommand({}), { abortSignal }),
    place,
  );
