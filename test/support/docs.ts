import { readFileSync } from 'node:fs';

/** A block of code on a page of the docs, by the name after its language: what readers paste is what is tested. */
export function blockIn(page: string, name: string): string {
  const text = readFileSync(page, 'utf8');
  const found = [...text.matchAll(/^```\w+ ([\w.-]+)\n(.*?)^```$/gms)].filter(([, named]) => named === name);
  const [, , block] = found[0] ?? [];
  if (block === undefined || found.length > 1) throw new Error(`expected one block '${name}' in ${page}`);
  return block;
}
