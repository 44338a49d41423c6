import { QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { type DynamoDB, fromItem, toItem } from './dynamodb.ts';

interface SortKeys {
  readonly condition: string;
  readonly values: Readonly<Record<string, string>>;
}

/**
 * Reads all items under one partition key, or those whose sort key meets the condition, in the order of the sort key.
 * The read is consistent and follows all pages.
 */
export async function readItemCollection(
  client: DynamoDB,
  table: string,
  pk: string,
  sortKeys?: SortKeys,
): Promise<readonly Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  let start: QueryCommandInput['ExclusiveStartKey'];
  do {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: sortKeys ? `pk = :pk AND ${sortKeys.condition}` : 'pk = :pk',
        ExpressionAttributeValues: toItem({ ':pk': pk, ...sortKeys?.values }),
        ConsistentRead: true,
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    items.push(...Items.map((item) => fromItem(item)));
    start = LastEvaluatedKey;
  } while (start);
  return items;
}
