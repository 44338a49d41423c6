import { parse } from 'csv-parse';
import type { ObjectStore, StoredObject } from '../s3/store.ts';

export interface Page {
  rows: (string | null)[][];
  next: number | undefined;
}

/** The rows of a result from a position on. The very first row has the column names. */
export async function pageOf(
  objects: ObjectStore,
  result: StoredObject,
  { from, most }: { from: number; most: number },
): Promise<Page> {
  const lines = objects
    .open(result)
    .pipe(
      parse({ cast: (value, { quoting }) => (quoting ? value : null), from: from + 1, to: from + most + 1 }),
    );
  const rows: (string | null)[][] = [];
  for await (const row of lines) rows.push(row);
  return { rows: rows.slice(0, most), next: rows.length > most ? from + most : undefined };
}
