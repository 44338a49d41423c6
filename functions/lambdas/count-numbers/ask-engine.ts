import type { Answer } from '../../numbers/gather.ts';
import type { QueryEngine } from '../../numbers/ports.ts';
import type { NumbersQuery } from '../../numbers/queries.ts';
import type { Wait } from '../../ports.ts';

/** Athena occasionally fails a query under load. */
const ATTEMPTS = 3;

/** Most queries take seconds; one over ten years of two hundred stores takes minutes. */
const FIRST_WAIT = 250;
const LONGEST_WAIT = 5_000;
/** Factor from one wait to the next: an answer is noticed soon after it is ready, whether it took seconds or minutes. */
const LONGER = 1.5;

interface Running {
  readonly query: NumbersQuery;
  readonly attempt: number;
  readonly id: string;
}

interface Asking {
  readonly engine: QueryEngine;
  readonly wait: Wait;
  /** Identifies this request: queries already started with the same token are found again and not paid for twice. */
  readonly token: string;
  readonly timeIsUp: () => boolean;
}

/**
 * Starts all queries at once and waits for every answer. If time runs out, they continue in Athena, and the next call
 * with the same token finds them.
 */
export async function askEngine(
  queries: readonly NumbersQuery[],
  { engine, wait, token, timeIsUp }: Asking,
): Promise<readonly Answer[]> {
  const start = async (query: NumbersQuery, attempt: number): Promise<Running> => {
    const id = await engine.start(query, `${token} ${attempt}`);
    return { query, attempt, id };
  };
  let running: Running[] = [];
  for (const query of queries) running.push(await start(query, 1));
  const done: Running[] = [];
  for (let pause = FIRST_WAIT; running.length > 0; pause = Math.min(LONGER * pause, LONGEST_WAIT)) {
    if (timeIsUp()) throw new Error(`${running.length} queries take too long`);
    await wait(pause);
    const states = await engine.states(running.map(({ id }) => id));
    const next: Running[] = [];
    for (const [at, one] of running.entries()) {
      const state = states[at];
      if (state?.is === 'done') done.push(one);
      else if (state?.is !== 'failed') next.push(one);
      else if (one.attempt < ATTEMPTS) next.push(await start(one.query, one.attempt + 1));
      else
        throw new Error(`${one.query.number} by ${one.query.length} could not be counted: ${state.reason}`);
    }
    running = next;
  }
  return done.map(({ query, id }) => ({ ...query, cells: engine.cells(id) }));
}
