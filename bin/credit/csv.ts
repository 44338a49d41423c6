/** A line for each handoff and deal. A handoff without a deal has a line, too. */
import { stringify } from 'csv-stringify/sync';
import { guarded } from '../../functions/csv-cell.ts';
import type { CreditRow } from './handoffs.ts';

const columns = [
  'handoff',
  'store',
  'task',
  'handed over on',
  'from',
  'to',
  'accepted at',
  'outcome',
  'credit',
  'deal',
  'deal store',
  'sold on',
  'person',
  'car',
  'sold by',
  'counts',
  'disputed by',
  'because',
  'decided by',
] as const;

export function creditCsv(rows: readonly CreditRow[]): string {
  const lines = rows.flatMap((row) =>
    row.deals.length === 0 ? [lineOf(row)] : row.deals.map((deal) => lineOf(row, deal)),
  );
  return stringify([columns, ...lines.map((line) => line.map(guarded))]);
}

const nameOf = ({ store, number }: { readonly store: string; readonly number: string }) =>
  `${number}@${store}`;

function lineOf(row: CreditRow, match?: CreditRow['deals'][number]): string[] {
  const dispute = row.disputes.at(-1);
  return [
    ...[row.handoff, row.store, row.taskId, row.handedOverOn],
    ...[row.from.map(nameOf).join(' '), row.to ? nameOf(row.to) : '', row.acceptedAt ?? ''],
    ...[row.outcome, row.credit, match?.deal.dealNumber ?? '', match?.deal.storeId ?? ''],
    ...[match?.soldOn ?? '', match?.person ?? '', match?.sameCar ?? '', match?.salespeople.join(' ') ?? ''],
    match === undefined ? '' : (match.lapsed?.why ?? 'yes'),
    ...[dispute?.by ?? '', dispute?.because ?? '', dispute?.decided?.by ?? ''],
  ];
}
