import { createHash } from 'node:crypto';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** SHA-256 of a list of texts, in hex: no two lists run into each other, as joined texts could. */
export const hash = (parts: readonly string[]): string => sha256(JSON.stringify(parts));

/** The same for equal JSON content, whatever the order of its attributes. Sixteen digits tell versions apart. */
export const contentHash = (content: object): string =>
  sha256(JSON.stringify(content, sortingAttributes)).slice(0, 16);

/** Replaces each object by one whose attributes are sorted, as `JSON.stringify` asks for it. */
export function sortingAttributes(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
