import { isDeepStrictEqual } from 'node:util';
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';

/** The one method of the client that adapters call, so that a test can stand in for AWS at its very edge. */
export type DynamoDB = Pick<DynamoDBClient, 'send'>;

export const toItem = (value: object) => marshall(value, { removeUndefinedValues: true });
export const fromItem = unmarshall;

/**
 * True where the write took effect, false where its condition failed. Everything else is thrown.
 *
 * The client that hears nothing asks again by itself, and then its own first attempt fails the condition: what stands
 * there is told by what the failure shows (`ReturnValuesOnConditionCheckFailure`), and is `ours` where it is the same
 * to the letter. Without it the emails that we just leased would be in nobody's hands.
 */
export async function conditionally(
  write: Promise<unknown>,
  ours?: Record<string, AttributeValue>,
): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return ours !== undefined && isDeepStrictEqual(error.Item, ours);
  }
}
