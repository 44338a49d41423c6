/** Lists the events that were refused or failed, in plain words, and puts them back on the bus. */
import { parseArgs } from 'node:util';
import { DeleteItemCommand, type DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { fromItem, toItem } from '../functions/adapters/dynamodb.ts';
import { type KeptRefusal, refusalFromItem } from '../functions/adapters/looked-at.ts';
import { OWN_SOURCE } from '../functions/contracts/contract.ts';
import { keys } from '../functions/domain/keys.ts';
import { messageOf } from '../local/problem.ts';
import { resolveTarget, type Target, targetHelp, targetOptions } from './target.ts';

const help = `npm run dead-letters                     lists what was refused or failed, oldest first
npm run dead-letters -- --json           the same as JSON, with the whole events
npm run redrive -- ID [ID...] | --all    puts chosen events back on the bus, and takes them off the list

What was done already is found done: putting an event back is always safe.
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
  const entries = kept.map(
    ({ id, at, queue, source, detailType, reason }) =>
      `${id}\n  ${at}  ${detailType} from ${source}  (${meaning[queue] ?? queue})\n  ${reason}\n`,
  );
  const hint = `${kept.length} kept. Mended at the source? Send it again, or: npm run redrive -- ID`;
  return [...entries, hint].join('\n');
}

const meaning: Readonly<Record<string, string>> = {
  refused: 'refused by its contract',
  'unknown event': 'no rule knows it',
  rule: 'EventBridge could not deliver it',
  function: 'the function failed each time',
};

/** On the bus first, off the list then: stopped in between it is put back twice, which changes nothing. */
async function putBack(
  one: KeptRefusal,
  { eventbridge, busName, dynamodb, tableName }: Target,
): Promise<void> {
  if (busName === undefined) throw new Error('This target names no bus: use the local run or --stack.');
  if (one.source === OWN_SOURCE) {
    return console.log(
      `${one.id}: an event of ours, which only our functions may send: its task says it again.`,
    );
  }
  if (one.source.startsWith('aws.')) {
    return console.log(`${one.id}: what AWS itself said, which only AWS may say: it stays on the list.`);
  }
  const answer = await eventbridge.send(
    new PutEventsCommand({
      Entries: [
        { EventBusName: busName, Source: one.source, DetailType: one.detailType, Detail: one.detail },
      ],
    }),
  );
  const [entry] = answer.Entries ?? [];
  if (entry?.EventId === undefined) {
    throw new Error(`${one.id}: the bus did not take it: ${entry?.ErrorMessage ?? 'no answer'}`);
  }
  const key = toItem({ pk: keys.refused, sk: one.id });
  await dynamodb.send(new DeleteItemCommand({ TableName: tableName, Key: key }));
  console.log(`${one.id}: back on the bus as ${entry.EventId}`);
}

await main().catch((error: unknown) => {
  console.error(messageOf(error));
  process.exitCode = 1;
});
