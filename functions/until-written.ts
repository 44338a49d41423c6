/** Returned by an attempt when the item was changed since it was read. */
export const CONFLICT = Symbol('somebody else wrote first');

/** More consecutive conflicts than duplicate events or simultaneous clicks can cause. */
const TIMES = 20;

/**
 * Reads, decides and writes; starts over with the read after a conflict. Every lost attempt sees the winner's result,
 * so conflicts resolve themselves; throws if they do not.
 */
export async function untilWritten<T>(
  what: string,
  attempt: (number: number) => Promise<T | typeof CONFLICT>,
): Promise<T> {
  for (let number = 1; number <= TIMES; number += 1) {
    const result = await attempt(number);
    if (result !== CONFLICT) return result;
  }
  throw new Error(`${what}: gave up after ${TIMES} write conflicts in a row`);
}
