import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { type Erasure, erasure, isErased } from '../customers/erasure.ts';
import type { Identity } from '../customers/identity.ts';
import type { CustomerKey, Erasures } from '../customers/ports.ts';
import type { Clock } from '../ports.ts';
import { type DynamoDB, toItem } from './dynamodb.ts';
import { readItemCollection } from './item-collection.ts';
import { keys } from './keys.ts';

/** Every warm function sees an erasure within this time. */
const KEEP_MILLISECONDS = 60_000;

/**
 * Records of which customers were erased: one small partition, read at most once a minute. The customer key is read
 * only when some erasure is later than the fact at hand, so hardly ever.
 */
export class ErasureTable implements Erasures {
  readonly #client: DynamoDB;
  readonly #table: string;
  readonly #key: CustomerKey;
  readonly #clock: Clock;
  #kept: { readonly erasures: readonly Erasure[]; readonly at: number } | undefined;

  constructor(client: DynamoDB, table: string, given: { readonly key: CustomerKey; readonly clock: Clock }) {
    this.#client = client;
    this.#table = table;
    this.#key = given.key;
    this.#clock = given.clock;
  }

  async covers(about: Identity, occurredAt: string): Promise<boolean> {
    const later = (await this.#recent()).filter(({ at }) => at >= occurredAt);
    return later.length > 0 && isErased(about, occurredAt, later, await this.#key.read());
  }

  /** Never deleted: a file of past visits may arrive years later. */
  async keep(certificate: string, made: Erasure): Promise<void> {
    const item = { pk: keys.erased, sk: certificate, type: 'erasure', ...made };
    await this.#client.send(new PutItemCommand({ TableName: this.#table, Item: toItem(item) }));
  }

  async readAll(): Promise<readonly Erasure[]> {
    const items = await readItemCollection(this.#client, this.#table, keys.erased);
    return items.map((item) => erasure.parse(item));
  }

  async #recent(): Promise<readonly Erasure[]> {
    const now = Date.parse(this.#clock.now());
    if (this.#kept && Math.abs(now - this.#kept.at) < KEEP_MILLISECONDS) return this.#kept.erasures;
    const erasures = await this.readAll();
    this.#kept = { erasures, at: now };
    return erasures;
  }
}
