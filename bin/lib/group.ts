/** Finds the dealer group's file for a command, and the stores in it. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import * as z from 'zod';
import { nearest } from '../../functions/contracts/nearest.ts';
import { findStore, type Group, type Store } from '../../functions/group/group.ts';
import { DEMO_GROUP, readGroupFile } from '../../lib/group-file.ts';
import { readJson } from './files.ts';
import { messageOf, UsageProblem } from './problem.ts';
import type { Target } from './target.ts';

/** A target, reduced to what identifies its group. */
type NamedTarget = Pick<Target, 'stackName' | 'where'>;

export interface GroupChoice {
  readonly group?: string | undefined;
}

export const withGroup = (command: Command): Command =>
  command.option(
    '--group <file>',
    `the dealer group's file (default: the one in groups/ of the target's name, else ${DEMO_GROUP})`,
  );

export function readGroup(file: string): Group {
  try {
    return readGroupFile(file);
  } catch (error) {
    throw new UsageProblem(messageOf(error));
  }
}

/** The named file, else the target's own, else the demo group's. Another group's file is refused. */
export function groupOf(target: NamedTarget, choice: GroupChoice): Group {
  const file = groupFileOf(target, choice);
  const group = readGroup(file);
  refuseOtherGroup(target, group, file);
  return group;
}

export const groupFileOf = (target: NamedTarget, { group: given }: GroupChoice): string =>
  given ?? ownFile(target) ?? DEMO_GROUP;

/** The target's group if its file is known. It is unknown if only a table was named, or if this checkout lacks the file. */
export function knownGroupOf(target: NamedTarget, { group: given }: GroupChoice): Group | undefined {
  return given === undefined && ownFile(target) === undefined ? undefined : groupOf(target, { group: given });
}

const FOLDER = 'groups';
const named = z.object({ name: z.string() });

function ownFile({ stackName }: NamedTarget): string | undefined {
  if (stackName === undefined) return undefined;
  return groupFiles().find((file) => stackNameIn(file) === stackName);
}

/** Undefined if the file cannot be read. Only a command that names the file reports the error. */
function stackNameIn(file: string): string | undefined {
  try {
    return stackNameOf(named.parse(readJson(file)).name);
  } catch {
    return undefined;
  }
}

function groupFiles(): string[] {
  try {
    return readdirSync(FOLDER)
      .filter((name) => name.endsWith('.json'))
      .map((name) => join(FOLDER, name));
  } catch {
    return [];
  }
}

export function storeIn(group: Group, id: string): Store {
  const store = findStore(group, id);
  if (store) return store;
  const ids = group.stores.map((one) => one.id);
  const meant =
    group.stores.find(({ name }) => name.toLowerCase() === id.toLowerCase())?.id ?? nearest(id, ids);
  const hint = meant === undefined ? '' : `. Did you mean ${meant}?`;
  throw new UsageProblem(`'${id}' is not a store of the group: ${ids.join(', ')}${hint}`);
}

/** Refuses a store that the target's group does not have, if its file is known. */
export function requireStore(target: NamedTarget, choice: GroupChoice, id: string): void {
  const group = knownGroupOf(target, choice);
  if (group) storeIn(group, id);
}

/** Refuses another group's file, because its stores do not exist in the target. */
export function refuseOtherGroup({ stackName, where }: NamedTarget, group: Group, file: string): void {
  const ofFile = stackNameOf(group.name);
  if (stackName === undefined || stackName === ofFile) return;
  const name = stackName.startsWith(stackNameOf('')) ? stackName.slice(stackNameOf('').length) : '<name>';
  throw new UsageProblem(
    `${file} is the file of ${ofFile}, but the target is ${where}. ` +
      `Give that group's own file, --group groups/${name}.json, or name another target (--stack, --port or --local).`,
  );
}

export const stackNameOf = (groupName: string) => `handoff-${groupName}`;
