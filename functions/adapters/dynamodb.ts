import { isDeepStrictEqual } from 'node:util';
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';

/** The only client method that adapters call, so that tests can replace AWS at its edge. */
export type DynamoDB = Pick<DynamoDBClient, 'send'>;

export const toItem = (value: object) => marshall(value, { removeUndefinedValues: true });
export const fromItem = unmarshall;

/**
 * True if the write took effect, false if its condition failed; throws on any other error.
 *
 * When a response is lost the SDK retries, and the retry fails its condition because the first attempt succeeded. The
 * failure returns the stored item (`ReturnValuesOnConditionCheckFailure`); if it equals `ours`, the write counts as
 * successful. Otherwise nobody would send the emails that we just leased.
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
