import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock, Random } from '../domain/ports.ts';

/** The only place that asks the machine for the time or for chance. */
export const systemClock: Clock = { now: () => new Date().toISOString() };

export const systemRandom: Random = {
  secret: () => randomBytes(32).toString('base64url'),
  id: () => randomUUID(),
  jitter: () => Math.random(),
};
