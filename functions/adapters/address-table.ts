import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { keys } from '../domain/keys.ts';
import type { AddressBook, AddressRecord } from '../domain/ports.ts';
import { type DynamoDB, fromItem, toItem } from './dynamodb.ts';

const addressItem = z.object({
  version: z.number().int(),
  optOuts: z.array(z.object({ kind: z.string(), storeId: z.string(), at: z.string() })),
  bouncedAt: z.string().optional(),
});
const nothingKnown: AddressRecord = { optOuts: [] };

/** What is known of a customer's address, by its hash: the address itself is not kept here. */
export class AddressTable implements AddressBook {
  readonly #client: DynamoDB;
  readonly #table: string;

  constructor(client: DynamoDB, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async read(address: string): Promise<AddressRecord> {
    const { Item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: toItem(keys.address(address)), ConsistentRead: true }),
    );
    return Item ? addressItem.parse(fromItem(Item)) : nothingKnown;
  }
}
