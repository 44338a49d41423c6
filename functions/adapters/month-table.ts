import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { type LedgerFact, ledgerFact } from '../ledger/facts.ts';
import type { Month, WrittenFile } from '../ledger/months.ts';
import type { OutcomeMonths } from '../ledger/ports.ts';
import { type DynamoDB, toItem } from './dynamodb.ts';
import { readItemCollection } from './item-collection.ts';
import { keys } from './keys.ts';

const changed = z.object({ month: z.string(), storeId: z.string(), changedAt: z.string() });
const file = z.object({
  month: z.string(),
  readFrom: z.string(),
  parts: z.number().int(),
  facts: z.number().int(),
});

/** Which months have new facts, and what each month's file holds. It names no customer, so it never expires. */
export class MonthTable implements OutcomeMonths {
  readonly #client: DynamoDB;
  readonly #table: string;

  constructor(client: DynamoDB, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async all(): Promise<readonly Month[]> {
    const items = await readItemCollection(this.#client, this.#table, keys.outcomeMonths);
    const changes = items.flatMap((item) => changed.safeParse(item).data ?? []);
    const files = items.flatMap((item) => file.safeParse(item).data ?? []);
    return [...Map.groupBy(changes, ({ month }) => month)]
      .map(([month, of]) => ({ month, changes: of, file: files.find((one) => one.month === month) }))
      .toSorted((a, b) => (a.month < b.month ? -1 : 1));
  }

  async factsOf(storeId: string, month: string): Promise<readonly LedgerFact[]> {
    const items = await readItemCollection(this.#client, this.#table, keys.outcomes(storeId, month));
    return items.map((item) => ledgerFact.parse(item));
  }

  async written(month: string, made: WrittenFile): Promise<void> {
    const item = { ...keys.monthFile(month), type: 'month file', month, ...made };
    await this.#client.send(new PutItemCommand({ TableName: this.#table, Item: toItem(item) }));
  }
}
