import { brokenPage } from '../../pages/plain-pages.ts';
import { lambdaHandler } from '../../runtime/lambda-handler.ts';
import { logLines } from '../../runtime/log-lines.ts';
import { once } from '../../runtime/once.ts';
import { readEnvironment } from '../../runtime/read-environment.ts';
import { answeringServices } from '../../runtime/services.ts';
import { telemetry } from '../../runtime/telemetry.ts';
import { answerRequest } from './answer-request.ts';
import { pageReply, type Reply } from './reply.ts';
import { readRequest } from './request.ts';

// Once for each cold start.
const services = once(() => answeringServices(readEnvironment('answer-task', 'sending')));

// Called by AWS for each request to a page. The path is the secret: only the task of a valid link is logged.
export const handler = lambdaHandler(logLines.pageFailed.message, async (event): Promise<Reply> => {
  try {
    const { reply, outcome, taskId, lookedUp } = await answerRequest(services(), readRequest(event));
    telemetry.info('Page answered', { outcome, status: reply.statusCode, taskId, ...lookedUp });
    telemetry.count('PagesAnswered', { outcome: outcome.split(':')[0] ?? outcome });
    return reply;
  } catch (error) {
    // Show an error page; the API counts the server error for the alarm.
    telemetry.error(logLines.pageFailed.message, error);
    return pageReply(500, brokenPage());
  }
});
