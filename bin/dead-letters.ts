/** Lists the events that were refused or failed, in plain words, and puts them back. */
import { parseArgs } from 'node:util';
import { DeleteItemCommand, type DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, ResourceNotFoundException } from '@aws-sdk/client-lambda';
import { fromItem, toItem } from '../functions/adapters/dynamodb.ts';
import { type KeptRefusal, refusalFromItem } from '../functions/adapters/looked-at.ts';
import { keys } from '../functions/domain/keys.ts';
import { messageOf } from '../local/problem.ts';
import { refusalLines } from './stories.ts';
import { resolveTarget, type Target, targetHelp, targetOptions } from './target.ts';
import { envelopeOf, wayBack } from './way-back.ts';

const help = `npm run dead-letters                     lists what was refused or failed, oldest first
npm run dead-letters -- --json           the same as JSON, with the whole events
npm run redrive -- ID [ID...] | --all    puts chosen events back, and takes them off the list

What failed in a function, or on the way to it, is given to that function again; what was refused goes back on the
bus. What was done already is found done: putting an event back is always safe.
${targetHelp}`;

const flag = { type: 'boolean', default: false } as const;

async function main(): Promise<void> {
  const options = { ...targetOptions, all: flag, json: flag, help: flag };
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  const [verb, ...ids] = positionals;
  if (values.help || (verb !== undefined && verb !== 'redrive')) {
    console.log(help);
    return;
  }
  const target = await resolveTarget(values);
  const kept = await readKept(target.dynamodb, target.tableName);
  if (verb === undefined) return list(kept, target, values.json);
  const chosen = values.all ? kept : kept.filter(({ id }) => ids.includes(id));
  const missing = ids.filter((id) => !kept.some((one) => one.id === id));
  if (missing.length > 0) throw new Error(`Not on the list: ${missing.join(', ')}`);
  if (chosen.length === 0) throw new Error(`Which? Name ids, or --all.\n${help}`);
  for (const one of chosen) await putBack(one, target);
}

async function readKept(client: DynamoDBClient, table: string): Promise<KeptRefusal[]> {
  const kept: KeptRefusal[] = [];
  const query = {
    TableName: table,
    KeyConditionExpression: 'pk = :refused',
    ExpressionAttributeValues: toItem({ ':refused': keys.refused }),
    ConsistentRead: true,
  };
  for await (const { Items = [] } of paginateQuery({ client }, query)) {
    kept.push(...Items.map((item) => refusalFromItem(fromItem(item))));
  }
  return kept.toSorted((one, other) => (one.at < other.at ? -1 : 1));
}

function list(kept: readonly KeptRefusal[], target: Target, json: boolean): void {
  console.log(json ? JSON.stringify(kept, null, 2) : inWords(kept, target));
}

function inWords(kept: readonly KeptRefusal[], { where }: Target): string {
  if (kept.length === 0) return `No dead letters: ${where} could work on everything.`;
  const entries = kept.map((one) => `${refusalLines(one).join('\n  ')}\n`);
  const hint = `${kept.length} kept. Mended at the source? Send it again, or: npm run redrive -- ID`;
  return [...entries, hint].join('\n');
}

/** Sent first, off the list then: stopped in between it is put back twice, which changes nothing. */
async function putBack(one: KeptRefusal, target: Target): Promise<void> {
  const sent = await sendBack(one, target);
  if ('stays' in sent) {
    process.exitCode = 1;
    return console.log(`${one.id}: stays on the list: ${sent.stays}`);
  }
  const key = toItem({ pk: keys.refused, sk: one.id });
  await target.dynamodb.send(new DeleteItemCommand({ TableName: target.tableName, Key: key }));
  console.log(`${one.id}: ${sent.went}`);
}

type SentBack = { readonly went: string } | { readonly stays: string };

async function sendBack(one: KeptRefusal, target: Target): Promise<SentBack> {
  const way = wayBack(one);
  if (way.by === 'nobody') return { stays: way.why };
  return way.by === 'bus' ? putOnBus(one, target) : invoke(way.functionName, one, target);
}

async function invoke(FunctionName: string, one: KeptRefusal, { lambda }: Target): Promise<SentBack> {
  const Payload = JSON.stringify(envelopeOf(one));
  try {
    await lambda.send(new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload }));
    return { went: `given to ${FunctionName} again` };
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
    return { stays: `no function is called ${FunctionName} any more` };
  }
}

async function putOnBus(one: KeptRefusal, { eventbridge, busName }: Target): Promise<SentBack> {
  if (busName === undefined) throw new Error('This target names no bus: use the local run or --stack.');
  const { source: Source, detailType: DetailType, detail: Detail } = one;
  const entry = { EventBusName: busName, Source, DetailType, Detail };
  const { Entries = [] } = await eventbridge.send(new PutEventsCommand({ Entries: [entry] }));
  const [answer] = Entries;
  if (answer?.EventId !== undefined) return { went: `back on the bus as ${answer.EventId}` };
  return { stays: `the bus did not take it: ${answer?.ErrorMessage ?? 'no answer'}` };
}

await main().catch((error: unknown) => {
  console.error(messageOf(error));
  process.exitCode = 1;
});
