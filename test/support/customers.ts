import { readFileSync } from 'node:fs';
import { serviceVisitCompleted } from '../../functions/contracts/service-visit-completed.ts';
import { visitFrom } from '../../functions/history/visits.ts';
import type { World } from './world.ts';

/** The customer of samples/repair-quote-high.json comes for years: what samples/history.jsonl tells. */
export async function longTermCustomer(world: World): Promise<void> {
  const file = readFileSync(new URL('../../samples/history.jsonl', import.meta.url), 'utf8');
  const { history } = world.services();
  for (const line of file.trim().split('\n')) {
    await history.record(visitFrom(serviceVisitCompleted.schema.parse(JSON.parse(line))));
  }
}
