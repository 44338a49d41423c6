/** If more than one letter in three differs, it is another word, not a typing error. */
const LETTERS_PER_MISTAKE = 3;

/** The most similar of some names, ignoring case, spaces, hyphens and underscores. */
export function nearest(text: string, names: readonly string[], mostMistakes = Infinity): string | undefined {
  const asked = letters(text);
  const ranked = names
    .map((name) => ({ name, mistakes: mistakesBetween(asked, letters(name)) }))
    .sort((left, right) => left.mistakes - right.mistakes);
  const [best] = ranked;
  if (!best || best.mistakes > Math.min(mostMistakes, letters(best.name).length / LETTERS_PER_MISTAKE)) {
    return undefined;
  }
  return best.name;
}

/** Cut, because the text comes from outside and the comparison takes time in proportion to the product of both lengths. */
function letters(text: string): string {
  return text
    .slice(0, 100)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** The Levenshtein distance: letters to insert, delete or replace. Keeps one row of the table at a time. */
function mistakesBetween(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (const [at, letter] of [...from].entries()) {
    const above = row;
    row = [at + 1];
    for (let column = 1; column <= to.length; column += 1) {
      const replaced = (above[column - 1] ?? 0) + (letter === to[column - 1] ? 0 : 1);
      row.push(Math.min(replaced, (above[column] ?? 0) + 1, (row[column - 1] ?? 0) + 1));
    }
  }
  return row[to.length] ?? 0;
}
