import { forEachAtOnce } from '../../at-once.ts';
import type { Context } from '../../handoff/context.ts';
import { afterLeaverCheck, leaversOf, moveFromLeaver, mustCheckLeavers } from '../../handoff/leavers.ts';
import { kindOf } from '../../handoffs/kinds.ts';
import { newSchedule, type StoreSchedule } from '../../my-day/store-schedule.ts';
import { contextOf, contextOfTask, type Services } from '../../outbox/decide-and-deliver.ts';
import { writeAndDeliver } from '../../outbox/deliver.ts';
import type { StaffMember } from '../../people/staff.ts';
import { CONFLICT, untilWritten } from '../../until-written.ts';
import { offerLetters } from './leaver-letters.ts';

/**
 * Maintains one store: ensures that it has a schedule, reassigns leavers' tasks, and offers the letter to their
 * customers. It costs two reads, and one more query of the index for each person who left recently.
 */
export async function watchStore(services: Services, storeId: string): Promise<void> {
  const context = await contextOf(services, storeId);
  const schedule = (await services.tasks.readSchedule(storeId)) ?? (await firstSchedule(services, context));
  const before = schedule.leavers;
  const leavers = leaversOf(context.roster, context.today);
  if (!mustCheckLeavers(before, leavers, context.now)) return;
  const moved = await moveFrom(leavers, services, context);
  await offerLetters(services, context);
  const after = afterLeaverCheck(before, leavers, moved > 0, context.now);
  // A conflict is harmless: the other sweep found the same.
  if (after !== before) await services.tasks.writeSchedule({ ...schedule, leavers: after });
}

/** Concurrent sweeps create the same schedule. */
async function firstSchedule({ tasks }: Services, context: Context): Promise<StoreSchedule> {
  const schedule = newSchedule(context);
  await tasks.writeSchedule(schedule);
  return { ...schedule, version: schedule.version + 1 };
}

/** A failure is thrown only after all other tasks have moved, and the next sweep tries it again. */
async function moveFrom(
  leavers: readonly StaffMember[],
  services: Services,
  context: Context,
): Promise<number> {
  const taskIds: string[] = [];
  for (const { storeId, employeeNumber } of leavers)
    taskIds.push(...(await services.tasks.findOfPerson(storeId, employeeNumber)));
  let moved = 0;
  await forEachAtOnce(taskIds, { limit: () => 1 }, async (taskId) => {
    moved += await moveOn(services, taskId, context);
  });
  return moved;
}

const moveOn = (services: Services, taskId: string, context: Context): Promise<number> =>
  untilWritten(`Task ${taskId} of a leaver`, async () => {
    const task = await services.tasks.read(taskId);
    if (!task) return 0;
    const atTask = task.soldAt === undefined ? context : await contextOfTask(services, task);
    const next = moveFromLeaver(task, kindOf(task), atTask);
    if (next === task) return 0;
    return (await writeAndDeliver(services, next, atTask)) ? 1 : CONFLICT;
  });
