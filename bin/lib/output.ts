/** The only place where commands write to the terminal. */

/** Control characters, line separators, and marks that reverse the text after them. */
const unprintable = /[\p{Cc}\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/**
 * Makes a text one line that cannot control the terminal. Events come from outside: an escape sequence in one could
 * forge lines, recolor the screen or rename its window. The replacement is also a valid escape in JSON.
 */
export function printable(line: string): string {
  return line.replace(unprintable, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Prints each argument as one line; a line break in an argument is shown escaped. */
export function say(...lines: readonly string[]): void {
  process.stdout.write(asText(lines));
}

/** The same on stderr, for errors and notes that are not part of the output. */
export function complain(...lines: readonly string[]): void {
  process.stderr.write(asText(lines));
}

export function sayJson(value: unknown): void {
  say(...JSON.stringify(value, null, 2).split('\n'));
}

/** Prints a file's content: byte for byte into a pipe, printable on a terminal. */
export function sayContent(text: string): void {
  if (process.stdout.isTTY) say(...text.replace(/\r?\n$/, '').split(/\r?\n/));
  else process.stdout.write(text);
}

const asText = (lines: readonly string[]) => lines.map((line) => `${printable(line)}\n`).join('');
