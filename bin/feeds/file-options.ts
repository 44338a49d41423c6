/** The options of commands that read a feed's file: the file, its source, and its store. */
import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import { type Command, Option } from 'commander';
import { incomingEvents } from '../../functions/events.ts';
import { type FileFeed, oneOf } from '../../functions/feeds/file-feed.ts';
import type { FeedContext, FeedFile } from '../../functions/feeds/judge-file.ts';
import type { Source } from '../../functions/feeds/source.ts';
import { ANY_DEALER } from '../../functions/group/feed-settings.ts';
import type { Group, Store } from '../../functions/group/group.ts';
import { feedsOf } from '../../lib/sources.ts';
import { storeIn } from '../lib/group.ts';
import { messageOf, Problem, UsageProblem } from '../lib/problem.ts';
import { findSource, withCodes } from './sources.ts';

export interface FileOptions {
  readonly feed?: string;
  readonly source?: string;
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
    .option('--feed <name>', "a feed of the group's file, which says the source, the stores and the words")
    .option(
      '--source <name>',
      'what it is, without a feed: a name of "npm run feed -- sources", or the file of your own source',
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

/** Everything that reading a file needs from outside. */
export interface Reading {
  readonly source: Source;
  readonly context: FeedContext;
}

interface Asked {
  readonly group: Group;
  readonly groupFile: string;
  readonly options: FileOptions;
  readonly now: string;
}

/** Takes the feed from the group's file, or its parts from single options. */
export function readingOf({ group, groupFile, options, now }: Asked): Reading {
  const { feed, source: name } = options;
  if (feed !== undefined) {
    refuseBesideFeed(options);
    const { source, stores } = feedNamed(group, groupFile, feed);
    const known = Object.entries(stores).map(([dealer, id]) => [dealer, storeIn(group, id)] as const);
    return { source, context: { group, stores: new Map(known), contracts: incomingEvents, now } };
  }
  if (name === undefined)
    throw new UsageProblem("What is it? Give --feed with a feed of the group's file, or --source.");
  const source = withCodes(findSource(name), options.codes);
  return {
    source,
    context: { group, stores: storesIn(group, options, source), contracts: incomingEvents, now },
  };
}

function refuseBesideFeed({ source, store, dealer, codes }: FileOptions): void {
  const given = Object.entries({ source, store, codes }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`],
  );
  const [beside] = [...given, ...(dealer.length > 0 ? ['--dealer'] : [])];
  if (beside !== undefined)
    throw new UsageProblem(`${beside} stands in the group's file, with the feed: leave one of them out.`);
}

function feedNamed(group: Group, groupFile: string, name: string): FileFeed {
  const feeds = feedsIn(group, groupFile);
  const feed = feeds.find((one) => one.name === name);
  if (feed) return feed;
  const names = feeds.map((one) => one.name);
  throw new UsageProblem(
    names.length === 0
      ? `${groupFile} has no feeds: see docs/feeds.md.`
      : `'${name}' is no feed of ${groupFile}${oneOf(name, names)}`,
  );
}

function feedsIn(group: Group, groupFile: string): readonly FileFeed[] {
  try {
    return feedsOf(group, groupFile);
  } catch (error) {
    throw new Problem(messageOf(error));
  }
}

function storesIn(group: Group, { store, dealer }: FileOptions, source: Source): ReadonlyMap<string, Store> {
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
  return stores;
}

export function feedFile(file: string, { asOf }: FileOptions): FeedFile {
  const modified = asOf === undefined ? statSync(file).mtime : new Date(asOf);
  if (Number.isNaN(modified.getTime()))
    throw new UsageProblem(`--as-of takes an instant such as 2026-11-20T17:35:00Z, not '${asOf}'`);
  return { name: basename(file), bytes: createReadStream(file), modifiedAt: modified.toISOString() };
}
