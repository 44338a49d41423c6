/** Finds and reads the dealer group's file for a command. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Group } from '../functions/group/group.ts';
import { parseGroup } from '../functions/group/group-file.ts';
import { withWantedCars } from './wanted-cars.ts';

export const DEMO_GROUP = 'groups/demo.json';

/** Throws an actionable error: the file, the path in it, and what was expected. */
export function readGroupFile(path: string): Group {
  const json = readJson(path);
  try {
    return withWantedCars(parseGroup(json), path);
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function readJson(path: string): unknown {
  try {
    // Some editors write a byte order mark, which is not valid JSON.
    return JSON.parse(readFileSync(resolve(path), 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The dealer group's file ${path} cannot be read: ${reason}`);
  }
}
