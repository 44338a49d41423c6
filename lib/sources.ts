/** Reads the descriptions of dealer systems' files: the sources that are shipped, and a group's own. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { incomingEvents } from '../functions/events.ts';
import { FeedMismatch, type FileFeed, fileFeed, oneOf } from '../functions/feeds/file-feed.ts';
import { readSource } from '../functions/feeds/read-source.ts';
import type { Source } from '../functions/feeds/source.ts';
import type { FeedSettings } from '../functions/group/feed-settings.ts';
import type { Group } from '../functions/group/group.ts';

const SHIPPED = join(import.meta.dirname, '../sources');

/** The files of a folder's sources, by source name. */
function sourcesIn(folder: string): ReadonlyMap<string, string> {
  if (!existsSync(folder)) return new Map();
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return new Map(files.toSorted().map((file) => [basename(file, '.json'), join(folder, file)]));
}

export const shippedSources = (): ReadonlyMap<string, string> => sourcesIn(SHIPPED);

/** Throws an error with the file, the path in it and what was expected. */
export function readSourceFile(file: string): Source {
  const read = readSource(readJson(file), incomingEvents);
  if (read.ok) return read.source;
  const lines = read.problems.map(({ path, message }) => `  ${path === '' ? '' : `${path}: `}${message}`);
  throw new Error([`${file} is no source:`, ...lines].join('\n'));
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new Error(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * The feeds of a group with their sources: shipped ones, and those in the folder `sources` next to the group's file,
 * `groups/<name>/sources/`. All of the group's own are read, so that a faulty one is reported before a feed needs it.
 */
export function feedsOf({ name, feeds }: Pick<Group, 'name' | 'feeds'>, groupFile: string): FileFeed[] {
  const own = sourcesIn(join(groupFile.replace(/[^/\\]*$/, ''), name, 'sources'));
  const ownByName = new Map([...own].map(([file, path]) => [file, readOwn(file, path)]));
  const shipped = shippedSources();
  const names = [...ownByName.keys(), ...shipped.keys()];
  return feeds.map((feed, at) => {
    const shippedFile = shipped.get(feed.source);
    const source = ownByName.get(feed.source) ?? (shippedFile && readSourceFile(shippedFile));
    if (!source) {
      const message = `'${feed.source}' is no source${oneOf(feed.source, names)}`;
      throw new Error(`${groupFile}: feeds[${at}].source: ${message}`);
    }
    return matched(feed, source, `${groupFile}: feeds[${at}]`);
  });
}

/**
 * The source's name must match its file, because it becomes the source of its events on the bus, where two of one
 * name could not be told apart.
 */
function readOwn(name: string, file: string): Source {
  const source = readSourceFile(file);
  if (source.name === name && !shippedSources().has(name)) return source;
  throw new Error(
    source.name === name
      ? `${file}: name: a source of this name is shipped: expected another`
      : `${file}: name: expected '${name}', as the file is called`,
  );
}

function matched(feed: FeedSettings, source: Source, where: string): FileFeed {
  try {
    return fileFeed(feed, source);
  } catch (error) {
    if (error instanceof FeedMismatch) throw new Error(`${where}.${error.path}: ${error.message}`);
    throw error;
  }
}
