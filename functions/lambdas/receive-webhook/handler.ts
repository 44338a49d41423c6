import { POSTS_REFUSED_METRIC } from '../../runtime/environment.ts';
import { lambdaHandler } from '../../runtime/lambda-handler.ts';
import { logLines } from '../../runtime/log-lines.ts';
import { once } from '../../runtime/once.ts';
import { postServices } from '../../runtime/post-services.ts';
import { readEnvironment } from '../../runtime/read-environment.ts';
import { telemetry } from '../../runtime/telemetry.ts';
import { readPost } from './read-post.ts';
import { receiveWebhook } from './receive-webhook.ts';

// Once for each cold start.
const services = once(() => postServices(readEnvironment('receive-webhook', 'receiving')));

// Called by AWS for each post. An error becomes status 500, after which the vendor posts again.
export const handler = lambdaHandler('A post could not be received', async (event) => {
  const { feed, post } = readPost(event);
  const { status, outcome } = await receiveWebhook(services(), feed, post);
  if (outcome === 'stored') telemetry.info('Post stored', { feed });
  else telemetry.warn(logLines.postRefused.message, { feed, outcome });
  telemetry.measure(POSTS_REFUSED_METRIC, status === 202 ? 0 : 1);
  return { statusCode: status, headers: { 'cache-control': 'no-store' }, body: '' };
});
