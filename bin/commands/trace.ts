import type { Command } from 'commander';
import type { Task } from '../../functions/handoff/task.ts';
import { type AnyTask, taskIdsOfOrder } from '../../functions/handoffs/kinds.ts';
import { readKeptOf } from '../dead-letters/kept.ts';
import { refusalLines } from '../dead-letters/words.ts';
import { newCommand, wrongUsage } from '../lib/command-line.ts';
import { type GroupChoice, requireStore, withGroup } from '../lib/group.ts';
import { say, sayJson } from '../lib/output.ts';
import { Problem } from '../lib/problem.ts';
import { resolveTarget, type Target, type TargetChoice, withTarget } from '../lib/target.ts';
import { readTask, readTaskById, readUses, storyOf, tasksOfEvent } from '../tasks/story.ts';

interface Options extends TargetChoice, GroupChoice {
  readonly ro?: string;
  readonly deal?: string;
  readonly event?: string;
  readonly task?: string;
  readonly store?: string;
  readonly json?: boolean;
}

export const build = (): Command =>
  withTarget(
    withGroup(
      newCommand({
        name: 'trace',
        summary:
          'Tell the story of a deal, a repair order, an event or a task: what came, was decided, sent and done',
        more: `Of a deal with the first service that belongs to it; of an event, by the id that PutEvents answered, whatever it changed. The logs name tasks by their id.`,
        examples: [
          'npm run trace -- --deal 48211 --store lakeshore-subaru',
          'npm run trace -- --ro 77120 --store lakeshore-honda',
          'npm run trace -- --event 7bf73129-1428-4cd3-a780-95db273d1602 [--store lakeshore-subaru]',
          'npm run trace -- --task 00e670b4e3a4f0423ff4303f4e94abe8',
        ],
      }),
    ),
  )
    .option('--deal <number>', 'the deal')
    .option('--ro <number>', 'the repair order')
    .option('--event <id>', 'the event, for 90 days')
    .option('--task <id>', 'the task')
    .option('--store <id>', 'the store; numbers of deals and orders are unique per store only')
    .option('--json', 'the story as JSON')
    .action(trace);

/** The subject of a trace: a task, an event, or a number at a store. */
type Asked =
  | { readonly task: string; readonly store: undefined }
  | { readonly event: string; readonly store: string | undefined }
  | { readonly store: string; readonly deal?: string | undefined; readonly ro?: string | undefined };

async function trace(
  { ro, deal, event, task, store, json = false, ...choice }: Options,
  command: Command,
): Promise<void> {
  const asked = readAsked({ ro, deal, event, task, store }, command);
  const target = await resolveTarget(choice);
  if (asked.store !== undefined) requireStore(target, choice, asked.store);
  if ('event' in asked) return traceEvent(target, asked.event, asked.store, json);
  const tasks =
    'task' in asked ? await ofTask(target, asked.task) : await ofSubject(target, asked.store, asked);
  if (tasks.length === 0) throw new Problem(`Nothing is known here of ${thing(asked)}.`);
  if (json) sayJson({ tasks: tasks.map(asJson) });
  else for (const task of tasks) tell(task);
}

function readAsked(
  {
    ro,
    deal,
    event,
    task,
    store,
  }: { [Name in 'ro' | 'deal' | 'event' | 'task' | 'store']: string | undefined },
  command: Command,
): Asked {
  const given = Object.entries({ '--deal': deal, '--ro': ro, '--event': event, '--task': task }).filter(
    ([, value]) => value !== undefined,
  );
  const names = given.map(([name]) => name);
  if (given.length === 0) wrongUsage(command, 'Trace what? Expected --deal, --ro, --event or --task.');
  if (given.length > 1)
    wrongUsage(command, `Expected one of --deal, --ro, --event and --task, not ${names.join(' and ')}.`);
  if (event !== undefined) return { event, store };
  if (task !== undefined) return { task, store: undefined };
  if (store === undefined)
    return wrongUsage(
      command,
      `Which store? ${names[0]} needs --store: its numbers are unique per store only.`,
    );
  return { store, deal, ro };
}

const thing = (asked: Exclude<Asked, { readonly event: string }>) =>
  'task' in asked ? `a task ${asked.task}` : `${asked.deal ?? asked.ro} at ${asked.store}`;

