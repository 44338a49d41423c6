import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Clock, Random, Wait } from '../ports.ts';

/** The only source of the current time and of randomness. */
export const systemClock: Clock = { now: () => new Date().toISOString() };

export const systemWait: Wait = (milliseconds) => setTimeout(milliseconds);

export const systemRandom: Random = {
  secret: () => randomBytes(32).toString('base64url'),
  id: () => randomUUID(),
  jitter: () => Math.random(),
};
