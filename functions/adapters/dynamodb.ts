import { ConditionalCheckFailedException, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';

/** The one method of the client that adapters call, so that a test can stand in for AWS at its very edge. */
export type DynamoDB = Pick<DynamoDBClient, 'send'>;

export const toItem = (value: object) => marshall(value, { removeUndefinedValues: true });
export const fromItem = unmarshall;

/** True where the write took effect, false where its condition failed. Everything else is thrown. */
export async function conditionally(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
