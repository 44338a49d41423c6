import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { keys } from '../handoff/keys.ts';
import type { AddressBook, AddressRecord } from '../handoff/ports.ts';
import { conditionally, type DynamoDB, fromItem, toItem } from './dynamodb.ts';

const addressItem = z.object({
  version: z.number().int(),
  optOuts: z.array(z.object({ kind: z.string(), storeId: z.string(), at: z.string() })),
  bouncedAt: z.string().optional(),
});
const ATTEMPTS = 20;

/**
 * What is known of a customer's address, by its hash: the address itself is not kept here. An opt-out is permanent
 * until the customer takes it back, so these items are never disposed of by time.
 */
export class AddressTable implements AddressBook {
  readonly #client: DynamoDB;
  readonly #table: string;

  constructor(client: DynamoDB, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async read(address: string): Promise<AddressRecord> {
    return (await this.#read(address)).known;
  }

  async change(address: string, next: (known: AddressRecord) => AddressRecord): Promise<AddressRecord> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const { version, known } = await this.#read(address);
      const changed = next(known);
      if (changed === known || (await this.#write(address, version, changed))) return changed;
    }
    throw new Error(`An address was changed by others ${ATTEMPTS} times in a row`);
  }

  async #read(address: string): Promise<{ version: number; known: AddressRecord }> {
    const { Item } = await this.#client.send(
      new GetItemCommand({
        TableName: this.#table,
        Key: toItem(keys.address(address)),
        ConsistentRead: true,
      }),
    );
    if (!Item) return { version: 0, known: { optOuts: [] } };
    const { version, ...known } = addressItem.parse(fromItem(Item));
    return { version, known };
  }

  async #write(address: string, read: number, known: AddressRecord): Promise<boolean> {
    return conditionally(
      this.#client.send(
        new PutItemCommand({
          TableName: this.#table,
          Item: toItem({ ...keys.address(address), type: 'address', version: read + 1, ...known }),
          ConditionExpression: 'attribute_not_exists(pk) OR #version = :read',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: toItem({ ':read': read }),
        }),
      ),
    );
  }
}
