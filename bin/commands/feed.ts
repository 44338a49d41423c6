import { createReadStream } from 'node:fs';
import { type Command, Option } from 'commander';
import { type Judged, judgeFile, type Receipt } from '../../functions/feeds/judge-file.ts';
import { readRecords } from '../../functions/feeds/read-records.ts';
import { FileStopped, valuesOf } from '../../functions/feeds/record.ts';
import { sourceOnBus } from '../../functions/group/feed-settings.ts';
import type { Group } from '../../functions/group/group.ts';
import type { StaffMember } from '../../functions/people/staff.ts';
import { DEMO_GROUP } from '../../lib/group-file.ts';
import { readPeople, unknownStaffIn } from '../events/staff-named.ts';
import { dropFile } from '../feeds/drop-file.ts';
import { type FileOptions, feedFile, type Reading, readingOf, withFile } from '../feeds/file-options.ts';
import { receipts } from '../feeds/receipts.ts';
import { buildSecret } from '../feeds/secret.ts';
import { Sender } from '../feeds/sender.ts';
import { findSource, shippedNames } from '../feeds/sources.ts';
import { explained, judgedLines, receiptLines } from '../feeds/words.ts';
import { newCommand, wholeNumber } from '../lib/command-line.ts';
import { requireFile } from '../lib/files.ts';
import { groupFileOf, groupOf, readGroup, withGroup } from '../lib/group.ts';
import { complain, say, sayJson } from '../lib/output.ts';
import { exitCodes, Problem, UsageProblem } from '../lib/problem.ts';
import { withProgress } from '../lib/progress.ts';
import { table } from '../lib/table.ts';
import { resolveTarget, type Target, type TargetChoice, withTarget } from '../lib/target.ts';

export const build = (): Command =>
  newCommand({
    name: 'feed',
    summary: "Read a file that a dealer's system writes, and make events of it",
    examples: [
      'npm run feed -- check DVD46315_20261119_0312_SV.txt --source dealervault-sv --dealer DVD46315=lakeshore-honda',
      'npm run feed -- sources',
      'npm run feed -- explain dealervault-sv',
    ],
  })
    .addCommand(buildCheck())
    .addCommand(buildRun())
    .addCommand(buildReceipts())
    .addCommand(buildSources())
    .addCommand(buildExplain())
    .addCommand(buildDistinct())
    .addCommand(buildSecret());

const buildCheck = () =>
  withFile(
    withGroup(
      newCommand({
        name: 'check',
        summary: 'Tell, offline, what would become of each record of a file',
        more: `Each record is an event, skipped by a rule of the source, waiting for a later file, or refused with the field and the
reason. What makes the whole file suspect stops it. Exits with 1 when a record was refused or the file stops.`,
        examples: [
          'npm run feed -- check DVD46315_20261119_0312_SV.txt --source dealervault-sv --dealer DVD46315=lakeshore-honda',
          'npm run feed -- check DVD46315_20261119_0312_SV.txt --feed honda-orders --group groups/<name>.json',
          'npm run feed -- check sold.csv --source groups/<name>/sources/sold.json --store lakeshore-subaru --json',
        ],
      }),
    ),
  )
    .option(
      '--roster <file>',
      'the people, as for "npm run roster -- import": numbers that nobody has are noted',
    )
    .action(check);

const buildRun = () =>
  withFile(
    withTarget(
      withGroup(
        newCommand({
          name: 'run',
          summary: 'Bring a file into the local run or a deployed stack',
          more: `With --feed the file is put into the feed's folder, where the stack reads it as it reads every night's; without it,
its events are sent from here. It is read as a whole first, which sends nothing. A file that stops is not sent; a record
that is refused keeps no other one back. The same file again changes nothing.`,
          examples: [
            'npm run feed -- run DVD46315_20261119_0312_SV.txt --feed honda-orders',
            'npm run feed -- run DVD46315_20261119_0312_SV.txt --source dealervault-sv --dealer DVD46315=lakeshore-honda',
            'npm run feed -- run sold.csv --source sold-log-csv --store lakeshore-subaru --stack handoff-<name>',
          ],
        }),
      ),
    ),
  ).action(run);

const buildReceipts = () =>
  withTarget(
    withGroup(
      newCommand({
        name: 'receipts',
        summary: 'Tell what came of the files of each feed, the newest first',
        more: `Of each file: read = sent + unchanged + skipped + waiting + refused, with the reasons and the amounts, or why it stopped.
Of a feed that is posted, also how many posts of each day did nothing, and why. Exits with 1 when the newest file of a feed stopped.`,
        examples: [
          'npm run feed -- receipts',
          'npm run feed -- receipts --feed honda-orders --count 10 --stack handoff-<name> --json',
        ],
      }),
    ),
  )
    .option('--feed <name>', 'the files of this feed only')
    .addOption(
      new Option('--count <n>', 'so many files of each feed')
        .argParser(wholeNumber('--count', 1, 100))
        .default(3),
    )
    .option('--json', 'the receipts as JSON')
    .action(receipts);

const buildSources = () =>
  newCommand({
    name: 'sources',
    summary: 'List the files that can be read without writing anything',
    examples: ['npm run feed -- sources', 'npm run feed -- sources --json'],
  })
    .option('--json', 'their names and titles as JSON')
    .action(({ json }: { readonly json?: boolean }) => {
      const all = shippedNames().map(findSource);
      if (json) sayJson(all.map(({ name, title }) => ({ name, title })));
      else say(...table(all.map(({ name, title }) => [name, title])));
    });