async function ofTask(target: Target, taskId: string): Promise<AnyTask[]> {
  const task = await readTaskById(target, taskId);
  return task ? [task] : [];
}

async function traceEvent(
  target: Target,
  eventId: string,
  store: string | undefined,
  json: boolean,
): Promise<void> {
  const deadLetters = await readKeptOf(target, eventId);
  const changed = await tasksOfEvent(target, eventId, store);
  if (deadLetters.length === 0 && changed.length === 0) throw new Problem(unknownEvent(eventId, store));
  const found = await Promise.all(changed.map((task) => storiesAround(target, task)));
  const tasks = [...new Map(found.flat().map((task) => [task.taskId, task])).values()];
  if (json) {
    sayJson({ deadLetters, tasks: tasks.map(asJson) });
    return;
  }
  for (const letter of deadLetters)
    say('A dead letter:', ...refusalLines(letter).map((line) => `  ${line}`), '');
  for (const task of tasks) tell(task);
}

const unknownEvent = (eventId: string, store: string | undefined) =>
  `No task${store === undefined ? '' : ` of ${store}`} was changed by an event ${eventId}, and it is no dead letter.
An event that changed nothing, such as a second copy of a fact, leaves its id in the logs only: filter eventId = "${eventId}".`;

/** A task together with the others about the same deal or order, because one task can lead to another. */
async function storiesAround(target: Target, task: AnyTask): Promise<AnyTask[]> {
  const { storeId, subject } = task;
  if ('dealNumber' in subject) return ofSubject(target, storeId, { deal: subject.dealNumber });
  return 'roNumber' in subject ? ofSubject(target, storeId, { ro: subject.roNumber }) : [task];
}

const ofSubject = (
  target: Target,
  storeId: string,
  { deal, ro = '' }: { readonly deal?: string | undefined; readonly ro?: string | undefined },
): Promise<AnyTask[]> => (deal === undefined ? ofOrder(target, storeId, ro) : ofDeal(target, storeId, deal));

async function ofDeal(target: Target, storeId: string, dealNumber: string): Promise<AnyTask[]> {
  const sales = await readUses(target, { kind: 'service-introduction', storeId, dealNumber });
  return (await Promise.all(sales.map((sale) => withFirstService(target, storeId, sale)))).flat();
}

async function withFirstService(target: Target, storeId: string, sale: AnyTask): Promise<AnyTask[]> {
  const sold = sale.kind === 'service-introduction' ? sale.facts.sold : undefined;
  if (!sold) return [sale];
  const first = await readTask(target, {
    kind: 'first-service-visit',
    storeId,
    vin: sold.vehicle.vin,
    customerNumber: sold.customer.customerNumber,
  });
  return first ? [sale, first] : [sale];
}

/** Every kind of task about the order, for each use of its number. */
async function ofOrder(target: Target, storeId: string, roNumber: string): Promise<AnyTask[]> {
  const orders = await readUses(target, { kind: 'repair-options', storeId, roNumber });
  const uses = orders.length === 0 ? [undefined] : orders.map(({ use }) => use);
  const ids = uses.flatMap((use) => taskIdsOfOrder(storeId, roNumber, use));
  const tasks = await Promise.all(ids.map((id) => readTaskById(target, id)));
  return tasks.filter((task) => task !== undefined);
}

function tell(task: AnyTask): void {
  const has = task.assignee ? `, with ${task.assignee.employeeNumber} (${task.assignee.reason})` : '';
  say(`${task.kind} ${task.taskId}: ${task.state}${has}`);
  if (task.correlationId !== undefined) say(`  correlation id ${task.correlationId}`);
  for (const { at, text } of storyOf(task)) say(`  ${at}  ${text}`);
  for (const { at, name } of toCome(task)) say(`  ${at}  to come: ${name}`);
  say('');
}

const toCome = ({ deadlines }: Task) =>
  Object.entries(deadlines)
    .map(([name, at]) => ({ at, name }))
    .toSorted((one, other) => (one.at < other.at ? -1 : 1));

/** The same facts as the text: ids and roles, but no customer names or addresses. */
const asJson = (task: AnyTask) => ({
  ...{ taskId: task.taskId, kind: task.kind, storeId: task.storeId, state: task.state },
  ...{ assignee: task.assignee, correlationId: task.correlationId },
  ...{ story: storyOf(task), toCome: toCome(task) },
});
