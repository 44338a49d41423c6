import type { Context } from '../../handoff/context.ts';
import type { Task } from '../../handoff/task.ts';
import { sheetIdOf } from '../../handoffs/kinds.ts';
import { staffOf } from '../../links/link.ts';
import { dayPath, sheetPath, taskPath } from '../../links/paths.ts';
import { mayOpen } from '../../my-day/worklist.ts';
import { contextOf, contextOfTask, type Services } from '../../outbox/decide-and-deliver.ts';
import { numberAt, personNamed } from '../../people/across-stores.ts';
import type { StaffMember } from '../../people/staff.ts';
import { openDay, openLink } from './open-link.ts';
import type { Request } from './request.ts';

/** A current staff member viewing one task, through the link in its email or from their own page. */
export interface Visitor {
  readonly task: Task;
  readonly reader: StaffMember;
  readonly context: Context;
  /** The path of this page, which also shows the result of a choice. */
  readonly path: string;
  /** The path of the list from which they came. */
  readonly dayPath?: string;
}

export const visitorOf = (services: Services, request: Request): Promise<Visitor | undefined> =>
  request.area === 'me' ? visitorFromDay(services, request) : visitorByLink(services, request);

async function visitorByLink(services: Services, request: Request): Promise<Visitor | undefined> {
  const opened = await openLink(services, request);
  const staff = opened && staffOf(opened.link);
  if (!opened || staff === undefined || opened.isExpired) return undefined;
  const { task } = opened;
  const context = await contextOfTask(services, task);
  const known = readerIn(context, staff);
  const visitor = known && { task, ...known, path: taskPath(task.taskId, request.secret) };
  return visitor && request.via === 'sheet' ? atSheet(services, visitor) : visitor;
}

/** A visitor who may open the sheet of the same repair order from their own page, as a visitor of that sheet. */
async function atSheet(services: Services, { task, path, ...known }: Visitor): Promise<Visitor | undefined> {
  const id = sheetIdOf(task);
  const sheet = id === undefined ? undefined : await services.tasks.read(id);
  return sheet && mayOpen(sheet, known.reader) ? { ...known, task: sheet, path: sheetPath(path) } : undefined;
}

/** A personal link opens only the tasks that concern the person. */
async function visitorFromDay(services: Services, request: Request): Promise<Visitor | undefined> {
  const owner = await ownerOf(services, request);
  const task = owner && (await services.tasks.read(request.taskId));
  if (!owner || !task || !mayOpen(task, owner.reader)) return undefined;
  const { path } = owner;
  const { reader, context } = await atTask(services, owner, task);
  return { task, reader, context, path: `${path}/${task.taskId}`, dayPath: path };
}

/** A task at another store is read with that store's roster, where the person may have another number. */
export async function atTask(
  services: Services,
  { reader, context }: Owner,
  task: Task,
): Promise<Pick<Owner, 'reader' | 'context'>> {
  if (task.soldAt === undefined) return { reader, context };
  const across = await contextOfTask(services, task);
  return readerIn(across, numberAt(task.storeId, reader)) ?? { reader, context: across };
}

/** The same person at their own store, which owns their list and sends its emails. */
export async function atOwnStore(
  services: Services,
  { reader, context }: Pick<Visitor, 'reader' | 'context'>,
): Promise<Pick<Owner, 'reader' | 'context'> | undefined> {
  const { storeId, employeeNumber } = personNamed(context.store.id, reader.employeeNumber);
  return storeId === context.store.id ? { reader, context } : readerAt(services, storeId, employeeNumber);
}

/** A person who opened their own page. */
export interface Owner {
  readonly reader: StaffMember;
  readonly context: Context;
  readonly path: string;
}

export async function ownerOf(services: Services, request: Request): Promise<Owner | undefined> {
  const opened = await openDay(services, request);
  if (!opened || opened.isExpired) return undefined;
  const { dayId, storeId, employeeNumber } = opened.day;
  const known = await readerAt(services, storeId, employeeNumber);
  return known && { ...known, path: dayPath(dayId, request.secret) };
}

/** A leaver's links stop working on their last day. */
async function readerAt(
  services: Services,
  storeId: string,
  staff: string,
): Promise<Pick<Owner, 'reader' | 'context'> | undefined> {
  return readerIn(await contextOf(services, storeId), staff);
}

function readerIn(context: Context, staff: string): Pick<Owner, 'reader' | 'context'> | undefined {
  const reader = context.employed(staff);
  return reader && { reader, context };
}
