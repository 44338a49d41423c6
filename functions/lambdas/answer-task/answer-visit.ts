import * as z from 'zod';
import { localDate } from '../../contracts/fields.ts';
import { languageOf } from '../../customers/customer.ts';
import { type CustomerVisit, partsOfDay, type TimeWanted } from '../../handoff/customer-visit.ts';
import type { Task } from '../../handoff/task.ts';
import { customerOf, kindOf } from '../../handoffs/kinds.ts';
import { contextOfTask, type Services } from '../../outbox/decide-and-deliver.ts';
import { writeAndDeliver } from '../../outbox/deliver.ts';
import { ANOTHER_TIME, type VisitOutcome, visitPage } from '../../pages/visit-page.ts';
import { CONFLICT, untilWritten } from '../../until-written.ts';
import { notFoundToCustomer, openTaskOfCustomer } from './customer-link.ts';
import { type Answer, seeOther, storePageReply } from './reply.ts';
import { type Request, readForm } from './request.ts';

/**
 * A customer sees the time of a visit and can ask for another. The page uses the link of their email preferences,
 * because both belong to the customer alone.
 */
export async function answerVisit(services: Services, request: Request): Promise<Answer> {
  const form = request.method === 'POST' ? await readForm(request) : undefined;
  return untilWritten(`Task ${request.taskId}`, async () => {
    const task = await openTaskOfCustomer(services, request);
    if (!task) return notFoundToCustomer;
    const context = await contextOfTask(services, task);
    const kind = kindOf(task);
    const visit = kind.customerVisit(task, context);
    if (!kind.hasCustomerVisit) return notFoundToCustomer;
    const show = (status: number, outcome?: VisitOutcome) => shown(task, context, { status, visit, outcome });
    if (!form) return show(200);
    if (form.get('choice') !== ANOTHER_TIME || !visit) return show(422, 'nothing chosen');
    const wanted = readWanted(form, visit);
    if (!wanted) return show(422, 'wrong day');
    const next = kind.askForTime(task, wanted, context);
    if (next !== task && !(await writeAndDeliver(services, next, context))) return CONFLICT;
    const { taskId, secret } = request;
    return { reply: seeOther(`/u/${taskId}/${secret}/visit`), outcome: 'asked for another time', taskId };
  });
}

const wish = z.object({
  part: z.enum(partsOfDay),
  /** A field that was left empty arrives as an empty text. */
  day: z.union([z.literal('').transform(() => undefined), localDate]).optional(),
});

/** Undefined if the answer is not one that the page offers. */
function readWanted(form: ReadonlyMap<string, string>, { days }: CustomerVisit): TimeWanted | undefined {
  const { data } = wish.safeParse({ part: form.get('part'), day: form.get('day') });
  if (!data) return undefined;
  const { day, part } = data;
  if (day === undefined) return { part };
  return day >= days.first && day <= days.last ? { part, day } : undefined;
}

interface Showing {
  readonly status: number;
  readonly visit: CustomerVisit | undefined;
  readonly outcome: VisitOutcome | undefined;
}

function shown(
  task: Task,
  { group, store }: Awaited<ReturnType<typeof contextOfTask>>,
  { status, visit, outcome }: Showing,
): Answer {
  const page = visitPage({ language: languageOf(customerOf(task)), group, store, visit }, outcome);
  const reply = storePageReply({ group, store }, status, page);
  return { reply, outcome: outcome ?? 'visit shown', taskId: task.taskId };
}
