import type { Cell } from './definition.ts';
import type { NumbersQuery } from './queries.ts';

export type QueryState =
  | { readonly is: 'running' }
  | { readonly is: 'done' }
  | { readonly is: 'failed'; readonly reason: string };

/** An engine that counts while nobody waits for it. */
export interface QueryEngine {
  /** Starts a query and answers its id; the same query with the same token is the one that was started before. */
  start(query: NumbersQuery, token: string): Promise<string>;
  /** The state of each query, in the order of their ids. */
  states(ids: readonly string[]): Promise<readonly QueryState[]>;
  /** What a query that is done found, in its order. */
  cells(id: string): AsyncIterable<Cell>;
}
