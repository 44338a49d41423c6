import type { DuckDBConnection } from '@duckdb/node-api';
import { columnTypes, type GlueTableSpec } from '../stack/athena.ts';

/** A table and the files in its folder. */
export interface Readable {
  table: GlueTableSpec;
  files: { path: string; isCompressed: boolean }[];
}

type Column = GlueTableSpec['columns'][number];

const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;
const name = (value: string): string => `"${value.replaceAll('"', '""')}"`;
const typeOf = ({ type }: Column): string => columnTypes[type] ?? 'VARCHAR';
const nothing = (column: Column): string => `CAST(NULL AS ${typeOf(column)}) AS ${name(column.name)}`;

/** DuckDB in place of Trino. It is loaded for the first query, because most runs have none. */
export class DuckDb {
  #connection: Promise<DuckDBConnection> | undefined;
  /** The files of each view. A file never changes: new content is a new file. */
  readonly #views = new Map<string, string>();

  /** Writes the result as Athena does, with every value except null in quotation marks. */
  async run(sql: string, tables: readonly Readable[], into: string): Promise<void> {
    this.#connection ??= connect();
    const connection = await this.#connection;
    for (const readable of tables) await this.#view(connection, readable);
    await connection.run(`COPY (${sql}\n) TO ${text(into)} (FORMAT csv, HEADER true, FORCE_QUOTE *)`);
  }

  async #view(connection: DuckDBConnection, { table, files }: Readable): Promise<void> {
    const made = JSON.stringify([table.database, files]);
    if (this.#views.get(table.name) === made) return;
    const parts: string[] = [];
    for (const isCompressed of [true, false]) {
      const paths = files.filter((file) => file.isCompressed === isCompressed).map(({ path }) => text(path));
      if (paths.length === 0) continue;
      const from = `[${paths.join(', ')}], compression = '${isCompressed ? 'gzip' : 'uncompressed'}'`;
      const fields = await connection.runAndReadAll(
        `SELECT DISTINCT unnest(json_keys(json)) FROM read_ndjson_objects(${from})`,
      );
      parts.push(
        rowsOf(
          table,
          fields.getRows().map(([field]) => String(field)),
          from,
        ),
      );
    }
    parts.push(`SELECT ${table.columns.map(nothing).join(', ')} WHERE false`);
    await connection.run(`CREATE OR REPLACE VIEW ${name(table.name)} AS ${parts.join(' UNION ALL ')}`);
    this.#views.set(table.name, made);
  }
}

async function connect(): Promise<DuckDBConnection> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  return (await DuckDBInstance.create(':memory:')).connect();
}

/** A column gets the field with its name, ignoring case. */
function rowsOf({ columns }: GlueTableSpec, fields: readonly string[], from: string): string {
  const fieldOf = (column: Column) => fields.find((field) => field.toLowerCase() === column.name);
  const known = columns.flatMap((column) => {
    const field = fieldOf(column);
    return field === undefined ? [] : [`${text(field)}: ${text(typeOf(column))}`];
  });
  if (known.length === 0) return `SELECT ${columns.map(nothing).join(', ')} WHERE false`;
  const values = columns.map((column) => {
    const field = fieldOf(column);
    return field === undefined ? nothing(column) : `${name(field)} AS ${name(column.name)}`;
  });
  return `SELECT ${values.join(', ')} FROM read_json(${from}, format = 'newline_delimited', columns = {${known.join(', ')}})`;
}
