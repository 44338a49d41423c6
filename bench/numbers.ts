/**
 * What the numbers cost at the end: two hundred stores, ten years, twenty million facts. DuckDB counts them on this machine,
 * as `npm run report` does; what Athena would read for the week's queries follows from the bytes of the files.
 *
 * node bench/numbers.ts [FACTS] [FOLDER]: making that many facts takes longer than counting them, so `npm run bench` leaves it
 * out, and fewer facts can be asked for.
 */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { demoYear } from '../bin/numbers/demo/demo-year.ts';
import { NumbersDatabase } from '../bin/numbers/duckdb.ts';
import { monthFilesIn, writeMonthFile } from '../bin/numbers/month-files.ts';
import { factColumns } from '../functions/numbers/facts-table.ts';
import { gather } from '../functions/numbers/gather.ts';
import { numbersQueries } from '../functions/numbers/queries.ts';
import { textOfNumbers } from '../functions/numbers/store-numbers.ts';
import { prices } from '../lib/cost.ts';

const [most = '20000000', within = tmpdir()] = process.argv.slice(2);
const TODAY = '2026-11-23';
const STORES = 200;
const STORES_OF_A_FILE = 20;
/** Years by which the four of a demo store are moved back, to make ten of them. */
const shifts = [0, 3, 6];

const folder = mkdtempSync(join(within, 'bench-numbers-'));
const seconds = (since: number) => ((performance.now() - since) / 1000).toFixed(0);
const megabytes = (bytes: number) => Math.round(bytes / 1_000_000).toLocaleString('en-US');
const kilobytes = (bytes: number) => Math.round(bytes / 1_000).toLocaleString('en-US');
const say = (line: string) => process.stdout.write(`${line}\n`);

/** Columns that hold a pseudonym: each copy of a store has customers of its own. */
const pseudonyms = new Set(['id', 'handoff', 'customer', 'car', 'deal', 'order', 'household']);
const dates = new Set(['at', 'localDate', 'on', 'soldOn', 'startsAt']);

/** One store's four years, as often as it takes; a file for each kind of fact and twenty stores, without fields that are empty. */
async function makeFacts(): Promise<{ files: string[]; facts: number; bytesOfFact: number }> {
  const { months } = demoYear({ storeIds: ['demo'], seed: 7, until: TODAY });
  for (const [month, facts] of months) writeMonthFile(join(folder, 'one'), month, facts);
  const ofOne = monthFilesIn(join(folder, 'one'));
  const factsOfOne = [...months.values()].reduce((sum, facts) => sum + facts.length, 0);
  const bytes = ofOne.reduce((sum, file) => sum + statSync(file).size, 0);
  const stores = Math.min(STORES, Math.max(1, Math.ceil(Number(most) / factsOfOne / shifts.length)));
  const copies = Math.max(1, Math.round(Number(most) / (stores * factsOfOne * shifts.length)));
  const connection = await (await DuckDBInstance.create(':memory:', { memory_limit: '2GB' })).connect();
  const columns = Object.entries(factColumns).map(
    ([name, type]) =>
      `'${name}': '${type === 'list of texts' ? 'VARCHAR[]' : type === 'number' ? 'BIGINT' : type === 'yes or no' ? 'BOOLEAN' : 'VARCHAR'}'`,
  );
  const list = ofOne.map((file) => `'${file}'`).join(', ');
  await connection.run(
    `CREATE TABLE one AS SELECT * FROM read_json([${list}], format = 'newline_delimited', hive_partitioning = false, columns = {${columns.join(', ')}})`,
  );
  const whats = (await connection.runAndReadAll('SELECT DISTINCT what FROM one'))
    .getRows()
    .map(([what]) => String(what));
  for (const what of whats) {
    const counts = await connection.runAndReadAll(
      `SELECT ${Object.keys(factColumns)
        .map((name) => `count("${name}")`)
        .join(', ')} FROM one WHERE what = '${what}'`,
    );
    const [row = []] = counts.getRows();
    const names = Object.keys(factColumns).filter((_, at) => Number(row[at]) > 0);
    for (let from = 0; from < stores; from += STORES_OF_A_FILE) {
      const to = Math.min(from + STORES_OF_A_FILE, stores);
      const own = `'/' || store || '/' || shift || '/' || copy`;
      const selected = names.map((name) => {
        if (name === 'storeId') return `'store-' || store AS "storeId"`;
        if (pseudonyms.has(name))
          return `substr(sha256("${name}" || ${own}), 1, length("${name}")) AS "${name}"`;
        if (dates.has(name))
          return `replace(CAST(CAST(substr("${name}", 1, 4) AS INTEGER) - shift AS VARCHAR) || substr("${name}", 5), '-02-29', '-02-28') AS "${name}"`;
        return `"${name}"`;
      });
      await connection.run(
        `COPY (SELECT ${selected.join(', ')} FROM one CROSS JOIN range(${from}, ${to}) AS s (store)
         CROSS JOIN (VALUES ${shifts.map((years) => `(${years})`).join(', ')}) AS y (shift) CROSS JOIN range(${copies}) AS c (copy)
         WHERE what = '${what}') TO '${join(folder, `${what.replaceAll(' ', '-')}-${from}.jsonl.gz`)}' (FORMAT json, COMPRESSION gzip)`,
      );
    }
  }
  rmSync(join(folder, 'one'), { recursive: true });
  connection.closeSync();
  const files = readdirSync(folder).map((file) => join(folder, file));
  return { files, facts: stores * copies * shifts.length * factsOfOne, bytesOfFact: bytes / factsOfOne };
}

