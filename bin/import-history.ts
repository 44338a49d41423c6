/**
 * Fills the service history from a file of past visits, one a line, so that long-term customers are known on day one.
 *
 *   npm run import-history -- visits.jsonl [--check] [--group groups/demo.json]
 *
 * A line that is not good is told, and kept in visits.jsonl.rejects to be mended and imported again. Importing a file
 * again changes nothing.
 */
import { createReadStream, createWriteStream, statSync, type WriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { HistoryTable } from '../functions/adapters/history-store.ts';
import { localDate as dateSchema } from '../functions/contracts/fields.ts';
import { DEMO_GROUP, readGroupFile } from '../lib/group-file.ts';
import { type HistoryImport, type Imported, importHistory, type RejectedLine } from './history-import.ts';
import { refuseOtherGroup, resolveTarget, targetHelp, targetOptions } from './target.ts';

const help = `npm run import-history -- visits.jsonl

  --check        reads the file and writes nothing
  --today DATE   the day that is today in the file: all dates move by the same days (for samples)
  --group FILE   the dealer group's file (default ${DEMO_GROUP})
${targetHelp}`;

const options = {
  ...targetOptions,
  group: { type: 'string', default: DEMO_GROUP },
  check: { type: 'boolean', default: false },
  today: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

const REJECTED_LINES_SHOWN = 20;
const LINES_PER_PROGRESS = 1_000;

/** 1: some lines were rejected. 2: it could not be done. */
try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}

async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const [file] = positionals;
  if (values.help || file === undefined || positionals.length > 1) {
    console.log(help);
    return values.help ? 0 : 2;
  }
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) throw new Error(`There is no file ${file}`);
  const { group } = readGroupFile(values.group);
  const { port, local, stack, table } = values;
  const target = values.check ? undefined : await resolveTarget({ port, local, stack, table });
  if (target) {
    refuseOtherGroup(target, group, values.group);
    console.log(`${file} for ${target.where}:`);
  }
  const history = target && new HistoryTable(target.dynamodb, target.tableName);
  const now = Date.parse(target?.now ?? new Date().toISOString());
  const imported = await importFile(file, {
    keepRejects: target !== undefined,
    group,
    shift: values.today === undefined ? undefined : { today: dateOf(values.today), now },
    record: async (visit) => history?.record(visit),
  });
  console.log(`${imported.recorded} visits ${target ? 'recorded' : 'good'}, ${imported.rejected} rejected`);
  return imported.rejected > 0 ? 1 : 0;
}

function dateOf(text: string): string {
  const read = dateSchema.safeParse(text);
  if (read.success) return read.data;
  throw new Error(`--today takes a date such as 2026-11-20, not '${text}'`);
}

type Asked = Pick<HistoryImport, 'group' | 'shift' | 'record'> & { readonly keepRejects: boolean };

async function importFile(file: string, { keepRejects, ...asked }: Asked): Promise<Imported> {
  const rejects = rejectsOf(keepRejects ? `${file}.rejects` : undefined);
  try {
    return await importHistory({
      ...asked,
      lines: createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY }),
      reject: rejects.add,
      progress: (read) => {
        if (read % LINES_PER_PROGRESS === 0) console.error(`${read} lines read`);
      },
    });
  } finally {
    await rejects.close();
  }
}

/** The lines as they were, so that the mended file can be imported by itself. */
function rejectsOf(name: string | undefined) {
  let kept: WriteStream | undefined;
  let count = 0;
  return {
    add: ({ number, text, reason }: RejectedLine) => {
      if (name !== undefined) {
        kept ??= createWriteStream(name);
        kept.write(`${text}\n`);
      }
      count += 1;
      if (count <= REJECTED_LINES_SHOWN) console.log(`  line ${number}: ${reason}`);
    },
    close: async () => {
      if (count > REJECTED_LINES_SHOWN) console.log(`  and ${count - REJECTED_LINES_SHOWN} more`);
      if (!kept) return;
      kept.end();
      await finished(kept);
      console.log(`rejected lines are kept in ${name}`);
    },
  };
}
