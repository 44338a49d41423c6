/** Adds a file's opt-outs to the stored ones. It only adds: lifting an opt-out is up to the customer. */
import type { AddressTable } from '../../functions/adapters/address-table.ts';
import {
  type AddressRecord,
  CHANNEL,
  channelOf,
  withBounce,
  withLiftNoted,
  withOptOut,
} from '../../functions/customers/opt-outs.ts';
import type { TellProgress } from '../lib/progress.ts';
import { BOUNCE, LIFTED, type OptOutRow, type PlaceHash, type RejectedRow } from './csv.ts';

export interface Imported {
  /** Rows that added something new. */
  readonly added: number;
  readonly known: number;
}

/** Addresses written in parallel. One at a time would take minutes for thousands. */
const AT_ONCE = 10;

type Addresses = Pick<AddressTable, 'changeOfHash' | 'changeOfKeyedHash'>;

export async function addAll(
  addresses: Addresses,
  rows: readonly OptOutRow[],
  tell: TellProgress,
): Promise<Imported> {
  const byAddress = [...Map.groupBy(rows, ({ place }) => place.hash).values()];
  let added = 0;
  for (let at = 0; at < byAddress.length; at += AT_ONCE) {
    const some = byAddress.slice(at, at + AT_ONCE);
    const counts = await Promise.all(some.map((theirs) => addTo(addresses, theirs)));
    added += counts.reduce((sum, count) => sum + count, 0);
    tell(`${at + some.length} of ${byAddress.length} addresses`);
  }
  return { added, known: rows.length - added };
}

/** How many of the rows added something new. */
async function addTo(addresses: Addresses, rows: readonly OptOutRow[]): Promise<number> {
  const [place] = rows.map((row) => row.place);
  if (!place) return 0;
  let added = 0;
  await changeAt(addresses, place, (known) => {
    // Reset with each attempt, because a conflicting write makes the change run again.
    added = 0;
    return rows.reduce((one, row) => {
      const next = withRow(one, row);
      if (next !== one) added += 1;
      return next;
    }, known);
  });
  return added;
}

const changeAt = (
  addresses: Addresses,
  { hash, isKeyed }: PlaceHash,
  next: (known: AddressRecord) => AddressRecord,
) => (isKeyed ? addresses.changeOfKeyedHash(hash, next) : addresses.changeOfHash(hash, next));

function withRow(known: AddressRecord, { line: _line, place: _place, ...no }: OptOutRow): AddressRecord {
  if (no.kind === BOUNCE) return withBounce(known, no.at);
  if (no.kind !== LIFTED) return withOptOut(known, no);
  return withLiftNoted(known, { channel: channelOf(no), at: no.at, by: no.saidBy ?? LIFTED });
}

/** `upgrade`, or the channel that is closed. */
const whatOf = (no: OptOutRow): string => (no.kind === CHANNEL ? `no ${channelOf(no)}` : no.kind);

/** The rows in words. A bad row is named by its line number in an editor. */
export function describeRows(rows: readonly OptOutRow[], rejected: readonly RejectedRow[]): string[] {
  const lines = [...new Map(rows.map((row) => [row.line, row])).values()];
  const counts = [...Map.groupBy(lines, whatOf)].map(([what, some]) => `${some.length} ${what}`);
  return [
    ...rejected.map(({ line, reason }) => `  refused  line ${line}: ${reason}`),
    `${lines.length} good${counts.length === 0 ? '' : ` (${counts.join(', ')})`}, ${rejected.length} refused`,
  ];
}
