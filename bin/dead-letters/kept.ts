/** The list of events that were refused or failed. */
import { DeleteItemCommand, paginateQuery, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { conditionally, fromItem, toItem } from '../../functions/adapters/dynamodb.ts';
import { keys } from '../../functions/adapters/keys.ts';
import { type KeptRefusal, refusalFromItem } from '../../functions/adapters/readable-item.ts';
import { type TellProgress, withProgress } from '../lib/progress.ts';
import type { Target } from '../lib/target.ts';

/** Oldest first. */
export function readKept(target: Target): Promise<KeptRefusal[]> {
  return withProgress('Reading the dead letters', (tell) => read(target, {}, tell));
}

/** The dead letters of one event, one for each function that refused it or failed. */
export async function readKeptOf(target: Target, eventId: string): Promise<KeptRefusal[]> {
  const begins = { condition: ' AND begins_with(sk, :eventId)', values: { ':eventId': eventId } };
  return (await read(target, begins)).filter((one) => one.eventId === eventId);
}

async function read(
  { dynamodb, tableName }: Target,
  { condition = '', values = {} }: { readonly condition?: string; readonly values?: object },
  tell: TellProgress = () => undefined,
): Promise<KeptRefusal[]> {
  const query = {
    TableName: tableName,
    KeyConditionExpression: `pk = :refused${condition}`,
    ExpressionAttributeValues: toItem({ ':refused': keys.refused, ...values }),
    ConsistentRead: true,
  };
  const kept: KeptRefusal[] = [];
  for await (const { Items = [] } of paginateQuery({ client: dynamodb }, query)) {
    kept.push(...Items.map((item) => refusalFromItem(fromItem(item))));
    tell(`${kept.length} read`);
  }
  return kept.toSorted((one, other) => (one.at < other.at ? -1 : 1));
}

const keyOf = (id: string) => toItem({ pk: keys.refused, sk: id });

/** False if it was taken off the list in the meantime. */
export function notePutBack({ dynamodb, tableName: TableName, now }: Target, id: string): Promise<boolean> {
  return conditionally(
    dynamodb.send(
      new UpdateItemCommand({
        ...{ TableName, Key: keyOf(id) },
        UpdateExpression: 'SET putBackAt = :now',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: toItem({ ':now': now }),
      }),
    ),
  );
}

/** Does nothing if the event failed again since it was put back: that is a new dead letter with the same id. */
export async function takeOffPutBack({ dynamodb, tableName: TableName }: Target, id: string): Promise<void> {
  await conditionally(
    dynamodb.send(
      new DeleteItemCommand({
        ...{ TableName, Key: keyOf(id) },
        ConditionExpression: 'attribute_exists(putBackAt)',
      }),
    ),
  );
}

export async function takeOff({ dynamodb, tableName: TableName }: Target, id: string): Promise<void> {
  await dynamodb.send(new DeleteItemCommand({ TableName, Key: keyOf(id) }));
}
