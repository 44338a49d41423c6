/** The sources that this software ships, and one's own. */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as z from 'zod';
import { nearest } from '../../functions/contracts/nearest.ts';
import { incomingEvents } from '../../functions/events.ts';
import { readSource } from '../../functions/feeds/read-source.ts';
import type { Source } from '../../functions/feeds/source.ts';
import { readJson } from '../lib/files.ts';
import { Problem, UsageProblem } from '../lib/problem.ts';

const FOLDER = join(import.meta.dirname, '../../sources');

export const shippedNames = (): string[] =>
  readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json'))
    .map((file) => basename(file, '.json'))
    .toSorted();

/** A shipped source by its name, or one's own by the path of its file. */
export function findSource(nameOrFile: string): Source {
  const names = shippedNames();
  if (names.includes(nameOrFile)) return sourceIn(join(FOLDER, `${nameOrFile}.json`));
  if (nameOrFile.endsWith('.json')) return sourceIn(nameOrFile);
  const meant = nearest(nameOrFile, names);
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
  throw new UsageProblem(
    `'${nameOrFile}' is no source: expected one of ${names.join(', ')}, or the file of your own.${hint}`,
  );
}

function sourceIn(file: string): Source {
  const read = readSource(readJson(file), incomingEvents);
  if (read.ok) return read.source;
  const lines = read.problems.map(({ path, message }) => `  ${path === '' ? '' : `${path}: `}${message}`);
  throw new Problem([`${file} is no source:`, ...lines].join('\n'));
}

const overrides = z.record(z.string(), z.record(z.string(), z.string()));

/** A store's own words beside those of the source: `{ "ownCustomers": { "1": "used cars" } }`. */
export function withCodes(source: Source, file: string | undefined): Source {
  if (file === undefined) return source;
  const read = overrides.safeParse(readJson(file));
  if (!read.success)
    throw new Problem(`${file}: expected tables of words, such as { "status": { "CLSD": "closed" } }`);
  const unknown = Object.keys(read.data).find((table) => source.codes[table] === undefined);
  if (unknown !== undefined)
    throw new Problem(
      `${file}: ${source.name} has no codes '${unknown}': ${Object.keys(source.codes).join(', ')}`,
    );
  const tables = Object.entries(source.codes).map(([table, words]) => [
    table,
    { ...words, ...read.data[table] },
  ]);
  return { ...source, codes: Object.fromEntries(tables) };
}
