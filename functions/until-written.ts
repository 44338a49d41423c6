/** What one try answers when somebody else wrote the item since it was read. */
export const CONFLICT = Symbol('somebody else wrote first');

/** More conflicts in a row than copies of one event, or clicks of several people, make at once. */
const TIMES = 20;

/**
 * Reads, decides and writes; after a conflict again from the read. Each try that loses finds the item decided by the one
 * that won, so conflicts end by themselves; throws when they do not.
 */
export async function untilWritten<T>(
  what: string,
  attempt: (number: number) => Promise<T | typeof CONFLICT>,
): Promise<T> {
  for (let number = 1; number <= TIMES; number += 1) {
    const result = await attempt(number);
    if (result !== CONFLICT) return result;
  }
  throw new Error(`${what} was written by others ${TIMES} times in a row`);
}
