import { stringify } from 'csv-stringify/sync';
import { guarded } from '../csv-cell.ts';
import { type Counted, cellsOf } from './cells.ts';
import { evidence } from './definitions/thresholds.ts';
import { definitions } from './definitions.ts';
import { isSelected, type Selection } from './report.ts';
import type { Names } from './words.ts';

const head = ['number', 'store', 'person', 'month', 'told apart by', 'part', 'whole'];

/**
 * Everything that was counted, including the evidence for proposals, one cell a line, so that a spreadsheet can
 * compute any sum or rate.
 */
export function csvOfCells(counted: Counted, selection: Selection, names: Names): string {
  const rows = [...definitions, ...evidence].flatMap(({ name, title }) =>
    cellsOf(counted, name)
      .filter((cell) => isSelected(cell, selection))
      .map(({ storeId, person, period, breakdown = '', part, whole }) => [
        ...[title, names.store(storeId), person === undefined ? '' : names.person(storeId, person)],
        ...[period, breakdown, String(part), String(whole)],
      ]),
  );
  return stringify([head, ...rows.map((row) => row.map(guarded))]);
}
