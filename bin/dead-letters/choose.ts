/** The dead letters that a command works on: named ones, those like a named one, or all. */
import type { Command } from 'commander';
import type { KeptRefusal } from '../../functions/adapters/readable-item.ts';
import { wrongUsage } from '../lib/command-line.ts';
import { Problem } from '../lib/problem.ts';
import { likenessOf } from './words.ts';

export interface Choice {
  readonly ids: readonly string[];
  readonly allLike?: string | undefined;
  readonly all?: boolean | undefined;
}

/** Refuses a choice that names nothing, or two things at once. */
export function requireChoice({ ids, allLike, all }: Choice, command: Command): void {
  const given = [ids.length > 0 && 'ids', allLike !== undefined && '--all-like', all && '--all'].filter(
    (one) => typeof one === 'string',
  );
  const accepted = command.options.some(({ long }) => long === '--all')
    ? 'ids from the list, --all-like ID or --all'
    : 'ids from the list, or --all-like ID';
  if (given.length === 0) wrongUsage(command, `Which? Expected ${accepted}.`);
  if (given.length > 1) wrongUsage(command, `Expected ${accepted}, not ${given.join(' and ')}.`);
}

export function choose(kept: readonly KeptRefusal[], { ids, allLike, all }: Choice): readonly KeptRefusal[] {
  if (all) return kept;
  const named = new Map((allLike === undefined ? ids : [allLike]).map((id) => [id, namedBy(kept, id)]));
  const missing = [...named].filter(([, found]) => found.length === 0).map(([id]) => id);
  if (missing.length > 0) throw new Problem(`Not on the list: ${missing.join(', ')}`);
  const found = new Set([...named.values()].flat());
  const chosen = kept.filter((one) => found.has(one));
  if (allLike === undefined) return chosen;
  const likeness = new Set(chosen.map(likenessOf));
  return kept.filter((one) => likeness.has(likenessOf(one)));
}

/** The dead letter with that id; else all of the event with that id, one for each function that failed. */
function namedBy(kept: readonly KeptRefusal[], id: string): readonly KeptRefusal[] {
  const one = kept.find((letter) => letter.id === id);
  return one ? [one] : kept.filter(({ eventId }) => eventId === id);
}
