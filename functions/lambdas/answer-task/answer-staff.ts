import { type Answered, answerTask, type Answer as Choosing, UNDO } from '../../handoff/answer.ts';
import { choiceFields, findChoice, readerOf } from '../../handoff/choices.ts';
import type { Services } from '../../outbox/decide-and-deliver.ts';
import { writeAndDeliver } from '../../outbox/deliver.ts';
import { notFoundPage } from '../../pages/plain-pages.ts';
import { type Outcome, taskPage } from '../../pages/task-page.ts';
import type { Answer } from './answer-request.ts';
import { FRESH_LINK, sendFreshLink } from './fresh-link.ts';
import { pageReply, seeOther } from './reply.ts';
import { type Request, readForm } from './request.ts';
import { sendFreshDay, sendMyDay, wantsMyDay } from './send-my-day.ts';
import { type Visit, visitOf } from './visit.ts';

/** More conflicts in a row than people press at once. */
const ATTEMPTS = 20;
const DAY_SENT = 'my-day';

type Form = ReadonlyMap<string, string>;

/** Someone of the staff opens the link of an email, or chooses on its page. */
export async function answerStaff(services: Services, request: Request): Promise<Answer> {
  const form = request.method === 'POST' ? await readForm(request) : undefined;
  const choosing = form && readChoosing(form);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const visit = await visitOf(services, request);
    if (!visit) return closedDoor(services, request, form);
    if (!form) return shown(visit, doneBefore(request), 'shown', 200);
    if (wantsMyDay(form)) return daySent(services, visit);
    if (!choosing) return shown(visit, { is: 'nothing chosen' }, 'nothing chosen', 422);
    const { task, reader, context } = visit;
    const answered = answerTask(task, readerOf(reader), choosing, context);
    const isKept = answered.is !== 'done' || (await writeAndDeliver(services, answered.task, context));
    // Somebody else wrote in between: what fits is decided anew, on what stands now.
    if (isKept) return told(visit, answered, form);
  }
  throw new Error(`Task ${request.taskId} was written by others ${ATTEMPTS} times in a row`);
}

async function closedDoor(services: Services, request: Request, form: Form | undefined): Promise<Answer> {
  if (form?.get('choice') === FRESH_LINK) {
    return request.door === 'me' ? sendFreshDay(services, request) : sendFreshLink(services, request);
  }
  return { reply: pageReply(404, notFoundPage()), outcome: 'not found' };
}

function readChoosing(form: Form): Choosing | undefined {
  const choice = form.get('choice');
  const seen = form.get('seen');
  if (choice === undefined) return undefined;
  const typed = Object.fromEntries(choiceFields.map((field) => [field, form.get(field)]));
  return { choice, ...typed, ...(isInstant(seen) ? { seen } : {}) };
}

const isInstant = (text: string | undefined) =>
  text !== undefined && /^\d{4}-\d\d-\d\dT[\d:.]{8,12}Z$/.test(text);

async function daySent(services: Services, { reader, context, path, task }: Visit): Promise<Answer> {
  await sendMyDay(services, reader, context);
  return { reply: seeOther(`${path}?done=${DAY_SENT}`), outcome: 'my day sent', taskId: task.taskId };
}

function told(visit: Visit, answered: Answered, form: Form): Answer {
  const { path, task } = visit;
  const { taskId } = task;
  switch (answered.is) {
    case 'done':
    case 'already done': {
      const reply = seeOther(`${path}?done=${answered.choice.name}`);
      return { reply, outcome: `${answered.is}: ${answered.choice.name}`, taskId };
    }
    case 'moved on':
      return shown(visit, { is: 'moved on', choice: answered.choice }, 'moved on', 409);
    case 'unknown choice':
      return shown(visit, { is: 'nothing chosen' }, 'nothing chosen', 422);
    case 'wrong': {
      const { choice, message } = answered;
      const typed = choice.asks && form.get(choice.asks);
      return shown(visit, { is: 'wrong', choice: choice.name, message, typed }, 'wrong', 422);
    }
  }
}

/** The marker that a redirect left: what it says is checked against the task before it is shown. */
function doneBefore({ query }: Request): Outcome | undefined {
  const choice = query.get('done');
  if (choice === DAY_SENT) return { is: 'day sent' };
  return choice !== null && (choice === UNDO || findChoice(choice)) ? { is: 'done', choice } : undefined;
}

function shown(
  { task, reader, context, dayPath }: Visit,
  outcome: Outcome | undefined,
  word: string,
  status: number,
): Answer {
  return {
    reply: pageReply(status, taskPage({ ...context, task, reader }, outcome, dayPath)),
    outcome: word,
    taskId: task.taskId,
  };
}
