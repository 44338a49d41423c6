import { languageOf } from '../../customers/customer.ts';
import type { MetAnswer } from '../../handoff/meeting.ts';
import { customerOf, kindOf } from '../../handoffs/kinds.ts';
import { contextOfTask, type Services } from '../../outbox/decide-and-deliver.ts';
import { writeAndDeliver } from '../../outbox/deliver.ts';
import { metPage, notAskedPage, SAY } from '../../pages/met-page.ts';
import { CONFLICT, untilWritten } from '../../until-written.ts';
import { notFoundToCustomer, openTaskOfCustomer } from './customer-link.ts';
import { type Answer, seeOther, storePageReply } from './reply.ts';
import { type Request, readForm } from './request.ts';

/** A customer answers whether they met their advisor. A GET records nothing, because mail programs open every link. */
export async function answerMet(services: Services, request: Request, answer: MetAnswer): Promise<Answer> {
  const form = request.method === 'POST' ? await readForm(request) : undefined;
  return untilWritten(`Task ${request.taskId}`, async () => {
    const task = await openTaskOfCustomer(services, request);
    if (!task) return notFoundToCustomer;
    const context = await contextOfTask(services, task);
    const kind = kindOf(task);
    const meeting = kind.meeting(task);
    const language = languageOf(customerOf(task));
    if (!meeting) {
      const page = notAskedPage({ ...context, language });
      return {
        reply: storePageReply(context, form ? 422 : 200, page),
        outcome: 'met page: not asked any more',
        taskId: task.taskId,
      };
    }
    if (form?.get('choice') === SAY) {
      const next = kind.saysMet(task, answer, context);
      if (next !== task && !(await writeAndDeliver(services, next, context))) return CONFLICT;
      const { taskId, secret, page } = request;
      return { reply: seeOther(`/u/${taskId}/${secret}/${page}`), outcome: `met: ${answer}`, taskId };
    }
    const page = metPage({
      ...{ language, group: context.group, store: context.store },
      answer,
      name: context.employed(meeting.with)?.name,
      isSaid: meeting.said === answer,
    });
    return {
      reply: storePageReply(context, form ? 422 : 200, page),
      outcome: 'met page shown',
      taskId: task.taskId,
    };
  });
}
