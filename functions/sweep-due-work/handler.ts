import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { environments, OLDEST_DUE_AGE_METRIC, readEnvironment } from '../runtime/environment.ts';
import { once, sweepingServices } from '../runtime/services.ts';
import { telemetry } from '../runtime/telemetry.ts';
import { sweepDueWork } from './sweep-due-work.ts';

const services = once(() => sweepingServices(readEnvironment(environments['sweep-due-work'])));

/** Enough to finish the item in hand and say how far it came. */
const RESERVE_MILLISECONDS = 30_000;

export const handler = middy(async (_tick: unknown, context: Context): Promise<void> => {
  const timeIsUp = () => context.getRemainingTimeInMillis() < RESERVE_MILLISECONDS;
  const { acted, failed, oldestSeconds, finished } = await sweepDueWork(services(), timeIsUp);
  for (const { id, error } of failed) telemetry.error('Due work failed', error, { id });
  telemetry.info('Swept', { acted, failed: failed.length, oldestSeconds, finished });
  telemetry.measure(OLDEST_DUE_AGE_METRIC.name, 'Seconds', oldestSeconds);
});
