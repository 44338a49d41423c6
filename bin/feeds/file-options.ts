/** What the commands that read a file of a feed ask for: the file, what it is, and whose. */
import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import { type Command, Option } from 'commander';
import { incomingEvents } from '../../functions/events.ts';
import type { FeedContext, FeedFile } from '../../functions/feeds/judge-file.ts';
import type { Source } from '../../functions/feeds/source.ts';
import { ANY_DEALER } from '../../functions/group/feed-settings.ts';
import type { Group } from '../../functions/group/group.ts';
import { storeIn } from '../lib/group.ts';
import { UsageProblem } from '../lib/problem.ts';

export interface FileOptions {
  readonly source: string;
  readonly group?: string;
  readonly store?: string;
  readonly dealer: readonly string[];
  readonly codes?: string;
  readonly asOf?: string;
  readonly json?: boolean;
}

const collect = (value: string, all: readonly string[]) => [...all, value];

export const withFile = (command: Command): Command =>
  command
    .argument('<file>', 'the file, as the system wrote it and with its own name')
    .requiredOption(
      '--source <name>',
      'what it is: a name of "npm run feed -- sources", or the file of your own source',
    )
    .addOption(
      new Option(
        '--dealer <name=store>',
        'the store of a dealer that the file names; several times for several',
      )
        .argParser(collect)
        .default([], 'none'),
    )
    .option('--store <id>', 'the store of the whole file, whatever dealer it names')
    .option('--codes <file>', "the store's own words beside those of the source, as JSON")
    .option(
      '--as-of <instant>',
      'since when it is so, if neither file nor record says: else the time of the file',
    )
    .option('--json', 'each record and the receipt as JSON');

export function contextOf(
  group: Group,
  { store, dealer }: FileOptions,
  source: Source,
  now: string,
): FeedContext {
  const named = dealer.map((one) => one.split('='));
  const stores = new Map(
    named.map(([name = '', id = '']) => {
      if (name === '' || id === '')
        throw new UsageProblem('--dealer takes a dealer and its store: DVD46315=my-store');
      return [name, storeIn(group, id)] as const;
    }),
  );
  if (store !== undefined) stores.set(ANY_DEALER, storeIn(group, store));
  if (stores.size === 0)
    throw new UsageProblem(
      source.dealer === undefined
        ? `Whose file is it? A file of ${source.name} names no dealer: give --store.`
        : 'Whose file is it? Give --dealer NAME=STORE for each dealer in it, or --store for the whole file.',
    );
  return { group, stores, contracts: incomingEvents, now };
}

export function feedFile(file: string, { asOf }: FileOptions): FeedFile {
  const modified = asOf === undefined ? statSync(file).mtime : new Date(asOf);
  if (Number.isNaN(modified.getTime()))
    throw new UsageProblem(`--as-of takes an instant such as 2026-11-20T17:35:00Z, not '${asOf}'`);
  return { name: basename(file), bytes: createReadStream(file), modifiedAt: modified.toISOString() };
}
