import { ringClocks } from '../domain/clocks.ts';
import type { Context } from '../domain/draft.ts';
import { dueAtOf } from '../domain/draft.ts';
import { tickFirstService } from '../domain/first-service.ts';
import { tickIntroduction } from '../domain/introduction.ts';
import { expire, isDue } from '../domain/outbox.ts';
import type { Task } from '../domain/task.ts';
import { askAboutUnsent } from '../domain/unsent.ts';
import { tickUpgrade } from '../domain/upgrade.ts';
import { contextOf, type Services } from '../outbox/decide-and-deliver.ts';
import { writeAndDeliver } from '../outbox/deliver.ts';

export interface Swept {
  readonly acted: number;
  readonly failed: readonly { taskId: string; error: Error }[];
  /** How late the oldest found work was, in seconds. */
  readonly oldestSeconds: number;
  /** False where time ran out before the list did: the next sweep goes on, oldest first. */
  readonly finished: boolean;
}

/**
 * Finds what is due and does it, oldest first, until nothing is left or the time runs out. Two sweeps at once are
 * harmless: each task is written on its version. One task that fails never holds up the others.
 */
export async function sweepDueWork(services: Services, timeIsUp: () => boolean): Promise<Swept> {
  const started = services.clock.now();
  const failed: { taskId: string; error: Error }[] = [];
  let acted = 0;
  let oldestSeconds = 0;
  let page: string | undefined;
  do {
    const found = await services.tasks.findDue(started, page);
    for (const taskId of found.taskIds) {
      if (timeIsUp()) return { acted, failed, oldestSeconds, finished: false };
      try {
        const late = await actOn(services, taskId);
        oldestSeconds = Math.max(oldestSeconds, late);
        acted += 1;
      } catch (error) {
        failed.push({ taskId, error: error instanceof Error ? error : new Error(String(error)) });
      }
    }
    page = found.next;
  } while (page !== undefined);
  return { acted, failed, oldestSeconds, finished: true };
}

/** Reads the task anew, since the index may lag, and does what is due by now. Answers how late that was. */
async function actOn(services: Services, taskId: string): Promise<number> {
  const task = await services.tasks.read(taskId);
  const dueAt = task && dueAtOf(task);
  if (!task || dueAt === undefined) return 0;
  const context = await contextOf(services, task.storeId);
  if (dueAt > context.now) return 0;
  const ticked = tick(task, context);
  const due = ticked.outbox.some((entry) => isDue(entry, context.now));
  if (due || ticked !== task) await writeAndDeliver(services, ticked, context);
  return Math.max(0, (Date.parse(context.now) - Date.parse(dueAt)) / 1000);
}

/** Everything that time alone brings to one task. */
export function tick(task: Task, context: Context): Task {
  const expired = expire(task.outbox, context.now);
  const aged = expired.some((entry, at) => entry !== task.outbox[at]) ? { ...task, outbox: expired } : task;
  return askAboutUnsent(ringClocks(tickKind(aged, context), context), context);
}

function tickKind(task: Task, context: Context): Task {
  switch (task.kind) {
    case 'service-introduction':
      return tickIntroduction(task, context);
    case 'first-service-visit':
      return tickFirstService(task, context);
    case 'upgrade-conversation':
      return tickUpgrade(task, context);
    case 'repair-options':
      return task;
  }
}
