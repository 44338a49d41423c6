/** Tells the story of one fact: when it came, what was decided, who was sent what, who did what. */
import { parseArgs } from 'node:util';
import { TaskTable } from '../functions/adapters/task-table.ts';
import type { Task } from '../functions/domain/task.ts';
import { messageOf } from '../local/problem.ts';
import { readRefusal, readTask, refusalLines, storyOf, tasksOfEvent } from './stories.ts';
import { resolveTarget, type Target, targetHelp, targetOptions } from './target.ts';

const help = `npm run trace -- --deal 48211 --store lakeshore-subaru
npm run trace -- --ro 77120 --store lakeshore-honda
npm run trace -- --event 7bf73129-1428-4cd3-a780-95db273d1602 [--store lakeshore-subaru]
The story of one deal, with the first service that belongs to it, or of one repair order; or of whatever one event of
the bus changed, by the id that PutEvents answered.

${targetHelp}`;

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    options: { ...targetOptions, ro: text, deal: text, event: text, store: text, help: flag },
  });
  const { ro, deal, event, store, help: isAsked, ...choice } = values;
  const asked = [ro, deal, event].filter((one) => one !== undefined);
  if (isAsked || asked.length !== 1 || (store === undefined && event === undefined)) {
    console.log(help);
    return;
  }
  const target = await resolveTarget(choice);
  if (event !== undefined) return traceEvent(target, event, store);
  const tasks = await ofSubject(target, store ?? '', { deal, ro });
  if (tasks.length === 0) throw new Error(`Nothing is known here of ${deal ?? ro} at ${store}.`);
  for (const task of tasks) tell(task);
}

async function traceEvent(target: Target, eventId: string, store: string | undefined): Promise<void> {
  const refusal = await readRefusal(target, eventId);
  if (refusal) console.log(`${['A dead letter:', ...refusalLines(refusal)].join('\n  ')}\n`);
  const changed = await tasksOfEvent(target, eventId, store);
  if (!refusal && changed.length === 0) throw new Error(unknownEvent(eventId, store));
  const tasks = await Promise.all(changed.map((taskId) => storiesAround(target, taskId)));
  const each = new Map(tasks.flat().map((task) => [task.taskId, task]));
  for (const task of each.values()) tell(task);
}

const unknownEvent = (eventId: string, store: string | undefined) =>
  `No task${store === undefined ? '' : ` of ${store}`} was changed by an event ${eventId}, and it is no dead letter.
An event that changed nothing, such as a second copy of a fact, leaves its id in the logs only: filter eventId = "${eventId}".`;

/** A task with those that belong to the same deal or order: what Sales was told follows from the order's event. */
async function storiesAround(target: Target, taskId: string): Promise<Task[]> {
  const task = await new TaskTable(target.dynamodb, target.tableName).read(taskId);
  if (!task) return [];
  const { storeId, subject } = task;
  if ('dealNumber' in subject) return ofSubject(target, storeId, { deal: subject.dealNumber });
  return 'roNumber' in subject ? ofSubject(target, storeId, { ro: subject.roNumber }) : [task];
}

const ofSubject = (
  target: Target,
  storeId: string,
  { deal, ro = '' }: { readonly deal?: string | undefined; readonly ro?: string | undefined },
): Promise<Task[]> => (deal === undefined ? ofOrder(target, storeId, ro) : ofDeal(target, storeId, deal));

async function ofDeal(target: Target, storeId: string, dealNumber: string): Promise<Task[]> {
  const sale = await readTask(target, { kind: 'service-introduction', storeId, dealNumber });
  if (sale?.kind !== 'service-introduction') return [];
  const { sold } = sale.facts;
  if (!sold) return [sale];
  const first = await readTask(target, {
    kind: 'first-service-visit',
    storeId,
    vin: sold.vehicle.vin,
    customerNumber: sold.customer.customerNumber,
  });
  return first ? [sale, first] : [sale];
}

async function ofOrder(target: Target, storeId: string, roNumber: string): Promise<Task[]> {
  const kinds = ['repair-options', 'upgrade-conversation'] as const;
  const found = await Promise.all(kinds.map((kind) => readTask(target, { kind, storeId, roNumber })));
  return found.filter((task) => task !== undefined);
}

function tell(task: Task): void {
  const has = task.assignee ? `, with ${task.assignee.employeeNumber} (${task.assignee.reason})` : '';
  console.log(`${task.kind} ${task.taskId}: ${task.state}${has}`);
  if (task.correlationId !== undefined) console.log(`  correlation id ${task.correlationId}`);
  for (const { at, text } of storyOf(task)) console.log(`  ${at}  ${text}`);
  for (const [name, at] of Object.entries(task.deadlines)) console.log(`  ${at}  to come: ${name}`);
  console.log('');
}

await main().catch((error: unknown) => {
  console.error(messageOf(error));
  process.exitCode = 1;
});
