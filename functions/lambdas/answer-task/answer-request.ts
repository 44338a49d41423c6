import type { StartServices } from '../../handoffs/starts.ts';
import { notFoundPage, refusedPage } from '../../pages/plain-pages.ts';
import { answerCalendar } from './answer-calendar.ts';
import { answerCustomer } from './answer-customer.ts';
import { answerLetters } from './answer-letters.ts';
import { answerMet } from './answer-met.ts';
import { answerMyDay } from './answer-my-day.ts';
import { answerStaff } from './answer-staff.ts';
import { answerStart } from './answer-start.ts';
import { answerVisit } from './answer-visit.ts';
import { type Answer, pageReply, withoutBody } from './reply.ts';
import { BODY_BYTES, type Request } from './request.ts';

/** The pages behind the links in emails. GET and HEAD read; only a POST with a choice writes. */
export async function answerRequest(services: StartServices, request: Request): Promise<Answer> {
  const answer = await answerMethod(services, request);
  return request.method === 'HEAD' ? { ...answer, reply: withoutBody(answer.reply) } : answer;
}

async function answerMethod(services: StartServices, request: Request): Promise<Answer> {
  const allowed = request.page === 'visit.ics' ? ['GET', 'HEAD'] : ['GET', 'HEAD', 'POST'];
  if (!allowed.includes(request.method)) {
    return { reply: pageReply(405, refusedPage('method'), { allow: allowed.join(', ') }), outcome: 'method' };
  }
  if (request.body.length > BODY_BYTES) {
    return { reply: pageReply(413, refusedPage('size')), outcome: 'too large' };
  }
  if (request.page === 'letters') return answerLetters(services, request);
  if (request.page === 'start') return answerStart(services, request);
  if (request.area === 't') return answerStaff(services, request);
  if (request.area === 'me') {
    return request.taskId === '' ? answerMyDay(services, request) : answerStaff(services, request);
  }
  if (request.area === 'u') {
    if (request.page === 'visit.ics') return answerCalendar(services, request);
    if (request.page === 'met') return answerMet(services, request, 'yes');
    if (request.page === 'not-met') return answerMet(services, request, 'no');
    return request.page === 'visit' ? answerVisit(services, request) : answerCustomer(services, request);
  }
  return { reply: pageReply(404, notFoundPage()), outcome: 'not found' };
}
