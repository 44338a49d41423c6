import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { findSource } from '../../bin/feeds/sources.ts';
import { incomingEvents } from '../../functions/events.ts';
import { type Judged, judgeFile, type Receipt } from '../../functions/feeds/judge-file.ts';
import type { Source } from '../../functions/feeds/source.ts';
import { findStore } from '../../functions/group/group.ts';
import { parseGroup } from '../../functions/group/group-file.ts';
import demo from '../../groups/demo.json' with { type: 'json' };

export const group = parseGroup(demo);
const NOW = '2026-11-26T18:00:00.000Z';

export interface FileOf {
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** A file of these texts or bytes, which arrives in pieces. */
export function fileOf(name: string, ...pieces: readonly (string | Uint8Array)[]): FileOf {
  return {
    name,
    bytes: (async function* () {
      for (const piece of pieces) yield typeof piece === 'string' ? new TextEncoder().encode(piece) : piece;
    })(),
  };
}

export const fileAt = (path: string): FileOf => ({ name: basename(path), bytes: createReadStream(path) });

/** Judges a file as `npm run feed -- check` does. The stores are by dealer, `*` is the whole file's. */
export async function judge(
  { name, bytes }: FileOf,
  source: string | Source,
  stores: Readonly<Record<string, string>>,
): Promise<{ readonly judged: readonly Judged[]; readonly receipt: Receipt }> {
  const judged: Judged[] = [];
  const named = Object.entries(stores).map(([dealer, id]) => {
    const store = findStore(group, id);
    if (!store) throw new Error(`no store ${id}`);
    return [dealer, store] as const;
  });
  const receipt = await judgeFile(
    { name, bytes, modifiedAt: '2026-11-20T17:35:00.000Z' },
    typeof source === 'string' ? findSource(source) : source,
    { group, stores: new Map(named), contracts: incomingEvents, now: NOW },
    (one) => void judged.push(one),
  );
  return { judged, receipt };
}
