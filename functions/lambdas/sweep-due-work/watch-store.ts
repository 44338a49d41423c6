import { localDate } from '../../group/business-time.ts';
import type { Context } from '../../handoff/draft.ts';
import { afterLook, leaversOf, moveFromLeaver, mustLook } from '../../handoff/leavers.ts';
import { newWatch, type StoreWatch } from '../../my-day/store-schedule.ts';
import { contextOf, type Services } from '../../outbox/decide-and-deliver.ts';
import { writeAndDeliver } from '../../outbox/deliver.ts';
import type { StaffMember } from '../../people/staff.ts';

/** A conflict means that somebody acted at this moment: decide again on what they left. */
const ATTEMPTS = 5;

/**
 * Looks after one store: it has its alarm clock, and what its leavers had moves on. Two reads, and nothing more where
 * nobody left lately; one read of the index for each leaver where somebody did.
 */
export async function watchStore(services: Services, storeId: string): Promise<void> {
  const context = await contextOf(services, storeId);
  const watch = (await services.tasks.readWatch(storeId)) ?? (await firstWatch(services, context));
  const leavers = leaversOf(context.roster, localDate(context.store.timeZone, context.now));
  if (!mustLook(watch, leavers, context.now)) return;
  const moved = await moveFrom(leavers, services, context);
  const next = afterLook(watch, leavers, moved > 0, context.now);
  // Another sweep that wrote first has found the same.
  if (next !== watch) await services.tasks.writeWatch(next);
}

/** Two sweeps may make it at once: it is the same, whoever's stands. */
async function firstWatch({ tasks }: Services, context: Context): Promise<StoreWatch> {
  const watch = newWatch(context);
  await tasks.writeWatch(watch);
  return { ...watch, version: watch.version + 1 };
}

/** What fails is thrown after all the others have moved, and so is looked for again at the next sweep. */
async function moveFrom(
  leavers: readonly StaffMember[],
  services: Services,
  context: Context,
): Promise<number> {
  let moved = 0;
  let failed: unknown;
  for (const { storeId, employeeNumber } of leavers) {
    const theirs = await services.tasks.findOfPerson(storeId, employeeNumber);
    for (const taskId of theirs) {
      moved += await moveOn(services, taskId, context).catch((error: unknown) => {
        failed = error;
        return 0;
      });
    }
  }
  if (failed !== undefined) throw failed;
  return moved;
}

async function moveOn(services: Services, taskId: string, context: Context): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const task = await services.tasks.read(taskId);
    const next = task && moveFromLeaver(task, context);
    if (!next || next === task) return 0;
    if (await writeAndDeliver(services, next, context)) return 1;
  }
  throw new Error(`Task ${taskId} of a leaver was written by others ${ATTEMPTS} times in a row`);
}
