import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { Problem } from '../../functions/contracts/limits.ts';
import type { Group } from '../../functions/group/group.ts';
import type { StaffMember } from '../../functions/people/staff.ts';
import { DEMO_GROUP } from '../../lib/group-file.ts';
import { type FoundEvent, readEvents } from '../../local/event-files.ts';
import { duplicateKeys } from '../events/duplicate-keys.ts';
import { readPeople, unknownStaffIn } from '../events/staff-named.ts';
import { judgeEvent, problemsAhead } from '../events/verdict.ts';
import { newCommand } from '../lib/command-line.ts';
import { readGroup } from '../lib/group.ts';
import { say, sayJson } from '../lib/output.ts';
import { exitCodes } from '../lib/problem.ts';

interface Options {
  readonly group: string;
  readonly roster?: string;
  readonly json?: boolean;
}

export const build = (): Command =>
  newCommand({
    name: 'check-event',
    summary: 'Tell, offline, whether events are good, and if not, which field and why',
    more: `A file holds one event, a list of events, one event a line, or the entries of a call of PutEvents. With the roster's file, numbers
that nobody has are noted: such a handoff goes to somebody else. Exits with 1 when any event is bad; a note makes none bad.`,
    examples: [
      'npm run check-event -- samples/vehicle-sold.json samples/bad/missing-deal-number.json',
      'npm run check-event -- events.jsonl --group groups/<name>.json --json',
      'npm run check-event -- events.jsonl --group groups/<name>.json --roster roster.csv',
    ],
  })
    .argument('<file...>', 'files with events')
    .option('--group <file>', "the dealer group's file", DEMO_GROUP)
    .option('--roster <file>', 'the people, as for "npm run roster -- import"')
    .option('--json', 'the verdict on each event as JSON')
    .action(checkEvents);

interface Checked {
  readonly where: string;
  readonly detailType?: string;
  readonly good: boolean;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

function checkEvents(files: string[], { group: file, roster, json }: Options): void {
  const group = readGroup(file);
  const people = roster === undefined ? undefined : readPeople(roster, group);
  const checked = files.flatMap((file) => {
    const twice = duplicatesIn(file);
    return readEvents(file).map((found) => check(found, { group, people }, twice));
  });
  const good = checked.filter((one) => one.good).length;
  if (json) sayJson(checked);
  else {
    for (const one of checked) say(...linesOf(one));
    if (checked.length > 1) say('', `${good} good, ${checked.length - good} bad`);
  }
  if (good < checked.length) process.exitCode = exitCodes.wrong;
}

/** Duplicate names, by the place that {@link readEvents} gives their event. */
type Duplicates = ReadonlyMap<string, readonly string[]>;

function duplicatesIn(file: string): Duplicates {
  const text = textOr(file);
  const isWhole = isJson(text);
  const places = isWhole
    ? duplicateKeys(text).map((path) => inList(file, path))
    : text
        .split('\n')
        .flatMap((line, at) =>
          isJson(line) ? duplicateKeys(line).map((path) => ({ where: `${file}:${at + 1}`, path })) : [],
        );
  return new Map(
    [...Map.groupBy(places, ({ where }) => where)].map(([where, found]) => [
      where,
      found.map(({ path }) => path),
    ]),
  );
}

/** Each event of a list, or of a PutEvents request, has a place of its own. */
function inList(file: string, path: string): { readonly where: string; readonly path: string } {
  const [, at, rest] = /^(?:Entries)?(\[\d+\])\.(.*)$/s.exec(path) ?? [];
  return at === undefined || rest === undefined
    ? { where: file, path }
    : { where: `${file}${at}`, path: rest };
}

function textOr(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    // Left empty: the error is reported together with the file's missing first event.
    return '';
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

interface Known {
  readonly group: Group;
  readonly people: readonly StaffMember[] | undefined;
}

function check(found: FoundEvent, { group, people }: Known, duplicates: Duplicates): Checked {
  const { where } = found;
  if ('unreadable' in found)
    return { where, good: false, problems: [{ path: '', message: found.unreadable }], warnings: [] };
  const { detailType, problems, warnings } = judgeEvent(found.event, group);
  return {
    ...{ where, detailType, good: problems.length === 0, problems },
    warnings: [
      ...warnings,
      ...(people ? unknownStaffIn(found.event, group, people) : []),
      ...aheadOf(found.event, group),
      ...twiceNotes(duplicates.get(where)),
    ],
  };
}

const twiceNotes = (paths: readonly string[] = []): Problem[] =>
  paths.map((path) => ({
    path: path.replace(/^detail\./, ''),
    message: 'stands twice: the last one counts',
  }));

function linesOf({ where, detailType, good, problems, warnings }: Checked): string[] {
  // Without an event there is no detail type to print.
  if (detailType === undefined) return problems.map((problem) => `bad   ${where}: ${lineOf(problem)}`);
  return [
    `${good ? 'good' : 'bad '}  ${where}: ${detailType}`,
    ...problems.map((problem) => `      ${lineOf(problem)}`),
    ...warnings.map((warning) => `      note: ${lineOf(warning)}`),
  ];
}

/**
 * Dates in the future are not a fault of the file, which may be a sample for next spring, but sent unchanged the
 * event would be refused.
 */
function aheadOf(event: unknown, group: Group): Problem[] {
  return problemsAhead(event, group, new Date().toISOString()).map(({ path }) => ({
    path,
    message: 'is more than a day ahead of this machine: sent now, it is refused',
  }));
}

function lineOf({ path, message }: Problem): string {
  return path === '' ? message : `${path}: ${message}`;
}
