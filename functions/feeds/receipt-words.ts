import { countsOf, type FileReceipt } from './file-receipt.ts';

/** A receipt in words, the same in the command line, emails and pages. */
export type Counts = Readonly<Record<string, number>>;

export const sumOf = (counts: Counts): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

/** A file that was stopped has no sum, because none of its rows was used. */
export function sumInWords(receipt: FileReceipt): string {
  const { read, sent, unchanged, skipped, waiting, refused } = countsOf(receipt);
  if (receipt.state === 'stopped') return `${read} rows`;
  return `${read} read = ${sumOf(sent)} sent + ${unchanged} unchanged + ${sumOf(skipped)} skipped + ${sumOf(waiting)} waiting + ${refused} refused`;
}

const endings: Readonly<Record<string, string>> = {
  'repair-order-no-longer-open': 'no longer listed as open, and told to be over',
  'service-appointment-cancelled': 'no longer in the log, and told to be cancelled',
};

/** What a file ended by leaving records out. The records are rows of earlier files. */
export const endedInWords = ({ progress: { ended } }: FileReceipt): Counts =>
  Object.fromEntries(Object.entries(ended).map(([event, count]) => [endings[event] ?? event, count]));

const amounts: Readonly<Record<string, string>> = {
  customerPayCents: 'paid by customers',
  warrantyCents: 'paid by warranty',
  internalCents: 'paid by the dealer',
  quotedCents: 'quoted',
};

/** Each amount in dollars, with what it stands for. */
export const amountsInWords = (cents: Counts): [what: string, dollars: string][] =>
  Object.entries(cents).map(([name, sum]) => [amounts[name] ?? name, (sum / 100).toFixed(2)]);
