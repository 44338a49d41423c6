import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { CarValue } from '../enrich/car-value.ts';
import type { CarValues } from '../enrich/ports.ts';
import { type DisposeAt, lawfulDisposal } from './disposal.ts';
import { conditionally, type DynamoDB, toItem } from './dynamodb.ts';
import { keys } from './keys.ts';

/**
 * What a price guide said a car is worth: one figure for each car. Its sort key lies between the car's owners and its
 * sales, so that one call reads all of them.
 */
export class CarValueTable implements CarValues {
  readonly #disposeAt: DisposeAt;
  readonly #client: DynamoDB;
  readonly #table: string;

  constructor(client: DynamoDB, table: string, disposeAt: DisposeAt = lawfulDisposal) {
    this.#disposeAt = disposeAt;
    this.#client = client;
    this.#table = table;
  }

  keep(vin: string, value: CarValue, saidAt: string): Promise<boolean> {
    const item = { ...keys.carValue(vin), type: 'car value', ...value, saidAt };
    const put = new PutItemCommand({
      TableName: this.#table,
      Item: toItem({ ...item, expiresAt: this.#disposeAt(saidAt) }),
      ConditionExpression: 'attribute_not_exists(pk) OR saidAt <= :at',
      ExpressionAttributeValues: toItem({ ':at': saidAt }),
    });
    return conditionally(this.#client.send(put));
  }
}
