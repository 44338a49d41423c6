import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { type Feed, type HeardFeed, heardFeed, isNoted, type RefusedEvents } from '../group/feeds.ts';
import { type ReadFeed, readFeed } from '../group/late-feeds.ts';
import type { Feeds } from '../ports.ts';
import { type DynamoDB, toItem } from './dynamodb.ts';
import { expiryAfter } from './expiry.ts';
import { readItemCollection } from './item-collection.ts';
import { isOfFileRead, keys } from './keys.ts';

/** A feed that has been silent for this long counts as abandoned, and its alarm ends. */
const FEED_DAYS = 90;
/** Longer than any time between two mornings. */
const REFUSAL_DAYS = 30;

const refusal = z.object({ source: z.string() });

export class FeedTable implements Feeds {
  readonly #client: DynamoDB;
  readonly #table: string;
  /** When this function last wrote each feed's time, by sort key. */
  readonly #noted = new Map<string, string>();

  constructor(client: DynamoDB, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async noteHeard(feed: Feed, at: string): Promise<void> {
    const key = keys.feed(feed);
    if (isNoted(this.#noted.get(key.sk), at)) return;
    await this.#put({ ...key, type: 'feed', ...feed, heardAt: at, expiresAt: expiryAfter(at, FEED_DAYS) });
    this.#noted.set(key.sk, at);
  }

  async noteRefused({ storeId, source }: Feed, { id, at }: { id: string; at: string }): Promise<void> {
    const key = keys.feedRefusal(storeId, at, id);
    await this.#put({ ...key, type: 'feed-refusal', source, expiresAt: expiryAfter(at, REFUSAL_DAYS) });
  }

  async heard(storeId?: string): Promise<readonly HeardFeed[]> {
    const ofStore = storeId === undefined ? undefined : sortKeysOf(storeId);
    const items = await readItemCollection(this.#client, this.#table, keys.feeds, ofStore);
    return items.filter(({ sk }) => !isOfFileRead(String(sk))).map((item) => heardFeed.parse(item));
  }

  async noteFileRead(feedName: string, at: string): Promise<void> {
    const item = { ...keys.feedRead(feedName), type: 'feed read', feed: feedName, readAt: at };
    await this.#put({ ...item, expiresAt: expiryAfter(at, FEED_DAYS) });
  }

  async filesRead(): Promise<readonly ReadFeed[]> {
    const items = await readItemCollection(this.#client, this.#table, keys.feeds, sortKeysOf('*'));
    return items.map((item) => readFeed.parse(item));
  }

  async refusedSince(storeId: string, since: string): Promise<readonly RefusedEvents[]> {
    const from = { condition: 'sk >= :since', values: { ':since': since } };
    const items = await readItemCollection(this.#client, this.#table, keys.feedRefusals(storeId), from);
    const counts = new Map<string, number>();
    for (const item of items) {
      const { source } = refusal.parse(item);
      counts.set(source, (counts.get(source) ?? 0) + 1);
    }
    return [...counts].map(([source, count]) => ({ storeId, source, count }));
  }

  async #put(item: object): Promise<void> {
    await this.#client.send(new PutItemCommand({ TableName: this.#table, Item: toItem(item) }));
  }
}

/** `$` is the character after `#`, so it ends the range. No store id contains either. */
const sortKeysOf = (storeId: string) => ({
  condition: 'sk BETWEEN :from AND :to',
  values: { ':from': `${storeId}#`, ':to': `${storeId}$` },
});
