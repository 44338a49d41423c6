import * as z from 'zod';
import { type AwsAnswer, awsError } from '../http/aws-answer.ts';
import type { Caller } from '../http/caller.ts';
import { messageOf } from '../problem.ts';
import type { WorkGroupSpec } from '../stack/athena.ts';
import { pageOf } from './results.ts';
import { performQuery, type RunParts, resultKey } from './run.ts';
import type { Query, QueryStore } from './store.ts';

const mostCharacters = 262_144;
const rowsOfPage = 1_000;

const startSchema = z.object({
  QueryString: z.string().min(1).max(mostCharacters),
  ClientRequestToken: z.string().min(32).max(128),
  WorkGroup: z.string().default('primary'),
  QueryExecutionContext: z
    .object({ Database: z.string().default('default') })
    .default({ Database: 'default' }),
});
const id = z.string().min(1).max(128);
const getSchema = z.object({ QueryExecutionId: id });
const batchSchema = z.object({ QueryExecutionIds: z.array(id).min(1).max(50) });
const resultsSchema = z.object({
  QueryExecutionId: id,
  MaxResults: z.number().int().min(1).max(rowsOfPage).default(rowsOfPage),
  NextToken: z.string().regex(/^\d+$/).nullish(),
});

export interface AthenaParts extends RunParts {
  queries: QueryStore;
  workGroups: WorkGroupSpec[];
  /** Counts work that continues after the response. */
  track(work: () => Promise<void>): void;
}

const invalid = (message: string): AwsAnswer => awsError(400, 'InvalidRequestException', message);
const done = (body: object): AwsAnswer => ({ status: 200, body });

type Answering = AwsAnswer | Promise<AwsAnswer>;

const read = async <T>(
  schema: z.ZodType<T>,
  body: unknown,
  answer: (request: T) => Answering,
): Promise<AwsAnswer> => {
  const request = schema.safeParse(body);
  return request.success ? answer(request.data) : invalid(z.prettifyError(request.error));
};

/** The part of the Athena API that starts queries and reads results, with DuckDB in place of Trino. */
export class AthenaEndpoint {
  readonly #parts: AthenaParts;
  /** Queries run one after the other, because each uses all processors. */
  #line: Promise<unknown> = Promise.resolve();

  constructor(parts: AthenaParts) {
    this.#parts = parts;
    // Resumes queries that were running when the process ended, as Athena's would go on, too.
    for (const query of parts.queries.running()) this.#run(query);
  }

