import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { type FileReceipt, fileReceipt } from '../feeds/file-receipt.ts';
import type { FileId, FileReceipts, HeldReceipt } from '../feeds/ports.ts';
import { type DynamoDB, fromItem, toItem } from './dynamodb.ts';
import { expiryAfter } from './expiry.ts';
import { readItemCollection } from './item-collection.ts';
import { DUE, keys } from './keys.ts';
import { VersionedItems } from './versioned-items.ts';

/** A year, and a month more in which somebody may ask about it. */
const RECEIPT_DAYS = 400;

const keyOf = ({ feed, modifiedAt, file }: FileId) => keys.feedFile(feed, modifiedAt, file);

export class FeedFileTable implements FileReceipts {
  readonly #client: DynamoDB;
  readonly #table: string;
  readonly #items: VersionedItems;

  constructor(client: DynamoDB, table: string) {
    this.#client = client;
    this.#table = table;
    this.#items = new VersionedItems(client, table);
  }

  async read(id: FileId): Promise<HeldReceipt | undefined> {
    const { version, content } = await this.#items.read(keyOf(id));
    return content && { receipt: fileReceipt.parse(content), version };
  }

  /** A file that is being read falls due when its lease ends; the sweep then has its reading resumed. */
  write(receipt: FileReceipt, version = 0): Promise<boolean> {
    const { leasedUntil, modifiedAt } = receipt;
    const due = receipt.state === 'reading' ? { due: DUE, dueAt: leasedUntil } : {};
    const expiresAt = expiryAfter(modifiedAt, RECEIPT_DAYS);
    return this.#items.write(
      keyOf(receipt),
      { type: 'feed file', ...receipt, ...due, expiresAt },
      { version },
    );
  }

  async since(feed: string, instant: string): Promise<readonly FileReceipt[]> {
    const from = { condition: 'sk >= :since', values: { ':since': instant } };
    const items = await readItemCollection(this.#client, this.#table, keys.feedFiles(feed), from);
    return items.map((item) => fileReceipt.parse(item));
  }

  async newest(feed: string, count: number): Promise<readonly FileReceipt[]> {
    const { Items = [] } = await this.#client.send(
      new QueryCommand({
        TableName: this.#table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: toItem({ ':pk': keys.feedFiles(feed) }),
        ScanIndexForward: false,
        ConsistentRead: true,
        Limit: count,
      }),
    );
    return Items.map((item) => fileReceipt.parse(fromItem(item)));
  }
}
