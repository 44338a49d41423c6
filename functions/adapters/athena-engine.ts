import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  type AthenaClient,
  BatchGetQueryExecutionCommand,
  type QueryExecution,
  QueryExecutionState,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { parse } from 'csv-parse';
import * as z from 'zod';
import { type Cell, cellColumns, cellRow } from '../numbers/definition.ts';
import { overFactsTable, RESULTS } from '../numbers/facts-table.ts';
import type { QueryEngine, QueryState } from '../numbers/ports.ts';
import type { NumbersQuery } from '../numbers/queries.ts';

/** The most queries whose state Athena reports in one call. */
const QUERIES = 50;

export interface AthenaPlace {
  readonly workGroup: string;
  readonly database: string;
  readonly bucket: string;
}

/** Runs queries in Athena over the month files. A result is streamed from the bucket line by line, whatever its size. */
export class AthenaEngine implements QueryEngine {
  readonly #athena: Pick<AthenaClient, 'send'>;
  readonly #s3: Pick<S3Client, 'send'>;
  readonly #place: AthenaPlace;

  constructor(athena: Pick<AthenaClient, 'send'>, s3: Pick<S3Client, 'send'>, place: AthenaPlace) {
    this.#athena = athena;
    this.#s3 = s3;
    this.#place = place;
  }

  async start({ sql }: NumbersQuery, token: string): Promise<string> {
    const { QueryExecutionId } = await this.#athena.send(
      new StartQueryExecutionCommand({
        QueryString: overFactsTable(sql),
        QueryExecutionContext: { Database: this.#place.database },
        WorkGroup: this.#place.workGroup,
        // Athena takes tokens of 32 to 128 characters; a SHA-256 in hex has 64.
        ClientRequestToken: createHash('sha256').update(`${token} ${sql}`).digest('hex'),
      }),
    );
    if (QueryExecutionId === undefined) throw new Error('Athena answered without the id of the query');
    return QueryExecutionId;
  }

  async states(ids: readonly string[]): Promise<readonly QueryState[]> {
    const found = new Map<string, QueryExecution>();
    for (let at = 0; at < ids.length; at += QUERIES) {
      const request = new BatchGetQueryExecutionCommand({ QueryExecutionIds: ids.slice(at, at + QUERIES) });
      for (const one of (await this.#athena.send(request)).QueryExecutions ?? [])
        if (one.QueryExecutionId !== undefined) found.set(one.QueryExecutionId, one);
    }
    return ids.map((id) => stateOf(found.get(id)));
  }

  async *cells(id: string): AsyncGenerator<Cell> {
    const request = new GetObjectCommand({ Bucket: this.#place.bucket, Key: `${RESULTS}${id}.csv` });
    const { Body } = await this.#s3.send(request);
    if (!(Body instanceof Readable)) throw new Error('S3 answered without the result');
    const rows = Body.pipe(parse({ columns: columnsOf, cast: orNull }));
    Body.once('error', (error) => rows.destroy(error));
    for await (const row of rows) yield cellRow.parse(row);
  }
}

function stateOf(query: QueryExecution | undefined): QueryState {
  const { State, StateChangeReason } = query?.Status ?? {};
  switch (State) {
    case QueryExecutionState.SUCCEEDED:
      return { is: 'done' };
    case QueryExecutionState.FAILED:
    case QueryExecutionState.CANCELLED:
      return { is: 'failed', reason: StateChangeReason ?? State };
    default:
      return { is: 'running' };
  }
}

const head = z.array(z.string());

/** Athena writes column names in lower case. */
function columnsOf(given: unknown): string[] {
  const names = head.parse(given).map((name) => name.toLowerCase());
  if (names.join() !== cellColumns.map((name) => name.toLowerCase()).join())
    throw new Error(`Athena answered with other columns: ${names.join()}`);
  return [...cellColumns];
}

/** In a result, every value except null is in quotation marks. */
const orNull = (value: string, { quoting }: { readonly quoting: boolean }): string | null =>
  quoting ? value : null;
