import { QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { type DynamoDB, fromItem, toItem } from './dynamodb.ts';

/** All items under one partition key, by sort key: a consistent read of as many pages as there are. */
export async function readItemCollection(
  client: DynamoDB,
  table: string,
  pk: string,
): Promise<readonly Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  let start: QueryCommandInput['ExclusiveStartKey'];
  do {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: toItem({ ':pk': pk }),
        ConsistentRead: true,
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    items.push(...Items.map((item) => fromItem(item)));
    start = LastEvaluatedKey;
  } while (start);
  return items;
}
