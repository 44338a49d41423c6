import { DuckDBInstance } from '@duckdb/node-api';
import type { Counted } from '../../functions/numbers/cells.ts';
import { type Cell, cellColumns, cellRow, type Definition } from '../../functions/numbers/definition.ts';
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

/** Counts the store's numbers from month files on this machine, with DuckDB. Nothing is written. */
export class NumbersDatabase {
  readonly #connection: Awaited<ReturnType<DuckDBInstance['connect']>>;

  private constructor(connection: Awaited<ReturnType<DuckDBInstance['connect']>>) {
    this.#connection = connection;
  }

  /** @param files the month files, JSON lines with or without gzip */
  static async over(files: readonly string[]): Promise<NumbersDatabase> {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const columns = Object.entries(factColumns).map(
      ([name, type]) => `${quoted(name)}: ${quoted(types[type])}`,
    );
    const list = files.map(quoted).join(', ');
    await connection.run(
      `CREATE TABLE facts AS SELECT DISTINCT ON (id) * FROM read_json([${list}], format = 'newline_delimited', hive_partitioning = false, columns = {${columns.join(', ')}}) ORDER BY id, "at"`,
    );
    return new NumbersDatabase(connection);
  }

  /** @param today the day up to which is counted */
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

  /** All numbers by month, as far as the facts reach back. */
  async count(today: string): Promise<Counted> {
    const reach = await this.answer(reachQuery(today));
    const cells = await this.cellsOf(definitions, today);
    return { today, since: reach.map(({ period }) => period).toSorted()[0], cells };
  }
}
