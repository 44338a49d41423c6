import { createHash } from 'node:crypto';

/** SHA-256 of a list of texts, in hex: no two lists run into each other, as joined texts could. */
export function hash(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
