import * as z from 'zod';
import { droppedFile, unfinishedFile } from '../../feeds/dropped-file.ts';
import { countsOf } from '../../feeds/file-receipt.ts';
import { FEED_FILES_STOPPED_METRIC, READING_RESERVE_SECONDS } from '../../runtime/environment.ts';
import { lambdaHandler } from '../../runtime/lambda-handler.ts';
import { logLines } from '../../runtime/log-lines.ts';
import { once } from '../../runtime/once.ts';
import { readEnvironment } from '../../runtime/read-environment.ts';
import { readingServices } from '../../runtime/reading-services.ts';
import { telemetry } from '../../runtime/telemetry.ts';
import { type Outcome, readDropped, readUnfinished } from './read-file.ts';

// Once for each cold start.
const services = once(() => readingServices(readEnvironment('read-feed', 'reading')));

const invocation = z.object({ detail: z.union([droppedFile, unfinishedFile]) });

// Called by AWS for each file that is dropped into the bucket, and by the sweep for an unfinished one.
export const handler = lambdaHandler('A file could not be read', async (input, context): Promise<void> => {
  const { detail } = invocation.parse(input);
  const timeIsUp = () => context.getRemainingTimeInMillis() < READING_RESERVE_SECONDS * 1000;
  const outcome =
    'object' in detail
      ? await readDropped(services(), detail.object, timeIsUp)
      : await readUnfinished(services(), detail, timeIsUp);
  report(outcome);
});

function report(outcome: Outcome): void {
  if (!('receipt' in outcome)) {
    telemetry.info('File passed over', { outcome: outcome.is });
    return;
  }
  const { receipt } = outcome;
  const { feed, fileName, stops } = receipt;
  const { read, unchanged, refused } = countsOf(receipt);
  telemetry.info('File read', { feed, fileName, outcome: outcome.is, read, unchanged, refused });
  telemetry.measure(FEED_FILES_STOPPED_METRIC, outcome.is === 'stopped' ? 1 : 0);
  for (const { reason } of stops) telemetry.warn(logLines.fileStopped.message, { feed, fileName, reason });
}
