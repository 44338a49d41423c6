import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Clock } from '../clock.ts';
import type { Journal } from '../journal.ts';
import { parse } from '../problem.ts';

const rowSchema = z.object({
  id: z.string(),
  token: z.string(),
  sql: z.string(),
  database: z.string(),
  work_group: z.string(),
  /** The caller's access key, whose permissions count when the data is read. */
  asked_by: z.string(),
  state: z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED']),
  reason: z.string(),
  bytes: z.number(),
  submitted_at: z.number(),
  completed_at: z.number().nullable(),
});

export type Query = z.infer<typeof rowSchema>;

export interface Ended {
  state: Exclude<Query['state'], 'RUNNING'>;
  reason?: string;
  bytes: number;
}

const schema = `
  CREATE TABLE IF NOT EXISTS athena_queries (
    id TEXT PRIMARY KEY, token TEXT NOT NULL UNIQUE, sql TEXT NOT NULL, database TEXT NOT NULL,
    work_group TEXT NOT NULL, asked_by TEXT NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL,
    bytes INTEGER NOT NULL, submitted_at INTEGER NOT NULL, completed_at INTEGER
  ) STRICT;
`;

/** The queries that were started, in the journal. */
export class QueryStore {
  readonly #journal: Journal;
  readonly #clock: Clock;
  readonly #sql;

  constructor(journal: Journal, clock: Clock) {
    this.#journal = journal;
    this.#clock = clock;
    journal.run(schema);
    this.#sql = {
      find: journal.prepare('SELECT * FROM athena_queries WHERE id = ?'),
      byToken: journal.prepare('SELECT * FROM athena_queries WHERE token = ?'),
      running: journal.prepare("SELECT * FROM athena_queries WHERE state = 'RUNNING'"),
      add: journal.prepare("INSERT INTO athena_queries VALUES (?, ?, ?, ?, ?, ?, 'RUNNING', '', 0, ?, NULL)"),
      end: journal.prepare(
        'UPDATE athena_queries SET state = ?, reason = ?, bytes = ?, completed_at = ? WHERE id = ?',
      ),
    };
  }

  find(id: string): Query | undefined {
    const row = this.#sql.find.get(id);
    return row && parse(rowSchema, row, 'journal');
  }

  withToken(token: string): Query | undefined {
    const row = this.#sql.byToken.get(token);
    return row && parse(rowSchema, row, 'journal');
  }

  running(): Query[] {
    return parse(z.array(rowSchema), this.#sql.running.all(), 'journal');
  }

  add(asked: Pick<Query, 'token' | 'sql' | 'database' | 'work_group' | 'asked_by'>): string {
    const id = randomUUID();
    const { token, sql, database, work_group: workGroup, asked_by: askedBy } = asked;
    const at = Math.round(this.#clock.now());
    this.#journal.durably(() => this.#sql.add.run(id, token, sql, database, workGroup, askedBy, at));
    return id;
  }

  end({ id }: Query, { state, reason = '', bytes }: Ended): void {
    const at = Math.round(this.#clock.now());
    this.#journal.durably(() => this.#sql.end.run(state, reason, bytes, at, id));
  }
}
