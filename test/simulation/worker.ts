import './quiet.ts';
import './speed.ts';
import './speed-of-reading.ts';
import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod';
import { play } from './play.ts';

/** Plays every n-th seed, so that as many of these as there are processors share the work. */
const { first, step, end } = z
  .object({ first: z.number(), step: z.number(), end: z.number() })
  .parse(workerData);

for (let seed = first; seed < end; seed += step) {
  const { history: _long, ...played } = await play(seed);
  parentPort?.postMessage(played);
}
