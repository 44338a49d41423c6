import type { Department } from '../../group/group.ts';
import { readerOf } from '../../handoff/choices.ts';
import type { Context } from '../../handoff/context.ts';
import type { Task } from '../../handoff/task.ts';
import { blankDay, dayIdOf, summaryFor } from '../../my-day/my-day.ts';
import { readLetterNews } from '../../my-day/read-letters.ts';
import { readFeedTroubles, readSoldHere, readTasks, readWorklist } from '../../my-day/read-worklist.ts';
import { advance, departmentsToNotify, scheduleDueAt } from '../../my-day/store-schedule.ts';
import { asksForManager, hasTrouble } from '../../my-day/worklist.ts';
import { contextOf, type Services } from '../../outbox/decide-and-deliver.ts';
import { writeAndDeliver } from '../../outbox/deliver.ts';
import { departmentOf, isAtWork, type StaffMember } from '../../people/staff.ts';
import { CONFLICT, untilWritten } from '../../until-written.ts';

/**
 * When a department opens, everybody with open tasks there gets a summary, once a day, and the schedule advances to the
 * next opening. If this stops halfway, the next sweep continues: the person's own item records that the summary was
 * queued.
 */
export async function sendMorningSummaries(
  services: Services,
  storeId: string,
  mustStop: () => boolean,
): Promise<void> {
  const schedule = await services.tasks.readSchedule(storeId);
  const dueAt = schedule && scheduleDueAt(schedule);
  if (!schedule || dueAt === undefined) return;
  const context = await contextOf(services, storeId);
  if (dueAt > context.now) return;
  const people = await findRecipients(services, departmentsToNotify(schedule, context), context);
  if (!(await sendSummaries(services, people, context, mustStop))) return;
  await services.tasks.writeSchedule(advance(schedule, context));
}

/** False if time ran out. A failure for one person is thrown only after everybody else has been handled. */
async function sendSummaries(
  services: Services,
  people: readonly StaffMember[],
  context: Context,
  mustStop: () => boolean,
): Promise<boolean> {
  let failed: unknown;
  for (const person of people) {
    if (mustStop()) return false;
    await emailPerson(services, person, context).catch((error: unknown) => {
      failed = error;
    });
  }
  if (failed !== undefined) throw failed;
  return true;
}

/** Reads the store's tasks once to find the people who need a summary. */
async function findRecipients(
  { tasks, feeds, campaigns }: Services,
  departments: readonly Department[],
  context: Context,
): Promise<StaffMember[]> {
  const { store, roster, today } = context;
  if (departments.length === 0) return [];
  const open = await readTasks(tasks, await tasks.findOfStore(store.id));
  const soldHere = await readSoldHere(tasks, context);
  const forManagers =
    open.length + soldHere.length > 0 ||
    hasTrouble(await readFeedTroubles(feeds, context)) ||
    (await readLetterNews(campaigns, context)).some(asksForManager);
  return roster
    .filter((person) => isAtWork(person, today) && departments.includes(departmentOf(person)))
    .filter((person) => (readerOf(person).isManager ? forManagers : hasOpen(open, person)));
}

const hasOpen = (open: readonly Task[], person: StaffMember) =>
  open.some(({ assignee }) => assignee?.employeeNumber === person.employeeNumber);

async function emailPerson(services: Services, person: StaffMember, context: Context): Promise<void> {
  const { storeId, employeeNumber } = person;
  await untilWritten(`The day of a person at ${storeId}`, async () => {
    const day = await services.tasks.readDay(dayIdOf(storeId, employeeNumber));
    if (day?.summaryOn === context.today) return undefined;
    const worklist = await readWorklist(services, person, context);
    const next = summaryFor(day ?? blankDay(person, context.now), worklist, context);
    return !next || (await writeAndDeliver(services, next, context)) ? undefined : CONFLICT;
  });
}
