/**
 * A spreadsheet runs a cell that begins so as a formula. An apostrophe in front makes it text; one more where
 * apostrophes are there already, so that what is read back is what was written.
 */
const formula = /^'*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;

export function guarded(cell: string): string {
  return formula.test(cell) ? `'${cell}` : cell;
}

export function unguarded(cell: string): string {
  return cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell;
}
