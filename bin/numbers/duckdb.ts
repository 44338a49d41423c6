import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { Counted } from '../../functions/numbers/cells.ts';
import { type Cell, cellColumns, cellRow, type Definition } from '../../functions/numbers/definition.ts';
import { evidence } from '../../functions/numbers/definitions/thresholds.ts';
import { definitions } from '../../functions/numbers/definitions.ts';
import { type ColumnType, factColumns } from '../../functions/numbers/facts-table.ts';
import { type NumbersQuery, reachQuery } from '../../functions/numbers/queries.ts';
import { type PeriodLength, withViews } from '../../functions/numbers/views.ts';

const types: Record<ColumnType, string> = {
  text: 'VARCHAR',
  number: 'BIGINT',
  'yes or no': 'BOOLEAN',
  'list of texts': 'VARCHAR[]',
};

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

const MOST_MEMORY = '4GB';

/** Counts the store's numbers from month files on this machine, with DuckDB. It changes no file. */
export class NumbersDatabase {
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#instance = instance;
    this.#connection = connection;
  }

  /**
   * @param files the month files, JSON lines with or without gzip
   * @param folder for data that does not fit into memory: ten years of two hundred stores are more than a laptop has
   */
  static async over(files: readonly string[], folder?: string): Promise<NumbersDatabase> {
    const instance =
      folder === undefined
        ? await DuckDBInstance.create(':memory:')
        : await DuckDBInstance.create(join(folder, 'numbers.duckdb'), {
            ...{ memory_limit: MOST_MEMORY, temp_directory: join(folder, 'beyond-memory') },
            // The order of lines has no meaning, and keeping it would take memory.
            preserve_insertion_order: 'false',
          });
    const connection = await instance.connect();
    const columns = Object.entries(factColumns).map(
      ([name, type]) => `${quoted(name)}: ${quoted(types[type])}`,
    );
    const list = files.map(quoted).join(', ');
    await connection.run(
      `CREATE TABLE facts AS SELECT * FROM read_json([${list}], format = 'newline_delimited', hive_partitioning = false, columns = {${columns.join(', ')}})`,
    );
    // Keeps each fact once. It compares only ids and positions, because whole rows would not fit into memory.
    await connection.run(
      `DELETE FROM facts WHERE rowid NOT IN (SELECT arg_min(rowid, "at") FROM facts GROUP BY id)`,
    );
    return new NumbersDatabase(instance, connection);
  }

  /** Counts with a database on disk, which is removed afterwards. */
  static async onDisk<T>(
    files: readonly string[],
    use: (database: NumbersDatabase) => Promise<T>,
  ): Promise<T> {
    const folder = mkdtempSync(join(tmpdir(), 'numbers-'));
    try {
      const database = await NumbersDatabase.over(files, folder);
      const found = await use(database);
      database.close();
      return found;
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  /** @param today the day up to which facts are counted */
  async cells(
    { sql }: Pick<Definition, 'sql'>,
    today: string,
    length: PeriodLength = 'month',
  ): Promise<Cell[]> {
    return this.answer({
      sql: `SELECT ${cellColumns.join(', ')} FROM (${withViews(sql, today, length)}) cells`,
    });
  }

  async answer({ sql }: Pick<NumbersQuery, 'sql'>): Promise<Cell[]> {
    const read = await this.#connection.runAndReadAll(sql);
    return read.getRowObjectsJson().map((cell) => cellRow.parse(cell));
  }

  /** The cells of some definitions by month, by name. */
  async cellsOf(some: readonly Definition[], today: string): Promise<ReadonlyMap<string, readonly Cell[]>> {
    const cells = new Map<string, readonly Cell[]>();
    for (const definition of some) cells.set(definition.name, await this.cells(definition, today));
    return cells;
  }

  close(): void {
    this.#connection.closeSync();
    this.#instance.closeSync();
  }

  /** All numbers by month, as far back as there are facts. */
  async count(today: string): Promise<Counted> {
    const reach = await this.answer(reachQuery(today));
    const cells = await this.cellsOf([...definitions, ...evidence], today);
    return { today, since: reach.map(({ period }) => period).toSorted()[0], cells };
  }
}
