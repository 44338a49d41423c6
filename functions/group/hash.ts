import { createHash } from 'node:crypto';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * SHA-256 of a list of texts, in hex. Hashed as JSON: two different lists can never yield the same text, as plain
 * joining could.
 */
export const hash = (parts: readonly string[]): string => sha256(JSON.stringify(parts));

/** The same hash for equal JSON content, in whatever order its attributes are. Sixteen digits tell versions apart. */
export const contentHash = (content: object): string =>
  sha256(JSON.stringify(content, sortingAttributes)).slice(0, 16);

/** A replacer for `JSON.stringify` that sorts the attributes of each object. */
export function sortingAttributes(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