  async answer(name: string, body: unknown, caller: Caller): Promise<AwsAnswer> {
    switch (name) {
      case 'StartQueryExecution':
        return read(startSchema, body, (request) => this.#start(request, caller));
      case 'GetQueryExecution':
        return read(getSchema, body, (request) =>
          this.#ofQuery(request.QueryExecutionId, `athena:${name}`, caller, (query) =>
            done({ QueryExecution: this.#described(query) }),
          ),
        );
      case 'BatchGetQueryExecution':
        return read(batchSchema, body, (request) => this.#describe(request, caller));
      case 'GetQueryResults':
        return read(resultsSchema, body, (request) => this.#results(request, caller));
      default:
        return awsError(400, 'UnknownOperationException', `The local run does not play athena:${name}`);
    }
  }

  async #start(request: z.infer<typeof startSchema>, caller: Caller): Promise<AwsAnswer> {
    const { QueryString: sql, ClientRequestToken: token, WorkGroup: name } = request;
    const workGroup = this.#workGroup(name);
    if (!workGroup) return invalid(`WorkGroup ${name} is not found.`);
    const denial = this.#denialOf(caller, 'athena:StartQueryExecution', workGroup);
    if (denial) return denial;
    const before = this.#parts.queries.withToken(token);
    if (before && (before.sql !== sql || before.work_group !== name))
      return invalid('Idempotent parameters do not match');
    if (before) return done({ QueryExecutionId: before.id });
    const fault = await faultIn(sql);
    if (fault !== undefined) return invalid(fault);
    const { Database: database } = request.QueryExecutionContext;
    const asked = { token, sql, database, work_group: name, asked_by: caller.accessKeyId };
    const id = this.#parts.queries.add(asked);
    const query = this.#parts.queries.find(id);
    if (query) this.#run(query);
    return done({ QueryExecutionId: id });
  }

  #run(query: Query): void {
    const { queries, track } = this.#parts;
    const workGroup = this.#workGroup(query.work_group);
    if (!workGroup) return;
    const perform = async () => queries.end(query, await performQuery(query, workGroup, this.#parts));
    const mine = this.#line.then(perform);
    this.#line = mine.catch(() => {});
    track(() => mine);
  }

  #describe({ QueryExecutionIds: ids }: z.infer<typeof batchSchema>, caller: Caller): AwsAnswer {
    const found: Query[] = [];
    for (const id of ids) {
      const query = this.#parts.queries.find(id);
      const workGroup = query && this.#workGroup(query.work_group);
      if (!query || !workGroup) continue;
      const denial = this.#denialOf(caller, 'athena:BatchGetQueryExecution', workGroup);
      if (denial) return denial;
      found.push(query);
    }
    const unknown = ids.filter((id) => !found.some((query) => query.id === id));
    return done({
      QueryExecutions: found.map((query) => this.#described(query)),
      UnprocessedQueryExecutionIds: unknown.map((id) => ({
        QueryExecutionId: id,
        ErrorCode: 'INVALID_QUERY_EXECUTION_ID',
        ErrorMessage: `QueryExecution ${id} was not found`,
      })),
    });
  }

  #ofQuery(
    id: string,
    action: string,
    caller: Caller,
    answer: (query: Query, workGroup: WorkGroupSpec) => Answering,
  ): Answering {
    const query = this.#parts.queries.find(id);
    const workGroup = query && this.#workGroup(query.work_group);
    if (!query || !workGroup) return invalid(`QueryExecution ${id} was not found`);
    return this.#denialOf(caller, action, workGroup) ?? answer(query, workGroup);
  }

  #results(request: z.infer<typeof resultsSchema>, caller: Caller): Answering {
    const { QueryExecutionId: id, MaxResults: most, NextToken } = request;
    return this.#ofQuery(id, 'athena:GetQueryResults', caller, async (query, workGroup) => {
      if (query.state === 'RUNNING') return invalid('Query has not yet finished. Current state: RUNNING');
      if (query.state !== 'SUCCEEDED')
        return invalid(`Query did not finish successfully. Final query state: ${query.state}`);
      const { objects } = this.#parts;
      const result = objects.find(workGroup.results.bucket, resultKey(workGroup, id));
      if (!result) return invalid('Could not find results');
      const page = await pageOf(objects, result, { from: Number(NextToken ?? 0), most });
      return done({
        ResultSet: {
          Rows: page.rows.map((row) => ({
            Data: row.map((value) => (value === null ? {} : { VarCharValue: value })),
          })),
        },
        ...(page.next === undefined ? {} : { NextToken: String(page.next) }),
      });
    });
  }

  #described(query: Query): object {
    const { id, sql, database, state, reason, bytes, submitted_at: at, completed_at: ended } = query;
    const workGroup = this.#workGroup(query.work_group);
    const output = workGroup && `s3://${workGroup.results.bucket}/${resultKey(workGroup, id)}`;
    return {
      QueryExecutionId: id,
      Query: sql,
      StatementType: 'DML',
      ResultConfiguration: { OutputLocation: output },
      QueryExecutionContext: { Database: database },
      WorkGroup: query.work_group,
      Status: {
        State: state,
        ...(reason === '' ? {} : { StateChangeReason: reason }),
        SubmissionDateTime: at / 1000,
        ...(ended === null ? {} : { CompletionDateTime: ended / 1000 }),
      },
      Statistics: { DataScannedInBytes: bytes },
    };
  }

  #workGroup(name: string): WorkGroupSpec | undefined {
    return this.#parts.workGroups.find((one) => one.name === name);
  }

  #denialOf(caller: Caller, action: string, { arn: resource }: WorkGroupSpec): AwsAnswer | undefined {
    const denial = this.#parts.access.denialOf(caller, { action, resource });
    return denial === undefined ? undefined : awsError(400, 'AccessDeniedException', denial);
  }
}

/** Only SQL that Trino's grammar accepts is run, and only queries. */
async function faultIn(sql: string): Promise<string | undefined> {
  if (!/^\s*(?:SELECT|WITH)\b/i.test(sql)) return 'The local run plays SELECT only';
  const { default: parsers } = await import('node-sql-parser');
  try {
    new parsers.Parser().parse(sql, { database: 'trino' });
    return undefined;
  } catch (error) {
    return `Queries of this type are not supported: ${messageOf(error).split('\n')[0]}`;
  }
}
