/** Tells the story of one fact: when it came, what was decided, who was sent what, who did what. */
import { parseArgs } from 'node:util';
import type { Task } from '../functions/domain/task.ts';
import { messageOf } from '../local/problem.ts';
import { readTask, storyOf } from './stories.ts';
import { resolveTarget, type Target, targetHelp, targetOptions } from './target.ts';

const help = `npm run trace -- --deal 48211 --store lakeshore-subaru
npm run trace -- --ro 77120 --store lakeshore-honda
The story of one deal or repair order, with the first service that belongs to a deal.

${targetHelp}`;

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    options: { ...targetOptions, ro: text, deal: text, store: text, help: flag },
  });
  const { ro, deal, store, ...choice } = values;
  if (values.help || store === undefined || (ro ?? deal) === undefined) {
    console.log(help);
    return;
  }
  const target = await resolveTarget(choice);
  const tasks =
    deal === undefined ? await ofOrder(target, store, ro ?? '') : await ofDeal(target, store, deal);
  if (tasks.length === 0) throw new Error(`Nothing is known here of ${deal ?? ro} at ${store}.`);
  for (const task of tasks) tell(task);
}

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
