import * as z from 'zod';
import type { Claims } from '../ports.ts';
import { type DisposeAt, lawfulDisposal } from './disposal.ts';
import type { DynamoDB } from './dynamodb.ts';
import { keys } from './keys.ts';
import { VersionedItems } from './versioned-items.ts';

const claimItem = z.object({
  holders: z.array(z.object({ taskId: z.string(), at: z.string() })).default([]),
});
type Holders = z.infer<typeof claimItem>['holders'];

/** Places under a cap. When two events compete, one write wins; the other reads again and finds the place taken. */
export class ClaimTable implements Claims {
  readonly #disposeAt: DisposeAt;
  readonly #items: VersionedItems;

  constructor(client: DynamoDB, table: string, disposeAt: DisposeAt = lawfulDisposal) {
    this.#disposeAt = disposeAt;
    this.#items = new VersionedItems(client, table);
  }

  async holders(what: string) {
    return claimItem.parse((await this.#items.read(keys.cap(what))).content ?? {}).holders;
  }

  claim(cap: { what: string; places: number; since: string }, taskId: string, now: string) {
    return this.#change(cap.what, (holders) => {
      if (holders.some((holder) => holder.taskId === taskId)) return holders;
      const counting = holders.filter((holder) => holder.at > cap.since);
      return counting.length < cap.places ? [...counting, { taskId, at: now }] : undefined;
    });
  }

  async note({ what, since }: { what: string; since: string }, taskId: string, now: string): Promise<void> {
    await this.#change(what, (holders) =>
      holders.some((holder) => holder.taskId === taskId)
        ? holders
        : [...holders.filter((holder) => holder.at > since), { taskId, at: now }],
    );
  }

  async release(what: string, taskId: string): Promise<void> {
    await this.#change(what, (holders) => holders.filter((holder) => holder.taskId !== taskId));
  }

  #change(what: string, next: (holders: Holders) => Holders | undefined): Promise<boolean> {
    return this.#items.change(`The cap '${what}'`, keys.cap(what), ({ content }) => {
      const { holders: before } = claimItem.parse(content ?? {});
      const holders = next(before);
      if (holders === undefined || holders === before) {
        return { content: undefined, answer: holders !== undefined };
      }
      const last = holders.at(-1)?.at;
      const disposal = last === undefined ? {} : { expiresAt: this.#disposeAt(last) };
      return { content: { type: 'cap', holders, ...disposal }, answer: true };
    });
  }
}
