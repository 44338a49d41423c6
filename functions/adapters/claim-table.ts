import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { keys } from '../handoff/keys.ts';
import type { Claims } from '../handoff/ports.ts';
import { conditionally, type DynamoDB, fromItem, toItem } from './dynamodb.ts';
import { disposeAt } from './task-item.ts';

const holder = z.object({ taskId: z.string(), at: z.string() });
const claimItem = z.object({ version: z.number().int(), holders: z.array(holder) });
type ClaimItem = z.infer<typeof claimItem>;

const ATTEMPTS = 20;

export class ClaimTable implements Claims {
  readonly #client: DynamoDB;
  readonly #table: string;

  constructor(client: DynamoDB, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async holders(what: string) {
    return (await this.#read(what)).holders;
  }

  async claim(cap: { what: string; places: number; since: string }, taskId: string, now: string) {
    return this.#change(cap.what, (holders) => {
      if (holders.some((one) => one.taskId === taskId)) return holders;
      const counting = holders.filter((one) => one.at > cap.since);
      return counting.length < cap.places ? [...counting, { taskId, at: now }] : undefined;
    });
  }

  async release(what: string, taskId: string): Promise<void> {
    await this.#change(what, (holders) => holders.filter((one) => one.taskId !== taskId));
  }

  /** Two events at once: one write wins, the other reads again and finds the place taken. */
  async #change(what: string, next: (holders: ClaimItem['holders']) => ClaimItem['holders'] | undefined) {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const read = await this.#read(what);
      const holders = next(read.holders);
      if (holders === undefined) return false;
      if (holders === read.holders || (await this.#write(what, read.version, holders))) return true;
    }
    throw new Error(`The cap '${what}' was written by others ${ATTEMPTS} times in a row`);
  }

  async #read(what: string): Promise<ClaimItem> {
    const { Item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: toItem(keys.cap(what)), ConsistentRead: true }),
    );
    return Item ? claimItem.parse(fromItem(Item)) : { version: 0, holders: [] };
  }

  async #write(what: string, read: number, holders: ClaimItem['holders']): Promise<boolean> {
    const last = holders.at(-1)?.at;
    return conditionally(
      this.#client.send(
        new PutItemCommand({
          TableName: this.#table,
          Item: toItem({
            ...keys.cap(what),
            type: 'cap',
            version: read + 1,
            holders,
            ...(last === undefined ? {} : { expiresAt: disposeAt(last) }),
          }),
          ConditionExpression: 'attribute_not_exists(pk) OR #version = :read',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: toItem({ ':read': read }),
        }),
      ),
    );
  }
}
