import { CachedRoster } from '../../functions/adapters/cached-roster.ts';
import type { DynamoDB } from '../../functions/adapters/dynamodb.ts';
import { RosterStore } from '../../functions/adapters/roster-store.ts';
import type { Clock } from '../../functions/domain/ports.ts';
import type { StaffMember } from '../../functions/domain/staff.ts';

/** The roster as a function knows it that has worked before: read once a minute. */
export class WarmRoster extends RosterStore {
  readonly #kept: CachedRoster;

  constructor(client: DynamoDB, table: string, clock: Clock) {
    super(client, table);
    this.#kept = new CachedRoster({ read: (storeId) => super.read(storeId) }, clock);
  }

  override async read(storeId: string): Promise<StaffMember[]> {
    return [...(await this.#kept.read(storeId))];
  }
}
