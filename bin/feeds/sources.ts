/** Finds a source: one that is shipped, or a file of your own. */
import * as z from 'zod';
import { nearest } from '../../functions/contracts/nearest.ts';
import { FeedMismatch, withCodes as withWords } from '../../functions/feeds/file-feed.ts';
import type { Source } from '../../functions/feeds/source.ts';
import { readSourceFile, shippedSources } from '../../lib/sources.ts';
import { readJson } from '../lib/files.ts';
import { messageOf, Problem, UsageProblem } from '../lib/problem.ts';

export const shippedNames = (): string[] => [...shippedSources().keys()];

/** A shipped source by its name, or your own by the path of its file. */
export function findSource(nameOrFile: string): Source {
  const shipped = shippedSources().get(nameOrFile);
  if (shipped !== undefined) return sourceIn(shipped);
  if (nameOrFile.endsWith('.json')) return sourceIn(nameOrFile);
  const names = shippedNames();
  const meant = nearest(nameOrFile, names);
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
  throw new UsageProblem(
    `'${nameOrFile}' is no source: expected one of ${names.join(', ')}, or the file of your own.${hint}`,
  );
}

function sourceIn(file: string): Source {
  try {
    return readSourceFile(file);
  } catch (error) {
    throw new Problem(messageOf(error));
  }
}

const overrides = z.record(z.string(), z.record(z.string(), z.string()));

/** Adds a store's own code words to the source's: `{ "ownCustomers": { "1": "used cars" } }`. */
export function withCodes(source: Source, file: string | undefined): Source {
  if (file === undefined) return source;
  const read = overrides.safeParse(readJson(file));
  if (!read.success)
    throw new Problem(`${file}: expected tables of words, such as { "status": { "CLSD": "closed" } }`);
  try {
    return withWords(source, read.data);
  } catch (error) {
    if (error instanceof FeedMismatch) throw new Problem(`${file}: ${error.message}`);
    throw error;
  }
}
