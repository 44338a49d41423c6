import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { plusMinutes } from '../group/business-time.ts';
import { type LedgerFact, monthOf } from '../ledger/facts.ts';
import { CHANGE_NOTED_MINUTES } from '../ledger/months.ts';
import type { KeptFact, Outcomes } from '../ports.ts';
import { Batch } from './batch.ts';
import { type DisposeAt, lawfulDisposal } from './disposal.ts';
import { conditionally, type DynamoDB, toItem } from './dynamodb.ts';
import { keys } from './keys.ts';

/** The most keys that one BatchGetItem takes. */
const MOST_KEYS = 100;

/** The outcome facts, by store and month. Each is written once, if it is new. */
export class OutcomeTable implements Outcomes {
  readonly #disposeAt: DisposeAt;
  readonly #client: DynamoDB;
  readonly #table: string;
  /** When this function last marked a store's month as changed. */
  readonly #noted = new Map<string, string>();

  constructor(client: DynamoDB, table: string, disposeAt: DisposeAt = lawfulDisposal) {
    this.#disposeAt = disposeAt;
    this.#client = client;
    this.#table = table;
  }

  /**
   * Marks the month as changed before the fact is written: a fact in a month that is not marked would never reach a
   * file.
   */
  async keep(facts: readonly KeptFact[], now: string): Promise<number> {
    const missing = await this.#missing(facts);
    for (const { fact } of missing) await this.#noteChange(fact, now);
    const kept = await Promise.all(missing.map((one) => this.#put(one, now)));
    return kept.filter(Boolean).length;
  }

  async #missing(facts: readonly KeptFact[]): Promise<readonly KeptFact[]> {
    const once = [...new Map(facts.map((one) => [one.fact.id, one])).values()];
    const missing: KeptFact[] = [];
    for (let at = 0; at < once.length; at += MOST_KEYS) {
      const some = once.slice(at, at + MOST_KEYS);
      const asked = some.map(({ fact }) => keys.outcome(fact));
      const known = await Batch.read(this.#client, this.#table, asked);
      missing.push(...some.filter(({ fact }) => known.at(keys.outcome(fact)) === undefined));
    }
    return missing;
  }

  #put({ fact, taskId }: KeptFact, now: string): Promise<boolean> {
    const expiresAt = this.#disposeAt(now);
    const item = toItem({ ...keys.outcome(fact), type: 'outcome', ...fact, taskId, expiresAt });
    const condition = { ConditionExpression: 'attribute_not_exists(pk)' };
    return conditionally(
      this.#client.send(new PutItemCommand({ TableName: this.#table, Item: item, ...condition })),
    );
  }

  async #noteChange(fact: LedgerFact, now: string): Promise<void> {
    const month = monthOf(fact);
    const key = keys.changedMonth(month, fact.storeId);
    const before = this.#noted.get(key.sk);
    if (before !== undefined && plusMinutes(before, CHANGE_NOTED_MINUTES) > now) return;
    const item = { ...key, type: 'changed month', month, storeId: fact.storeId, changedAt: now };
    await this.#client.send(new PutItemCommand({ TableName: this.#table, Item: toItem(item) }));
    this.#noted.set(key.sk, now);
  }
}
