import { withoutBounce } from '../../customers/opt-outs.ts';
import { type Answered, answerTask, type Submitted, UNDO } from '../../handoff/answer.ts';
import { choiceFields } from '../../handoff/choice-fields.ts';
import { findChoice, readerOf } from '../../handoff/choices.ts';
import { asKnown, kindOf, reachedOf } from '../../handoffs/kinds.ts';
import type { Services } from '../../outbox/decide-and-deliver.ts';
import { relatedTo, writeAndDeliver } from '../../outbox/deliver.ts';
import { notFoundPage } from '../../pages/plain-pages.ts';
import { type Outcome, taskPage } from '../../pages/task-page.ts';
import { CONFLICT, untilWritten } from '../../until-written.ts';
import { STARTED } from './answer-start.ts';
import { FRESH_LINK, sendFreshLink } from './fresh-link.ts';
import { type Answer, pageReply, seeOther, storePageReply } from './reply.ts';
import { type Request, readForm } from './request.ts';
import { sendFreshDay, sendMyDay, wantsMyDay } from './send-my-day.ts';
import { atOwnStore, type Visitor, visitorOf } from './visitor.ts';

const DAY_SENT = 'my-day';

type Form = ReadonlyMap<string, string>;

/** A staff member opens a link from an email, or submits a choice on its page. */
export async function answerStaff(services: Services, request: Request): Promise<Answer> {
  const form = request.method === 'POST' ? await readForm(request) : undefined;
  const submitted = form && readSubmitted(form);
  return untilWritten(`Task ${request.taskId}`, async () => {
    const visitor = await visitorOf(services, request);
    if (!visitor) return unknownLink(services, request, form);
    if (!form) return shown(services, visitor, doneBefore(request, visitor), 'shown', 200);
    if (wantsMyDay(form)) return daySent(services, visitor);
    if (!submitted) return shown(services, visitor, { is: 'nothing chosen' }, 'nothing chosen', 422);
    const { task, reader, context } = visitor;
    const answered = answerTask(task, kindOf(task), readerOf(reader), submitted, context);
    if (answered.is === 'done') await trustAddress(services, answered);
    if (answered.is === 'done' && !(await writeAndDeliver(services, answered.task, context))) {
      return CONFLICT;
    }
    return replyTo(services, visitor, answered, form);
  });
}

/**
 * If staff enter an address, they confirm it: an address that bounced before is written to again, as its mailbox may
 * work now.
 */
async function trustAddress(
  { addresses }: Services,
  { choice, task }: Extract<Answered, { is: 'done' }>,
): Promise<void> {
  if (choice.asks !== 'email' || task.customerEmail === undefined) return;
  await addresses.change(task.customerEmail, withoutBounce);
}

async function unknownLink(services: Services, request: Request, form: Form | undefined): Promise<Answer> {
  if (form?.get('choice') === FRESH_LINK) {
    return request.area === 'me' ? sendFreshDay(services, request) : sendFreshLink(services, request);
  }
  return { reply: pageReply(404, notFoundPage()), outcome: 'not found' };
}

function readSubmitted(form: Form): Submitted | undefined {
  const choice = form.get('choice');
  const seen = form.get('seen');
  if (choice === undefined) return undefined;
  const typed = Object.fromEntries(choiceFields.map((field) => [field, form.get(field)]));
  return { choice, ...typed, ...(isInstant(seen) ? { seen } : {}) };
}

const isInstant = (text: string | undefined) =>
  text !== undefined && /^\d{4}-\d\d-\d\dT[\d:.]{8,12}Z$/.test(text);

async function daySent(services: Services, visitor: Visitor): Promise<Answer> {
  const { path, task } = visitor;
  const own = await atOwnStore(services, visitor);
  if (own) await sendMyDay(services, own.reader, own.context);
  return { reply: seeOther(`${path}?done=${DAY_SENT}`), outcome: 'my day sent', taskId: task.taskId };
}

async function replyTo(
  services: Services,
  visitor: Visitor,
  answered: Answered,
  form: Form,
): Promise<Answer> {
  const { path, task } = visitor;
  const { taskId } = task;
  switch (answered.is) {
    case 'done':
    case 'already done': {
      const reply = seeOther(`${path}?done=${answered.choice.name}`);
      return { reply, outcome: `${answered.is}: ${answered.choice.name}`, taskId };
    }
    case 'moved on':
      return shown(services, visitor, { is: 'moved on', choice: answered.choice }, 'moved on', 409);
    case 'unknown choice':
      return shown(services, visitor, { is: 'nothing chosen' }, 'nothing chosen', 422);
    case 'wrong': {
      const { choice, message } = answered;
      const typed = choice.asks && form.get(choice.asks);
      return shown(services, visitor, { is: 'wrong', choice: choice.name, message, typed }, 'wrong', 422);
    }
  }
}

/** The marker in a redirect's URL. It is checked against the task before it is shown. */
function doneBefore({ query }: Request, { task }: Visitor): Outcome | undefined {
  const choice = query.get('done');
  if (choice === DAY_SENT) return { is: 'day sent' };
  if (choice === STARTED) return { is: 'started' };
  return choice !== null && (choice === UNDO || findChoice(kindOf(task), choice))
    ? { is: 'done', choice }
    : undefined;
}

/**
 * Renders the page with what is known about contacting the customer, so that nobody dials a number that must not be
 * called.
 */
async function shown(
  services: Services,
  { task, reader, context, path, dayPath }: Visitor,
  outcome: Outcome | undefined,
  word: string,
  status: number,
): Promise<Answer> {
  const reached = reachedOf(task);
  const seen = reached ? asKnown(task, await services.contacts.read(reached)) : task;
  const related = await relatedTo(services, task);
  const page = { ...context, task: seen, reader, ...(related ? { related } : {}) };
  return {
    reply: storePageReply(context, status, taskPage(page, outcome, { path, dayPath })),
    outcome: word,
    taskId: task.taskId,
  };
}
