import type { Roster } from '../people/staff.ts';
import type { Clock, RosterReader } from '../ports.ts';

/** Every warm function sees a roster change within this time. */
const KEEP_MILLISECONDS = 60_000;

export class CachedRoster implements RosterReader {
  readonly #reader: RosterReader;
  readonly #clock: Clock;
  readonly #kept = new Map<string, { roster: Roster; at: number }>();

  constructor(reader: RosterReader, clock: Clock) {
    this.#reader = reader;
    this.#clock = clock;
  }

  async read(storeId: string): Promise<Roster> {
    const now = Date.parse(this.#clock.now());
    const kept = this.#kept.get(storeId);
    if (kept && Math.abs(now - kept.at) < KEEP_MILLISECONDS) return kept.roster;
    const roster = await this.#reader.read(storeId);
    // An empty roster has not been imported yet, so it is not cached.
    if (roster.length > 0) this.#kept.set(storeId, { roster, at: now });
    return roster;
  }
}
