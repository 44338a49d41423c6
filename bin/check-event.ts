/**
 * Tells an integrator, offline, whether events are good, and if not, which field and why.
 *
 *   npm run check-event -- event.json [more.json …] [--group groups/demo.json]
 *
 * A file holds one event, a list of events, or one event a line, or the entries of a call of PutEvents. Exits with 1 when any is bad.
 */
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { instant } from '../functions/contracts/fields.ts';
import { limits, type Problem } from '../functions/contracts/limits.ts';
import { plusDays } from '../functions/domain/business-time.ts';
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
  for (const warning of [...warnings, ...aheadOf(found.event)]) console.log(`      note: ${lineOf(warning)}`);
  return good;
}

/** No fault of the file, which may be a sample of next spring: but sent as it stands it would be refused. */
function aheadOf(event: unknown): Problem[] {
  const read = z.object({ detail: z.object({ occurredAt: instant }) }).safeParse(event);
  const tomorrow = plusDays(new Date().toISOString(), limits.aheadDays);
  return read.success && read.data.detail.occurredAt > tomorrow
    ? [{ path: 'occurredAt', message: 'is more than a day ahead of this machine: sent now, it is refused' }]
    : [];
}

function lineOf({ path, message }: Problem): string {
  return path === '' ? message : `${path}: ${message}`;
}