/** How often a query names the facts, directly or through views of views: Athena reads the files each time. */
function readsOf(sql: string): number {
  const views = new Map(
    [...sql.matchAll(/^(?:WITH )?(\w+) AS \(\n(.*?)\n\)/gms)].map(([, name = '', body = '']) => [name, body]),
  );
  const last = sql.slice(sql.lastIndexOf('\n)\n') + 3);
  const reads = (text: string): number =>
    [...text.matchAll(/(?:FROM|JOIN) \(?(\w+)/g)].reduce((sum, [, name = '']) => {
      const view = views.get(name);
      return sum + (name === 'facts' ? 1 : view === undefined ? 0 : reads(view));
    }, 0);
  return reads(last);
}

try {
  let since = performance.now();
  const { files, facts, bytesOfFact } = await makeFacts();
  say(
    `${facts.toLocaleString('en-US')} facts made in ${seconds(since)} s, ${bytesOfFact.toFixed(0)} bytes each in a month's file`,
  );
  since = performance.now();
  const database = await NumbersDatabase.over(files, folder);
  say(`read in ${seconds(since)} s`);
  since = performance.now();
  await database.count(TODAY);
  say(
    `report counted in ${seconds(since)} s, at most ${megabytes(process.resourceUsage().maxRSS * 1024)} MB of memory`,
  );
  since = performance.now();
  const queries = numbersQueries(TODAY);
  const answers = [];
  let cells = 0;
  for (const query of queries) {
    const found = await database.answer(query);
    cells += found.length;
    answers.push({
      ...query,
      cells: (async function* () {
        yield* found;
      })(),
    });
  }
  const storeIds = Array.from({ length: STORES }, (_, at) => `store-${at}`);
  let largest = 0;
  let group = 0;
  for await (const numbers of gather(answers, {
    countedAt: `${TODAY}T10:30:00.000Z`,
    today: TODAY,
    storeIds,
  })) {
    const bytes = textOfNumbers(numbers).length;
    if (numbers.storeId === undefined) group = bytes;
    else largest = Math.max(largest, bytes);
  }
  say(
    `the week's ${queries.length} queries in ${seconds(since)} s: ${cells.toLocaleString('en-US')} cells; a store's numbers ${kilobytes(largest)} KB, the group's ${kilobytes(group)} KB`,
  );
  const reads = queries.reduce((sum, { sql }) => sum + readsOf(sql), 0);
  const terabytes = (facts * bytesOfFact * reads) / 1e12;
  say(
    `Athena reads the files ${reads} times: ${(terabytes * 1000).toFixed(0)} GB, $${(terabytes * prices.terabyteScanned).toFixed(2)} a week`,
  );
  database.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
