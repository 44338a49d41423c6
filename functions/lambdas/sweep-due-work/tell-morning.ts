import type { Department } from '../../group/group.ts';
import { readerOf } from '../../handoff/choices.ts';
import type { Context } from '../../handoff/context.ts';
import type { Task } from '../../handoff/task.ts';
import { blankDay, dayIdOf, summaryFor } from '../../my-day/my-day.ts';
import { readTasks, readWorklist } from '../../my-day/read-worklist.ts';
import { advance, departmentsToNotify, scheduleDueAt } from '../../my-day/store-schedule.ts';
import { departmentOfPerson } from '../../my-day/worklist.ts';
import { contextOf, type Services } from '../../outbox/decide-and-deliver.ts';
import { writeAndDeliver } from '../../outbox/deliver.ts';
import { isAtWork, type StaffMember } from '../../people/staff.ts';
import { CONFLICT, untilWritten } from '../../until-written.ts';

/**
 * A department of a store has opened: whoever has something open there hears of it, once a day, and the alarm clock
 * is set to the next opening. Stopped in between, the next sweep goes on where this one was: who was told is known
 * from the person's own item.
 */
export async function tellMorning(
  services: Services,
  storeId: string,
  mustStop: () => boolean,
): Promise<void> {
  const schedule = await services.tasks.readSchedule(storeId);
  const dueAt = schedule && scheduleDueAt(schedule);
  if (!schedule || dueAt === undefined) return;
  const context = await contextOf(services, storeId);
  if (dueAt > context.now) return;
  const people = await whoHasSomething(services, departmentsToNotify(schedule, context), context);
  if (!(await tellAll(services, people, context, mustStop))) return;
  await services.tasks.writeSchedule(advance(schedule, context));
}

/** False where the time ran out. What fails for one person is thrown after all the others were told. */
async function tellAll(
  services: Services,
  people: readonly StaffMember[],
  context: Context,
  mustStop: () => boolean,
): Promise<boolean> {
  let failed: unknown;
  for (const person of people) {
    if (mustStop()) return false;
    await tellPerson(services, person, context).catch((error: unknown) => {
      failed = error;
    });
  }
  if (failed !== undefined) throw failed;
  return true;
}

/** One look at the store's tasks says whom there is anything to tell at all. */
async function whoHasSomething(
  { tasks }: Services,
  departments: readonly Department[],
  context: Context,
): Promise<StaffMember[]> {
  const { store, roster, today } = context;
  if (departments.length === 0) return [];
  const open = await readTasks(tasks, await tasks.findOfStore(store.id));
  return roster
    .filter((person) => isAtWork(person, today) && departments.includes(departmentOfPerson(person)))
    .filter((person) => concerns(open, person));
}

const concerns = (open: readonly Task[], person: StaffMember) =>
  readerOf(person).isManager
    ? open.length > 0
    : open.some(({ assignee }) => assignee?.employeeNumber === person.employeeNumber);

async function tellPerson(services: Services, person: StaffMember, context: Context): Promise<void> {
  const { storeId, employeeNumber } = person;
  await untilWritten(`The day of a person at ${storeId}`, async () => {
    const day = await services.tasks.readDay(dayIdOf(storeId, employeeNumber));
    if (day?.summaryOn === context.today) return undefined;
    const worklist = await readWorklist(services.tasks, person, context);
    const next = summaryFor(day ?? blankDay(person, context.now), worklist, context);
    return !next || (await writeAndDeliver(services, next, context)) ? undefined : CONFLICT;
  });
}
