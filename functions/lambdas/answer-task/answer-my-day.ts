import { readerOf } from '../../handoff/choices.ts';
import { departmentOf } from '../../handoff/deadlines.ts';
import {
  type HandedOver,
  type HandOver,
  handOverFor,
  wasHandedOver,
} from '../../handoff/manager-reassign.ts';
import { isOpen } from '../../handoff/task.ts';
import type { Desk } from '../../my-day/my-day.ts';
import type { Services } from '../../outbox/decide-and-deliver.ts';
import { writeAndDeliver } from '../../outbox/deliver.ts';
import { readDesk } from '../../outbox/read-worklist.ts';
import type { WrongHandOver } from '../../pages/hand-over-form.ts';
import { type DayOutcome, myDayPage } from '../../pages/my-day-page.ts';
import { notFoundPage } from '../../pages/plain-pages.ts';
import type { Answer } from './answer-request.ts';
import { FRESH_LINK } from './fresh-link.ts';
import { pageReply, seeOther } from './reply.ts';
import { type Request, readForm } from './request.ts';
import { sendFreshDay } from './send-my-day.ts';
import { type Owner, ownerOf } from './visit.ts';

const ATTEMPTS = 20;
/** So many tasks move at a time: all that a person has leaves well within the time that a page may take. */
const AT_ONCE = 5;

type Form = ReadonlyMap<string, string>;

/** A person reads what is open with them; a manager, what is open in the store, and hands over what somebody has. */
export async function answerMyDay(services: Services, request: Request): Promise<Answer> {
  const form = request.method === 'POST' ? await readForm(request) : undefined;
  const owner = await ownerOf(services, request);
  if (!owner) return closedDoor(services, request, form);
  const desk = await readDesk(services.tasks, owner.reader, owner.context);
  if (!form) return shown(owner, desk, doneBefore(request), 'my day', 200);
  const wish = readWish(form);
  if (form.get('choice') !== 'hand-over' || !readerOf(owner.reader).isManager) {
    return shown(owner, desk, { is: 'nothing chosen' }, 'nothing chosen', 422);
  }
  const missing = missingIn(wish);
  return missing
    ? shown(owner, desk, { is: 'wrong', ...wish, ...missing }, 'wrong', 422)
    : handOver(services, owner, desk, wish);
}

async function closedDoor(services: Services, request: Request, form: Form | undefined): Promise<Answer> {
  if (form?.get('choice') === FRESH_LINK) return sendFreshDay(services, request);
  return { reply: pageReply(404, notFoundPage()), outcome: 'not found' };
}

interface Wish extends HandOver {
  /** A task's id, or everything of the department that the person has. */
  readonly what: string;
  readonly department: string;
}

function readWish(form: Form): Wish {
  const field = (name: string) => form.get(name) ?? '';
  return {
    from: field('from'),
    what: field('what'),
    to: field('to'),
    seen: field('seen'),
    department: field('department'),
  };
}

type Wrong = Pick<WrongHandOver, 'field' | 'message'>;

function missingIn({ what, to }: Wish): Wrong | undefined {
  if (what === '') return { field: 'what', message: 'Please choose what is to be handed over.' };
  return to === '' ? { field: 'to', message: 'Please choose to whom.' } : undefined;
}

async function handOver(services: Services, owner: Owner, desk: Desk, wish: Wish): Promise<Answer> {
  const meant = (desk.store?.open ?? []).filter(
    (task) =>
      task.assignee?.employeeNumber === wish.from &&
      (wish.what === 'all' ? departmentOf(task) === wish.department : task.taskId === wish.what),
  );
  const results: HandedOver[] = [];
  for (let at = 0; at < meant.length; at += AT_ONCE) {
    const some = meant.slice(at, at + AT_ONCE).map(({ taskId }) => moveOne(services, owner, taskId, wish));
    results.push(...(await Promise.all(some)));
  }
  const wrong = results.find((result) => result.is === 'wrong');
  if (wrong?.is === 'wrong') {
    const now = await readDesk(services.tasks, owner.reader, owner.context);
    const outcome = { is: 'wrong', ...wish, field: 'to', message: wrong.message } as const;
    return shown(owner, now, outcome, 'wrong', 422);
  }
  if (await hadMovedOn(services, owner, wish, results)) {
    const now = await readDesk(services.tasks, owner.reader, owner.context);
    return shown(owner, now, { is: 'moved on' }, 'moved on', 409);
  }
  const done = new URLSearchParams({ done: 'hand-over', from: wish.from });
  return { reply: seeOther(`${owner.path}?${done}`), outcome: 'handed over' };
}

/** The one that was meant went another way since the page was made. Of all, what is left is said anyway. */
async function hadMovedOn(
  { tasks }: Services,
  { reader }: Owner,
  wish: Wish,
  results: readonly HandedOver[],
): Promise<boolean> {
  if (wish.what === 'all' || results.some(({ is }) => is === 'moved')) return false;
  const task = await tasks.read(wish.what);
  return task === undefined || !wasHandedOver(task, reader, wish);
}

async function moveOne(
  services: Services,
  { reader, context }: Owner,
  taskId: string,
  wish: Wish,
): Promise<HandedOver> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const task = await services.tasks.read(taskId);
    if (!task || !isOpen(task)) return { is: 'gone' };
    const result = handOverFor(task, reader, wish, context);
    if (result.is !== 'moved' || (await writeAndDeliver(services, result.task, context))) return result;
  }
  throw new Error(`Task ${taskId} was written by others ${ATTEMPTS} times in a row`);
}

/** The marker that a redirect left: what it says is checked against what is open before it is shown. */
function doneBefore({ query }: Request): DayOutcome | undefined {
  const from = query.get('from');
  return query.get('done') === 'hand-over' && from !== null ? { is: 'handed over', from } : undefined;
}

function shown(
  { reader, context, path }: Owner,
  desk: Desk,
  outcome: DayOutcome | undefined,
  word: string,
  status: number,
): Answer {
  const page = myDayPage({ ...context, reader, desk, path }, outcome);
  return { reply: pageReply(status, page), outcome: word };
}
