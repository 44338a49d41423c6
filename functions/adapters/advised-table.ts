import { PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { Card } from '../customers/card.ts';
import type { AdvisedCustomers, PageOfCustomers } from '../leavers/ports.ts';
import { type DisposeAt, lawfulDisposal } from './disposal.ts';
import { type DynamoDB, fromItem, toItem } from './dynamodb.ts';
import { keys } from './keys.ts';

const advised = z.object({ customerNumber: z.string() });
/** Where the next page starts: the advisor's number and the last customer number read, as JSON. */
const place = z.tuple([z.string(), z.string().nullable()]);

/**
 * An index from an advisor to the customers whose last advisor they were. Like the look-ups, it is written before the
 * card: readers check each customer's card and skip entries that no longer match. An entry expires with the store's
 * last contact with the customer.
 */
export class AdvisedTable implements AdvisedCustomers {
  readonly #disposeAt: DisposeAt;
  readonly #client: DynamoDB;
  readonly #table: string;

  constructor(client: DynamoDB, table: string, disposeAt: DisposeAt = lawfulDisposal) {
    this.#disposeAt = disposeAt;
    this.#client = client;
    this.#table = table;
  }

  async place({ storeId, customerNumber, advisor, mergedInto, lastSeenAt }: Card): Promise<void> {
    if (advisor === undefined || mergedInto !== undefined) return;
    const item = {
      ...keys.advised(storeId, advisor.value, customerNumber),
      ...{ type: 'customer of an advisor', storeId, customerNumber, expiresAt: this.#disposeAt(lastSeenAt) },
    };
    await this.#client.send(new PutItemCommand({ TableName: this.#table, Item: toItem(item) }));
  }

  /** Reads one of the advisor's employee numbers after the other, a page at a time. */
  async of(
    storeId: string,
    advisorNumbers: readonly string[],
    { after, most }: { readonly after: string | undefined; readonly most: number },
  ): Promise<PageOfCustomers> {
    const [first = ''] = advisorNumbers;
    const [number, last] = after === undefined ? [first, null] : place.parse(JSON.parse(after));
    const { Items = [], LastEvaluatedKey } = await this.#client.send(
      new QueryCommand({
        TableName: this.#table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: toItem({ ':pk': keys.advisedBy(storeId, number) }),
        ConsistentRead: true,
        Limit: most,
        ...(last === null ? {} : { ExclusiveStartKey: toItem(keys.advised(storeId, number, last)) }),
      }),
    );
    const customerNumbers = Items.map((item) => advised.parse(fromItem(item)).customerNumber);
    const nextNumber = advisorNumbers[advisorNumbers.indexOf(number) + 1];
    const next = LastEvaluatedKey
      ? [number, customerNumbers.at(-1) ?? null]
      : nextNumber && [nextNumber, null];
    return { customerNumbers, after: next ? JSON.stringify(next) : undefined };
  }
}
