import { brokenPage } from '../../pages/plain-pages.ts';
import { lambdaHandler } from '../../runtime/lambda-handler.ts';
import { logLines } from '../../runtime/log-lines.ts';
import { once } from '../../runtime/once.ts';
import { readEnvironment } from '../../runtime/read-environment.ts';
import { reportingServices } from '../../runtime/reporting-services.ts';
import { telemetry } from '../../runtime/telemetry.ts';
import { pageReply, type Reply } from '../answer-task/reply.ts';
import { readAsked } from './read-asked.ts';
import { showNumbers } from './show-numbers.ts';

// Once for each cold start.
const services = once(() => reportingServices(readEnvironment('show-numbers', 'reporting')));

// Called by AWS for each request below /s/. The path is the secret, so it is not logged.
export const handler = lambdaHandler(logLines.pageFailed.message, async (event): Promise<Reply> => {
  try {
    const { reply, outcome } = await showNumbers(services(), readAsked(event));
    telemetry.info('Numbers answered', { outcome, status: reply.statusCode });
    telemetry.count('PagesAnswered', { outcome });
    return reply;
  } catch (error) {
    // Show an error page; the API counts the server error for the alarm.
    telemetry.error(logLines.pageFailed.message, error);
    return pageReply(500, brokenPage());
  }
});
