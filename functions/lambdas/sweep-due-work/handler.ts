import {
  FAILED_WORK_METRIC,
  LATE_FEEDS_METRIC,
  OLDEST_DUE_AGE_METRIC,
  SILENT_FEEDS_METRIC,
  SWEEP_RESERVE_SECONDS,
} from '../../runtime/environment.ts';
import { lambdaHandler } from '../../runtime/lambda-handler.ts';
import { logLines } from '../../runtime/log-lines.ts';
import { once } from '../../runtime/once.ts';
import { readEnvironment } from '../../runtime/read-environment.ts';
import { sweepingServices } from '../../runtime/services.ts';
import { telemetry } from '../../runtime/telemetry.ts';
import { sweepDueWork } from './sweep-due-work.ts';

// Once for each cold start.
const services = once(() => sweepingServices(readEnvironment('sweep-due-work', 'sending')));

// Called by AWS every five minutes.
export const handler = lambdaHandler(logLines.sweepFailed.message, async (_tick, context): Promise<void> => {
  const timeIsUp = () => context.getRemainingTimeInMillis() < SWEEP_RESERVE_SECONDS * 1000;
  const { acted, failed, oldestSeconds, finished, silent, late } = await sweepDueWork(services(), timeIsUp);
  for (const { id, error } of failed) telemetry.error(logLines.dueWorkFailed.message, error, { id });
  if (silent.length > 0)
    telemetry.warn('Feeds are silent', {
      feeds: silent.map(({ storeId, source }) => `${storeId} ${source}`),
    });
  telemetry.info(logLines.swept.message, { acted, failed: failed.length, oldestSeconds, finished });
  telemetry.measure(OLDEST_DUE_AGE_METRIC, oldestSeconds);
  telemetry.measure(FAILED_WORK_METRIC, failed.length);
  telemetry.measure(SILENT_FEEDS_METRIC, silent.length);
  for (const { feed, storeId } of late) telemetry.warn(logLines.feedLate.message, { feed, storeId });
  telemetry.measure(LATE_FEEDS_METRIC, late.length);
});
