import type { Cell } from './definition.ts';
import type { NumbersQuery } from './queries.ts';

export type QueryState =
  | { readonly is: 'running' }
  | { readonly is: 'done' }
  | { readonly is: 'failed'; readonly reason: string };

/** A query engine that runs in the background. */
export interface QueryEngine {
  /** Starts a query and returns its id. The same query with the same token is the one that was started before. */
  start(query: NumbersQuery, token: string): Promise<string>;
  /** The state of each query, in the order of the ids. */
  states(ids: readonly string[]): Promise<readonly QueryState[]>;
  /** The rows of a finished query, in order. */
  cells(id: string): AsyncIterable<Cell>;
}
