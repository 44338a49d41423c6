interface Limits {
  /** Asked before each start, so it may change on the way. */
  readonly limit: () => number;
  /** No more actions are started once it is true; those that are running are waited for. */
  readonly mustStop?: () => boolean;
}

/**
 * Runs an action for each item, in order, with a limited number running at a time. A failure stops no other item and is
 * thrown after all of them; of several failures the first is thrown.
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
