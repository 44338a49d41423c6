/**
 * Tells an integrator, offline, whether events are good, and if not, which field and why.
 *
 *   npm run check-event -- event.json [more.json …] [--group groups/demo.json]
 *
 * A file holds one event, a list of events, or one event a line, or the entries of a call of PutEvents. Exits with 1 when any is bad.
 */
import { parseArgs } from 'node:util';
import type { Problem } from '../functions/contracts/limits.ts';
import type { Group } from '../functions/domain/group.ts';
import { DEMO_GROUP, readGroupFile } from '../lib/group-file.ts';
import { type FoundEvent, readEvents } from '../local/event-files.ts';
import { judgeEvent } from './event-verdict.ts';

const usage = 'npm run check-event -- event.json [more.json …] [--group groups/demo.json]';

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}

function main(args: string[]): number {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { group: { type: 'string', default: DEMO_GROUP }, help: { type: 'boolean', default: false } },
  });
  if (values.help || positionals.length === 0) {
    console.log(usage);
    return values.help ? 0 : 2;
  }
  const { group } = readGroupFile(values.group);
  const found = positionals.flatMap(readEvents);
  const good = found.filter((one) => check(one, group)).length;
  if (found.length > 1) console.log(`\n${good} good, ${found.length - good} bad`);
  return good === found.length ? 0 : 1;
}

function check(found: FoundEvent, group: Group): boolean {
  if ('unreadable' in found) {
    console.log(`bad   ${found.where}: ${found.unreadable}`);
    return false;
  }
  const { detailType, problems, warnings } = judgeEvent(found.event, group);
  const good = problems.length === 0;
  console.log(`${good ? 'good' : 'bad '}  ${found.where}: ${detailType}`);
  for (const problem of problems) console.log(`      ${lineOf(problem)}`);
  for (const warning of warnings) console.log(`      note: ${lineOf(warning)}`);
  return good;
}

function lineOf({ path, message }: Problem): string {
  return path === '' ? message : `${path}: ${message}`;
}
