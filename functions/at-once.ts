interface Limits {
  /** Asked before each start, so the limit may change during the run. */
  readonly limit: () => number;
  /** Once it returns true, no more actions start; running ones are awaited. */
  readonly mustStop?: () => boolean;
}

/**
 * Runs an action for each item, in order, a limited number at a time. A failure does not stop the others; the first
 * failure is thrown when all have finished.
 */
export async function forEachAtOnce<Item>(
  items: readonly Item[],
  { limit, mustStop = () => false }: Limits,
  act: (item: Item) => Promise<unknown>,
): Promise<void> {
  const failures: unknown[] = [];
  const running = new Set<Promise<unknown>>();
  for (const item of items) {
    while (running.size >= limit()) await Promise.race(running);
    if (mustStop()) break;
    const started: Promise<unknown> = act(item)
      .catch((error: unknown) => failures.push(error))
      .finally(() => running.delete(started));
    running.add(started);
  }
  await Promise.all(running);
  if (failures.length > 0) throw failures[0];
}
