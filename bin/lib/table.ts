/** The only code that prints tables to the terminal. */

interface TableLook {
  /** The indexes of columns that are aligned to the right, because they contain numbers. */
  readonly right?: readonly number[];
  readonly indent?: string;
}

/** One line for each row; each column is as wide as its widest cell. */
export function table(
  rows: readonly (readonly string[])[],
  { right = [], indent = '' }: TableLook = {},
): string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, at) =>
    Math.max(...rows.map((row) => row[at]?.length ?? 0)),
  );
  const padded = (cell: string, at: number) =>
    right.includes(at) ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0);
  return rows.map((row) => `${indent}${row.map(padded).join('  ')}`.trimEnd());
}
