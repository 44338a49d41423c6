import * as z from 'zod';
import { droppedFile } from '../../feeds/dropped-file.ts';
import { lambdaHandler } from '../../runtime/lambda-handler.ts';
import { readEnvironment } from '../../runtime/read-environment.ts';
import { readingServices } from '../../runtime/reading-services.ts';
import { once } from '../../runtime/services.ts';
import { telemetry } from '../../runtime/telemetry.ts';
import { readFile } from './read-file.ts';

// Once for each cold start.
const services = once(() => readingServices(readEnvironment('read-feed', 'reading')));

const created = z.object({ detail: droppedFile });

// Called by AWS for each file that is dropped into the bucket.
export const handler = lambdaHandler('A file could not be read', async (input): Promise<void> => {
  const { object } = created.parse(input).detail;
  const outcome = await readFile(services(), object);
  telemetry.info('File read', { key: object.key, outcome });
});
