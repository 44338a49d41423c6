import { type Answered, answerTask, type Answer as Choosing, UNDO } from '../domain/answer.ts';
import { localDate } from '../domain/business-time.ts';
import { choiceFields, findChoice, readerOf } from '../domain/choices.ts';
import type { Context } from '../domain/draft.ts';
import { findPerson, isActive, type StaffMember } from '../domain/staff.ts';
import type { Task } from '../domain/task.ts';
import { contextOf, type Services } from '../outbox/decide-and-deliver.ts';
import { writeAndDeliver } from '../outbox/deliver.ts';
import { notFoundPage } from '../pages/plain-pages.ts';
import { type Outcome, taskPage } from '../pages/task-page.ts';
import type { Answer } from './answer-request.ts';
import { FRESH_LINK, sendFreshLink } from './fresh-link.ts';
import { openLink, staffOf } from './open-link.ts';
import { pageReply, seeOther } from './reply.ts';
import { type Request, readForm } from './request.ts';

/** More conflicts in a row than people press at once. */
const ATTEMPTS = 20;

type Form = ReadonlyMap<string, string>;

/** Someone of the staff opens the link of an email, or chooses on its page. */
export async function answerStaff(services: Services, request: Request): Promise<Answer> {
  const form = request.method === 'POST' ? await readForm(request) : undefined;
  const choosing = form && readChoosing(form);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const visit = await visitOf(services, request);
    if (!visit) return closedDoor(services, request, form);
    if (!form) return shown(visit, doneBefore(request), 'shown', 200);
    if (!choosing) return shown(visit, { is: 'nothing chosen' }, 'nothing chosen', 422);
    const { task, reader, context } = visit;
    const answered = answerTask(task, readerOf(reader), choosing, context);
    const isKept = answered.is !== 'done' || (await writeAndDeliver(services, answered.task, context));
    // Somebody else wrote in between: what fits is decided anew, on what stands now.
    if (isKept) return told(visit, answered, form, request);
  }
  throw new Error(`Task ${request.taskId} was written by others ${ATTEMPTS} times in a row`);
}

interface Visit {
  readonly task: Task;
  readonly reader: StaffMember;
  readonly context: Context;
}

/** A link in force, of somebody who works here today: a leaver's links end with them. */
async function visitOf(services: Services, request: Request): Promise<Visit | undefined> {
  const opened = await openLink(services, request);
  const staff = opened && staffOf(opened.link);
  if (!opened || staff === undefined || opened.isExpired) return undefined;
  const context = await contextOf(services, opened.task.storeId);
  const reader = findPerson(context.roster, staff);
  const isHere = reader && isActive(reader, localDate(context.store.timeZone, context.now));
  return isHere ? { task: opened.task, reader, context } : undefined;
}

async function closedDoor(services: Services, request: Request, form: Form | undefined): Promise<Answer> {
  if (form?.get('choice') === FRESH_LINK) return sendFreshLink(services, request);
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

function told(visit: Visit, answered: Answered, form: Form, request: Request): Answer {
  const { taskId, secret } = request;
  switch (answered.is) {
    case 'done':
    case 'already done': {
      const reply = seeOther(`/t/${taskId}/${secret}?done=${answered.choice.name}`);
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
  return choice !== null && (choice === UNDO || findChoice(choice)) ? { is: 'done', choice } : undefined;
}

function shown(
  { task, reader, context }: Visit,
  outcome: Outcome | undefined,
  word: string,
  status: number,
): Answer {
  return {
    reply: pageReply(status, taskPage({ ...context, task, reader }, outcome)),
    outcome: word,
    taskId: task.taskId,
  };
}
