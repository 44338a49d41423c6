import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NumbersDatabase } from '../../bin/numbers/duckdb.ts';
import { monthFilesIn, writeMonthFile } from '../../bin/numbers/month-files.ts';
import type { OutgoingEvent } from '../../functions/handoff/outgoing-events.ts';
import { countNumbers } from '../../functions/lambdas/count-numbers/count-numbers.ts';
import { monthOf } from '../../functions/ledger/facts.ts';
import { type Cell, cellColumns } from '../../functions/numbers/definition.ts';
import type { QueryEngine, QueryState } from '../../functions/numbers/ports.ts';
import { type NumbersQuery, numbersQueries } from '../../functions/numbers/queries.ts';
import { textOfNumbers } from '../../functions/numbers/store-numbers.ts';
import { DEMO_GROUP, readGroupFile } from '../../lib/group-file.ts';
import { FactsByHand } from '../numbers/facts.ts';

const demo = readGroupFile(DEMO_GROUP);
const MONDAY = { id: 'tick-of-monday', time: '2026-11-23T10:30:00Z' };

const folder = mkdtempSync(join(tmpdir(), 'monday-'));
let database: NumbersDatabase;
beforeAll(async () => {
  const { facts } = new FactsByHand('lakeshore-honda').sold('1', '2026-11-17').sold('2', '2026-11-22');
  for (const [month, its] of Map.groupBy(facts, monthOf)) writeMonthFile(folder, month, its);
  database = await NumbersDatabase.over(monthFilesIn(folder));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Answers with DuckDB; how a query ends is said by the test. */
class Engine implements QueryEngine {
  readonly started = new Map<string, NumbersQuery>();
  states: (ids: readonly string[]) => Promise<readonly QueryState[]> = async (ids) =>
    ids.map(() => ({ is: 'done' }));
  start = async (query: NumbersQuery, token: string): Promise<string> => {
    const id = JSON.stringify([token, query.number, query.length, query.sql]);
    this.started.set(id, query);
    return id;
  };
  async *cells(id: string) {
    const query = this.started.get(id);
    if (query) yield* await database.answer(query);
  }
}

let engine: Engine;
let written: Map<string, string>;
let told: OutgoingEvent[];
let accepts: boolean;
beforeEach(() => {
  engine = new Engine();
  written = new Map();
  told = [];
  accepts = true;
});

const count = (tick = MONDAY, timeIsUp = () => false) =>
  countNumbers(
    {
      ...{ group: demo, engine, wait: async () => {} },
      numbers: {
        write: async (numbers) => void written.set(numbers.storeId ?? 'group', textOfNumbers(numbers)),
      },
      bus: {
        put: async (events) => {
          told.push(...events);
          return events.map(() =>
            accepts
              ? { result: 'sent' }
              : { result: 'not-accepted', reason: { code: 'not-accepted', error: 'ThrottlingException' } },
          );
        },
      },
    },
    tick,
    timeIsUp,
  );

/** As text that is ordered as the engines order cells: what is missing comes last. */
const textOf = (cell: Cell): string =>
  cellColumns.map((name) => String(cell[name] ?? '\uffff').padStart(7)).join('\0');

const isAbout = (id: string, number: string, length: string) => {
  const query = engine.started.get(id);
  return query?.number === number && query.length === length;
};

describe('on Monday', () => {
  it('each store and the group have their numbers, and the bus hears of each, with last week', async () => {
    expect(await count()).toEqual({ week: '2026-11-16', stores: demo.stores.length });
    expect([...written.keys()].sort()).toEqual(['group', ...demo.stores.map(({ id }) => id)].sort());
    expect(told).toHaveLength(demo.stores.length + 1);
    expect(told).toContainEqual({
      detailType: 'numbers-counted',
      detail: {
        ...{ version: 1, storeId: 'lakeshore-honda', week: '2026-11-16' },
        occurredAt: '2026-11-23T10:30:00.000Z',
      },
    });
  });

  it('every answer comes in one order, whichever rows an engine finds first', async () => {
    const queries = numbersQueries('2026-11-23');
    const answers = await Promise.all(queries.map(async (query) => [...(await database.answer(query))]));
    expect(answers.flat().length).toBeGreaterThan(10);
    for (const cells of answers) expect(cells.map(textOf)).toEqual(cells.map(textOf).toSorted());
  });

  it('a tick that comes twice, or is tried again, asks, writes and tells the same', async () => {
    await count();
    const first = { written: new Map(written), told: [...told], started: new Map(engine.started) };
    told = [];
    await count();
    expect({ written, told, started: engine.started }).toEqual(first);
  });

  it('the next Monday asks anew, up to its own day', async () => {
    await count();
    const before = engine.started.size;
    const { week } = await count({ id: 'tick-of-the-next', time: '2026-11-30T10:30:00Z' });
    expect([week, engine.started.size]).toEqual(['2026-11-23', 2 * before]);
  });

  it('a query that fails by chance is asked once more, alone', async () => {
    let failures = 0;
    engine.states = async (ids) =>
      ids.map((id) => {
        if (!isAbout(id, 'sold', 'week') || failures > 0) return { is: 'done' };
        failures += 1;
        return { is: 'failed', reason: 'GENERIC_INTERNAL_ERROR' };
      });
    await count();
    const ofSold = [...engine.started.keys()].filter((id) => isAbout(id, 'sold', 'week'));
    expect([ofSold.length, told.length]).toEqual([2, demo.stores.length + 1]);
  });

  it('one that fails three times is named, and last week’s numbers stay as they are', async () => {
    engine.states = async (ids) =>
      ids.map((id) =>
        isAbout(id, 'introduced', 'month') ? { is: 'failed', reason: 'SYNTAX_ERROR' } : { is: 'done' },
      );
    await expect(count()).rejects.toThrow('introduced by month could not be counted: SYNTAX_ERROR');
    expect([written.size, told.length]).toEqual([0, 0]);
  });

  it('where the time is up the queries go on, and the next try finds them', async () => {
    engine.states = async (ids) => ids.map(() => ({ is: 'running' }));
    await expect(count(MONDAY, () => true)).rejects.toThrow('queries take too long');
    const started = engine.started.size;
    engine.states = async (ids) => ids.map(() => ({ is: 'done' }));
    await count();
    expect(engine.started.size).toBe(started);
  });

  it('an event that the bus does not take fails the try, so that it comes again', async () => {
    accepts = false;
    await expect(count()).rejects.toThrow('events did not reach the bus');
  });
});
