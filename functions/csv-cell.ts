/**
 * A spreadsheet runs a cell that begins like this as a formula. An apostrophe in front makes it text. A cell that
 * already begins with apostrophes gets one more, so that reading gives back what was written.
 */
const formula = /^'*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;

export function guarded(cell: string): string {
  return formula.test(cell) ? `'${cell}` : cell;
}

export function unguarded(cell: string): string {
  return cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell;
}
