/** The list of events that were refused or failed. */
import { DeleteItemCommand, paginateQuery } from '@aws-sdk/client-dynamodb';
import { fromItem, toItem } from '../../functions/adapters/dynamodb.ts';
import { keys } from '../../functions/adapters/keys.ts';
import { type KeptRefusal, refusalFromItem } from '../../functions/adapters/readable-item.ts';
import { withProgress } from '../lib/progress.ts';
import type { Target } from '../lib/target.ts';

/** Oldest first. */
export function readKept({ dynamodb, tableName }: Target): Promise<KeptRefusal[]> {
  const query = {
    TableName: tableName,
    KeyConditionExpression: 'pk = :refused',
    ExpressionAttributeValues: toItem({ ':refused': keys.refused }),
    ConsistentRead: true,
  };
  return withProgress('Reading the dead letters', async (tell) => {
    const kept: KeptRefusal[] = [];
    for await (const { Items = [] } of paginateQuery({ client: dynamodb }, query)) {
      kept.push(...Items.map((item) => refusalFromItem(fromItem(item))));
      tell(`${kept.length} read`);
    }
    return kept.toSorted((one, other) => (one.at < other.at ? -1 : 1));
  });
}

export async function takeOff({ dynamodb, tableName }: Target, id: string): Promise<void> {
  const key = toItem({ pk: keys.refused, sk: id });
  await dynamodb.send(new DeleteItemCommand({ TableName: tableName, Key: key }));
}
