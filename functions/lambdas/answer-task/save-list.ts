import { forEachAtOnce } from '../../at-once.ts';
import { type Answered, answerTask, type Submitted } from '../../handoff/answer.ts';
import { findChoice, readerOf } from '../../handoff/choices.ts';
import { type ListedChoice, readListed } from '../../handoff/list-choices.ts';
import { kindOf } from '../../handoffs/kinds.ts';
import { mayOpen, type Worklist } from '../../my-day/worklist.ts';
import type { Services } from '../../outbox/decide-and-deliver.ts';
import { writeAndDeliver } from '../../outbox/deliver.ts';
import type { WrongInList } from '../../pages/call-list.ts';
import { CONFLICT, untilWritten } from '../../until-written.ts';
import { atTask, type Owner } from './visitor.ts';

/** Tasks answered in parallel, so that a whole list is saved within the page's time limit. */
const AT_ONCE = 8;

export interface SavedList {
  readonly saved: number;
  readonly movedOn: number;
  readonly wrong: readonly WrongInList[];
}

type Form = ReadonlyMap<string, string>;

/** Makes every choice in the list, as each task's own page would. Submitting the same page again changes nothing. */
export const saveList = (services: Services, owner: Owner, form: Form): Promise<SavedList> =>
  makeAll(services, owner, readListed(form), form.get('seen'));

/** Accepts everything that is offered to the reader. */
export const acceptAllOf = (
  services: Services,
  owner: Owner,
  { open }: Worklist,
  form: Form,
): Promise<SavedList> => {
  const offered = open.filter(({ state }) => state === 'open');
  const choices = offered.map(({ taskId }) => ({ choice: 'accept', taskId, typed: '' }));
  return makeAll(services, owner, choices, form.get('seen'));
};

async function makeAll(
  services: Services,
  owner: Owner,
  choices: readonly ListedChoice[],
  seen: string | undefined,
): Promise<SavedList> {
  const wrong: WrongInList[] = [];
  let saved = 0;
  await forEachAtOnce(choices, { limit: () => AT_ONCE }, async (listed) => {
    const answered = await makeOne(services, owner, listed, seen);
    if (answered?.is === 'done' || answered?.is === 'already done') saved += 1;
    if (answered?.is === 'wrong') wrong.push({ ...listed, message: answered.message });
  });
  return { saved, wrong, movedOn: choices.length - saved - wrong.length };
}

const makeOne = (
  services: Services,
  owner: Owner,
  { choice: name, taskId, typed }: ListedChoice,
  seen: string | undefined,
): Promise<Answered | undefined> =>
  untilWritten(`Task ${taskId}`, async () => {
    const task = await services.tasks.read(taskId);
    if (!task || !mayOpen(task, owner.reader)) return undefined;
    const { reader, context } = await atTask(services, owner, task);
    const kind = kindOf(task);
    const asks = findChoice(kind, name)?.asks;
    const submitted: Submitted = { choice: name, seen, ...(asks ? { [asks]: typed } : {}) };
    const answered = answerTask(task, kind, readerOf(reader), submitted, context);
    if (answered.is !== 'done') return answered;
    return (await writeAndDeliver(services, answered.task, context)) ? answered : CONFLICT;
  });
