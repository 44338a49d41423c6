import { isDeepStrictEqual } from 'node:util';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { type Card, card, lookUpsOf } from '../customers/card.ts';
import type { LookUp } from '../customers/identity.ts';
import type { CustomerCards, CustomerKey } from '../customers/ports.ts';
import { CONFLICT, untilWritten } from '../until-written.ts';
import { AdvisedTable } from './advised-table.ts';
import { type DisposeAt, lawfulDisposal } from './disposal.ts';
import { type DynamoDB, fromItem, toItem } from './dynamodb.ts';
import { readItemCollection } from './item-collection.ts';
import { keys } from './keys.ts';
import { VersionedItems } from './versioned-items.ts';

const lookUpItem = z.object({ storeId: z.string(), customerNumber: z.string() });

/**
 * Customers' cards, and the look-ups that find them. Look-ups are written before the card, so every stored card can
 * be found. A look-up that no longer fits (a former phone number) is skipped once the card is read, and expires.
 */
export class CustomerTable implements CustomerCards {
  readonly #disposeAt: DisposeAt;
  readonly #client: DynamoDB;
  readonly #table: string;
  readonly #key: CustomerKey;
  readonly #items: VersionedItems;
  readonly #advised: AdvisedTable;

  constructor(client: DynamoDB, table: string, key: CustomerKey, disposeAt: DisposeAt = lawfulDisposal) {
    this.#disposeAt = disposeAt;
    this.#client = client;
    this.#table = table;
    this.#key = key;
    this.#items = new VersionedItems(client, table);
    this.#advised = new AdvisedTable(client, table, disposeAt);
  }

  async read(storeId: string, customerNumber: string): Promise<Card | undefined> {
    const { content } = await this.#items.read(keys.card(storeId, customerNumber));
    return content && card.parse(content);
  }

  async find(lookUp: LookUp): Promise<readonly Card[]> {
    const keyed = await this.#key.read();
    const { pk } = keys.lookUp(keyed(lookUp), '', '');
    const items = await readItemCollection(this.#client, this.#table, pk);
    const named = items.map((item) => lookUpItem.parse(item));
    const cards = await Promise.all(named.map((one) => this.read(one.storeId, one.customerNumber)));
    return cards.filter((one) => one !== undefined).filter((one) => isFoundBy(one, lookUp));
  }

  change(
    storeId: string,
    customerNumber: string,
    next: (known: Card | undefined) => Card | undefined,
  ): Promise<'changed' | 'unchanged'> {
    const key = keys.card(storeId, customerNumber);
    return untilWritten("A customer's card", async () => {
      const before = await this.#items.read(key);
      const known = before.content && card.parse(before.content);
      const changed = next(known);
      if (!changed || isDeepStrictEqual(stored(changed), known && stored(known))) return 'unchanged';
      await this.#writeLookUps(changed);
      await this.#advised.place(changed);
      const content = { type: 'card', ...changed, expiresAt: this.#disposeAt(changed.lastSeenAt) };
      return (await this.#items.write(key, content, before)) ? 'changed' : CONFLICT;
    });
  }

  async #writeLookUps(of: Card): Promise<void> {
    const keyed = await this.#key.read();
    const { storeId, customerNumber, lastSeenAt } = of;
    for (const lookUp of lookUpsOf(of)) {
      const item = {
        ...keys.lookUp(keyed(lookUp), storeId, customerNumber),
        ...{ type: 'look-up', storeId, customerNumber, expiresAt: this.#disposeAt(lastSeenAt) },
      };
      await this.#client.send(new PutItemCommand({ TableName: this.#table, Item: toItem(item) }));
    }
  }
}

const isFoundBy = (of: Card, [by, value]: LookUp) =>
  lookUpsOf(of).some(([kind, other]) => kind === by && other === value);

/** The card as the table returns it: without undefined fields. */
const stored = (of: Card) => fromItem(toItem(of));
