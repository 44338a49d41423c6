import { createHash } from 'node:crypto';

/** SHA-256 of a list of texts, in hex. Different lists never hash the same input, as joined texts could. */
export function hash(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
