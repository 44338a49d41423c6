import { forEachAtOnce } from '../../at-once.ts';
import { readerOf } from '../../handoff/choices.ts';
import {
  type Reassigned,
  type ReassignRequest,
  reassignByManager,
  wasReassigned,
} from '../../handoff/manager-reassign.ts';
import { isOpen } from '../../handoff/task.ts';
import { kindOf } from '../../handoffs/kinds.ts';
import { readLost, readWorklist } from '../../my-day/read-worklist.ts';
import type { Worklist } from '../../my-day/worklist.ts';
import { contextOfTask, type Services } from '../../outbox/decide-and-deliver.ts';
import { writeAndDeliver } from '../../outbox/deliver.ts';
import { ACCEPT_ALL, SAVE_LIST } from '../../pages/call-list.ts';
import type { WrongHandOver } from '../../pages/hand-over-form.ts';
import { type DayOutcome, myDayPage } from '../../pages/my-day-page.ts';
import { notFoundPage } from '../../pages/plain-pages.ts';
import { CONFLICT, untilWritten } from '../../until-written.ts';
import { FRESH_LINK } from './fresh-link.ts';
import { type Answer, pageReply, seeOther, storePageReply } from './reply.ts';
import { type Request, readForm } from './request.ts';
import { acceptAllOf, type SavedList, saveList } from './save-list.ts';
import { sendFreshDay } from './send-my-day.ts';
import { type Owner, ownerOf } from './visitor.ts';

/** Tasks reassigned in parallel, so that three hundred of them move within the page's time limit. */
const AT_ONCE = 16;

type Form = ReadonlyMap<string, string>;

const readPage = async (services: Services, { reader, context }: Owner): Promise<Worklist> => ({
  ...(await readWorklist(services, reader, context)),
  lost: await readLost(services, reader, context),
});

/** Shows a person their open tasks. A manager also sees the store's and can reassign them. */
export async function answerMyDay(services: Services, request: Request): Promise<Answer> {
  const form = request.method === 'POST' ? await readForm(request) : undefined;
  const owner = await ownerOf(services, request);
  if (!owner) return unknownLink(services, request, form);
  const worklist = await readPage(services, owner);
  if (!form) return shown(owner, worklist, doneBefore(request), 'my day', 200);
  const choice = form.get('choice');
  if (choice === SAVE_LIST) return listSaved(services, owner, await saveList(services, owner, form));
  if (choice === ACCEPT_ALL)
    return listSaved(services, owner, await acceptAllOf(services, owner, worklist, form));
  const wish = readWish(form);
  if (form.get('choice') !== 'hand-over' || !readerOf(owner.reader).isManager) {
    return shown(owner, worklist, { is: 'nothing chosen' }, 'nothing chosen', 422);
  }
  const missing = missingIn(wish);
  return missing
    ? shown(owner, worklist, { is: 'wrong', ...wish, ...missing }, 'wrong', 422)
    : handOver(services, owner, worklist, wish);
}

/** The answer to a submitted list, saved in full or in part. Rows that were not saved are shown again as typed. */
async function listSaved(
  services: Services,
  owner: Owner,
  { saved, wrong, movedOn }: SavedList,
): Promise<Answer> {
  if (wrong.length + movedOn > 0) {
    const now = await readPage(services, owner);
    const outcome = { is: 'partly saved', saved, wrong, movedOn } as const;
    return shown(owner, now, outcome, 'partly saved', wrong.length > 0 ? 422 : 409);
  }
  const done = new URLSearchParams({ done: 'list', saved: String(saved) });
  return { reply: seeOther(`${owner.path}?${done}`), outcome: 'list saved' };
}

async function unknownLink(services: Services, request: Request, form: Form | undefined): Promise<Answer> {
  if (form?.get('choice') === FRESH_LINK) return sendFreshDay(services, request);
  return { reply: pageReply(404, notFoundPage()), outcome: 'not found' };
}

interface Wish extends ReassignRequest {
  /** A task's id, or all of the person's tasks in the department. */
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

async function handOver(services: Services, owner: Owner, worklist: Worklist, wish: Wish): Promise<Answer> {
  const meant = (worklist.store?.open ?? []).filter(
    (task) =>
      task.assignee?.employeeNumber === wish.from &&
      (wish.what === 'all' ? kindOf(task).department === wish.department : task.taskId === wish.what),
  );
  const results: Reassigned[] = [];
  await forEachAtOnce(meant, { limit: () => AT_ONCE }, async ({ taskId }) => {
    results.push(await moveOne(services, owner, taskId, wish));
  });
  const wrong = results.find((result) => result.is === 'wrong');
  if (wrong?.is === 'wrong') {
    const now = await readPage(services, owner);
    const outcome = { is: 'wrong', ...wish, field: 'to', message: wrong.message } as const;
    return shown(owner, now, outcome, 'wrong', 422);
  }
  if (await hadMovedOn(services, owner, wish, results)) {
    const now = await readPage(services, owner);
    return shown(owner, now, { is: 'moved on' }, 'moved on', 409);
  }
  const done = new URLSearchParams({ done: 'hand-over', from: wish.from });
  return { reply: seeOther(`${owner.path}?${done}`), outcome: 'handed over' };
}

/** The requested task has moved since the page was rendered. If all were requested, the page lists what is left. */
async function hadMovedOn(
  { tasks }: Services,
  { reader }: Owner,
  wish: Wish,
  results: readonly Reassigned[],
): Promise<boolean> {
  if (wish.what === 'all' || results.some(({ is }) => is === 'moved')) return false;
  const task = await tasks.read(wish.what);
  return task === undefined || !wasReassigned(task, reader, wish);
}

const moveOne = (
  services: Services,
  { reader, context }: Owner,
  taskId: string,
  wish: Wish,
): Promise<Reassigned> =>
  untilWritten(`Task ${taskId}`, async () => {
    const task = await services.tasks.read(taskId);
    if (!task || !isOpen(task)) return { is: 'gone' };
    const atTask = task.soldAt === undefined ? context : await contextOfTask(services, task);
    const result = reassignByManager(task, kindOf(task), reader, wish, atTask);
    if (result.is === 'moved' && !(await writeAndDeliver(services, result.task, atTask))) return CONFLICT;
    return result;
  });

/** The marker in a redirect's URL. It is checked against the open tasks before it is shown. */
function doneBefore({ query }: Request): DayOutcome | undefined {
  const saved = Number(query.get('saved'));
  if (query.get('done') === 'list') return { is: 'saved', count: Number.isSafeInteger(saved) ? saved : 0 };
  const from = query.get('from');
  return query.get('done') === 'hand-over' && from !== null ? { is: 'handed over', from } : undefined;
}

function shown(
  { reader, context, path }: Owner,
  worklist: Worklist,
  outcome: DayOutcome | undefined,
  word: string,
  status: number,
): Answer {
  const page = myDayPage({ ...context, reader, worklist, path }, outcome);
  return { reply: storePageReply(context, status, page), outcome: word };
}