const buildExplain = () =>
  newCommand({
    name: 'explain',
    summary: 'Show which columns a source reads, and what becomes of them',
    examples: [
      'npm run feed -- explain dealervault-sv',
      'npm run feed -- explain groups/<name>/sources/sold.json',
    ],
  })
    .argument('<source>', 'a name of "npm run feed -- sources", or the file of your own')
    .option('--json', 'the source as JSON, with its defaults')
    .action((name: string, { json }: { readonly json?: boolean }) => {
      const source = findSource(name);
      if (json) sayJson(source);
      else say(...explained(source));
    });

const buildDistinct = () =>
  newCommand({
    name: 'distinct',
    summary: "List what stands in a column of a file: a store's own words for its codes",
    examples: ['npm run feed -- distinct FILE --source dealervault-sv --column status'],
  })
    .argument('<file>', 'the file')
    .requiredOption('--source <name>', 'what it is')
    .requiredOption('--column <name>', 'a column by its name in the source')
    .option('--json', 'the texts and how often each stands there, as JSON')
    .action(distinct);

async function check(
  file: string,
  { group: groupFile = DEMO_GROUP, roster, ...options }: FileOptions & { readonly roster?: string },
): Promise<void> {
  requireFile(file);
  const group = readGroup(groupFile);
  const { source, context } = readingOf({ group, groupFile, options, now: new Date().toISOString() });
  const people = roster === undefined ? undefined : readPeople(roster, group);
  const receipt = await judgeFile(feedFile(file, options), source, context, (judged) => {
    const noted = people ? withUnknownStaff(judged, group, people) : judged;
    if (options.json) say(JSON.stringify(noted));
    else say(...judgedLines(noted));
  });
  if (options.json) say(JSON.stringify({ receipt }));
  else say('', ...receiptLines(receipt));
  if (isBad(receipt)) process.exitCode = exitCodes.wrong;
}

function withUnknownStaff(judged: Judged, group: Group, people: readonly StaffMember[]): Judged {
  const { mapped } = judged;
  if (mapped.kind !== 'event') return judged;
  const event = { 'detail-type': mapped.detailType, detail: mapped.detail };
  return {
    ...judged,
    mapped: { ...mapped, warnings: [...mapped.warnings, ...unknownStaffIn(event, group, people)] },
  };
}

const isBad = ({ refused, stops }: Receipt) => refused > 0 || stops.length > 0;

async function run(file: string, options: FileOptions & TargetChoice): Promise<void> {
  requireFile(file);
  const target = await resolveTarget(options);
  const groupFile = groupFileOf(target, options);
  const reading = readingOf({ group: groupOf(target, options), groupFile, options, now: target.now });
  const first = await judgeFile(feedFile(file, options), reading.source, reading.context, () => undefined);
  if (first.stops.length > 0) {
    complain(...receiptLines(first));
    process.exitCode = exitCodes.wrong;
  } else if (options.feed === undefined) await sendFile(file, options, target, reading);
  else {
    const place = await dropFile(file, options.feed, target);
    if (options.json) sayJson({ place });
    else say(`${file} lies in ${place}, where ${target.where} reads it.`);
  }
}

async function sendFile(
  file: string,
  options: FileOptions,
  target: Target,
  { source, context }: Reading,
): Promise<void> {
  if (target.busName === undefined)
    throw new Problem(`${target.where} names no bus: use the local run or --stack.`);
  const destination = { client: target.eventbridge, bus: target.busName, now: Date.parse(target.now) };
  const sender = new Sender(destination, sourceOnBus(source.name));
  const receipt = await withProgress('Sending', async () => {
    const judged = await judgeFile(feedFile(file, options), source, context, async (one) => {
      const { mapped } = one;
      if (mapped.kind === 'refused' && !options.json) complain(...judgedLines(one));
      if (mapped.kind === 'event') await sender.add(mapped.detailType, mapped.detail);
    });
    await sender.flush();
    return judged;
  });
  if (options.json) sayJson({ receipt, notTaken: sender.notTaken });
  else say(`${file} for ${target.where}:`, ...receiptLines(receipt), ...sender.notTaken);
  if (isBad(receipt) || sender.notTaken.length > 0) process.exitCode = exitCodes.wrong;
}

interface DistinctOptions {
  readonly source: string;
  readonly column: string;
  readonly json?: boolean;
}

async function distinct(file: string, { source: name, column, json }: DistinctOptions): Promise<void> {
  requireFile(file);
  const source = findSource(name);
  if (source.columns[column] === undefined)
    throw new UsageProblem(`${source.name} reads no '${column}': ${Object.keys(source.columns).join(', ')}`);
  const counts = new Map<string, number>();
  try {
    for await (const one of readRecords({ name: file, bytes: createReadStream(file) }, source)) {
      if (!('columns' in one)) continue;
      for (const text of valuesOf(one, column)) counts.set(text.trim(), (counts.get(text.trim()) ?? 0) + 1);
    }
  } catch (error) {
    if (error instanceof FileStopped) throw new Problem(`${file} stops: ${error.message}`);
    throw error;
  }
  const rows = [...counts].toSorted(([, one], [, other]) => other - one);
  if (json) sayJson(rows.map(([text, count]) => ({ text, count })));
  else
    say(
      ...table(
        rows.map(([text, count]) => [String(count), text === '' ? '(empty)' : text]),
        { right: [0] },
      ),
    );
}
