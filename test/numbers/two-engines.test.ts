import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AthenaClient, StartQueryExecutionCommand } from '@aws-sdk/client-athena';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import parsers from 'node-sql-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NumbersDatabase } from '../../bin/numbers/duckdb.ts';
import { monthFilesIn, writeMonthFile } from '../../bin/numbers/month-files.ts';
import { AthenaEngine } from '../../functions/adapters/athena-engine.ts';
import { FACTS_TABLE, overFactsTable } from '../../functions/numbers/facts-table.ts';
import { numbersQueries } from '../../functions/numbers/queries.ts';
import { DuckDb } from '../../local/emulator/athena/duckdb.ts';
import { glueColumns } from '../infra/glue-columns.ts';
import { lakeshore } from '../infra/group.ts';
import { standIn } from '../support/stand-in.ts';
import { facts, today } from './year-by-hand.ts';

const folder = mkdtempSync(join(tmpdir(), 'engines-'));
afterAll(() => rmSync(folder, { recursive: true }));

let here: NumbersDatabase;
let inTheStack: AthenaEngine;

beforeAll(async () => {
  // In two files, of which the second has some of the first once more, as while a month is written anew.
  writeMonthFile(join(folder, 'ledger-files'), '2026-10', facts.slice(0, 100));
  writeMonthFile(join(folder, 'ledger-files'), '2026-11', facts.slice(50));
  const files = monthFilesIn(join(folder, 'ledger-files'));
  here = await NumbersDatabase.over(files);
  const table = {
    ...{
      id: 'Facts',
      database: 'handoff',
      name: FACTS_TABLE,
      location: { bucket: 'ledger', prefix: 'ledger/' },
    },
    columns: glueColumns(lakeshore),
  };
  const readable = [{ table, files: files.map((path) => ({ path, isCompressed: true })) }];
  const trino = new DuckDb();
  let asked = 0;
  const athena = standIn<AthenaClient>(async (command) => {
    if (!(command instanceof StartQueryExecutionCommand)) throw new Error('not asked of Athena');
    asked += 1;
    await trino.run(command.input.QueryString ?? '', readable, join(folder, `${asked}.csv`));
    return { QueryExecutionId: String(asked) };
  });
  const s3 = standIn<S3Client>(async (command) => {
    if (!(command instanceof GetObjectCommand)) throw new Error('not asked of S3');
    return { Body: createReadStream(join(folder, (command.input.Key ?? '').replace('results/', ''))) };
  });
  inTheStack = new AthenaEngine(athena, s3, { workGroup: 'handoff', database: 'handoff', bucket: 'ledger' });
});

const inAnyOrder = (cells: readonly object[]) => cells.map((cell) => JSON.stringify(cell)).sort();

describe('the year that was counted by hand, asked in the stack and counted on this machine', () => {
  it.each(numbersQueries(today))('$number by $length is the same', async (query) => {
    const cells = [];
    for await (const cell of inTheStack.cells(await inTheStack.start(query, 'token'))) cells.push(cell);
    expect(inAnyOrder(cells)).toEqual(inAnyOrder(await here.answer(query)));
    const stores = cells.map(({ storeId }) => storeId);
    expect(stores).toEqual(stores.toSorted());
  });

  it.each(numbersQueries(today))(
    '$number by $length is asked in words that a Trino grammar takes',
    ({ sql }) => {
      const parser = new parsers.Parser();
      expect(() => parser.parse(overFactsTable(sql), { database: 'trino' })).not.toThrow();
    },
  );
});
