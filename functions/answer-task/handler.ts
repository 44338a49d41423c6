import middy from '@middy/core';
import { brokenPage } from '../pages/plain-pages.ts';
import { readEnvironment } from '../runtime/read-environment.ts';
import { once, sendingServices } from '../runtime/services.ts';
import { telemetry } from '../runtime/telemetry.ts';
import { answerRequest } from './answer-request.ts';
import { pageReply, type Reply } from './reply.ts';
import { readRequest } from './request.ts';

const services = once(() => sendingServices(readEnvironment('answer-task', 'sending')));

/** The path is the secret: nothing of the request is logged, but the task whose link was right. */
export const handler = middy(async (event: unknown): Promise<Reply> => {
  try {
    const { reply, outcome, taskId } = await answerRequest(services(), readRequest(event));
    telemetry.info('Page answered', { outcome, status: reply.statusCode, taskId });
    telemetry.count('PagesAnswered', { outcome: outcome.split(':')[0] ?? outcome });
    return reply;
  } catch (error) {
    // A person is waiting: they get a page that says so, and the API counts the server error for the alarm.
    telemetry.error('Page failed', error);
    return pageReply(500, brokenPage());
  }
});
