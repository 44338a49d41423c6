import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { RefusedRow, RefusedRows } from '../feeds/ports.ts';
import type { Refusal } from '../ports.ts';
import { type DisposeAt, lawfulDisposal } from './disposal.ts';
import { type DynamoDB, toItem } from './dynamodb.ts';
import { readItemCollection } from './item-collection.ts';
import { keys } from './keys.ts';

const kept = z.object({ sk: z.string(), reason: z.string() });

/**
 * Refused rows are kept among the dead letters, one for each record of a feed: when the next night's file has the
 * same bad row, it is the same refusal.
 */
export class RefusedRowTable implements RefusedRows {
  readonly #client: DynamoDB;
  readonly #table: string;
  readonly #disposeAt: DisposeAt;

  constructor(client: DynamoDB, table: string, disposeAt: DisposeAt = lawfulDisposal) {
    this.#client = client;
    this.#table = table;
    this.#disposeAt = disposeAt;
  }

  async of(feed: string): Promise<ReadonlyMap<string, string>> {
    const items = await readItemCollection(this.#client, this.#table, keys.refused, rowsOf(feed));
    return new Map(
      items.map((item) => {
        const { sk, reason } = kept.parse(item);
        return [sk.slice(idOf(feed, '').length), reason];
      }),
    );
  }

  async keep({ feed, key, place, detailType = 'unknown', ...row }: RefusedRow): Promise<void> {
    const id = idOf(feed, key);
    const detail = JSON.stringify({ key, correlationId: place });
    const refusal: Refusal = { id, queue: 'file', detailType, detail, ...row };
    const item = { pk: keys.refused, sk: id, type: 'refusal', ...refusal };
    await this.#client.send(
      new PutItemCommand({
        TableName: this.#table,
        Item: toItem({ ...item, expiresAt: this.#disposeAt(row.at) }),
      }),
    );
  }

  async takeOff(feed: string, key: string): Promise<void> {
    const Key = toItem({ pk: keys.refused, sk: idOf(feed, key) });
    await this.#client.send(new DeleteItemCommand({ TableName: this.#table, Key }));
  }
}

/** `$` is the character after `#`, so it ends the range. No feed's name contains either. */
const rowsOf = (feed: string) => ({
  condition: 'sk BETWEEN :from AND :to',
  values: { ':from': idOf(feed, ''), ':to': `file#${feed}$` },
});

const idOf = (feed: string, key: string): string => `file#${feed}#${key}`;
