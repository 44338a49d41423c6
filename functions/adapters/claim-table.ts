import * as z from 'zod';
import type { Claims } from '../ports.ts';
import { type DisposeAt, lawfulDisposal } from './disposal.ts';
import type { DynamoDB } from './dynamodb.ts';
import { capKeysOf, RekeyedItems, type Rekeying, type Stored } from './rekeyed-items.ts';

const claimItem = z.object({
  holders: z.array(z.object({ taskId: z.string(), at: z.string() })).default([]),
});
type Holders = z.infer<typeof claimItem>['holders'];

const storedBy = (disposeAt: DisposeAt): Stored<Holders> => ({
  is: 'A cap',
  parse: (item) => claimItem.parse(item ?? {}).holders,
  both: (own, former) => [...own, ...former.filter((one) => !isHeld(own, one.taskId))].toSorted(byTime),
  contentOf: (holders) => {
    const last = holders.at(-1)?.at;
    return { type: 'cap', holders, ...(last === undefined ? {} : { expiresAt: disposeAt(last) }) };
  },
  nothing: [],
});

const isHeld = (holders: Holders, taskId: string): boolean => holders.some((one) => one.taskId === taskId);
const byTime = (a: Holders[number], b: Holders[number]): number => a.at.localeCompare(b.at);

/** Places under a cap. When two events compete, one write wins; the other reads again and finds the place taken. */
export class ClaimTable implements Claims {
  readonly #items: RekeyedItems<Holders>;

  constructor(client: DynamoDB, table: string, rekeying: Rekeying, disposeAt: DisposeAt = lawfulDisposal) {
    this.#items = new RekeyedItems(client, table, storedBy(disposeAt), rekeying);
  }

  async holders(what: string): Promise<Holders> {
    const [holders = []] = await this.#items.readAll([await this.#keysOf(what)]);
    return holders;
  }

  async claim(cap: { what: string; places: number; since: string }, taskId: string, now: string) {
    const holders = await this.#change<Holders | undefined>(cap.what, (known) => {
      if (isHeld(known, taskId)) return known;
      const counting = known.filter((holder) => holder.at > cap.since);
      return counting.length < cap.places ? [...counting, { taskId, at: now }] : undefined;
    });
    return holders !== undefined;
  }

  async note({ what, since }: { what: string; since: string }, taskId: string, now: string): Promise<void> {
    await this.#change(what, (known) =>
      isHeld(known, taskId) ? known : [...known.filter((holder) => holder.at > since), { taskId, at: now }],
    );
  }

  async release(what: string, taskId: string): Promise<void> {
    await this.#change(what, (known) => known.filter((holder) => holder.taskId !== taskId));
  }

  /** Moves the cap of a household that an earlier release stored by plain hash. */
  async moveFormer(what: string): Promise<void> {
    await this.#change(what, (known) => known);
  }

  async #change<Next extends Holders | undefined>(
    what: string,
    next: (known: Holders) => Next,
  ): Promise<Next> {
    return this.#items.change(await this.#keysOf(what), next);
  }

  async #keysOf(what: string) {
    return capKeysOf(what, await this.#items.keyed());
  }
}
